import { RestError } from '../../http/rest-error.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { conversationOfSession } from '../conversations/stored-conversation.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { agentLeaves } from '../sessions/participants.ts';
import { waitInQueue } from '../sessions/route-to-queue.ts';
import { messagingTransaction, updateRow } from '../sessions/save-row.ts';
import { endSession, makeInactive } from '../sessions/session-life.ts';
import { acceptWork } from './accept-work.ts';
import { pushWork } from './push-work.ts';
import { tellWork } from './work-rows.ts';

/** What of one representative's work is at hand. */
export interface WorkAtHand {
  readonly work: StoredRecord;
  readonly conversation: StoredConversation;
  /** The representative. */
  readonly userId: string;
}

/** Work by its id, in the state that an action asks for. @throws RestError 404, or 400 in another state */
export function workAtHand(org: OrgState, id: string, status: 'Assigned' | 'Opened'): WorkAtHand {
  const work = org.records.get('AgentWork', id);
  if (work === undefined) throw new RestError(404, 'NOT_FOUND', `There is no work ${id}.`);
  if (work['Status'] !== status) {
    throw new RestError(400, 'INVALID_REQUEST', `The work is ${fieldText(work['Status'])}, not ${status}.`);
  }
  const conversation = conversationOfSession(org, fieldText(work['WorkItemId']));
  if (conversation === undefined) throw new RestError(400, 'INVALID_REQUEST', 'The session of the work is gone.');
  return { work, conversation, userId: fieldText(work['UserId']) };
}

export function accept(org: OrgState, id: string): void {
  messagingTransaction(org, () => {
    acceptWork(org, workAtHand(org, id, 'Assigned').work);
    pushWork(org);
  });
}

/** Gives offered work back to its queue, for somebody else. */
export function decline(org: OrgState, id: string, reason: string | undefined): void {
  messagingTransaction(org, () => {
    const { conversation, userId, work } = workAtHand(org, id, 'Assigned');
    const DeclineDateTime = storedDatetime(org.now());
    updateRow(
      org,
      'AgentWork',
      work.Id,
      { Status: 'Declined', DeclineDateTime, DeclineReason: reason ?? null },
      userId,
    );
    tellWork(org, conversation, work, 'Declined');
    pushWork(org);
  });
}

/** Passes a session on to a queue; the one who does so is out of it at once, before anybody else is in. */
export function transfer(org: OrgState, id: string, queueId: string): void {
  messagingTransaction(org, () => {
    const { conversation, userId, work } = workAtHand(org, id, 'Opened');
    const sessionId = fieldText(work['WorkItemId']);
    const CloseDateTime = storedDatetime(org.now());
    updateRow(org, 'AgentWork', work.Id, { Status: 'Transferred', CloseDateTime }, userId);
    tellWork(org, conversation, work, 'Transferred');
    agentLeaves(org, conversation, userId);
    waitInQueue(org, { conversation, sessionId, routingType: 'Transfer' }, queueId);
    pushWork(org);
  });
}

/** The representative closes the tab: the session is Inactive, and the customer's next message waits again. */
export function leave(org: OrgState, id: string): void {
  messagingTransaction(org, () => {
    makeInactive(org, workAtHand(org, id, 'Opened').conversation);
    pushWork(org);
  });
}

export function end(org: OrgState, id: string): void {
  messagingTransaction(org, () => {
    endSession(org, workAtHand(org, id, 'Opened').conversation, 'Agent');
    pushWork(org);
  });
}
