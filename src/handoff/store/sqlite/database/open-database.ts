import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { OpencxError } from '../../../../errors/opencx-error.ts';
import { migrate, storeVersion, versionOf } from './migrations.ts';
import { explainedError } from './store-errors.ts';

/** How long a process waits for another one that writes; a group of accepts takes some milliseconds. */
const busyMs = 5_000;

/** Lets pruning give room back; it is settled with the first page of a file. */
const newFileSettings = 'PRAGMA auto_vacuum = INCREMENTAL';

/**
 * WAL with `synchronous = FULL`: a commit is on the disk when it returns (on a Mac only `fullfsync` says so), and others may read
 * meanwhile. The WAL is cut back after a burst. None of these writes to a file that is one of ours: it can be read on a full disk.
 */
const settings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -16384;
`;

export interface OpenDatabase {
  readonly file: string;
  readonly database: DatabaseSync;
  /** Of the ids of this store: `storeIds`. */
  readonly tag: string;
}

/**
 * Opens the file of a store, making it and its folder if they are not there, and brings its tables up to date.
 * @param file readable for its owner alone afterwards: webhooks hold customers' mail
 * @param newTag names the store if it is a new one
 * @throws OpencxError STORE_UNUSABLE, STORE_FAILED
 */
export function openDatabase(file: string, newTag: string): OpenDatabase {
  makePrivateFile(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: busyMs });
    refuseForeign(file, database);
    if (versionOf(database) === 0) database.exec(newFileSettings);
    database.exec(settings);
    if (versionOf(database) < storeVersion) migrate(database, newTag);
    return { file, database, tag: String(database.prepare('SELECT tag FROM store').get()?.['tag']) };
  } catch (error) {
    database?.close();
    throw explainedError(file, error);
  }
}

/** SQLite gives the files beside it the same mode. */
function makePrivateFile(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    throw new OpencxError('STORE_UNUSABLE', {
      message: `The store ${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
      details: { file },
      cause: error,
    });
  }
}

/** Before anything is written: what is not ours, or not ours yet, stays as it is. */
function refuseForeign(file: string, database: DatabaseSync): void {
  // In one transaction: another process may make the tables between two looks.
  database.exec('BEGIN');
  const version = versionOf(database);
  const tables = Number(database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables']);
  const ours = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'event_content'").get() !== undefined;
  database.exec('COMMIT');
  if (version > storeVersion) {
    throw new OpencxError('STORE_UNUSABLE', {
      message: `The store ${file} was written by a newer opencx-sf (version ${version} of its tables; this one knows ${storeVersion}).`,
      details: { file, version, known: storeVersion },
      nextSteps: ['Install the newer opencx-sf again, or name another file.'],
    });
  }
  if (tables > 0 && !(version > 0 && ours)) {
    throw new OpencxError('STORE_UNUSABLE', {
      message: `The file ${file} is a database of another program.`,
      details: { file },
      nextSteps: ['Name another file.'],
    });
  }
}
