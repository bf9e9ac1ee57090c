import { systemClock, type Clock } from '../../../clock.ts';
import type { HandoffStore } from '../handoff-store.ts';
import { newStoreTag, storeIds } from '../store-ids.ts';
import { openConnections } from './database/connections.ts';
import { conversations } from './conversations.ts';
import { eventWriter } from './event-writer.ts';
import { finishing } from './finish.ts';
import { storeLock } from './database/store-lock.ts';
import { intake } from './intake.ts';
import { leases } from './leases.ts';
import { migrate } from './database/migrations.ts';
import { checkSealingKey, type SealingKey } from './database/sealing-key.ts';
import { pruning } from './prune.ts';
import { queries } from './queries.ts';
import { sessionWriter } from './session-writer.ts';
import { sessions } from './sessions.ts';
import { turns } from './turns.ts';

export interface PostgresStoreOptions {
  /**
   * `postgresql://user@host:5432/database?sslmode=verify-full`. What it leaves out, the password too, comes from PGHOST, PGUSER,
   * PGPASSWORD and a pgpass file, as `pg` reads them. Never shown.
   */
  readonly url: string;
  /** Only its chance is used: for the tag of a new store's ids. */
  readonly clock?: Clock;
  /** Absent: nothing is sealed, or nobody else has the store. */
  readonly sealingKey?: SealingKey;
}

/**
 * A store in the schema `opencx_sf` of a PostgreSQL database (12 or newer), which several processes on several machines may share.
 * Schema and tables are made if they are not there; made before, the user needs no right to do so.
 * @throws OpencxError STORE_UNUSABLE if the URL is none, the server does not let this user in, the tables are of a newer
 *   version or of another program, or others seal with another key · STORE_FAILED if the server cannot be reached. Its promises reject with the same errors, e.g.
 *   when a connection breaks; the store can be used on as soon as the server is there again
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<HandoffStore> {
  const { url, clock = systemClock, sealingKey } = options;
  const connections = openConnections(url);
  try {
    const tag = await migrate(
      connections,
      newStoreTag(() => clock.random()),
    );
    if (sealingKey !== undefined) await checkSealingKey(connections, sealingKey);
    const ids = storeIds(tag);
    const lock = storeLock(connections);
    const events = eventWriter(ids);
    const sessionChanges = sessionWriter(ids, events);
    let closing: Promise<void> | undefined;
    return {
      ...intake(connections, lock, ids, { events, sessions: sessionChanges }),
      ...leases(connections, ids),
      ...finishing(connections, lock, ids, sessionChanges),
      ...queries(connections, ids),
      ...sessions(connections, lock, sessionChanges),
      ...conversations(connections),
      ...turns(connections),
      prune: pruning(connections, lock),
      async close() {
        closing ??= lock.close().then(() => connections.close());
        await closing;
      },
    };
  } catch (error) {
    await connections.close();
    throw error;
  }
}
