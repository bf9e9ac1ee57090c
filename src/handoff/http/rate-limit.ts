import type { Clock } from '../../clock.ts';
import type { RateLimit } from './http-limits.ts';

/** Takes one request. @returns 0 if it is let in, else after how many whole seconds to come again */
export type Gate = () => number;

/** A bucket of `burst` tokens that fills again by `perSecond`. */
export function rateGate({ perSecond, burst }: RateLimit, clock: Clock): Gate {
  let tokens = burst;
  let filledAt = clock.now();
  return () => {
    const now = clock.now();
    tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (tokens >= 1) {
      tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil((1 - tokens) / perSecond));
  };
}
