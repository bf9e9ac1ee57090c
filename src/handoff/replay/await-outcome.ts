import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import type { HandoffStore } from '../store/handoff-store.ts';

/** How often the store is looked at, in milliseconds. */
const lookMs = 100;

/**
 * Waits until every delivery of some events has arrived or is dead.
 * @param waitMs at most so long
 * @returns whether they have ended
 */
export async function awaitOutcome(
  store: HandoffStore,
  eventIds: readonly string[],
  waitMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = clock.now() + waitMs;
  for (;;) {
    const deliveries = await store.deliveries(eventIds);
    if (deliveries.every(({ state }) => state !== 'pending' && state !== 'delivering')) return true;
    if (signal.aborted || clock.now() >= deadline) return false;
    await sleepUnlessAborted(clock, Math.min(lookMs, deadline - clock.now()), signal);
  }
}
