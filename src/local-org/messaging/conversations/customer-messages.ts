import type { JsonObject } from '../../http/json-body.ts';
import type { OrgState } from '../../state/org-state.ts';
import { pushWork } from '../agents/push-work.ts';
import type { MessagingDeployment } from '../deployment/messaging-deployment.ts';
import { ScrtError } from '../http/scrt-error.ts';
import { messagingTransaction } from '../sessions/save-row.ts';
import { beginSession, countMessage, resumeSession } from '../sessions/session-life.ts';
import { sessionOf, statusOf } from '../sessions/session-status.ts';
import { messagingSwitches } from '../switches/messaging-switches.ts';
import type { ConversationEntry } from './entry.ts';
import { appendEntry, findEntry } from './entry-store.ts';
import { keepFile } from './files.ts';
import type { FileInMessage } from './files.ts';
import { endUser } from './senders.ts';
import { changeConversation } from './stored-conversation.ts';
import type { StoredConversation } from './stored-conversation.ts';

export interface CustomerMessage {
  readonly id: string;
  readonly clientId: string;
  /** `abstractMessage` as entries carry it. */
  readonly abstractMessage: JsonObject;
  readonly file?: FileInMessage;
  readonly isNewMessagingSession: boolean;
  readonly attributes: Readonly<Record<string, string>> | undefined;
  readonly language: string | undefined;
}

/**
 * What the customer says. Begins a session where there is none and the message asks for one; wakes one that is Inactive.
 * Where there is a session, `isNewMessagingSession` begins no other one.
 * @throws ScrtError 417 without a session; RowRefused
 */
export function takeCustomerMessage(
  org: OrgState,
  deployment: MessagingDeployment,
  conversation: StoredConversation,
  message: CustomerMessage,
): ConversationEntry {
  if (messagingSwitches(org).duplicateMessageIds === 'same-entry') {
    const known = findEntry(org, conversation.id, message.id);
    if (known !== undefined) return known;
  }
  return messagingTransaction(org, () => {
    const sessionId = sessionFor(org, deployment, conversation, message);
    if (message.file !== undefined) keepFile(org, conversation.id, message.file);
    const entry = appendEntry(org, conversation.id, {
      entryType: 'Message',
      identifier: message.id,
      payload: { abstractMessage: message.abstractMessage, messageReason: null },
      ...endUser(conversation.subject, message.clientId),
    });
    countMessage(org, sessionId, 'EndUserMessageCount');
    changeConversation(org, conversation.id, { quietSince: org.now().getTime() });
    return entry;
  });
}

/** The session that a message goes to. */
function sessionFor(
  org: OrgState,
  deployment: MessagingDeployment,
  conversation: StoredConversation,
  { isNewMessagingSession, attributes, language }: CustomerMessage,
): string {
  const session = sessionOf(org, conversation);
  if (session === undefined) {
    if (!isNewMessagingSession) {
      throw new ScrtError(417, 'EXPECTATION_FAILED', 'No messaging session exists for this conversation.');
    }
    const begun = beginSession(org, deployment, conversation, { attributes: attributes ?? {}, language });
    if (begun.sessionId === undefined) throw new Error('A session began without an id.');
    pushWork(org);
    return begun.sessionId;
  }
  if (statusOf(session) === 'Inactive') {
    resumeSession(org, deployment, conversation, attributes);
    pushWork(org);
  }
  return session.Id;
}
