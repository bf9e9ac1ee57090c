import type { SessionChange } from '../store/session-book.ts';
import type { Delivery, NewAttempt, StoredEvent } from '../store/handoff-store.ts';
import type { Judged } from './attempt-outcome.ts';

/**
 * One attempt, and what became of the call: `answered` · `unreachable`: no connection came about · `dropped`: it broke before an
 * answer · `silent`: no answer in time, or none that can be read · `refused`: it is not called, and never will be · `unasked`: the store failed meanwhile, which says
 * nothing of it.
 */
export interface Carried {
  /** Its response's status decides: 2xx arrived, 502, 503 and 504 mean that the far side is down, 410 that it wants no more. */
  readonly attempt: NewAttempt;
  readonly farSide: 'answered' | 'unreachable' | 'dropped' | 'silent' | 'refused' | 'unasked';
  /** So long the far side may still be doing what was cut off, in milliseconds: until then nobody would find it there. */
  readonly settlesMs?: number;
  /** What is written for a session in the commit that writes the attempt down, by what becomes of the delivery. */
  readonly change?: (judged: Judged) => SessionChange | undefined;
}

/** Brings deliveries of some kinds to where they belong. */
export interface Carrier {
  /** Only these are claimed: what no carrier of a process knows waits in the store for one that does. */
  readonly kinds: readonly string[];
  /**
   * Makes one attempt. It may have been made before, in part or in whole, by a process that was killed before it could write that
   * down: what is there already is not made again.
   * Never throws for what the far side or the network does. What the store throws at it uses up no attempt; what else it throws is
   * a bug, and told as the attempt's failure, but changes no session.
   * @param signal ends it; its reason is an Error, and is told
   */
  carry(event: StoredEvent, delivery: Delivery, signal: AbortSignal): Promise<Carried>;
  close(): Promise<void>;
}
