import type { HandoffStore, StoredEvent } from '../store/handoff-store.ts';

/**
 * The event that a replay stands for, as it may repeat one that is a replay itself; of any other event its own id. One that the
 * store has forgotten is still named by the one that repeats it.
 * @throws what the store throws
 */
export async function originalIdOf(event: StoredEvent, store: Pick<HandoffStore, 'event'>): Promise<string> {
  let { id, replayOf } = event;
  while (replayOf !== undefined) {
    id = replayOf;
    replayOf = (await store.event(id))?.replayOf;
  }
  return id;
}
