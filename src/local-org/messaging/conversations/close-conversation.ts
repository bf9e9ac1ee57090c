import { automatedProcessUser } from '../../mail/receive/automated-process.ts';
import type { OrgState } from '../../state/org-state.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { pushWork } from '../agents/push-work.ts';
import { messagingTransaction } from '../sessions/save-row.ts';
import { endSession } from '../sessions/session-life.ts';
import { appendEntry } from './entry-store.ts';
import { endUser } from './senders.ts';
import { changeConversation } from './stored-conversation.ts';
import type { StoredConversation } from './stored-conversation.ts';

/** The customer ends the session; the conversation stays open for another. @returns false where there is none */
export function customerEndsSession(org: OrgState, conversation: StoredConversation): boolean {
  return messagingTransaction(org, () => {
    const ended = endSession(org, conversation, 'EndUser');
    if (ended) pushWork(org);
    return ended;
  });
}

/** The customer closes a conversation, and with it its session. Nothing can be said in it any more. */
export function closeConversation(org: OrgState, conversation: StoredConversation): void {
  messagingTransaction(org, () => {
    endSession(org, conversation, 'EndUser');
    const time = storedDatetime(org.now());
    org.records.update('Conversation', conversation.recordId, { EndTime: time }, automatedProcessUser(org));
    changeConversation(org, conversation.id, { closedAt: org.now().getTime() });
    appendEntry(org, conversation.id, {
      entryType: 'CloseConversation',
      payload: {},
      ...endUser(conversation.subject),
    });
    pushWork(org);
  });
}
