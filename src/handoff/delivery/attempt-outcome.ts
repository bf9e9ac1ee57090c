import type { Clock } from '../../clock.ts';
import type { AttemptOutcome, RawHeaders } from '../store/handoff-store.ts';
import type { DeliveryPace } from './delivery-pace.ts';
import type { Forwarded } from './forward.ts';

export type Judged = Exclude<AttemptOutcome, { state: 'dead' }> | { readonly state: 'dead'; readonly reason: string };

/**
 * What becomes of a delivery after an attempt. As with Stripe and Hookdeck any 2xx is a success, and everything else is tried again,
 * 4xx and redirects (which are not followed) too: what answers 404 or 401 while it is being developed or deployed is often mended
 * a moment later, and to try again costs little. Not tried again: 410 Gone, by which a far side says "never again", and a target
 * that is not called at all. An attempt that finds nobody counts like any other; what is dead can be replayed.
 * @param made attempts so far, this one among them
 */
export function outcomeOf(forwarded: Forwarded, made: number, clock: Clock, pace: DeliveryPace): Judged {
  const { response, failure } = forwarded.attempt;
  const status = response?.status;
  if (status !== undefined && status >= 200 && status < 300) return { state: 'delivered' };
  if (forwarded.farSide === 'refused') return { state: 'dead', reason: failure ?? 'not sent' };
  if (status === 410) return { state: 'dead', reason: 'the far side answered 410: it wants no more of these' };
  const delayMs = pace.delaysMs[made - 1];
  if (delayMs === undefined) {
    const last = status === undefined ? (failure ?? 'no response') : `answered ${status}`;
    return { state: 'dead', reason: `${made} attempt${made === 1 ? '' : 's'}, the last: ${last}` };
  }
  const now = clock.now();
  const asked = response === undefined ? undefined : askedWaitMs(response.headers, now);
  const waitMs =
    asked === undefined ? delayMs * (0.75 + clock.random() / 2) : Math.min(asked, pace.longestRetryAfterMs);
  return { state: 'pending', nextAttemptAt: now + Math.ceil(waitMs) };
}

/** `Retry-After` in seconds or as a date, in milliseconds from now; undefined if there is none that can be read. */
function askedWaitMs(headers: RawHeaders, now: number): number | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
