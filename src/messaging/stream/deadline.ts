import type { Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';

/**
 * Waits for something, but no longer than `ms` milliseconds.
 * @throws OpencxError NETWORK with `silence` as its message, and whatever `awaited` throws
 */
export async function withDeadline<T>(clock: Clock, ms: number, awaited: Promise<T>, silence: string): Promise<T> {
  const timer = new AbortController();
  const deadline = clock.sleep(ms, timer.signal).then(() => {
    throw new OpencxError('NETWORK', { message: silence });
  });
  try {
    return await Promise.race([awaited, deadline]);
  } finally {
    timer.abort();
  }
}
