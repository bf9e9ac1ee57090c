import { orderKeyOf } from '../../session/session.ts';
import type { Pruned } from '../handoff-store.ts';
import type { Connections, Query, Row } from './database/connections.ts';
import type { StoreLock } from './database/store-lock.ts';
import { utf8 } from './rows.ts';

/** So many rows go in one transaction, some milliseconds; others write between two of them. */
const batchRows = 100;

interface Place {
  readonly time: number;
  readonly number: number;
}

/** Rows of one table, the oldest first: `time`, `number`, and the bytes that are gone with each. */
interface Kind {
  readonly oldest: string;
  readonly remove: (query: Query, numbers: readonly number[]) => Promise<void>;
}

// Dead ones wait for a person, and events with nothing to deliver have nothing undelivered.
const events: Kind = {
  oldest: `
    SELECT e.received_at AS time, e.sequence AS number,
      e.bytes + (SELECT coalesce(sum(a.bytes), 0) FROM opencx_sf.delivery d JOIN opencx_sf.attempt a ON a.delivery = d.number
                 WHERE d.event = e.sequence) AS bytes
    FROM opencx_sf.event e
    WHERE (e.received_at, e.sequence) > ($1, $2) AND e.received_at < $3
      AND NOT EXISTS (SELECT 1 FROM opencx_sf.delivery d
                      WHERE d.event = e.sequence AND d.state <> 'delivered' AND d.replaced_by IS NULL)
      AND NOT EXISTS (SELECT 1 FROM opencx_sf.session s
                      WHERE s.handoff_event = e.sequence AND s.state NOT IN ('resolved', 'failed'))
    ORDER BY e.received_at, e.sequence LIMIT ${batchRows}`,
  async remove(query, numbers) {
    await query(
      `UPDATE opencx_sf.store SET forgotten_deliveries = forgotten_deliveries
         + (SELECT count(*) FROM opencx_sf.delivery WHERE event = ANY($1::bigint[]))`,
      [numbers],
    );
    await query('DELETE FROM opencx_sf.event WHERE sequence = ANY($1::bigint[])', [numbers]);
  },
};

const rejections: Kind = {
  oldest: `
    SELECT received_at AS time, number, bytes FROM opencx_sf.rejection
    WHERE (received_at, number) > ($1, $2) AND received_at < $3 ORDER BY received_at, number LIMIT ${batchRows}`,
  async remove(query, numbers) {
    await query('DELETE FROM opencx_sf.rejection WHERE number = ANY($1::bigint[])', [numbers]);
  },
};

/**
 * What `HandoffStore.prune` does: by age, then rejections, then events, until what is left has the size. That is the sum of what
 * was stored, with a share for each row: what tables take on the disk does not shrink when rows go, but when VACUUM, which the
 * server runs by itself, has let the room be used again.
 */
export function pruning({ read }: Connections, lock: StoreLock): (before: number, largest: number) => Promise<Pruned> {
  /** Removes rows, the oldest first, until so many bytes are gone, and not one more. @returns how many rows, and their bytes */
  async function remove(kind: Kind, before: number, bytes: number): Promise<{ rows: number; bytes: number }> {
    const removed = { rows: 0, bytes: 0 };
    let from: Place | undefined = { time: -1, number: 0 };
    while (from !== undefined && removed.bytes < bytes) {
      const start: Place = from;
      const batch = await lock.write((query) => removeBatch(query, kind, start, before, bytes - removed.bytes));
      removed.rows += batch.rows;
      removed.bytes += batch.bytes;
      from = batch.end;
    }
    return removed;
  }

  async function storedBytes(): Promise<number> {
    const [row] = await read(
      `SELECT (SELECT coalesce(sum(bytes), 0) FROM opencx_sf.event) + (SELECT coalesce(sum(bytes), 0) FROM opencx_sf.attempt)
         + (SELECT coalesce(sum(bytes), 0) FROM opencx_sf.rejection) AS bytes`,
    );
    return Number(row?.['bytes']);
  }

  return async (before, largest) => {
    const any = Number.MAX_SAFE_INTEGER;
    const oldRejections = await remove(rejections, before, any);
    const oldEvents = await remove(events, before, any);
    const tooMuch = (await storedBytes()) - largest;
    const moreRejections = await remove(rejections, any, tooMuch);
    const moreEvents = await remove(events, any, tooMuch - moreRejections.bytes);
    // After the events, which keep them.
    await lock.write((query) => removeSessions(query, before));
    return {
      events: oldEvents.rows + moreEvents.rows,
      rejections: oldRejections.rows + moreRejections.rows,
    };
  };
}

/** @returns what is gone, and where the next batch begins; undefined if this was the last */
async function removeBatch(
  query: Query,
  kind: Kind,
  from: Place,
  before: number,
  bytes: number,
): Promise<{ rows: number; bytes: number; end: Place | undefined }> {
  const going = firstOf(await query(kind.oldest, [from.time, from.number, before]), bytes);
  await kind.remove(
    query,
    going.map(({ number }) => Number(number)),
  );
  const last = going.length < batchRows ? undefined : going.at(-1);
  return {
    rows: going.length,
    bytes: going.reduce((sum, row) => sum + Number(row['bytes']), 0),
    end: last === undefined ? undefined : { time: Number(last['time']), number: Number(last['number']) },
  };
}

/** As many of the first rows as it takes to have so many bytes together. */
function firstOf(rows: readonly Row[], bytes: number): readonly Row[] {
  let sum = 0;
  const end = rows.findIndex((row) => {
    const isEnough = sum >= bytes;
    sum += Number(row['bytes']);
    return isEnough;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

async function removeSessions(query: Query, before: number): Promise<void> {
  await query(
    `DELETE FROM opencx_sf.session s
     WHERE s.state IN ('resolved', 'failed') AND s.updated_at < $1
       AND NOT EXISTS (SELECT 1 FROM opencx_sf.event e WHERE sha256(e.order_key) = sha256($2::bytea || s.id))
       AND NOT EXISTS (SELECT 1 FROM opencx_sf.event e WHERE e.sequence = s.handoff_event)`,
    [before, utf8(orderKeyOf(''))],
  );
}
