import type { ForwardKind } from '../delivery/forward-routes.ts';
import type { NewDelivery, NewEvent, RawHeaders } from '../store/handoff-store.ts';
import type { SessionChange, SessionOutcome } from '../store/session-book.ts';
import type { Happening } from './happening.ts';
import type { SessionEvent } from './session-event.ts';
import { afterwards, type Told } from './session-machine.ts';
import { orderKeyOf, type Session, type WorkedInEntry } from './session.ts';
import { wasWorkedIn } from './worked-in.ts';

export interface ChangeFacts {
  /** Now, in milliseconds since 1970; when it happened, unless an entry says that. */
  readonly at: number;
  /**
   * Names what caused it, so that what is told of it is told once, however often it comes: e.g. `webhook:…`. Absent: the entry, else
   * the event that the change is made with.
   */
  readonly cause?: string | undefined;
  /** `traceparent` of the request that caused it: what is told of it belongs to the same trace. */
  readonly traceparent?: string | undefined;
  /** The entry of the conversation that shows it; the session remembers it, and works it in once. */
  readonly entry?: WorkedInEntry | undefined;
  /** Where events of sessions without a URL of their own are posted to: that of `serve`. */
  readonly callbackUrl: URL | undefined;
}

/**
 * The change that something makes of a session, with the events that tell of it.
 * @param happenings one, or several in order that one cause brings about
 * @returns a change whose `decide` is pure, and throws only if it has no cause
 */
export function changeBy(
  sessionId: string,
  happenings: Happening | readonly Happening[],
  facts: ChangeFacts,
): SessionChange {
  const all: readonly Happening[] = 'type' in happenings ? [happenings] : happenings;
  return {
    sessionId,
    decide: (before, eventId) => {
      // A process that takes a conversation over reads it from further up.
      const isKnown = facts.entry !== undefined && before !== undefined && wasWorkedIn(before, facts.entry);
      if (isKnown) return { events: [] };
      let session = before;
      const told: { readonly told: Told; readonly session: Session }[] = [];
      for (const happening of all) {
        const after = afterwards(session, happening, { sessionId, at: facts.at, eventId, entry: facts.entry });
        session = after.session ?? session;
        for (const one of after.told) if (session !== undefined) told.push({ told: one, session });
      }
      const events = told.map((one) => eventOf(one.told, one.session, facts, causeOf(facts, eventId)));
      return session === undefined || session === before ? { events } : { session, events };
    },
  };
}

function causeOf({ cause, entry }: ChangeFacts, eventId: string | undefined): string {
  const named = cause ?? (entry === undefined ? eventId : `entry:${entry.id}`);
  if (named === undefined) throw new Error('a change of a session without an event names no cause');
  return named;
}

const json: RawHeaders = [['Content-Type', 'application/json; charset=utf-8']];

function eventOf(told: Told, session: Session, facts: ChangeFacts, cause: string): Event {
  const { at, entry, callbackUrl, traceparent } = facts;
  const { id: sessionId, channel, state, caseId, conversationId } = session;
  const { event: name, ...rest } = told;
  const body: SessionEvent = {
    event: name,
    sessionId,
    channel,
    state,
    at: new Date(entry?.at ?? at).toISOString(),
    ...(caseId === undefined ? {} : { caseId }),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...rest,
  };
  const event: NewEvent = {
    receivedAt: at,
    name,
    // Several sessions may hear of the same.
    deliveryId: `${cause}:${name}:${sessionId}`,
    orderKey: orderKeyOf(sessionId),
    headers: traceparent === undefined ? json : [...json, ['traceparent', traceparent]],
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
  return { event, deliveries: callbacks(session, callbackUrl) };
}

function callbacks({ callbackUrl: own }: Session, ofServe: URL | undefined): NewDelivery[] {
  if (own !== undefined) return [{ kind: 'callback' satisfies ForwardKind, target: own }];
  return ofServe === undefined ? [] : [{ kind: 'forward' satisfies ForwardKind, target: ofServe.href }];
}

type Event = SessionOutcome['events'][number];
