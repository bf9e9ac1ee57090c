import { Client, Pool, type PoolClient, type QueryConfig } from 'pg';

import { OpencxError } from '../../../../errors/opencx-error.ts';
import { explainedError, isConflict, isServerError, storeFailed } from './store-errors.ts';

/** What may be bound; numbers are whole. Undefined is no value: it would be written as NULL where somebody forgot something. */
export type Value = string | number | Uint8Array | null | readonly (string | number | Uint8Array)[];
export type Row = Readonly<Record<string, unknown>>;

/** Asks one statement, with its values bound as $1, $2, … @throws OpencxError STORE_FAILED if the database cannot be used */
export type Query = (text: string, values?: readonly Value[]) => Promise<Row[]>;

/** The way to one database. */
export interface Connections {
  /** Names the database in errors, without user and password. */
  readonly place: string;
  /** For migrations, which have a library of their own. */
  readonly pool: Pool;
  /** Asks outside of a transaction. */
  readonly read: Query;
  /** Resolves once it is committed. `work` does nothing but to the database, and runs again after a conflict with others. */
  readonly transaction: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
  /** Waits for what is under way; then nothing more. */
  close(): Promise<void>;
}

const connectMs = 10_000;
/** After this a database that answers nothing is taken for gone. */
const answerMs = 60_000;
const largestTurns = 5;

/**
 * READ COMMITTED, whatever the database's default is: each statement sees all that was committed before it. A commit waits for the
 * disk, also where the database says otherwise; where it waits for more (a standby), that stays. A process that is stopped or cut
 * off in the middle keeps others waiting for these seconds, not for ever. All of it is `LOCAL`, so that poolers may stand between.
 */
const begin = `
  BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
  SET LOCAL lock_timeout = '15s';
  SET LOCAL idle_in_transaction_session_timeout = '10s';
  SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
`;

/** @param url as libpq and `pg` read it: what it leaves out comes from PGHOST, PGPASSWORD, a pgpass file and the like */
export function openConnections(url: string): Connections {
  const place = placeOf(url);
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    fallback_application_name: 'opencx-sf',
  });
  // A connection that breaks while nobody uses it: the pool has dropped it, and whoever asks next gets another or the error.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    // One that breaks while somebody uses it: the query under way is rejected with the same error.
    client.on('error', () => undefined);
  });
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function tracked<T>(work: () => Promise<T>): Promise<T> {
    if (closed) throw new Error(`the store in ${place} is closed`);
    const working = work();
    underWay.add(working);
    try {
      return await working;
    } finally {
      underWay.delete(working);
    }
  }

  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      throw explainedError(place, error);
    }
  }

  async function inTransaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await connect();
    let isLost = false;
    const query: Query = async (text, values) => {
      try {
        const { rows } = await client.query<Row>(statement(text, values));
        return rows;
      } catch (error) {
        isLost ||= !isServerError(error);
        throw explainedError(place, error);
      }
    };
    try {
      await query(begin);
      const result = await work(query);
      await query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      client.release(isLost || !(await rolledBack(client)));
      throw error;
    }
  }

  return {
    place,
    pool,

    read: (text, values) =>
      tracked(async () => {
        try {
          const { rows } = await pool.query<Row>(statement(text, values));
          return rows;
        } catch (error) {
          throw explainedError(place, error);
        }
      }),

    transaction: (work) =>
      tracked(async () => {
        for (let turn = 1; ; turn += 1) {
          try {
            return await inTransaction(work);
          } catch (error) {
            if (!isConflict(error)) throw error;
            if (turn === largestTurns) throw storeFailed(place, 'other processes wrote the same too often', error);
          }
        }
      }),

    async close() {
      closed = true;
      await Promise.allSettled(underWay);
      await pool.end();
    },
  };
}

function statement(text: string, values: readonly Value[] = []): QueryConfig & { query_timeout: number } {
  return { text, values: [...values], query_timeout: answerMs };
}

/** @returns false if the connection cannot be used any more */
async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query(statement('ROLLBACK'));
    return true;
  } catch {
    // What went wrong is told by the error that led here; the server rolls back what a lost connection has begun.
    return false;
  }
}

/** @throws OpencxError STORE_UNUSABLE, without the URL, which may hold a password */
function placeOf(url: string): string {
  try {
    if (!/^postgres(?:ql)?:\/\//.test(url)) throw new TypeError('it does not begin with postgresql://');
    const { host, port, database } = new Client({ connectionString: url });
    return `the PostgreSQL database ${database ?? ''} at ${host}:${port}`;
  } catch (error) {
    throw new OpencxError('STORE_UNUSABLE', {
      message: `The URL of the database cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      nextSteps: ['It looks like postgresql://user@host:5432/database?sslmode=verify-full.'],
    });
  }
}
