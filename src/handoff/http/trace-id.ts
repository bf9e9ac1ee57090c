import type { RawHeaders } from '../store/handoff-store.ts';

/** Trace Context (W3C), level 1: version, trace id, parent id, flags; ids of zeros alone and version ff are invalid. */
const traceparent = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-.*)?$/;

/** The trace that a request belongs to; undefined without a valid `traceparent`. The field itself is passed on as it is. */
export function traceIdOf(headers: RawHeaders): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === 'traceparent').map(([, value]) => value);
  return values.length === 1 ? traceparent.exec(values[0] ?? '')?.[1] : undefined;
}
