import type { Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { askedWaitMs, httpStatusOf, isAnswerLost } from './api-error.ts';

/** How often and how long a request is tried. Times in milliseconds. */
export interface AttemptPace {
  /** After network failures and 5xx, in all. */
  readonly attempts: number;
  /** Doubled after each. */
  readonly firstPauseMs: number;
  /** All waiting together. */
  readonly longestWaitMs: number;
}

export const defaultAttempts: AttemptPace = { attempts: 3, firstPauseMs: 1000, longestWaitMs: 120_000 };

export interface Attempts {
  readonly clock: Clock;
  readonly pace: AttemptPace;
  readonly signal?: AbortSignal | undefined;
  /** Told before each wait that the org imposes (429). */
  readonly onLimited?: (waitMs: number) => void;
}

const longestPauseMs = 30_000;

/**
 * Repeats a request: after network failures and 5xx a few times, after 429 as long as the wait allows, each time as late as the
 * org asks or, where it asks nothing, ever later.
 * @param request gets whether an earlier attempt's answer was lost, so that it may have been carried out
 * @throws OpencxError the last failure, or INTERRUPTED
 */
export async function withAttempts<T>(request: (lost: boolean) => Promise<T>, options: Attempts): Promise<T> {
  const { clock, pace, signal } = options;
  let lost = 0;
  let limited = 0;
  let waited = 0;
  for (;;) {
    try {
      return await request(lost > 0);
    } catch (error) {
      const isLimited = httpStatusOf(error) === 429;
      if (isLimited) limited += 1;
      else if (isAnswerLost(error)) lost += 1;
      else throw error;
      const growing = pace.firstPauseMs * 2 ** (lost + limited - 1) * (0.75 + clock.random() / 2);
      const waitMs = Math.ceil(askedWaitMs(error) ?? Math.min(growing, longestPauseMs));
      waited += waitMs;
      if (lost >= pace.attempts || waited > pace.longestWaitMs) throw error;
      if (isLimited) options.onLimited?.(waitMs);
      await pause(clock, waitMs, signal);
    }
  }
}

/** Waits. @param ms milliseconds @throws OpencxError INTERRUPTED once `signal` aborts */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    throw new OpencxError('INTERRUPTED', { message: 'Stopped while waiting.', cause: error });
  }
}
