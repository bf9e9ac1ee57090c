import type { DatabaseSync } from 'node:sqlite';

/** Told when rows held in memory may be wrong: a transaction was rolled back, or the org was reset. */
export type StaleListener = () => void;

export interface Transactions {
  run<T>(work: () => T): T;
  onStale(listener: StaleListener): void;
  /** Tells all listeners that what they hold is stale. */
  invalidate(): void;
}

/** One database transaction at a time; a nested one is a savepoint inside it. */
export function openTransactions(database: DatabaseSync): Transactions {
  const listeners: StaleListener[] = [];
  let depth = 0;
  const invalidate = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    onStale: (listener) => {
      listeners.push(listener);
    },
    invalidate,
    run(work) {
      const savepoint = `level_${depth}`;
      database.exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${savepoint}`);
      depth += 1;
      try {
        const result = work();
        if (result instanceof Promise) {
          throw new TypeError(
            'A transaction of the local org must be synchronous: other requests would run inside it.',
          );
        }
        database.exec(depth === 1 ? 'COMMIT' : `RELEASE ${savepoint}`);
        return result;
      } catch (error) {
        database.exec(depth === 1 ? 'ROLLBACK' : `ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`);
        invalidate();
        throw error;
      } finally {
        depth -= 1;
      }
    },
  };
}
