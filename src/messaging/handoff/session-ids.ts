import { createHash } from 'node:crypto';

/**
 * The conversation of an OpenCX session: always the same one, so that whatever is tried again or run again finds it. Salesforce
 * wants a lowercase UUID of version 4 (REF, createConversation); this one is a hash in that form. It is not the session's own id,
 * which OpenCX may have used for a conversation of its own.
 * @param sessionId any UUID, in any case
 */
export function conversationIdOf(sessionId: string): string {
  return uuidOf(`conversation\n${sessionId.toLowerCase()}`);
}

/**
 * The id of an opening message: the same whenever the same text is sent to the same conversation.
 * @param index of the message among the opening ones, from 0
 */
export function openingMessageId(conversationId: string, index: number, text: string): string {
  return uuidOf(`message\n${conversationId}\n${index}\n${text}`);
}

/** A UUID that is always the same for a name: a hash in the form of version 4. @param name of its kind, then what tells it from all others */
export function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(`opencx-sf\n${name}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
