import type { DatabaseSync } from 'node:sqlite';

/** Counters that never give the same number twice, across rollbacks and restarts. */
export interface Sequences {
  next(name: string): number;
  /** Begins anew from the stored numbers, as for an org that was emptied. */
  restart(): void;
}

/**
 * The highest number given is also held in memory, so that a rolled-back transaction does not give its numbers again:
 * Salesforce does not reuse the ids of rolled-back inserts either.
 */
export function openSequences(database: DatabaseSync): Sequences {
  const read = database.prepare('SELECT value FROM sequence WHERE name = ?');
  const write = database.prepare(
    'INSERT INTO sequence (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const given = new Map<string, number>();
  return {
    next(name) {
      const last = given.get(name) ?? Number(read.get(name)?.['value'] ?? 0);
      const value = last + 1;
      write.run(name, value);
      given.set(name, value);
      return value;
    },
    restart() {
      given.clear();
    },
  };
}
