import type { RawHeaders } from '../store/handoff-store.ts';

/** `Retry-After` in seconds or as a date, in milliseconds from now; undefined if there is none that can be read. */
export function askedWaitMs(headers: RawHeaders, now: number): number | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
