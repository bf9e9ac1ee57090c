import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { appendEntry } from '../conversations/entry-store.ts';
import { system } from '../conversations/senders.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { updateRow } from './save-row.ts';

/** Values of `MessagingSession.Status` that come about here. */
type SessionStatus = 'New' | 'Waiting' | 'Active' | 'Inactive' | 'Ended' | 'Error';

/** The row of the session that a conversation has now; undefined where its last one is over. */
export function sessionOf(org: OrgState, conversation: StoredConversation): StoredRecord | undefined {
  const session = org.records.get('MessagingSession', conversation.sessionId ?? '');
  // Apex may have ended it, or somebody deleted its row.
  return session === undefined || statusOf(session) === 'Ended' ? undefined : session;
}

export function statusOf(session: StoredRecord): SessionStatus {
  return fieldText(session['Status']) as SessionStatus;
}

/** Puts a session into a state, with what changes beside it, and tells the customer. @throws RowRefused */
export function setStatus(
  org: OrgState,
  conversation: StoredConversation,
  sessionId: string,
  status: SessionStatus,
  change: { readonly values?: Record<string, unknown>; readonly endedBy?: string } = {},
): void {
  updateRow(org, 'MessagingSession', sessionId, { ...change.values, Status: status });
  const sessionEndedByRole = change.endedBy === undefined ? {} : { sessionEndedByRole: change.endedBy };
  appendEntry(org, conversation.id, {
    entryType: 'SessionStatusChanged',
    payload: { sessionStatus: status, ...sessionEndedByRole },
    relatedRecords: [sessionId],
    ...system(org),
  });
}
