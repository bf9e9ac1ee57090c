import { resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import {
  channelFile,
  deploymentFile,
  flowName,
  keyFile,
  keysetFile,
  queueFile,
  type ChannelOptions,
} from '../../../local-org/messaging/messaging-files.ts';
import { newKey } from '../../../local-org/messaging/messaging-package.ts';
import { routeWork, getQueue, reference, routingFlow, variable } from '../../../local-org/messaging/routing-flow.ts';
import { keyFiles } from '../../../../src/messaging/keys/key-folder.ts';
import type { ServedOrg } from '../../served-org.ts';
import { dumpOf, differences, type FlatDump } from '../../setup/org-dump.ts';
import { startInPty } from '../../../pty/pty.ts';
import { issuer, registerStage, tasksOf, type RegisterStage } from './register-org.ts';

const launcher = resolve(import.meta.dirname, '../../../../bin/opencx-sf.js');
const named = ['--es-developer-name', 'Support_Api'] as const;
const yes = [...named, '--yes'] as const;
const ours = ['OpencxSessionId', 'Chat_Consumer_Type', 'Origin', 'Priority', 'Chat_language'];

/** A flow of somebody else, with these input variables. */
function theirFlow(inputs: readonly string[]) {
  return routingFlow('Find', [getQueue('Find', 'Support', 'Route'), routeWork('Route', reference('Find.Id'))], {
    variables: inputs.map((name) => variable(name)),
  });
}

/** What a customer has: a channel with a parameter and settings of its own, routed by a flow, and a deployment on it. */
async function theirDeployment(
  { deploy, connection }: RegisterStage,
  {
    inputs = ['Topic'],
    type = 'API',
    channel = {},
  }: { inputs?: string[]; type?: string; channel?: Partial<ChannelOptions> } = {},
): Promise<void> {
  const members = {
    Queue: ['Support'],
    Flow: [flowName],
    MessagingChannel: ['Support'],
    EmbeddedServiceConfig: ['Support_Api'],
  };
  await deploy(members, {
    ...queueFile('Support'),
    ...theirFlow(inputs),
    ...channelFile('Support', {
      authMode: 'UnAuth',
      parameters: [{ name: 'Topic', maxLength: 80 }],
      handler: 'Flow',
      queue: 'Support',
      config: ['<anonymousUserJwtExpirationTime>120</anonymousUserJwtExpirationTime>'],
      ...channel,
    }),
    ...deploymentFile('Support_Api', 'Support', type),
  });
  const { records } = await connection.query<{ Id: string }>('SELECT Id FROM MessagingChannel');
  await connection.sobject('MessagingChannel').update({ Id: records[0]?.Id ?? '', IsActive: true });
}

/** Paths of what differs from before: times, history and the flow, which a person edits here, aside. */
async function left(org: ServedOrg, before: FlatDump): Promise<string[]> {
  const paths = differences(before, await dumpOf(org)).filter(
    (path) => !/^records \/ (?:DeployRequest|Flow) |^components \/ Flow /.test(path),
  );
  return paths.filter((path) => !/ (?:LastModified\w+|SystemModstamp|lastModifiedDate)$/.test(path));
}

describe('messaging register on a deployment that is there', () => {
  test('adds to the channel and loses nothing; a flow of others is not edited, but told what it lacks', async () => {
    const stage = await registerStage();
    const { register, deploy, read, org, run } = stage;
    await theirDeployment(stage, { inputs: ['Topic', 'Origin', 'Priority'] });
    const before = await dumpOf(org);
    const first = await register(...yes);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.json().result).toMatchObject({
      published: 'now',
      registration: {
        channel: { name: 'Support', authMode: 'Auth', flow: flowName },
        keyset: { enabled: true, issuer },
        parameters: ours.map((name) => ({
          name,
          present: true,
          variables: ['Origin', 'Priority'].includes(name) ? [name] : [],
        })),
      },
      manual: [{ id: 'messaging-flow-variables' }],
    });
    const [task] = first.json().result.manual as { steps: string[]; url: string }[];
    expect(task?.steps.filter((step) => step.startsWith('New Resource'))).toEqual(
      ['OpencxSessionId', 'Chat_Consumer_Type', 'Chat_language'].map((name) =>
        expect.stringContaining(`API Name ${name},`),
      ),
    );
    expect(task?.url).toMatch(/flowBuilder\.app\?flowId=301/);
    expect(await read('MessagingChannel', 'Support')).toMatchObject({
      masterLabel: 'Support',
      sessionHandlerFlow: flowName,
      embeddedConfig: { anonymousUserJwtExpirationTime: '120' },
      customParameters: expect.arrayContaining([
        expect.objectContaining({ name: 'Topic', actionParameterMappings: { actionParameterName: 'Topic' } }),
      ]),
    });

    await deploy({ Flow: [flowName] }, theirFlow(['Topic', ...ours]));
    const second = await register(...yes);
    expect(second.json().result).toMatchObject({
      manual: [],
      registration: { parameters: ours.map((name) => ({ name, variables: [name] })) },
    });
    expect((await register(...yes)).json().result).toMatchObject({
      published: 'unchanged',
      steps: [{}, { status: 'unchanged' }],
    });

    expect(await left(org, before)).toContain('components / PublicKeyCertificateSet OpenCX_Keyset / type');
    const gone = await run('destroy', '--yes');
    expect(gone.exitCode, gone.stderr).toBe(0);
    expect(gone.stdout).toContain('put messaging channel Support back as it was');
    expect(await left(org, before)).toEqual([]);
  }, 90_000);

  test.each([
    ['without parameters', []],
    ['with a parameter that OpenCX sends too', [{ name: 'Origin', maxLength: 20, flowVariable: null }]],
  ])(
    'destroy puts a channel %s back as it was',
    async (_, parameters) => {
      const stage = await registerStage();
      await theirDeployment(stage, { inputs: ours, channel: { parameters } });
      const before = await dumpOf(stage.org);
      const done = await stage.register(...yes);
      expect(done.json().result).toMatchObject({
        registration: { parameters: ours.map((name) => ({ variables: [name] })) },
      });
      const gone = await stage.run('destroy', '--yes');
      expect(gone.exitCode, gone.stderr).toBe(0);
      expect(await left(stage.org, before)).toEqual([]);
    },
    60_000,
  );

  test('a channel that others use is named with those who use it, and --yes does not change it', async () => {
    const stage = await registerStage();
    const { register, tap, deploy } = stage;
    await theirDeployment(stage);
    await deploy({ EmbeddedServiceConfig: ['Website'] }, deploymentFile('Website', 'Support', 'Web'));
    tap.requests.length = 0;
    const refused = await register(...yes);
    expect(refused).toMatchObject({ exitCode: 68 });
    expect(refused.json().error?.message).toMatch(
      /channel Support has other users: it lets in users who are not verified.*\(deployment Website, Web\).*--allow-channel Support/,
    );
    expect(tap.writes()).toEqual([]);
    const other = await register(...yes, '--allow-channel', 'Another');
    expect(other.exitCode).toBe(68);
    const agreed = await register(...yes, '--allow-channel', 'Support');
    expect(agreed.exitCode, agreed.stderr).toBe(0);
    // What was agreed to once is no change any more.
    expect((await register(...yes)).exitCode).toBe(0);
  }, 60_000);

  test('another keyset on the channel stays, and that ours is added to it has to be agreed to', async () => {
    const stage = await registerStage();
    const { register, deploy, read } = stage;
    const key = await newKey();
    await deploy(
      { PublicKeyCertificate: ['Theirs'], PublicKeyCertificateSet: ['Their_Keyset'] },
      { ...keyFile('Theirs', key.files.get(keyFiles.jwk) ?? ''), ...keysetFile('Their_Keyset', ['Theirs'], 'theirs') },
    );
    await theirDeployment(stage, { channel: { authMode: 'Auth', keyset: 'Their_Keyset' } });
    const refused = await register(...yes);
    expect(refused.json().error?.message).toContain('it verifies users by Their_Keyset, which stays');
    const agreed = await register(...yes, '--allow-channel', 'Support');
    expect(agreed.exitCode, agreed.stderr).toBe(0);
    const { embeddedConfig } = (await read('MessagingChannel', 'Support')) as {
      embeddedConfig: { messagingAuthorizations: Record<string, string>[] };
    };
    expect(
      embeddedConfig.messagingAuthorizations.map((one) => [one['publicKeyCertificateSetName'], one['enabled']]),
    ).toEqual([
      ['Their_Keyset', 'true'],
      ['OpenCX_Keyset', 'true'],
    ]);
  }, 60_000);

  test('a keyset of that name which somebody else has made is left alone', async () => {
    const stage = await registerStage();
    const { register, deploy, tap } = stage;
    const key = await newKey();
    await deploy(
      { PublicKeyCertificate: ['Theirs'], PublicKeyCertificateSet: ['OpenCX_Keyset'] },
      { ...keyFile('Theirs', key.files.get(keyFiles.jwk) ?? ''), ...keysetFile('OpenCX_Keyset', ['Theirs'], 'theirs') },
    );
    await theirDeployment(stage);
    tap.requests.length = 0;
    const refused = await register(...yes);
    expect(refused.json().error?.message).toContain('The keyset OpenCX_Keyset was not made by opencx-sf');
    expect(tap.writes()).toEqual([]);
  }, 60_000);

  test('a flow of that name which somebody else has made is not put under a new channel', async () => {
    const { register, deploy, tap } = await registerStage();
    await deploy({ Queue: ['Support'], Flow: [flowName] }, { ...queueFile('Support'), ...theirFlow(['Topic']) });
    tap.requests.length = 0;
    const refused = await register('--create-deployment', '--yes');
    expect(refused.json().error?.message).toContain(`The flow ${flowName} is there and was not made by opencx-sf`);
    expect(tap.writes()).toEqual([]);
  }, 60_000);

  test('a parameter that stands in the way is told, the others are added', async () => {
    const stage = await registerStage();
    await theirDeployment(stage, {
      channel: { parameters: [{ name: 'Origin', externalName: 'Web_Origin', maxLength: 20, flowVariable: null }] },
    });
    const done = await stage.register(...yes);
    expect(done.exitCode, done.stderr).toBe(0);
    expect(tasksOf(done)).toContain('messaging-parameter-Origin');
    expect(done.json().result.registration.parameters).toEqual(
      ours.map((name) => ({ name, present: name !== 'Origin', variables: [] })),
    );
  }, 60_000);

  test.each([
    ['of type Web', { type: 'Web' }, named, /is of type Web; OpenCX speaks the API of a Custom Client/],
    [
      'under another name',
      {},
      ['--es-developer-name', 'support_api'],
      /no Embedded Service Deployment support_api; it has Support_Api \(names are compared letter by letter\)/,
    ],
    [
      'whose name differs in capitals from the one that would be made',
      {},
      ['--es-developer-name', 'support_api', '--create-deployment'],
      /The org has the deployment Support_Api; support_api differs in capitals alone/,
    ],
  ])(
    'a deployment %s is refused before anything is written',
    async (_, options, flags, message) => {
      const stage = await registerStage();
      await theirDeployment(stage, options);
      stage.tap.requests.length = 0;
      const refused = await stage.register(...flags, '--yes');
      expect(refused.exitCode).toBe(68);
      expect(refused.json().error?.message).toMatch(message);
      expect(stage.tap.writes()).toEqual([]);
    },
    60_000,
  );
});

test.each([
  ['no', 68],
  ['yes', 0],
])(
  'a person at the terminal is asked about a channel of others, and does as told: %s',
  async (answer, exitCode) => {
    const stage = await registerStage();
    await theirDeployment(stage);
    await stage.deploy({ EmbeddedServiceConfig: ['Website'] }, deploymentFile('Website', 'Support', 'Web'));
    const env = { ...stage.org.env, HOME: stage.cwd };
    const session = await startInPty([process.execPath, launcher, 'messaging', 'register', ...named], {
      cwd: stage.cwd,
      env,
      columns: 100,
      rows: 40,
    });
    await session.waitFor('Change the channel Support all the same?', 30_000);
    session.type(answer === 'yes' ? 'y\r' : '\r');
    if (answer === 'yes') {
      await session.waitFor('changes in Local Org?', 30_000);
      session.type('y\r');
    }
    expect(await session.ended()).toMatchObject({ exitCode, sane: true });
    expect(session.everything()).toContain('deployment Website, Web');
  },
  60_000,
);
