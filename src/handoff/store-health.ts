import type { Clock } from '../clock.ts';
import type { ServeListener } from './serve-event.ts';

/** What the store is asked to do, each of which may fail alone: a full disk can still be read. */
export type StoreTask = 'accept' | 'reject' | 'claim' | 'read' | 'renew' | 'finish' | 'release' | 'prune';

/** Whether the store does what it is asked. */
export interface StoreHealth {
  /** Runs what asks the store, and tells and notes whether it went well. @returns undefined if it failed */
  tried<T>(task: StoreTask, work: () => Promise<T>): Promise<T | undefined>;
  /** Whether something failed a short while ago, and has not gone well since. */
  isFailing(): boolean;
}

/** Nothing but a webhook shows that a full disk has room again, so after a while they are let in to try. */
const memoryMs = 15_000;

/** Tells once that the store is failing, and once that all of it works again. */
export function watchStore(clock: Clock, listener: ServeListener): StoreHealth {
  const failures = new Map<StoreTask, number>();
  let since = 0;

  function noteFailure(task: StoreTask, error: unknown): void {
    const isFirst = failures.size === 0;
    failures.set(task, clock.now());
    if (!isFirst) return;
    since = clock.now();
    listener({ type: 'store-failing', since, reason: error instanceof Error ? error.message : String(error) });
  }

  function noteSuccess(task: StoreTask): void {
    if (failures.delete(task) && failures.size === 0) listener({ type: 'store-working', since, at: clock.now() });
  }

  return {
    tried: async (task, work) => {
      try {
        const result = await work();
        noteSuccess(task);
        return result;
      } catch (error) {
        noteFailure(task, error);
        return undefined;
      }
    },
    isFailing: () => [...failures.values()].some((at) => clock.now() - at < memoryMs),
  };
}
