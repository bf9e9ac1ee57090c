import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Version of the tables below. A data directory of another version is refused, not guessed at. */
const SCHEMA_VERSION = 1;
const FILE_NAME = 'org.sqlite';

const TABLES = `
  CREATE TABLE record (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sobject TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    fields TEXT NOT NULL
  ) STRICT;
  CREATE INDEX record_by_sobject ON record (sobject, deleted, seq);
  CREATE TABLE component (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    name_key TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (type, name_key)
  ) STRICT;
  CREATE TABLE document (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, key)
  ) STRICT;
  CREATE TABLE sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** The data directory cannot be used: held by another process, or written by another version. */
export class OrgStoreError extends Error {
  override readonly name = 'OrgStoreError';
}

/**
 * Opens the org's database, making it if there is none.
 *
 * WAL with `synchronous = NORMAL`: a commit is in the operating system's hands when it returns, so a killed process
 * loses nothing (a power cut may lose the last commits, never the file). The lock is exclusive: a second process on the
 * same directory is told so at once instead of reading stale rows.
 * @param dataDir directory of the org's files; undefined keeps everything in memory
 * @throws OrgStoreError
 */
export function openDatabase(dataDir: string | undefined): DatabaseSync {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const location = dataDir === undefined ? ':memory:' : join(dataDir, FILE_NAME);
  const database = new DatabaseSync(location);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    prepareTables(database, location);
  } catch (error) {
    database.close();
    throw error instanceof OrgStoreError ? error : openError(location, error);
  }
  return database;
}

function prepareTables(database: DatabaseSync, location: string): void {
  database.exec('BEGIN IMMEDIATE');
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version === 0) {
    database.exec(TABLES);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  } else if (version !== SCHEMA_VERSION) {
    database.exec('ROLLBACK');
    throw new OrgStoreError(
      `The local org in ${location} was written by another version of this program (store version ${version}, this one reads ${SCHEMA_VERSION}). Reset it or use another data directory.`,
    );
  }
  database.exec('COMMIT');
}

function openError(location: string, cause: unknown): OrgStoreError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const reason = /locked|busy/i.test(message) ? 'another process is using it' : message;
  return new OrgStoreError(`The local org in ${location} cannot be opened: ${reason}.`, { cause });
}

/** Removes all rows of all tables; the tables stay. */
export function emptyTables(database: DatabaseSync): void {
  database.exec('DELETE FROM record; DELETE FROM component; DELETE FROM document; DELETE FROM sequence;');
}
