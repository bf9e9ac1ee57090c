import type { Conversation, SentMessage } from '../../../messaging/conversation/conversation.ts';
import type { TranscriptEntry } from '../../../messaging/conversation/conversation-event.ts';

/**
 * Sends what the conversation does not hold yet. Its entries have to have been read after the last attempt of anybody: an attempt
 * whose answer was lost, or whose process was killed, may have sent it.
 * @param messageId of the message
 * @throws OpencxError as `send` does
 */
export async function sendOnce(
  conversation: Conversation,
  messageId: string,
  send: () => Promise<SentMessage>,
): Promise<SentMessage> {
  const isThere = conversation.transcript().some((entry) => isSent(entry, messageId));
  return isThere ? { id: messageId, newSession: false, foundAgain: true } : send();
}

/** Whether an entry is the message of ours with that id. */
export function isSent(entry: TranscriptEntry, messageId: string): boolean {
  return entry.type === 'message' && entry.own && entry.messageId === messageId;
}
