import type { RawHeaders } from '../store/handoff-store.ts';

/**
 * Trace Context (W3C), level 1: version, trace id, parent id, flags; ids of zeros alone and version ff are invalid, and version 00
 * has nothing more.
 */
const traceparent =
  /^(?!ff|00-.{53})[\da-f]{2}-(?!0{32})(?<traceId>[\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-[\x20-\x7e]*)?$/;

/** The trace that a request belongs to; undefined without a valid `traceparent`. */
export function traceIdOf(headers: RawHeaders): string | undefined {
  return traceOf(headers)?.groups?.['traceId'];
}

/** The `traceparent` of a request, to be passed on with all that is done because of it; undefined without a valid one. */
export function traceparentOf(headers: RawHeaders): string | undefined {
  return traceOf(headers)?.[0];
}

function traceOf(headers: RawHeaders): RegExpExecArray | undefined {
  const [value, ...others] = headers.filter(([name]) => name.toLowerCase() === 'traceparent').map(([, value]) => value);
  return value === undefined || others.length > 0 ? undefined : (traceparent.exec(value) ?? undefined);
}
