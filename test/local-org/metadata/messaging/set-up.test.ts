import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { findDeployment } from '../../../../src/local-org/messaging/deployment/find-deployment.ts';
import { verificationKeyset } from '../../../../src/local-org/messaging/deployment/verification-keyset.ts';
import { channelFile, deploymentFile, flowName, openCxParameters } from '../../messaging/messaging-files.ts';
import { deployMessaging, messagingPackage, newKey, publishDeployment } from '../../messaging/messaging-package.ts';
import { openCxFlow } from '../../messaging/routing-flow.ts';
import { startMetadataOrg } from '../metadata-org.ts';
import { manifest } from '../package-zip.ts';
import { control, deployFiles, metadataOrg } from '../settings-org.ts';

const stage = metadataOrg();

type Row = Record<string, unknown>;
const query = async (soql: string): Promise<Row[]> => (await stage.org.connection.query(soql)).records;
const tooling = async (soql: string): Promise<Row[]> => (await stage.org.connection.tooling.query(soql)).records;

test('a whole set-up comes in one package, and its rows tell of it', async () => {
  const deployed = await deployMessaging(stage.org);
  expect(
    await tooling(
      "SELECT Id, DeveloperName, DeploymentFeature, DeploymentType, IsEnabled FROM EmbeddedServiceConfig WHERE DeveloperName='OpenCX'",
    ),
  ).toMatchObject([
    {
      Id: expect.stringMatching(/^0UR/) as string,
      DeveloperName: 'OpenCX',
      DeploymentFeature: 'EmbeddedMessaging',
      DeploymentType: 'API',
      IsEnabled: true,
    },
  ]);
  const [flow] = await query(
    "SELECT ApiName, ProcessType, IsActive, DurableId FROM FlowDefinitionView WHERE ApiName='OpenCX_Messaging_Routing'",
  );
  expect(flow).toMatchObject({ ProcessType: 'RoutingFlow', IsActive: true });
  expect(
    await query(
      "SELECT Id, DeveloperName, MasterLabel, MessageType, IsActive, SessionHandlerId, FallbackQueueId, FallbackQueue.DeveloperName, ChannelAddressIdentifier, MessagingPlatformKey FROM MessagingChannel WHERE MessageType='EmbeddedMessaging'",
    ),
  ).toMatchObject([
    {
      Id: expect.stringMatching(/^0Mj/) as string,
      DeveloperName: 'OpenCX_Channel',
      MasterLabel: 'OpenCX_Channel',
      IsActive: true,
      SessionHandlerId: flow?.['DurableId'],
      FallbackQueueId: deployed.fallbackQueueId,
      FallbackQueue: { DeveloperName: 'OpenCX_Fallback' },
      ChannelAddressIdentifier: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/) as string,
    },
  ]);
});

test('a channel that routes to a queue has it as its handler, and no fallback', async () => {
  const { queueId, channelId } = await deployMessaging(stage.org, { withFlow: false, authMode: 'UnAuth' });
  expect(
    await query(`SELECT SessionHandlerId, FallbackQueueId FROM MessagingChannel WHERE Id = '${channelId}'`),
  ).toMatchObject([{ SessionHandlerId: queueId, FallbackQueueId: null }]);
  expect(findDeployment(stage.org.state, 'OpenCX')?.channel).toMatchObject({
    authMode: 'UnAuth',
    keysets: [],
    sessionHandler: { type: 'Queue', queueId },
    fallbackQueueId: undefined,
    verifiedUserJwtExpirationMinutes: 60,
    anonymousUserJwtExpirationMinutes: 360,
  });
});

test('a new channel is inactive, and stays under its address when it is deployed again', async () => {
  const { channelId } = await deployMessaging(stage.org, { activate: false });
  const row = async (): Promise<Row | undefined> =>
    (await query(`SELECT IsActive, ChannelAddressIdentifier FROM MessagingChannel WHERE Id = '${channelId}'`))[0];
  const before = await row();
  expect(before).toMatchObject({ IsActive: false });
  expect((await stage.org.rest('PATCH', `/sobjects/MessagingChannel/${channelId}`, { IsActive: true })).status).toBe(
    204,
  );
  const options = { authMode: 'UnAuth', parameters: [], handler: 'Flow', queue: 'OpenCX_Fallback' } as const;
  const { status } = await deployFiles(
    stage.org,
    { MessagingChannel: ['OpenCX_Channel'] },
    channelFile('OpenCX_Channel', options),
  );
  expect(status).toBe('Succeeded');
  expect(await row()).toMatchObject({ ...before, IsActive: true });
  expect(findDeployment(stage.org.state, 'OpenCX')?.channel.authMode).toBe('UnAuth');
});

test('a record of a channel is for activating it, and for nothing else', async () => {
  const { channelId } = await deployMessaging(stage.org);
  const notImplemented = { status: 501, body: [{ errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED' }] };
  const path = `/sobjects/MessagingChannel/${channelId}`;
  expect(await stage.org.rest('PATCH', path, { MasterLabel: 'Other' })).toMatchObject(notImplemented);
  expect(await stage.org.rest('DELETE', path)).toMatchObject(notImplemented);
  const made = { DeveloperName: 'Other', MasterLabel: 'Other', MessageType: 'Text', MessagingPlatformKey: 'x' };
  expect(await stage.org.rest('POST', '/sobjects/MessagingChannel', made)).toMatchObject(notImplemented);
});

test('a deployment is found by its exact name', async () => {
  const { deploymentId } = await deployMessaging(stage.org);
  expect(findDeployment(stage.org.state, 'OpenCX')).toMatchObject({ id: deploymentId, deploymentType: 'API' });
  expect(findDeployment(stage.org.state, 'opencx')).toBeUndefined();
});

test('publishing answers 201 since version 67, and before it there is nothing', async () => {
  const { org } = stage;
  const { deploymentId } = await deployMessaging(org, { publish: false });
  expect(findDeployment(org.state, 'OpenCX')?.publishedAt).toBeUndefined();
  const absent = { status: 404, body: [{ errorCode: 'NOT_FOUND' }] };
  expect(await publishDeployment(org, deploymentId, 'v66.0')).toMatchObject(absent);
  expect(await publishDeployment(org, '0UR000000000000AAA')).toMatchObject(absent);
  const planted = { DeveloperName: 'Planted', DeploymentFeature: 'EmbeddedMessaging', DeploymentType: 'API' };
  const { body } = await control(org, 'POST', 'records/EmbeddedServiceConfig', planted);
  expect(await publishDeployment(org, body['id'] as string)).toMatchObject({ status: 501 });
  expect(await publishDeployment(org, deploymentId)).toEqual({ status: 201, body: { isSuccess: true } });
  expect(findDeployment(org.state, 'OpenCX')?.publishedAt).toMatch(/^\d{4}-/);
});

test('a parameter that comes after a publication is known with the next one', async () => {
  const { org } = stage;
  const { deploymentId } = await deployMessaging(org);
  const names = (): string[] | undefined =>
    findDeployment(org.state, 'OpenCX')?.channel.parameters.map(({ externalName }) => externalName);
  const parameters = [...openCxParameters, { name: 'Topic', maxLength: 40 }];
  const options = {
    authMode: 'Auth',
    keyset: 'OpenCX_Keyset',
    parameters,
    handler: 'Flow',
    queue: 'OpenCX_Fallback',
  } as const;
  await deployFiles(org, { MessagingChannel: ['OpenCX_Channel'] }, channelFile('OpenCX_Channel', options));
  expect(names()).toEqual(openCxParameters.map(({ name }) => name));
  await publishDeployment(org, deploymentId);
  expect(names()).toContain('Topic');
});

test('a keyset tells issuer and active keys with their certificates', async () => {
  const key = await newKey();
  await deployMessaging(stage.org, { key, issuer: 'https://issuer.example.com' });
  expect(verificationKeyset(stage.org.state, 'OpenCX_Keyset')).toEqual({
    name: 'OpenCX_Keyset',
    issuer: 'https://issuer.example.com',
    keys: [{ kid: key.jwk.kid, alg: 'RS256', certificate: key.certificate.toString() }],
    jwksUrl: undefined,
  });
  await deployMessaging(stage.org, { key, isKeyActive: false });
  expect(verificationKeyset(stage.org.state, 'OpenCX_Keyset')?.keys).toEqual([]);
  expect(verificationKeyset(stage.org.state, 'Other')).toBeUndefined();
});

test('a set-up goes with destructive changes, and piece by piece only in the right order', async () => {
  const key = await newKey();
  const { kid } = await deployMessaging(stage.org, { key });
  const keyName = kid.replaceAll('-', '_');
  const destroy = async (members: Record<string, string[]>): Promise<string[]> =>
    (await deployFiles(stage.org, {}, { 'destructiveChanges.xml': manifest(members) })).problems;
  expect(await destroy({ PublicKeyCertificate: [keyName] })).toEqual([
    expect.stringContaining('Public Key Certificate Set - OpenCX_Keyset'),
  ]);
  expect(await destroy({ PublicKeyCertificateSet: ['OpenCX_Keyset'] })).toEqual([
    expect.stringContaining('Messaging Channel - OpenCX_Channel'),
  ]);
  expect(await destroy({ MessagingChannel: ['OpenCX_Channel'] })).toEqual([
    expect.stringContaining('Embedded Service Deployment - OpenCX'),
  ]);
  expect(await destroy({ Queue: ['OpenCX_Fallback'] })).toEqual([
    expect.stringContaining('Messaging Channel - OpenCX_Channel'),
  ]);
  expect(await destroy({ CustomField: ['MessagingSession.OpencxSessionId__c'] })).toEqual([
    expect.stringContaining('Flow - OpenCX_Messaging_Routing'),
  ]);
  const everything = {
    Queue: ['OpenCX_Fallback', 'OpenCX_Messaging'],
    MessagingChannel: ['OpenCX_Channel'],
    PublicKeyCertificateSet: ['OpenCX_Keyset'],
    PublicKeyCertificate: [keyName],
    EmbeddedServiceConfig: ['OpenCX'],
  };
  expect(await destroy(everything)).toEqual([]);
  expect(findDeployment(stage.org.state, 'OpenCX')).toBeUndefined();
  expect(await query('SELECT Id FROM MessagingChannel')).toEqual([]);
  expect(await query("SELECT Id FROM Group WHERE Type = 'Queue'")).toEqual([]);
  expect(await tooling('SELECT Id FROM EmbeddedServiceConfig')).toEqual([]);
});

test('the flow of a channel keeps a version', async () => {
  await deployMessaging(stage.org, { flow: openCxFlow('OpenCX_Messaging', 'Draft') });
  await deployFiles(stage.org, { Flow: [flowName] }, openCxFlow('OpenCX_Fallback', 'Draft'));
  const destroy = async (...versions: number[]): Promise<string[]> => {
    const Flow = versions.map((version) => `${flowName}-${version}`);
    return (await deployFiles(stage.org, {}, { 'destructiveChanges.xml': manifest({ Flow }) })).problems;
  };
  const held = expect.stringContaining('Messaging Channel - OpenCX_Channel') as string;
  expect(await destroy(1, 2)).toEqual([held, held]);
  expect(await destroy(1)).toEqual([]);
  expect(await destroy(2)).toEqual([held]);
});

test('a deployment that is made anew was never published', async () => {
  const { deploymentId } = await deployMessaging(stage.org);
  await deployFiles(stage.org, {}, { 'destructiveChanges.xml': manifest({ EmbeddedServiceConfig: ['OpenCX'] }) });
  await deployFiles(stage.org, { EmbeddedServiceConfig: ['OpenCX'] }, deploymentFile('OpenCX', 'OpenCX_Channel'));
  expect(findDeployment(stage.org.state, 'OpenCX')).toMatchObject({ publishedAt: undefined });
  expect((await publishDeployment(stage.org, deploymentId)).status).toBe(404);
});

test('a second deployment of the same files changes nothing', async () => {
  const key = await newKey();
  await deployMessaging(stage.org, { key });
  const names = {
    deployment: 'OpenCX',
    channel: 'OpenCX_Channel',
    keyset: 'OpenCX_Keyset',
    issuer: 'https://opencx.example.com',
  };
  const { 'package.xml': packageFile, ...files } = messagingPackage(key, names);
  const members = Object.fromEntries(
    Array.from(
      packageFile?.matchAll(/<types>(.*?)<name>(\w+)<\/name><\/types>/g) ?? [],
      ([, listed = '', type = '']) => [
        type,
        Array.from(listed.matchAll(/<members>(.*?)<\/members>/g), ([, member = '']) => member),
      ],
    ),
  );
  const { successes, status } = await deployFiles(stage.org, members, files);
  expect(status).toBe('Succeeded');
  expect(successes.filter(({ changed, created }) => changed || created)).toEqual([]);
});

test('an org that was made without the service channel gets it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'local-org-'));
  try {
    const before = await startMetadataOrg({ dataDir });
    for (const { Id } of before.state.records.all('ServiceChannel')) before.state.records.delete('ServiceChannel', Id);
    await before.close();
    const after = await startMetadataOrg({ dataDir });
    expect(after.state.records.all('ServiceChannel')).toMatchObject([{ DeveloperName: 'sfdc_livemessage' }]);
    await after.close();
  } finally {
    await rm(dataDir, { recursive: true });
  }
});

test('what was published is so after a restart', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'local-org-'));
  try {
    const before = await startMetadataOrg({ dataDir });
    await deployMessaging(before);
    const deployment = findDeployment(before.state, 'OpenCX');
    await before.close();
    const after = await startMetadataOrg({ dataDir });
    expect(findDeployment(after.state, 'OpenCX')).toEqual(deployment);
    await after.close();
  } finally {
    await rm(dataDir, { recursive: true });
  }
});

test('every org has the service channel of messaging', async () => {
  expect(
    await query("SELECT Id, MasterLabel, RelatedEntity FROM ServiceChannel WHERE DeveloperName='sfdc_livemessage'"),
  ).toMatchObject([{ MasterLabel: 'Messaging', RelatedEntity: 'MessagingSession' }]);
});
