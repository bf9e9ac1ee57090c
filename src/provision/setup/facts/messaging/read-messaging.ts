import type { Blueprint } from '../../../../blueprint/blueprint.ts';
import type { MessagingSettings } from '../../../../config/messaging-settings.ts';
import type { Org } from '../../../../salesforce/org.ts';
import { carriesMarker, elementsOf, handlerFlowOf, textOf } from '../../../messaging/channel/channel-values.ts';
import type { OrgComponents } from '../../../org/org-components.ts';
import { quoted } from '../../../org/soql-literal.ts';
import type { MessagingFacts, MessagingPlace, OrgFlow } from './messaging-facts.ts';

/**
 * Reads what Live Messaging has beside its components.
 * @param settings with the channel of {@link MessagingPlace}
 * @param components the channel, the flow and the keyset among them, as read before
 * @param wanted every component that is wanted, the keys among them
 */
export async function readMessaging(
  org: Org,
  settings: MessagingSettings,
  place: MessagingPlace,
  components: OrgComponents,
  wanted: Blueprint,
): Promise<MessagingFacts> {
  const channel = components.metadata.find((one) => one.type === 'MessagingChannel');
  const flow = handlerFlowOf(channel?.values ?? {}) ?? settings.flow;
  const [channelRows, flowFacts, queue, members, others] = await Promise.all([
    channel === undefined ? [] : readChannelRow(org, settings.channel),
    readFlow(org, flow),
    readQueue(org, settings.queue),
    readMembers(org, settings.queueMembers),
    Promise.all(namesOfOtherKeys(components, wanted).map(async (name) => await readKey(org, name))),
  ]);
  const row = channelRows[0];
  const found = new Set(members.map(({ username }) => username.toLowerCase()));
  return {
    ...place,
    channelIs: row === undefined ? 'missing' : row.IsActive ? 'active' : 'inactive',
    recentSessions: row === undefined ? 0 : await countSessions(org, row.Id),
    flow: flowFacts,
    queue,
    queueMembers: members,
    unknownMembers: settings.queueMembers.filter((name) => !found.has(name.toLowerCase())),
    otherKeys: others,
  };
}

/** Of a rotation on another machine, of a folder that was cleaned up since, or by hand. */
function namesOfOtherKeys({ metadata }: OrgComponents, wanted: Blueprint): string[] {
  const keyset = metadata.find(({ type }) => type === 'PublicKeyCertificateSet');
  const own = new Set(
    wanted.components
      .filter(({ type }) => type === 'PublicKeyCertificate')
      .map(({ fullName }) => fullName.toLowerCase()),
  );
  return elementsOf(keyset?.values ?? {}, 'publicKeyCertificateSetKeys')
    .map((key) => textOf(key, 'publicKeyCertificate'))
    .filter((name) => name !== '' && !own.has(name.toLowerCase()));
}

async function readKey(org: Org, name: string): Promise<{ name: string; carriesMarker: boolean }> {
  const values = await org.readMetadata('PublicKeyCertificate', name, `reading the key ${name}`);
  return { name, carriesMarker: values !== undefined && carriesMarker(values) };
}

async function readChannelRow(org: Org, name: string): Promise<{ Id: string; IsActive: boolean }[]> {
  return await org.query(
    `SELECT Id, IsActive FROM MessagingChannel WHERE DeveloperName = ${quoted([name])}`,
    'reading the messaging channel',
  );
}

async function countSessions(org: Org, channelId: string): Promise<number> {
  const rows = await org.query<{ sessions: number }>(
    `SELECT COUNT(Id) sessions FROM MessagingSession WHERE MessagingChannelId = ${quoted([channelId])} AND CreatedDate = LAST_N_DAYS:7`,
    'counting messaging sessions',
  );
  return rows[0]?.sessions ?? 0;
}

interface FlowRow {
  ApiName: string;
  ProcessType: string | null;
  ActiveVersionId: string | null;
  LatestVersionId: string | null;
}

async function readFlow(org: Org, name: string): Promise<OrgFlow | undefined> {
  const doing = `reading the flow ${name}`;
  const rows = await org.query<FlowRow>(
    `SELECT ApiName, ProcessType, ActiveVersionId, LatestVersionId FROM FlowDefinitionView WHERE ApiName = ${quoted([name])}`,
    doing,
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const versionId = row.ActiveVersionId ?? row.LatestVersionId ?? '';
  const versions = await org.toolingQuery<{ Metadata: Record<string, unknown> | null }>(
    `SELECT Id, Metadata FROM Flow WHERE Id = ${quoted([versionId])}`,
    doing,
  );
  const metadata = versions[0]?.Metadata ?? undefined;
  return {
    apiName: row.ApiName,
    processType: row.ProcessType ?? '',
    isActive: row.ActiveVersionId !== null,
    versionId,
    inputs: metadata === undefined ? undefined : inputsOf(metadata),
  };
}

function inputsOf(metadata: Readonly<Record<string, unknown>>): string[] {
  return elementsOf(metadata, 'variables')
    .filter((variable) => textOf(variable, 'isInput') === 'true')
    .map((variable) => textOf(variable, 'name'));
}

async function readQueue(org: Org, name: string): Promise<MessagingFacts['queue']> {
  const queue = `DeveloperName = ${quoted([name])} AND Type = 'Queue'`;
  const [groups, objects, members] = await Promise.all([
    org.query<{ Id: string }>(`SELECT Id FROM Group WHERE ${queue}`, 'reading queues'),
    org.query<{ QueueId: string }>(
      `SELECT QueueId FROM QueueSobject WHERE SobjectType = 'MessagingSession'`,
      'reading queues for messaging sessions',
    ),
    org.query<{ UserOrGroupId: string }>(
      `SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = ${quoted([name])} AND Group.Type = 'Queue'`,
      'reading queue members',
    ),
  ]);
  const group = groups[0];
  if (group === undefined) return undefined;
  return {
    takesSessions: objects.some(({ QueueId }) => QueueId === group.Id),
    memberIds: members.map(({ UserOrGroupId }) => UserOrGroupId),
  };
}

async function readMembers(org: Org, usernames: readonly string[]): Promise<{ id: string; username: string }[]> {
  if (usernames.length === 0) return [];
  const rows = await org.query<{ Id: string; Username: string }>(
    `SELECT Id, Username FROM User WHERE IsActive = true AND Username IN (${quoted(usernames)})`,
    'reading users',
  );
  return rows.map((row) => ({ id: row.Id, username: row.Username }));
}
