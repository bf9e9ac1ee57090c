import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import type { HandoffStore } from '../store/handoff-store.ts';

/** How often the store is looked at, in milliseconds. */
const lookMs = 100;

/**
 * Waits until every delivery of some events has arrived or is dead.
 * @param waitMs at most so long
 * @param kinds those that are carried meanwhile; absent: all. What nobody carries is not waited for
 * @returns whether they have ended; false at once if none of them is carried
 */
export async function awaitOutcome(
  store: HandoffStore,
  eventIds: readonly string[],
  waitMs: number,
  clock: Clock,
  signal: AbortSignal,
  kinds?: readonly string[],
): Promise<boolean> {
  const deadline = clock.now() + waitMs;
  for (;;) {
    const deliveries = await store.deliveries(eventIds);
    const carried = kinds === undefined ? deliveries : deliveries.filter(({ kind }) => kinds.includes(kind));
    if (carried.length === 0 && deliveries.length > 0) return false;
    if (carried.every(({ state }) => state !== 'pending' && state !== 'delivering')) return true;
    if (signal.aborted || clock.now() >= deadline) return false;
    await sleepUnlessAborted(clock, Math.min(lookMs, deadline - clock.now()), signal);
  }
}
