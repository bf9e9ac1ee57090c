import { forwardKinds } from '../delivery/forward-routes.ts';
import type { Attempt, RawHeaders, StoredEvent } from '../store/handoff-store.ts';
import { directionOf, type EventDirection } from './direction.ts';
import type { DeliveryHistory, EventHistory } from './event-history.ts';
import { bodyJson } from './event-json.ts';
import { maskedHeaders, maskedTarget } from './masked.ts';
import { isOwnPlace } from './own-place.ts';
import { sessionOfEvent } from './session-of-event.ts';

interface HarField {
  readonly name: string;
  readonly value: string;
}

interface HarMessage {
  readonly httpVersion: 'HTTP/1.1';
  readonly headers: readonly HarField[];
  readonly cookies: readonly never[];
  readonly headersSize: -1;
  readonly bodySize: number;
}

/** An entry of an HTTP archive; members that begin with `_` are ours, as its specification wants it. */
export interface HarEntry {
  readonly startedDateTime: string;
  /** Milliseconds. */
  readonly time: number;
  readonly request: HarMessage & {
    readonly method: string;
    readonly url: string;
    readonly queryString: readonly never[];
    readonly postData: { readonly mimeType: string; readonly text: string };
  };
  readonly response: HarMessage & {
    readonly status: number;
    readonly statusText: string;
    readonly redirectURL: string;
    readonly content: {
      readonly size: number;
      readonly mimeType: string;
      readonly text: string;
      /** Absent of what is text. */
      readonly encoding?: 'base64';
    };
  };
  readonly cache: Readonly<Record<string, never>>;
  readonly timings: { readonly send: 0; readonly wait: number; readonly receive: 0 };
  readonly _eventId: string;
  readonly _direction: 'in' | 'out';
  readonly _replayOf?: string;
  readonly _failure?: string;
}

/** Only these attempts send the event as it is; what others sent is not kept. */
const posted: ReadonlySet<string> = new Set(forwardKinds);

/** Where the call came that brought an event, by its direction; what is told of a session was brought by none. */
const doors: Readonly<Record<EventDirection, (event: StoredEvent) => string | undefined>> = {
  'from-salesforce': () => 'http://localhost/webhooks/salesforce/…',
  'from-opencx': (event) => {
    const { sessionId = '' } = sessionOfEvent(event) ?? {};
    const path = event.name === 'handoff' ? 'handoffs' : `sessions/${encodeURIComponent(sessionId)}/messages`;
    return `http://localhost/v1/${path}`;
  },
  told: () => undefined,
};

/**
 * The entries of an HTTP archive (HAR 1.2) of an event: the call that came in, then every attempt to carry it to a far side. Secrets of URLs
 * and headers are left out.
 */
export function harEntries({ event, deliveries }: EventHistory): HarEntry[] {
  const door = event.replayOf === undefined ? doors[directionOf(event.name)](event) : undefined;
  const elsewhere = deliveries.filter(({ delivery }) => !isOwnPlace(delivery.target));
  const attempts = elsewhere.flatMap((history) => outgoingOf(event, history));
  const inOrder = attempts.toSorted((a, b) => Date.parse(a.startedDateTime) - Date.parse(b.startedDateTime));
  return [...(door === undefined ? [] : [incoming(event, door)]), ...inOrder];
}

function outgoingOf(event: StoredEvent, { delivery, attempts }: DeliveryHistory): HarEntry[] {
  const body = posted.has(delivery.kind) ? event.body : new Uint8Array();
  return attempts.map((attempt) => outgoing(event, attempt, body));
}

/** The archive around its entries. */
export function harDocument(version: string, entries: readonly HarEntry[]): object {
  return { log: { version: '1.2', creator: { name: 'opencx-sf', version }, entries } };
}

/** That it is in the store means that it was answered 202; how long that took is not kept. */
function incoming(event: StoredEvent, door: string): HarEntry {
  return {
    startedDateTime: new Date(event.receivedAt).toISOString(),
    time: 0,
    request: request('POST', door, event.headers, event.body),
    response: response(202, [], new Uint8Array()),
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    _eventId: event.id,
    _direction: 'in',
  };
}

function outgoing(event: StoredEvent, attempt: Attempt, body: Uint8Array): HarEntry {
  const time = attempt.endedAt - attempt.startedAt;
  const { method, url, headers } = attempt.request;
  return {
    startedDateTime: new Date(attempt.startedAt).toISOString(),
    time,
    request: request(method, maskedTarget(url), headers, body),
    // Status 0 is how archives say that no answer came.
    response: response(
      attempt.response?.status ?? 0,
      attempt.response?.headers ?? [],
      attempt.response?.body ?? new Uint8Array(),
    ),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _eventId: event.id,
    _direction: 'out',
    ...(event.replayOf === undefined ? {} : { _replayOf: event.replayOf }),
    ...(attempt.failure === undefined ? {} : { _failure: attempt.failure }),
  };
}

function request(method: string, url: string, headers: RawHeaders, body: Uint8Array): HarEntry['request'] {
  const postData = { mimeType: fieldOf(headers, 'content-type') ?? 'application/json', text: textOf(body) };
  return { method, url, ...message(headers, body), queryString: [], postData };
}

function response(status: number, headers: RawHeaders, body: Uint8Array): HarEntry['response'] {
  const mimeType = fieldOf(headers, 'content-type') ?? '';
  const read = bodyJson(body);
  const shown = 'body' in read ? { text: read.body } : { text: read.bodyBase64, encoding: 'base64' as const };
  const content = { size: body.length, mimeType, ...shown };
  return { status, statusText: '', ...message(headers, body), redirectURL: '', content };
}

function message(headers: RawHeaders, body: Uint8Array): HarMessage {
  const fields = maskedHeaders(headers).map(([name, value]) => ({ name, value }));
  return { httpVersion: 'HTTP/1.1', headers: fields, cookies: [], headersSize: -1, bodySize: body.length };
}

function fieldOf(headers: RawHeaders, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function textOf(body: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}
