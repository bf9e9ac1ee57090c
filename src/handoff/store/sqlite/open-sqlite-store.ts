import { systemClock, type Clock } from '../../../clock.ts';
import type { HandoffStore } from '../handoff-store.ts';
import { newStoreTag, storeIds } from '../store-ids.ts';
import { conversations } from './conversations.ts';
import { eventWriter } from './event-writer.ts';
import { groupCommit } from './database/group-commit.ts';
import { intake } from './intake.ts';
import { leases } from './leases.ts';
import { openDatabase, type OpenDatabase } from './database/open-database.ts';
import { pruning } from './prune.ts';
import { queries } from './queries.ts';
import { sessionWriter } from './session-writer.ts';
import { sessions } from './sessions.ts';
import { turns } from './turns.ts';

export interface SqliteStoreOptions {
  /** Made if it is not there, with its folder. */
  readonly file: string;
  /** Only its chance is used: for the tag of a new store's ids. */
  readonly clock?: Clock;
}

/**
 * A store in one SQLite file, which several processes of one machine may share.
 * @throws OpencxError STORE_UNUSABLE if the file is damaged, of a newer version, not a store or not accessible; STORE_FAILED. Its
 *   promises reject with the same errors, e.g. when the disk is full; the store can be used on
 */
export function openSqliteStore({ file, clock = systemClock }: SqliteStoreOptions): HandoffStore {
  return storeOn(
    openDatabase(
      file,
      newStoreTag(() => clock.random()),
    ),
  );
}

/** A store on a database that is open; closes it when it is closed. */
export function storeOn({ file, database, tag }: OpenDatabase): HandoffStore {
  const ids = storeIds(tag);
  const access = groupCommit(database, file);
  const events = eventWriter(database, ids);
  const changes = sessionWriter(database, ids, events);
  let closed = false;
  return {
    ...intake(database, access, ids, { events, sessions: changes }),
    ...leases(database, access, ids, changes),
    ...queries(database, access, ids),
    ...sessions(database, access, changes),
    ...conversations(database, access),
    ...turns(database, access),
    prune: pruning(database, access),
    async close() {
      if (closed) return;
      closed = true;
      access.close();
      database.close();
    },
  };
}
