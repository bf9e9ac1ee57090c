/** Where the contact writes. `email` is held by a Case, all others by a conversation of Live Messaging. */
export const sessionChannels = ['email', 'web', 'whatsapp', 'sms', 'phone'] as const;
export type SessionChannel = (typeof sessionChannels)[number];

/**
 * `handing-off`: Salesforce does not have it yet · `open`: a Case or conversation holds it, and the AI may answer · `handedOff`: a
 * representative is at it, and the AI is paused · `resolved`: the Case is closed or the messaging session has ended · `failed`:
 * Salesforce did not take it, and a person has to look.
 */
export const sessionStates = ['handing-off', 'open', 'handedOff', 'resolved', 'failed'] as const;
export type SessionState = (typeof sessionStates)[number];

export interface SessionContact {
  /** Id of the contact in OpenCX. */
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
}

/** An entry of a conversation. */
export interface WorkedInEntry {
  readonly id: string;
  /** When the org wrote it down, in milliseconds since 1970. */
  readonly at: number;
}

/** One OpenCX session as it stands in Salesforce. */
export interface Session {
  /** UUID in lower case. */
  readonly id: string;
  readonly channel: SessionChannel;
  /** `handoff`: OpenCX handed it off · `case`: a customer's mail made the Case, and the session was begun for it here. */
  readonly origin: 'handoff' | 'case';
  readonly state: SessionState;
  readonly contact: SessionContact;
  readonly subject?: string;
  /** BCP 47 or what OpenCX detected. */
  readonly language?: string;
  /** Event with the handoff that began it, as it came. */
  readonly handoffEventId?: string;
  /** Where its events are posted to; one of its own, or that of `serve`. */
  readonly callbackUrl?: string;
  readonly caseId?: string;
  readonly caseNumber?: string;
  /** Contact in Salesforce (`003…`). */
  readonly contactId?: string;
  /** Lowercase UUID of the conversation of Live Messaging. */
  readonly conversationId?: string;
  /** `0Mw…`, the last one that is known. */
  readonly messagingSessionId?: string;
  /** The last entries of its conversation that were worked in, in the order of the org. */
  readonly entries?: readonly WorkedInEntry[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What keeps the order of all that belongs to a session. */
export function orderKeyOf(sessionId: string): string {
  return `session:${sessionId}`;
}

/** The session that an order key is of; undefined if it is a Case's. */
export function sessionIdOf(orderKey: string): string | undefined {
  return orderKey.startsWith('session:') ? orderKey.slice('session:'.length) : undefined;
}
