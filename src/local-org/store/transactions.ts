import type { DatabaseSync } from 'node:sqlite';

import type { Savepoint } from '../state/org-state.ts';

/** Told when rows held in memory may be wrong: a transaction was rolled back, or the org was reset. */
export type StaleListener = () => void;

export interface Transactions {
  run<T>(work: () => T): T;
  /** See `OrgState.savepoint`. */
  savepoint(): Savepoint;
  onStale(listener: StaleListener): void;
  /** Tells all listeners that what they hold is stale. */
  invalidate(): void;
}

/** One level of nested transactions. */
interface Level {
  /** Names of the savepoints set in it, oldest first. */
  readonly savepoints: string[];
  /** What the database had changed in all when it began. */
  readonly changes: number;
}

/** One database transaction at a time; a nested one is a savepoint inside it. */
export function openTransactions(database: DatabaseSync): Transactions {
  const listeners: StaleListener[] = [];
  const levels: Level[] = [];
  const changeCount = database.prepare('SELECT total_changes() AS count');
  let lastSavepoint = 0;
  const invalidate = (): void => {
    for (const listener of listeners) listener();
  };
  const changes = (): number => Number(changeCount.get()?.['count'] ?? 0);
  return {
    onStale: (listener) => {
      listeners.push(listener);
    },
    invalidate,
    run(work) {
      const depth = levels.length;
      const name = `level_${depth}`;
      database.exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
      const level: Level = { savepoints: [], changes: changes() };
      levels.push(level);
      try {
        const result = work();
        if (result instanceof Promise) {
          throw new TypeError(
            'A transaction of the local org must be synchronous: other requests would run inside it.',
          );
        }
        database.exec(depth === 0 ? 'COMMIT' : `RELEASE ${name}`);
        return result;
      } catch (error) {
        const changed = changes() > level.changes;
        database.exec(depth === 0 ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
        // A record refused before anything was written costs the others nothing.
        if (changed) invalidate();
        throw error;
      } finally {
        levels.pop();
      }
    },
    savepoint() {
      const level = levels.at(-1);
      if (level === undefined) throw new Error('A savepoint needs a transaction.');
      lastSavepoint += 1;
      const name = `point_${lastSavepoint}`;
      database.exec(`SAVEPOINT ${name}`);
      level.savepoints.push(name);
      const isValid = (): boolean => levels.at(-1) === level && level.savepoints.includes(name);
      const end = (sql: string, kept: 0 | 1): boolean => {
        if (!isValid()) return false;
        database.exec(`${sql} ${name}`);
        level.savepoints.length = level.savepoints.indexOf(name) + kept;
        return true;
      };
      return {
        rollback() {
          if (!end('ROLLBACK TO', 1)) return false;
          invalidate();
          return true;
        },
        release: () => end('RELEASE', 0),
      };
    },
  };
}
