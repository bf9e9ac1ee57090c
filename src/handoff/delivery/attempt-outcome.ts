import type { Clock } from '../../clock.ts';
import type { AttemptOutcome } from '../store/handoff-store.ts';
import type { Carried } from './carrier.ts';
import type { DeliveryPace } from './delivery-pace.ts';
import { askedWaitMs } from './retry-after.ts';

export type Judged = Exclude<AttemptOutcome, { state: 'dead' }> | { readonly state: 'dead'; readonly reason: string };

/**
 * What becomes of a delivery after an attempt that says something about it. As with Stripe and Hookdeck any 2xx is a success, and
 * everything else is tried again, 4xx and redirects (which are not followed) too: what answers 404 or 401 while it is being
 * developed or deployed is often mended a moment later, and to try again costs little. Not tried again: 410 Gone, by which a far
 * side says "never again", and a target that is not called at all.
 * @param made attempts so far, this one among them
 */
export function outcomeOf(carried: Carried, made: number, clock: Clock, pace: DeliveryPace): Judged {
  const { response, failure } = carried.attempt;
  const status = response?.status;
  if (status !== undefined && status >= 200 && status < 300) return { state: 'delivered' };
  if (carried.farSide === 'refused') return { state: 'dead', reason: failure ?? 'not sent' };
  if (status === 410) return { state: 'dead', reason: 'the far side answered 410: it wants no more of these' };
  const delayMs = pace.delaysMs[made - 1];
  if (delayMs === undefined) {
    return { state: 'dead', reason: `${made} attempt${made === 1 ? '' : 's'}, the last: ${lastOf(carried)}` };
  }
  const now = clock.now();
  const asked = response === undefined ? undefined : askedWaitMs(response.headers, now);
  const waitMs =
    asked === undefined ? delayMs * (0.75 + clock.random() / 2) : Math.min(asked, pace.longestRetryAfterMs);
  return { state: 'pending', nextAttemptAt: now + Math.ceil(waitMs), counted: true };
}

/**
 * What becomes of a delivery whose far side is down: it waits, and nothing of it is used up, but not for ever.
 * @param until when it is tried again @param receivedAt when its event was received; milliseconds since 1970
 */
export function outcomeInOutage(
  carried: Carried,
  until: number,
  receivedAt: number,
  { giveUpAfterMs }: DeliveryPace,
): Judged {
  const { endedAt } = carried.attempt;
  if (endedAt - receivedAt < giveUpAfterMs) return { state: 'pending', nextAttemptAt: until, counted: false };
  const since = new Date(receivedAt).toISOString();
  return {
    state: 'dead',
    reason: `given up: it waited for the far side since ${since}, the last: ${lastOf(carried)}`,
  };
}

function lastOf({ attempt: { response, failure } }: Carried): string {
  return response === undefined ? (failure ?? 'no response') : `answered ${response.status}`;
}
