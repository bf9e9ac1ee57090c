import type { Session, SessionState } from '../session/session.ts';
import type { NewDelivery, NewEvent } from './handoff-store.ts';

/** What is written for a session in one commit with what caused it. */
export interface SessionOutcome {
  /** The session as it is from now on; absent: as it was. Its `id` is the one that was asked about. */
  readonly session?: Session;
  /** Told of it. One whose `deliveryId` was taken before is left out: so that a cause which comes again tells nothing twice. */
  readonly events: readonly { readonly event: NewEvent; readonly deliveries: readonly NewDelivery[] }[];
}

/**
 * A change of one session. `decide` is asked inside the transaction, with the session as it is then and nobody else writing it: it
 * is pure, takes no time, and may be asked again. What it throws is what the caller gets, and then nothing is written.
 */
export interface SessionChange {
  readonly sessionId: string;
  /** @param eventId of the event that is accepted with the change, or whose delivery is finished with it */
  readonly decide: (session: Session | undefined, eventId?: string) => SessionOutcome;
}

/** All conditions hold together; the one changed last comes first, of those changed at the same time the one with the greater id. */
export interface SessionQuery {
  readonly state?: SessionState;
  readonly channel?: 'email' | 'messaging';
  readonly caseId?: string;
  readonly conversationId?: string;
  /** In its id, the name or address of its contact, its subject or Case number, in any case. */
  readonly contains?: string;
  /** Only those changed before this, in milliseconds since 1970. */
  readonly changedBefore?: number;
  /** With `changedBefore`: and of those changed at that very time the ones whose ids sort before this, as the list goes on. */
  readonly orThenBefore?: string;
  /** 1 to 1,000. */
  readonly limit: number;
}

/** The sessions of a store, and which process follows whose conversation. */
export interface SessionBook {
  session(id: string): Promise<Session | undefined>;
  sessions(query: SessionQuery): Promise<Session[]>;
  /** Makes a change by itself. @returns the session after it */
  changeSession(change: SessionChange): Promise<Session | undefined>;
  /**
   * Takes conversations to follow: of sessions with a `conversationId` that are not resolved or failed, and that no process holds,
   * or whose lease has run out; the longest unheld first. One that was given back counts as held until its lease would have ended.
   * @param leaseMs how long they are this owner's own
   */
  holdConversations(owner: string, now: number, leaseMs: number, limit: number): Promise<Session[]>;
  /** Takes one conversation, whatever its state. @returns false if another process holds it, or if there is no such session */
  holdConversation(owner: string, sessionId: string, now: number, leaseMs: number): Promise<boolean>;
  /** Keeps held ones longer. @returns the session ids that are still this owner's */
  renewConversations(owner: string, sessionIds: readonly string[], leaseUntil: number): Promise<string[]>;
  /** Gives some back; absent: all of this owner. @returns how many */
  releaseConversations(owner: string, sessionIds?: readonly string[]): Promise<number>;
}
