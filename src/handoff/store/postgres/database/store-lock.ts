import type { Connections, Query } from './connections.ts';
import { isConflict } from './store-errors.ts';

/** Writes one after another, in this process and in all others. */
export interface StoreLock {
  /**
   * Runs `work` in a transaction that holds the store; resolves once it is committed. `work` does nothing but to the database, and
   * may run again.
   */
  write<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Writes what was asked for; then nothing more. */
  close(): Promise<void>;
}

interface Job {
  run(query: Query): Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** Bounds how long other processes wait. */
const largestGroup = 32;

/**
 * Whoever gives a number to an event or a delivery, changes a session or forgets something holds the one row of `store` until it
 * is committed. So numbers have no gaps and are seen in their order: whoever follows events by `after` would else step over one
 * whose transaction got its number first and was committed second; two changes of a session do not meet, also where there is no
 * row to lock yet; and no two wait for each other. Carrying (claim, renew, release, finish without a change) locks no more than the
 * deliveries it is about and their lines.
 *
 * What is asked for while a group is being written is written together by the next one, so that one commit is waited for and not
 * one for each. Each of several has a savepoint, so that one that fails takes nothing of the others with it.
 */
export function storeLock({ place, transaction }: Connections): StoreLock {
  let waiting: Job[] = [];
  let writing: Promise<void> | undefined;
  let closed = false;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, largestGroup);
      waiting = waiting.slice(largestGroup);
      await writeGroup(group);
    }
    writing = undefined;
  }

  async function writeGroup(group: readonly Job[]): Promise<void> {
    let failures = new Map<Job, unknown>();
    try {
      await transaction(async (query) => {
        failures = new Map();
        await query('SELECT 1 FROM opencx_sf.store FOR UPDATE');
        for (const job of group) await (group.length === 1 ? job.run(query) : runInSavepoint(query, job, failures));
      });
    } catch (error) {
      for (const job of group) job.reject(error);
      return;
    }
    for (const job of group) {
      if (failures.has(job)) job.reject(failures.get(job));
      else job.resolve();
    }
  }

  return {
    write<T>(work: (query: Query) => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (closed) {
          reject(new Error(`the store in ${place} is closed`));
          return;
        }
        let settle: (() => void) | undefined;
        waiting.push({
          async run(query) {
            const result = await work(query);
            settle = () => resolve(result);
          },
          resolve: () => settle?.(),
          reject,
        });
        writing ??= writeAll();
      });
    },

    async close() {
      closed = true;
      await writing;
    },
  };
}

/** @throws what went wrong if the transaction cannot go on */
async function runInSavepoint(query: Query, job: Job, failures: Map<Job, unknown>): Promise<void> {
  await query('SAVEPOINT job');
  try {
    await job.run(query);
  } catch (error) {
    if (isConflict(error)) throw error;
    failures.set(job, error);
    await query('ROLLBACK TO SAVEPOINT job');
  }
  await query('RELEASE SAVEPOINT job');
}
