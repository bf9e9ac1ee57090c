import type { DatabaseSync } from 'node:sqlite';

import { explainedError } from './store-errors.ts';

/** How the parts of the store get at the database. What an error of SQLite means is told in both. */
export interface DatabaseAccess {
  read<T>(work: () => T): Promise<T>;
  /**
   * Runs `work` in a transaction; resolves once that is on the disk. `work` may run twice, and does nothing but to the database.
   */
  write<T>(work: () => T): Promise<T>;
  /** Writes what was asked for; then nothing more. */
  close(): void;
}

interface Job {
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

type Outcome = { readonly failed: false } | { readonly failed: true; readonly error: unknown };

/** The transaction is gone: what other jobs did in it, too. */
const lost = Symbol('lost');

/** Bounds how long the jobs of one commit keep the process from hearing new requests. */
const largestGroup = 256;

/**
 * What is asked for in one turn of the event loop is committed together: the disk is waited for once, not once for each of 50
 * requests. Each job is a savepoint, so that one that fails takes nothing of the others with it.
 * @param file named in errors
 */
export function groupCommit(database: DatabaseSync, file: string): DatabaseAccess {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const savepoint = database.prepare('SAVEPOINT job');
  const release = database.prepare('RELEASE job');
  const rollbackJob = database.prepare('ROLLBACK TO job');
  let waiting: Job[] = [];
  let scheduled = false;
  let closed = false;

  function flush(): void {
    scheduled = false;
    const group = waiting.slice(0, largestGroup);
    waiting = waiting.slice(largestGroup);
    if (group.length === 0) return;
    if (waiting.length > 0) schedule();
    const outcomes = runTogether(group);
    for (const [index, job] of group.entries()) {
      // The disk may have been too full for all of them and not for each.
      const outcome = outcomes?.[index] ?? runAlone(job);
      if (outcome.failed) job.reject(outcome.error);
      else job.resolve();
    }
  }

  /** @returns undefined if the transaction was lost */
  function runTogether(group: readonly Job[]): Outcome[] | undefined {
    try {
      begin.run();
    } catch (error) {
      return group.map(() => ({ failed: true, error }));
    }
    try {
      const outcomes: Outcome[] = [];
      for (const job of group) {
        const outcome = runInSavepoint(job);
        if (outcome === lost) return undefined;
        outcomes.push(outcome);
      }
      commit.run();
      return outcomes;
    } catch {
      // Not swallowed: each job is run again, and what is wrong shows there.
      if (database.isTransaction) rollback.run();
      return undefined;
    }
  }

  function runInSavepoint(job: Job): Outcome | typeof lost {
    savepoint.run();
    try {
      job.run();
      release.run();
      return { failed: false };
    } catch (error) {
      // SQLite rolls everything back itself after some errors, a full disk among them.
      if (!database.isTransaction) return lost;
      rollbackJob.run();
      release.run();
      return { failed: true, error };
    }
  }

  function runAlone(job: Job): Outcome {
    try {
      begin.run();
      job.run();
      commit.run();
      return { failed: false };
    } catch (error) {
      if (database.isTransaction) rollback.run();
      return { failed: true, error };
    }
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  return {
    async read(work) {
      try {
        return work();
      } catch (error) {
        throw explainedError(file, error);
      }
    },

    write<T>(work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (closed) {
          reject(new Error(`the store ${file} is closed`));
          return;
        }
        let settle: (() => void) | undefined;
        waiting.push({
          run() {
            const result = work();
            settle = () => resolve(result);
          },
          resolve: () => settle?.(),
          reject: (error) => reject(explainedError(file, error)),
        });
        schedule();
      });
    },

    close() {
      closed = true;
      while (waiting.length > 0) flush();
    },
  };
}
