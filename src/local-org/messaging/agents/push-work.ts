import { automatedProcessUser } from '../../mail/receive/automated-process.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { appendEntry } from '../conversations/entry-store.ts';
import { router } from '../conversations/senders.ts';
import { changeConversation, conversationOfSession } from '../conversations/stored-conversation.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { insertRow } from '../sessions/save-row.ts';
import { messagingServiceChannel } from '../sessions/service-channel.ts';
import { messagingSwitches } from '../switches/messaging-switches.ts';
import { acceptWork } from './accept-work.ts';
import { listPresences, loadOf, queuesOf } from './presence.ts';
import { openWork, tellWork } from './work-rows.ts';

/** Somebody who may be offered work, as it stands while work is pushed. */
interface Candidate {
  readonly userId: string;
  readonly capacity: number;
  readonly queues: ReadonlySet<string>;
  readonly since: string;
  load: number;
}

/**
 * Offers what waits in queues to who is online, member of the queue and not full: the oldest first, to who has the least.
 * To be called in the transaction of whatever may have made somebody free or something wait. Tells customers their places
 * in the queue.
 */
export function pushWork(org: OrgState): void {
  const candidates = candidatesOf(org);
  const left = waiting(org).filter((pending) => {
    const candidate = leastBusy(org, pending, candidates);
    if (candidate === undefined) return true;
    const conversation = conversationOfSession(org, fieldText(pending['WorkItemId']));
    // Somebody has deleted the session's row: nobody is offered it.
    if (conversation === undefined) return false;
    candidate.load += 1;
    assign(org, conversation, pending, candidate.userId);
    return false;
  });
  tellPlaces(org, left);
}

function candidatesOf(org: OrgState): Candidate[] {
  return listPresences(org)
    .filter(({ online, userId }) => online && org.records.get('User', userId)?.['IsActive'] === true)
    .map(({ capacity, since, userId }) => {
      return { userId, capacity, since, queues: new Set(queuesOf(org, userId)), load: loadOf(org, userId) };
    });
}

/** What is in queues and nobody is asked for at this moment, oldest first. */
function waiting(org: OrgState): StoredRecord[] {
  const offered = new Set(openWork(org).map((work) => work['WorkItemId']));
  return org.records
    .find('PendingServiceRouting', { ServiceChannelId: messagingServiceChannel(org) })
    .filter((pending) => !offered.has(pending['WorkItemId']));
}

function leastBusy(org: OrgState, pending: StoredRecord, candidates: readonly Candidate[]): Candidate | undefined {
  return candidates
    .filter(({ capacity, load, queues }) => load < capacity && queues.has(fieldText(pending['GroupId'])))
    .filter(({ since, userId }) => !declined(org, pending, userId, since))
    .toSorted((one, other) => one.load - other.load)[0];
}

/** Who has declined is asked again only after coming online anew. */
function declined(org: OrgState, pending: StoredRecord, userId: string, since: string): boolean {
  return org.records
    .find('AgentWork', { PendingServiceRoutingId: pending.Id, UserId: userId, Status: 'Declined' })
    .some((work) => fieldText(work['DeclineDateTime']) >= storedDatetime(new Date(since)));
}

function assign(org: OrgState, conversation: StoredConversation, pending: StoredRecord, userId: string): void {
  const time = storedDatetime(org.now());
  const workId = insertRow(org, 'AgentWork', {
    Status: 'Assigned',
    UserId: userId,
    OwnerId: userId,
    WorkItemId: pending['WorkItemId'],
    ServiceChannelId: pending['ServiceChannelId'],
    PendingServiceRoutingId: pending.Id,
    OriginalGroupId: pending['GroupId'],
    OriginalQueueId: pending['GroupId'],
    RoutingType: 'QueueBased',
    RoutingModel: pending['RoutingModel'],
    RequestDateTime: pending['CreatedDate'],
    AssignedDateTime: time,
    IsTransfer: pending['IsTransfer'],
    CapacityWeight: 1,
  });
  const change = { IsPushed: true, IsPushAttempted: true };
  org.records.update('PendingServiceRouting', pending.Id, change, automatedProcessUser(org));
  const work = org.records.get('AgentWork', workId);
  if (work === undefined) throw new Error(`The work ${workId} is gone as soon as it was saved.`);
  tellWork(org, conversation, work, 'Assigned');
  if (messagingSwitches(org).autoAccept) acceptWork(org, work);
}

/** The shape of this event's payload is not confirmed. */
function tellPlaces(org: OrgState, left: readonly StoredRecord[]): void {
  const byQueue = Map.groupBy(left, (row) => fieldText(row['GroupId']));
  for (const rows of byQueue.values()) {
    for (const [index, row] of rows.entries()) {
      const conversation = conversationOfSession(org, fieldText(row['WorkItemId']));
      const position = index + 1;
      if (conversation === undefined || conversation.queuePosition === position) continue;
      changeConversation(org, conversation.id, { queuePosition: position });
      appendEntry(org, conversation.id, { entryType: 'QueuePosition', payload: { position }, ...router(org) });
    }
  }
}
