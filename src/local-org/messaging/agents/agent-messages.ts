import { randomUUID } from 'node:crypto';

import type { JsonObject } from '../../http/json-body.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { acknowledge } from '../conversations/acknowledge.ts';
import type { ConversationEntry } from '../conversations/entry.ts';
import { appendEntry, listEntries } from '../conversations/entry-store.ts';
import { fileMessage, keepFile } from '../conversations/files.ts';
import type { FileInMessage, SentFile } from '../conversations/files.ts';
import { agent } from '../conversations/senders.ts';
import { messagingTransaction } from '../sessions/save-row.ts';
import { countMessage } from '../sessions/session-life.ts';
import { workAtHand } from './work-actions.ts';

/** The representative says something. @throws RestError as `workAtHand` */
export function reply(org: OrgState, workId: string, text: string): ConversationEntry {
  const id = randomUUID();
  const staticContent = { formatType: 'Text', text };
  return say(org, workId, id, { id, messageType: 'StaticContentMessage', staticContent });
}

/** The representative sends a file. @throws RestError as `workAtHand` */
export function sendFile(org: OrgState, workId: string, file: SentFile, text: string): ConversationEntry {
  const id = randomUUID();
  const sent = { id: randomUUID(), file };
  return say(org, workId, id, fileMessage(id, sent, text), sent);
}

function say(
  org: OrgState,
  workId: string,
  identifier: string,
  abstractMessage: JsonObject,
  file?: FileInMessage,
): ConversationEntry {
  const { conversation, userId, work } = workAtHand(org, workId, 'Opened');
  return messagingTransaction(org, () => {
    if (file !== undefined) keepFile(org, conversation.id, file);
    countMessage(org, fieldText(work['WorkItemId']), 'AgentMessageCount');
    return appendEntry(org, conversation.id, {
      entryType: 'Message',
      identifier,
      payload: { abstractMessage, messageReason: null },
      ...agent(org, userId),
    });
  });
}

/** The representative begins or stops typing. @throws RestError as `workAtHand` */
export function type(org: OrgState, workId: string, isTyping: boolean): void {
  const { conversation, userId } = workAtHand(org, workId, 'Opened');
  appendEntry(org, conversation.id, {
    entryType: isTyping ? 'TypingStartedIndicator' : 'TypingStoppedIndicator',
    payload: { timestamp: org.now().getTime() },
    ...agent(org, userId),
  });
}

/** The representative has seen all that the customer has said: what was not acknowledged is. @returns how many messages */
export function read(org: OrgState, workId: string): number {
  const { conversation, userId } = workAtHand(org, workId, 'Opened');
  const entries = listEntries(org, conversation.id);
  const known = (entryType: string): Set<unknown> =>
    new Set(
      entries
        .filter((entry) => entry.entryType === entryType && entry.sender.role === 'Agent')
        .map(({ payload }) => payload['acknowledgedConversationEntryIdentifier']),
    );
  const isRead = known('ReadAcknowledgement');
  const unread = entries
    .filter(({ entryType, sender }) => entryType === 'Message' && sender.role === 'EndUser')
    .filter(({ identifier }) => !isRead.has(identifier));
  const isDelivered = known('DeliveryAcknowledgement');
  const acks = unread.flatMap(({ identifier: conversationEntryId }) => [
    ...(isDelivered.has(conversationEntryId)
      ? []
      : [{ id: randomUUID(), entryType: 'Delivery' as const, conversationEntryId }]),
    { id: randomUUID(), entryType: 'Read' as const, conversationEntryId },
  ]);
  acknowledge(org, conversation, acks, agent(org, userId));
  return unread.length;
}
