import { sleepUnlessAborted, type Clock } from '../../../clock.ts';
import type { Turns } from '../../store/turns.ts';

export interface TurnPorts {
  readonly store: Turns;
  readonly clock: Clock;
  /** Names this process. */
  readonly owner: string;
}

/**
 * How long a process that was killed or cut off keeps others waiting, how often one that works says so, and how often it is asked
 * for; ms.
 */
const leaseMs = 30_000;
const renewMs = 10_000;
const againMs = 250;

/**
 * Does work of one key after another, that of different keys side by side: within this process in the order in which it was asked
 * for, and among processes of one store by a lease.
 * @returns a function whose promise rejects with the signal's reason if it aborts before the turn has come, and with what the
 *   store throws: then the work may have been done
 */
export function takeTurns({ store, clock, owner }: TurnPorts) {
  const turns = new Map<string, Promise<unknown>>();

  async function amongProcesses<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    while (!(await store.takeTurn(owner, key, clock.now(), leaseMs))) {
      await sleepUnlessAborted(clock, againMs, signal);
      signal.throwIfAborted();
    }
    const done = new AbortController();
    const working = work().finally(() => done.abort());
    const [worked, kept] = await Promise.allSettled([working, keep(key, done.signal)]);
    // What was cut off may have asked for something that is still being done: the others wait until the lease runs out.
    const wasCutOff = signal.aborted && worked.status === 'rejected';
    if (!wasCutOff) await store.endTurn(owner, key);
    if (worked.status === 'rejected') throw worked.reason;
    if (kept.status === 'rejected') throw kept.reason;
    return worked.value;
  }

  async function keep(key: string, done: AbortSignal): Promise<void> {
    for (;;) {
      await sleepUnlessAborted(clock, renewMs, done);
      if (done.aborted) return;
      // A process that slept for longer than its lease may have lost its turn: what it has begun cannot be taken back.
      await store.takeTurn(owner, key, clock.now(), leaseMs);
    }
  }

  return async <T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const before = turns.get(key) ?? Promise.resolve();
    const doing = () => amongProcesses(key, signal, work);
    // What became of the one before is told to whoever asked for it.
    const own = before.then(doing, doing);
    turns.set(key, own);
    try {
      return await own;
    } finally {
      if (turns.get(key) === own) turns.delete(key);
    }
  };
}
