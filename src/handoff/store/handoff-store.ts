import type { SessionBook, SessionChange } from './session-book.ts';
import type { Turns } from './turns.ts';

/** Header fields as they came: in order, each time one was sent, names as they were written. */
export type RawHeaders = readonly (readonly [name: string, value: string])[];

/** What comes in or is told, on its way into the store: a webhook, a handoff, a message, or an event of a session. */
export interface NewEvent {
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** Of a webhook its contract name, e.g. `customerEmail`; else `handoff`, `message`, or that of the session event. */
  readonly name: string;
  /** De-duplicates: the same for every attempt at the same event, by Apex, by a caller of the API, or of what is told of one cause. */
  readonly deliveryId: string;
  /** What keeps its order: events of one key are delivered one after another (the Case, or the session). */
  readonly orderKey: string;
  readonly headers: RawHeaders;
  /** Byte for byte as it came. */
  readonly body: Uint8Array;
  /** The event that this one repeats, edited or not. */
  readonly replayOf?: string;
}

/** An event that was taken. */
export interface StoredEvent extends NewEvent {
  /** Sorts by the time of acceptance. */
  readonly id: string;
  /** Grows by one with each event: what a reader that follows asks from. */
  readonly sequence: number;
  /** How often it came again with the same `deliveryId`; none of these was carried on. */
  readonly duplicates: number;
}

/** Where an event is to be carried. */
export interface NewDelivery {
  /** What carries it: `forward` posts it to a URL, `case` and `conversation` bring it to Salesforce, `session` works it in here. */
  readonly kind: string;
  /** What that kind needs: for `forward` the URL. */
  readonly target: string;
}

/**
 * `pending` waits for its turn or its next attempt, `delivering` is held by a process, `delivered` is done, `dead` has used up its
 * attempts and waits for a person, `replaced` was dead until a replay of its event arrived at the same target.
 */
export const deliveryStates = ['pending', 'delivering', 'delivered', 'dead', 'replaced'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface Delivery extends NewDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly orderKey: string;
  readonly state: DeliveryState;
  /** So many have been made that count: see {@link AttemptOutcome}. */
  readonly attempts: number;
  /** Milliseconds since 1970; of a pending one. */
  readonly nextAttemptAt: number;
  /** Id of the event that arrived in the place of this one; of a replaced one. */
  readonly replacedBy?: string;
}

/** One try at a delivery. */
export interface NewAttempt {
  readonly startedAt: number;
  readonly endedAt: number;
  /** Secrets are masked where it is shown, not here. */
  readonly request: { readonly method: string; readonly url: string; readonly headers: RawHeaders };
  /** Undefined if none came; the first 64 KiB of the body. */
  readonly response?: { readonly status: number; readonly headers: RawHeaders; readonly body: Uint8Array };
  /** Why there was no response, in words. */
  readonly failure?: string;
}

export interface Attempt extends NewAttempt {
  readonly id: string;
  readonly deliveryId: string;
}

/**
 * What becomes of a delivery after an attempt. One that says nothing about the delivery, since the far side is down, is written
 * down and does not count.
 */
export type AttemptOutcome =
  | { readonly state: 'delivered' }
  | { readonly state: 'pending'; readonly nextAttemptAt: number; readonly counted: boolean }
  | { readonly state: 'dead' };

/** A webhook call that was not taken, kept for people to look at. */
export interface Rejection {
  readonly receivedAt: number;
  /** HTTP status it was answered with. */
  readonly status: number;
  readonly reason: string;
  readonly headers: RawHeaders;
  /** The first 64 KiB. */
  readonly body: Uint8Array;
}

export interface StoredRejection extends Rejection {
  readonly id: string;
}

/** Which events are listed; all conditions hold together. */
export interface EventQuery {
  /** Only those after this sequence, in growing order; otherwise the newest first. */
  readonly after?: number;
  readonly before?: number;
  /** Only those received at this time or later, in milliseconds since 1970. */
  readonly since?: number;
  readonly name?: string;
  /** Of one of these names. */
  readonly names?: readonly string[];
  readonly orderKey?: string;
  /** At least one of its deliveries is in this state. */
  readonly state?: DeliveryState;
  /** In the body, as text, in any case. */
  readonly contains?: string;
  /** 1 to 1,000. */
  readonly limit: number;
}

/** Which deliveries are claimed; a target is told by how it begins. */
export interface ClaimScope {
  /** Absent: whatever carries them. What a process cannot carry it leaves to others. */
  readonly kinds?: readonly string[];
  readonly only?: string;
  readonly except?: readonly string[];
}

/** What was done to make room. */
export interface Pruned {
  readonly events: number;
  readonly rejections: number;
}

/**
 * Where `serve` keeps what was entrusted to it. A promise that resolved means: committed, and there after a crash. Several
 * processes may share one store; a delivery is held by one of them at a time, by a lease.
 */
export interface HandoffStore extends SessionBook, Turns {
  /**
   * Takes an event with its deliveries, all or nothing.
   * @param change made in the same commit, after the event; not if it is a duplicate
   * @returns the event; `duplicate` if its `deliveryId` was taken before: then that one, counted, and nothing is carried twice
   */
  accept(
    event: NewEvent,
    deliveries: readonly NewDelivery[],
    change?: SessionChange,
  ): Promise<{ event: StoredEvent; duplicate: boolean }>;
  reject(rejection: Rejection): Promise<StoredRejection>;
  /** Adds deliveries to an event that is there: for a replay to other targets. @throws Error if there is none */
  deliverAgain(eventId: string, deliveries: readonly NewDelivery[], now: number): Promise<Delivery[]>;
  /**
   * Takes due deliveries for a process: of each order key and target only the oldest that is not done, and none while another of
   * the same key and target is held. A dead one holds nothing up. A lease that has run out counts as given back.
   * @param owner names the process @param leaseMs how long they are its own @param scope absent: to every target
   */
  claim(owner: string, now: number, leaseMs: number, limit: number, scope?: ClaimScope): Promise<Delivery[]>;
  /** Keeps held deliveries longer. @returns the ids that are still this owner's */
  renew(owner: string, ids: readonly string[], leaseUntil: number): Promise<string[]>;
  /**
   * Writes an attempt down and lets the delivery go. One that arrived replaces the dead ones to the same target, of its own event
   * and of those that this one repeats.
   * @param change made in the same commit, unless it was no longer this owner's
   * @returns false if it was no longer this owner's: then nothing is written but the attempt
   */
  finish(
    deliveryId: string,
    owner: string,
    attempt: NewAttempt,
    outcome: AttemptOutcome,
    change?: SessionChange,
  ): Promise<boolean>;
  /** Gives back what a process held and did not try. */
  release(owner: string): Promise<number>;
  event(id: string): Promise<StoredEvent | undefined>;
  events(query: EventQuery): Promise<StoredEvent[]>;
  /** Sequence of the newest event; 0 if there is none. */
  newestSequence(): Promise<number>;
  deliveries(eventIds: readonly string[]): Promise<Delivery[]>;
  attempts(deliveryIds: readonly string[]): Promise<Attempt[]>;
  rejections(limit: number): Promise<StoredRejection[]>;
  /** Deliveries by state. */
  counts(): Promise<Readonly<Record<DeliveryState, number>>>;
  /**
   * Forgets events all of whose deliveries are delivered or replaced: those received before, and the oldest beyond a size in bytes.
   * The event that a session names as its handoff stays until that is resolved or failed: its conversation goes on with it. Then
   * sessions that are resolved or failed, were last changed before, and of which no event is left: neither that one nor one with
   * the session's order key.
   */
  prune(before: number, largestBytes: number): Promise<Pruned>;
  close(): Promise<void>;
}
