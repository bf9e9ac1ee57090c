import type { RawHeaders, StoredEvent } from '../store/handoff-store.ts';

/** What belongs to the connection from Salesforce and not to the message (RFC 9110, 7.6.1), or is written anew for the next one. */
const connectionFields = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
  'host',
  'content-length',
  // Responses are kept for people to read, so none is wanted packed.
  'accept-encoding',
]);

/** Ours, so that nobody else may write them. */
const ownPrefix = 'opencx-sf-';

/**
 * Header fields of one attempt: those that came with the event, `traceparent` among them, and what it is an attempt at.
 * `OpenCX-Sf-Event-Id` is the same for every attempt: a far side de-duplicates by it.
 * @param attempt 1 for the first
 */
export function forwardHeaders(event: StoredEvent, attempt: number): RawHeaders {
  const named = new Set(
    event.headers
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.split(','))
      .map((name) => name.trim().toLowerCase()),
  );
  const kept = event.headers.filter(([written]) => {
    const name = written.toLowerCase();
    return !connectionFields.has(name) && !named.has(name) && !name.startsWith(ownPrefix);
  });
  return [
    ...kept,
    ['OpenCX-Sf-Event-Id', event.id],
    ['OpenCX-Sf-Attempt', String(attempt)],
    ...(event.replayOf === undefined ? [] : [['OpenCX-Sf-Replay-Of', event.replayOf] as const]),
  ];
}
