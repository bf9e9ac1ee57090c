import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

import type { Connections } from './connections.ts';
import { openingError, storeUnusable } from './store-errors.ts';
import { tables } from './tables.ts';

const schema = 'opencx_sf';
const migrationTable = 'migration';

/**
 * The steps that lead from an empty database to today's tables, in the order of their names. A step that was published is never
 * changed: what is to be different comes as a step of its own. There is no way back.
 * @param tag names the store, if it is a new one
 */
function steps(tag: string): Record<string, Migration> {
  return {
    '0001-tables': {
      async up(database) {
        await sql.raw(tables).execute(database);
        await sql`INSERT INTO opencx_sf.store (tag) VALUES (${tag})`.execute(database);
      },
    },
    '0002-sealed-with': {
      async up(database) {
        // Which key its secrets are sealed with: see sealing-key.ts.
        await sql`ALTER TABLE opencx_sf.store ADD COLUMN sealed_with text`.execute(database);
      },
    },
    '0003-turns': {
      async up(database) {
        // The key is a digest, as it may be long, and somebody's address.
        await sql`CREATE TABLE opencx_sf.turn (
          key bytea PRIMARY KEY,
          owner bytea NOT NULL,
          held_until bigint NOT NULL
        )`.execute(database);
      },
    },
  };
}

/**
 * Takes the steps that a database has not gone yet, all or none. Of several processes that come at the same time one does it.
 * @param newTag names the store if it is a new one
 * @returns its tag, for `storeIds`
 * @throws OpencxError STORE_UNUSABLE if the tables are of a newer version or of another program, or may not be made
 */
export async function migrate(connections: Connections, newTag: string): Promise<string> {
  const { place, pool } = connections;
  const migrations = steps(newTag);
  try {
    await refuseNewer(connections, Object.keys(migrations));
    // Never destroyed: the pool is the store's, which closes it.
    const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const { error } = await new Migrator({
      db: database,
      provider: { getMigrations: async () => migrations },
      migrationTableSchema: schema,
      migrationTableName: migrationTable,
      migrationLockTableName: 'migration_lock',
    }).migrateToLatest();
    if (error !== undefined) throw error;
    const [row] = await connections.read('SELECT tag FROM opencx_sf.store');
    return String(row?.['tag']);
  } catch (error) {
    throw openingError(place, error);
  }
}

/** Before anything is written. */
async function refuseNewer({ place, read }: Connections, known: readonly string[]): Promise<void> {
  const [found] = await read('SELECT to_regclass($1) IS NOT NULL AS there', [`${schema}.${migrationTable}`]);
  if (found?.['there'] !== true) return;
  const taken = await read(`SELECT name FROM ${schema}.${migrationTable} ORDER BY name`);
  const unknown = taken.map(({ name }) => String(name)).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw storeUnusable(place, `a newer opencx-sf has changed its tables (${unknown.join(', ')})`, [
    'Install the newer opencx-sf again, or name another database.',
  ]);
}
