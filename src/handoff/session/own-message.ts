const own = /^<?opencx-sf\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^@\s>]+>?$/i;

/**
 * `Message-ID` (RFC 5322, 3.6.4) of a mail that stands for a message given to `POST …/messages`: always the same for the same
 * message, so that it is found when its answer was lost, and known again when its webhook comes.
 * @param messageId a UUID @param domain of whoever sends it, e.g. of the routing address
 */
export function ownMessageIdentifier(messageId: string, domain: string): string {
  return `<opencx-sf.${messageId.toLowerCase()}@${domain}>`;
}

/**
 * The message that a mail stands for; undefined if it is none of those. A customer who writes such an id is not heard, and does that
 * to nobody else.
 */
export function ownMessageId(identifier: string | null): string | undefined {
  return own.exec(identifier ?? '')?.[1]?.toLowerCase();
}
