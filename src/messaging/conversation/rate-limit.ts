import type { Clock } from '../../clock.ts';

/** A limit of so many in a window of time, which slides. */
export interface RateLimit {
  /** Takes the next place. @returns how long to wait for it, in milliseconds */
  reserve(): number;
}

/**
 * @param count places in any window
 * @param windowMs its length in milliseconds
 */
export function rateLimit(count: number, windowMs: number, clock: Pick<Clock, 'now'>): RateLimit {
  const taken: number[] = [];
  return {
    reserve: () => {
      const now = clock.now();
      const [oldest] = taken.length < count ? [] : taken;
      // A clock that was set back must not make anybody wait for more than a window.
      const waitMs = oldest === undefined ? 0 : Math.min(windowMs, Math.max(0, oldest + windowMs - now));
      taken.push(now + waitMs);
      if (taken.length > count) taken.shift();
      return waitMs;
    },
  };
}

/** Messages that Salesforce takes of one conversation in a minute (rate limits of Enhanced Chat). */
export const messagesPerMinute = 22;

/** Starts of conversations: Salesforce takes three in 30 seconds of one page (rate limits of Enhanced Chat). */
export function conversationStarts(clock: Pick<Clock, 'now'>): RateLimit {
  return rateLimit(3, 30_000, clock);
}
