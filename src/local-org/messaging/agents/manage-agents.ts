import { RestError } from '../../http/rest-error.ts';
import { findUser } from '../../records/find-user.ts';
import { restErrorOf } from '../../records/save/save-error.ts';
import { saveRecords } from '../../records/save/save-records.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { messagingTransaction, updateRow } from '../sessions/save-row.ts';
import { listPresences, loadOf, presenceOf, putPresence, queuesOf } from './presence.ts';
import { pushWork } from './push-work.ts';
import { openWork } from './work-rows.ts';

export interface AgentInit {
  readonly username: string;
  /** Of a user who is made; absent: what stands before the `@`. */
  readonly name?: string | undefined;
  /** DeveloperNames of queues to become a member of; absent for a new user: all that take messaging sessions. */
  readonly queues?: readonly string[] | undefined;
  readonly online: boolean;
  readonly capacity?: number | undefined;
}

/** A representative as the control API tells. */
export interface Agent {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly online: boolean;
  readonly capacity: number;
  /** Sessions at this moment, offered ones included. */
  readonly load: number;
  /** DeveloperNames. */
  readonly queues: readonly string[];
}

const CAPACITY = 5;

/** Makes a user a representative, the user too where there is none, and sets them online or offline. @throws RestError */
export function setAgent(org: OrgState, init: AgentInit): Agent {
  return messagingTransaction(org, () => {
    const known = findUser(org, init.username);
    const userId = known?.Id ?? makeUser(org, init);
    const queues = init.queues?.map((name) => queueByName(org, name)) ?? (known === undefined ? allQueues(org) : []);
    for (const queueId of queues) join(org, queueId, userId);
    const former = presenceOf(org, userId);
    const since = former?.online === true && init.online ? former.since : org.now().toISOString();
    const capacity = init.capacity ?? former?.capacity ?? CAPACITY;
    if (!init.online) takeBack(org, userId);
    putPresence(org, { userId, online: init.online, capacity, since });
    pushWork(org);
    return agentOf(org, userId);
  });
}

export function listAgents(org: OrgState): Agent[] {
  return listPresences(org).map(({ userId }) => agentOf(org, userId));
}

/** @throws RestError 404 */
export function agentByUsername(org: OrgState, username: string): Agent {
  const user = findUser(org, username);
  if (user === undefined) throw new RestError(404, 'NOT_FOUND', `There is no user ${username}.`);
  return agentOf(org, user.Id);
}

/** The queue of a DeveloperName that takes messaging sessions. @throws RestError 400 */
export function queueByName(org: OrgState, developerName: string): string {
  const [queue] = org.records.find('Group', { Type: 'Queue', DeveloperName: developerName });
  const takes = queue !== undefined && allQueues(org).includes(queue.Id);
  if (takes) return queue.Id;
  const why = queue === undefined ? 'There is no queue' : 'Messaging sessions do not go to the queue';
  throw new RestError(400, 'INVALID_REQUEST', `${why} ${developerName}.`);
}

function allQueues(org: OrgState): string[] {
  return org.records.find('QueueSobject', { SobjectType: 'MessagingSession' }).map((row) => fieldText(row['QueueId']));
}

function agentOf(org: OrgState, userId: string): Agent {
  const user = org.records.get('User', userId);
  const { online = false, capacity = CAPACITY } = presenceOf(org, userId) ?? {};
  return {
    userId,
    username: fieldText(user?.['Username']),
    name: fieldText(user?.['Name']),
    online,
    capacity,
    load: loadOf(org, userId),
    queues: queuesOf(org, userId).map((id) => fieldText(org.records.get('Group', id)?.['DeveloperName'])),
  };
}

/** What was offered to somebody who goes offline is offered to others. */
function takeBack(org: OrgState, userId: string): void {
  for (const work of openWork(org)) {
    if (work['UserId'] !== userId || work['Status'] !== 'Assigned') continue;
    updateRow(org, 'AgentWork', work.Id, { Status: 'Unavailable', CancelDateTime: storedDatetime(org.now()) });
  }
}

function makeUser(org: OrgState, { name, username }: AgentInit): string {
  const [profile] = org.records.find('Profile', { Name: 'Standard User' });
  const local = username.slice(0, username.indexOf('@'));
  const words = (name ?? local).split(' ');
  return saved(org, 'User', {
    Username: username,
    Email: username,
    LastName: words.at(-1) ?? local,
    ...(words.length > 1 ? { FirstName: words.slice(0, -1).join(' ') } : {}),
    Alias: local.slice(0, 8),
    ProfileId: profile?.Id ?? null,
    IsActive: true,
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
  });
}

function join(org: OrgState, queueId: string, userId: string): void {
  const member = { GroupId: queueId, UserOrGroupId: userId };
  if (org.records.find('GroupMember', member).length === 0) saved(org, 'GroupMember', member);
}

function saved(org: OrgState, sobject: 'User' | 'GroupMember', values: Record<string, unknown>): string {
  const request = { api: 'data', mode: 'system', operation: 'insert', allOrNone: true } as const;
  const userId = org.settings.adminUserId;
  const [result] = saveRecords(org, { ...request, sobject, records: [{ values }], userId });
  const [error] = result?.errors ?? [];
  if (error !== undefined) throw restErrorOf(error);
  return result?.id ?? '';
}
