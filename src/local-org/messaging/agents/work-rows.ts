import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { appendEntry } from '../conversations/entry-store.ts';
import { router } from '../conversations/senders.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { agentLeaves } from '../sessions/participants.ts';
import { updateRow } from '../sessions/save-row.ts';

/** Work that takes a representative's capacity. */
export function openWork(org: OrgState): StoredRecord[] {
  return org.records.findAny('AgentWork', 'Status', ['Assigned', 'Opened']);
}

/** The work that a session is of somebody now. */
export function workOfSession(org: OrgState, sessionId: string): StoredRecord | undefined {
  return openWork(org).find((work) => work['WorkItemId'] === sessionId);
}

/** Ends the work of a session, where there is one: what was offered is canceled, what was taken closed. */
export function closeWork(org: OrgState, conversation: StoredConversation, sessionId: string): void {
  const work = workOfSession(org, sessionId);
  if (work === undefined) return;
  const isOpened = work['Status'] === 'Opened';
  const time = storedDatetime(org.now());
  const values = isOpened ? { Status: 'Closed', CloseDateTime: time } : { Status: 'Canceled', CancelDateTime: time };
  updateRow(org, 'AgentWork', work.Id, values);
  if (!isOpened) return;
  tellWork(org, conversation, work, 'Closed');
  agentLeaves(org, conversation, fieldText(work['UserId']));
}

/** Tells the customer what becomes of the work. */
export function tellWork(
  org: OrgState,
  conversation: StoredConversation,
  work: StoredRecord,
  workType: 'Assigned' | 'Accepted' | 'Closed' | 'Declined' | 'Transferred',
): void {
  appendEntry(org, conversation.id, {
    entryType: 'RoutingWorkResult',
    payload: { recordId: work['WorkItemId'], workId: work.Id, workType },
    relatedRecords: [fieldText(work['WorkItemId'])],
    ...router(org),
  });
}
