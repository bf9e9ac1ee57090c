import { DatabaseSync } from 'node:sqlite';

/** What SQLite itself finds wrong in a file, row by row; `['ok']` if nothing is. */
export function integrityOf(file: string): unknown[] {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    const foreign = database.prepare('PRAGMA foreign_key_check').all();
    const rows = database.prepare('PRAGMA integrity_check').all();
    return [...foreign, ...rows.map((row) => row['integrity_check'])];
  } finally {
    database.close();
  }
}
