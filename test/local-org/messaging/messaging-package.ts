import { Connection } from 'jsforce';

import { makeKey } from '../../../src/messaging/keys/make-key.ts';
import type { MadeKey } from '../../../src/messaging/keys/make-key.ts';
import { keyFiles } from '../../../src/messaging/keys/key-folder.ts';
import { apiNameOf } from '../../../src/messaging/keys/key-names.ts';
import { manifest, zipOf } from '../metadata/package-zip.ts';
import type { PackageFiles } from '../metadata/package-zip.ts';
import {
  channelFile,
  deploymentFile,
  fallbackQueueName,
  flowName,
  keyFile,
  keysetFile,
  openCxParameters,
  permissionSetName,
  queueFile,
  queueName,
  sessionFieldFiles,
} from './messaging-files.ts';
import type { ParameterOptions } from './messaging-files.ts';
import { openCxFlow } from './routing-flow.ts';

/** Where an org is reached, and with which access token. */
export interface OrgAccess {
  readonly url: string;
  readonly token: string;
}

export interface MessagingOptions {
  readonly authMode?: 'Auth' | 'UnAuth';
  readonly deploymentType?: 'API' | 'Web' | 'Mobile';
  /** ES Developer Name; absent: `OpenCX`. */
  readonly deployment?: string;
  readonly channel?: string;
  readonly keyset?: string;
  /** What tokens must have as `iss`. */
  readonly issuer?: string;
  /** Absent: the five that OpenCX sends. */
  readonly parameters?: readonly ParameterOptions[];
  /** False: the channel routes to its queue. */
  readonly withFlow?: boolean;
  /** Files of another flow of the same name. */
  readonly flow?: PackageFiles;
  /** Usernames of members of both queues. */
  readonly members?: readonly string[];
  /** Lines at the top of `embeddedConfig`, and of the channel. */
  readonly config?: readonly string[];
  readonly channelLines?: readonly string[];
  readonly isKeyActive?: boolean;
  /** False leaves the channel inactive; absent: it is activated. */
  readonly activate?: boolean;
  /** False leaves the deployment unpublished. */
  readonly publish?: boolean;
  readonly key?: MadeKey;
  /** Milliseconds since 1970, from which the certificate of a new key is valid. */
  readonly now?: number;
}

/** What stands in the org, and what tokens are signed with. */
export interface DeployedMessaging {
  readonly deployment: string;
  /** `0UR…` */
  readonly deploymentId: string;
  readonly channel: string;
  /** `0Mj…` */
  readonly channelId: string;
  readonly queueId: string;
  readonly fallbackQueueId: string;
  readonly keyset: string;
  readonly issuer: string;
  readonly kid: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
}

/** A key with its certificate, as `messaging keys generate` makes them. */
export async function newKey(now = Date.now(), days = 365): Promise<MadeKey> {
  return await makeKey({ bits: 2048, days, now, beside: [] }, new AbortController().signal);
}

/** Deploys a whole Live Messaging set-up in one package, activates its channel and publishes its deployment. */
export async function deployMessaging(org: OrgAccess, options: MessagingOptions = {}): Promise<DeployedMessaging> {
  const key = options.key ?? (await newKey(options.now));
  const names = {
    deployment: options.deployment ?? 'OpenCX',
    channel: options.channel ?? 'OpenCX_Channel',
    keyset: options.keyset ?? 'OpenCX_Keyset',
    issuer: options.issuer ?? 'https://opencx.example.com',
  };
  const connection = new Connection({ instanceUrl: org.url, accessToken: org.token, version: '68.0' });
  connection.metadata.pollInterval = 10;
  await deployFilesOf(connection, messagingPackage(key, names, options));
  await showSessionField(connection);

  const idOf = async (soql: string, tooling = false): Promise<string> => {
    const { records } = await (tooling ? connection.tooling : connection).query<{ Id: string }>(soql);
    return records[0]?.Id ?? '';
  };
  const channelId = await idOf(`SELECT Id FROM MessagingChannel WHERE DeveloperName = '${names.channel}'`);
  const deploymentId = await idOf(
    `SELECT Id FROM EmbeddedServiceConfig WHERE DeveloperName = '${names.deployment}'`,
    true,
  );
  if (options.activate !== false) {
    await connection.sobject('MessagingChannel').update({ Id: channelId, IsActive: true });
  }
  if (options.publish !== false) await publishDeployment(org, deploymentId);
  return {
    ...names,
    channelId,
    deploymentId,
    queueId: await idOf(`SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = '${queueName}'`),
    fallbackQueueId: await idOf(`SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = '${fallbackQueueName}'`),
    kid: key.jwk.kid,
    privateKey: key.files.get(keyFiles.privateKey) ?? '',
  };
}

/** Publishes a deployment. @returns status and body of the answer */
export async function publishDeployment(
  { url, token }: OrgAccess,
  deploymentId: string,
  version = 'v67.0',
): Promise<{ status: number; body: unknown }> {
  const path = `/services/data/${version}/connect/embeddedservice/embeddedserviceconfig/publish/${deploymentId}`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url + path, { method: 'POST', headers, body: '{}' });
  return { status: response.status, body: await response.json() };
}

type Names = Pick<DeployedMessaging, 'deployment' | 'channel' | 'keyset' | 'issuer'>;

/** All files of a set-up and its manifest. */
export function messagingPackage(key: MadeKey, names: Names, options: MessagingOptions = {}): PackageFiles {
  const authMode = options.authMode ?? 'Auth';
  const handler = options.withFlow === false ? 'Queue' : 'Flow';
  const keyName = apiNameOf(key.jwk.kid);
  const members = {
    CustomField: ['MessagingSession.OpencxSessionId__c'],
    PermissionSet: [permissionSetName],
    Queue: [queueName, fallbackQueueName],
    PublicKeyCertificate: [keyName],
    PublicKeyCertificateSet: [names.keyset],
    ...(handler === 'Flow' ? { Flow: [flowName] } : {}),
    MessagingChannel: [names.channel],
    EmbeddedServiceConfig: [names.deployment],
  };
  return {
    'package.xml': manifest(members),
    ...sessionFieldFiles,
    ...queueFile(queueName, options.members),
    ...queueFile(fallbackQueueName, options.members),
    ...keyFile(keyName, key.files.get(keyFiles.jwk) ?? '', options.isKeyActive),
    ...keysetFile(names.keyset, [keyName], names.issuer),
    ...(handler === 'Flow' ? (options.flow ?? openCxFlow()) : {}),
    ...channelFile(names.channel, {
      authMode,
      keyset: authMode === 'Auth' ? names.keyset : undefined,
      parameters: options.parameters ?? openCxParameters,
      handler,
      queue: handler === 'Flow' ? fallbackQueueName : queueName,
      ...(options.config === undefined ? {} : { config: options.config }),
      ...(options.channelLines === undefined ? {} : { more: options.channelLines }),
    }),
    ...deploymentFile(names.deployment, names.channel, options.deploymentType),
  };
}

async function deployFilesOf(connection: Connection, files: PackageFiles): Promise<void> {
  const { status, details, errorMessage } = await connection.metadata
    .deploy(zipOf(files), { singlePackage: true, rollbackOnError: true })
    .complete(true);
  if (status === 'Succeeded') return;
  const problems = [details.componentFailures].flat().map(({ fullName, problem }) => `${fullName}: ${problem ?? ''}`);
  throw new Error(`The messaging package was not deployed: ${errorMessage ?? problems.join('; ')}`);
}

/** Custom fields are seen by those alone to whom a permission set shows them. */
async function showSessionField(connection: Connection): Promise<void> {
  const { user_id: AssigneeId } = await connection.identity();
  const { records } = await connection.query<{ Id: string }>(
    `SELECT Id FROM PermissionSet WHERE Name = '${permissionSetName}'`,
  );
  const PermissionSetId = records[0]?.Id ?? '';
  const assignments = await connection.query(
    `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${AssigneeId}' AND PermissionSetId = '${PermissionSetId}'`,
  );
  if (assignments.totalSize > 0) return;
  await connection.sobject('PermissionSetAssignment').create({ AssigneeId, PermissionSetId });
}
