import type { WebhookEventName } from '../blueprint/webhook-contract.ts';
import type { SessionEventName } from './session/session-event.ts';
import type { SessionChannel, SessionState } from './session/session.ts';

/** A webhook call was taken, and is in the store. All times are milliseconds since 1970, all spans milliseconds. */
interface Accepted {
  readonly type: 'accepted';
  readonly at: number;
  readonly eventId: string;
  readonly name: WebhookEventName;
  /** The Case. */
  readonly orderKey: string;
  readonly deliveryId: string;
  readonly bytes: number;
  /** From the request's head to the commit. */
  readonly tookMs: number;
  /** Of its `traceparent`, if it has a valid one. */
  readonly traceId: string | undefined;
  /** Where it goes: origins alone, since paths and queries of webhooks are often secrets. Empty: it is only kept. */
  readonly targets: readonly string[];
}

/** It was taken before, under the same delivery id; nothing is carried twice. */
interface Duplicate {
  readonly type: 'duplicate';
  readonly at: number;
  /** The event that was taken. */
  readonly eventId: string;
  readonly name: WebhookEventName;
  readonly orderKey: string;
  readonly deliveryId: string;
  /** So often it came again by now. */
  readonly times: number;
}

/** What OpenCX gave for a session was taken, and is in the store; a duplicate was there before, and is not carried twice. */
interface SessionInputAccepted {
  readonly type: 'handoff-accepted' | 'message-accepted';
  readonly at: number;
  readonly sessionId: string;
  /** Of a duplicate the event that was taken first. */
  readonly eventId: string;
  readonly channel: SessionChannel;
  readonly bytes: number;
  /** From the request's head to the commit. */
  readonly tookMs: number;
  readonly duplicate: boolean;
}

/** Something was told of a session: to its callback, and to those who follow it. */
interface SessionTold {
  readonly type: 'told';
  /** When it happened. */
  readonly at: number;
  readonly eventId: string;
  readonly sessionId: string;
  readonly name: SessionEventName;
  readonly channel: SessionChannel;
  /** Of the session, after this. */
  readonly state: SessionState;
}

/** The org asked whether anybody is there (`opencx-sf webhook test`); it is told yes, and nothing is kept or carried. */
interface ConnectionTested {
  readonly type: 'connection-test';
  readonly at: number;
}

/** A request was not taken. Unknown paths, wrong tokens and too many requests are told, but not kept in the store. */
interface Rejected {
  readonly type: 'rejected';
  readonly at: number;
  /** HTTP status it was answered with. */
  readonly status: number;
  readonly reason: string;
  /** Under which it is kept; undefined if it is not. */
  readonly rejectionId: string | undefined;
}

interface DeliveryFacts {
  readonly at: number;
  readonly eventId: string;
  readonly deliveryId: string;
  /** Contract name of the event. */
  readonly name: string;
  readonly orderKey: string;
  /** Set if the event repeats another one. */
  readonly replayOf: string | undefined;
  /** Origin of the far side. */
  readonly target: string;
  /** 1 for the first. */
  readonly attempt: number;
}

/**
 * One try at a delivery is over; `delivered` or `dead` follows, or it is tried again. One that finds the far side down does not
 * count: the next one has the same number.
 */
interface AttemptMade extends DeliveryFacts {
  readonly type: 'attempt';
  readonly tookMs: number;
  /** Undefined if no response came; then `failure` says why. */
  readonly status: number | undefined;
  readonly failure: string | undefined;
  /** When it is tried again; undefined if it is not. */
  readonly nextAttemptAt: number | undefined;
  readonly counted: boolean;
}

interface Delivered extends DeliveryFacts {
  readonly type: 'delivered';
  readonly status: number;
  /** Since the event was received. */
  readonly afterMs: number;
}

/** No attempts are left, the far side wants none or was down for too long: it waits for a person (`events replay`). */
interface Dead extends DeliveryFacts {
  readonly type: 'dead';
  readonly reason: string;
}

/** A far side cannot be reached, or answers 502, 503 or 504: deliveries wait. Told once, until it is up again. */
interface FarSideDown {
  readonly type: 'far-side-down';
  readonly target: string;
  readonly since: number;
  readonly reason: string;
}

interface FarSideUp {
  readonly type: 'far-side-up';
  readonly target: string;
  readonly since: number;
  readonly at: number;
}

/** The event stream of one conversation is lost for longer than a moment, or it cannot be opened. It is tried again and again. */
interface StreamLost {
  readonly type: 'stream-lost';
  /** When it was lost. */
  readonly at: number;
  readonly sessionId: string;
  readonly reason: string;
}

/** It is back, and what was missed has been read. */
interface StreamResumed {
  readonly type: 'stream-resumed';
  readonly at: number;
  readonly sessionId: string;
  readonly since: number;
}

/** Every event stream of Live Messaging is lost: Salesforce, or the way there, is away. Told once, until one is back. */
interface MessagingLost {
  readonly type: 'messaging-lost';
  readonly since: number;
  /** So many conversations are not followed. */
  readonly conversations: number;
  readonly reason: string;
}

interface MessagingResumed {
  readonly type: 'messaging-resumed';
  readonly since: number;
  readonly at: number;
}

/** Salesforce could not route a conversation: no representative is asked, although the session goes on. */
interface RoutingFailed {
  readonly type: 'routing-failed';
  readonly at: number;
  readonly sessionId: string;
  /** In Salesforce's words. */
  readonly reason: string;
}

/** The store does not take what is given to it, or does not answer. Told once, until it works again. */
interface StoreFailing {
  readonly type: 'store-failing';
  readonly since: number;
  readonly reason: string;
}

interface StoreWorking {
  readonly type: 'store-working';
  readonly since: number;
  readonly at: number;
}

/** Old events were forgotten, as the limits of age and size say. */
interface PrunedEvents {
  readonly type: 'pruned';
  readonly at: number;
  readonly events: number;
  readonly rejections: number;
}

/** What `serve` tells of itself, in the order in which it happened. */
export type ServeEvent =
  | Accepted
  | Duplicate
  | SessionInputAccepted
  | SessionTold
  | ConnectionTested
  | Rejected
  | AttemptMade
  | Delivered
  | Dead
  | FarSideDown
  | FarSideUp
  | StreamLost
  | StreamResumed
  | MessagingLost
  | MessagingResumed
  | RoutingFailed
  | StoreFailing
  | StoreWorking
  | PrunedEvents;

/** Where {@link ServeEvent}s go. Must not throw, and is not waited for. */
export type ServeListener = (event: ServeEvent) => void;
