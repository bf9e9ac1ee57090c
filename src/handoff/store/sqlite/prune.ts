import type { DatabaseSync } from 'node:sqlite';

import { orderKeyOf } from '../../session/session.ts';
import type { Pruned } from '../handoff-store.ts';
import type { DatabaseAccess } from './database/group-commit.ts';

/** So many rows go in one transaction, some milliseconds; others write between two of them. */
const batchRows = 50;
/** So many pages are given back to the disk at a time. */
const batchPages = 100;
/** Free pages are used again; only if there are more than this part of the file, it is made smaller. */
const freePart = 0.25;

interface Place {
  /** When it was received; of a session, when it was changed last. */
  readonly time: number;
  readonly number: number;
}

/** @returns what `HandoffStore.prune` does: by age, then rejections, then events, until what is left has the size */
export function pruning(
  database: DatabaseSync,
  access: DatabaseAccess,
): (before: number, largestBytes: number) => Promise<Pruned> {
  // Dead ones wait for a person, and events with nothing to deliver have nothing undelivered.
  const oldestEvents = database.prepare(
    `SELECT received_at AS time, sequence AS number FROM event e
     WHERE (received_at, sequence) > (?, ?) AND received_at < ?
       AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event = e.sequence AND d.state <> 'delivered' AND d.replaced_by IS NULL)
       AND NOT EXISTS (SELECT 1 FROM session s WHERE s.handoff_event = e.sequence AND s.state NOT IN ('resolved', 'failed'))
     ORDER BY received_at, sequence LIMIT ${batchRows}`,
  );
  const oldestRejections = database.prepare(
    `SELECT received_at AS time, number FROM rejection
     WHERE (received_at, number) > (?, ?) AND received_at < ? ORDER BY received_at, number LIMIT ${batchRows}`,
  );
  const oldestSessions = database.prepare(
    `SELECT updated_at AS time, rowid AS number FROM session INDEXED BY session_ended
     WHERE state IN ('resolved', 'failed') AND (updated_at, rowid) > (?, ?) AND updated_at < ?
       AND NOT EXISTS (SELECT 1 FROM event e WHERE e.order_key = '${orderKeyOf('')}' || session.id)
       AND NOT EXISTS (SELECT 1 FROM event e WHERE e.sequence = session.handoff_event)
     ORDER BY updated_at, rowid LIMIT ${batchRows}`,
  );
  const removeEvent = database.prepare('DELETE FROM event WHERE sequence = ?');
  const removeRejection = database.prepare('DELETE FROM rejection WHERE number = ?');
  const removeSession = database.prepare('DELETE FROM session WHERE rowid = ?');
  const pages = { all: pragma('page_count'), free: pragma('freelist_count'), size: pragma('page_size') };

  function pragma(name: string): () => number {
    const statement = database.prepare(`PRAGMA ${name}`);
    return () => Number(statement.get()?.[name]);
  }

  function usedBytes(): number {
    return (pages.all() - pages.free()) * pages.size();
  }

  /** Removes rows, the oldest first, until `enough`. @returns how many */
  async function remove(
    oldest: typeof oldestEvents,
    removeOne: typeof removeEvent,
    before: number,
    enough: () => boolean,
  ): Promise<number> {
    let removed = 0;
    let last: Place | undefined = { time: -1, number: 0 };
    while (last !== undefined) {
      const from: Place = last;
      const batch = await access.write(() => {
        let count = 0;
        let end: Place | undefined;
        for (const row of oldest.all(from.time, from.number, before)) {
          if (enough()) return { count, end: undefined };
          end = { time: Number(row['time']), number: Number(row['number']) };
          removeOne.run(end.number);
          count += 1;
        }
        return { count, end };
      });
      removed += batch.count;
      last = batch.end;
    }
    return removed;
  }

  async function giveBackRoom(): Promise<void> {
    if (pages.free() < pages.all() * freePart) return;
    while (pages.free() > 0) {
      const free = pages.free();
      await access.write(() => database.exec(`PRAGMA incremental_vacuum(${batchPages})`));
      if (pages.free() >= free) return;
    }
  }

  return async (before, largestBytes) => {
    const never = (): boolean => false;
    const fits = (): boolean => usedBytes() <= largestBytes;
    const oldRejections = await remove(oldestRejections, removeRejection, before, never);
    const oldEvents = await remove(oldestEvents, removeEvent, before, never);
    const moreRejections = await remove(oldestRejections, removeRejection, Number.MAX_SAFE_INTEGER, fits);
    const moreEvents = await remove(oldestEvents, removeEvent, Number.MAX_SAFE_INTEGER, fits);
    // After the events, which keep them.
    await remove(oldestSessions, removeSession, before, never);
    await giveBackRoom();
    return { events: oldEvents + moreEvents, rejections: oldRejections + moreRejections };
  };
}
