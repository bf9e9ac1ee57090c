import type { DatabaseSync } from 'node:sqlite';

import type { HandoffStore } from '../handoff-store.ts';
import type { IdKind, StoreIds } from '../store-ids.ts';
import { findEvents } from './find-events.ts';
import type { DatabaseAccess } from './database/group-commit.ts';
import { attemptOf, deliveryOf, eventColumns, eventOf, rejectionOf } from './rows.ts';

type Queries = Pick<
  HandoffStore,
  'event' | 'events' | 'newestSequence' | 'deliveries' | 'attempts' | 'rejections' | 'counts'
>;

/** What is read out of the store. */
export function queries(database: DatabaseSync, access: DatabaseAccess, ids: StoreIds): Queries {
  const event = database.prepare(
    `SELECT ${eventColumns} FROM event e JOIN event_content c USING (sequence) WHERE e.sequence = ?`,
  );
  const newest = database.prepare('SELECT max(sequence) AS sequence FROM event');
  const deliveries = database.prepare(
    'SELECT * FROM delivery WHERE event IN (SELECT value FROM json_each(?)) ORDER BY number',
  );
  const attempts = database.prepare(
    'SELECT * FROM attempt WHERE delivery IN (SELECT value FROM json_each(?)) ORDER BY number',
  );
  const rejections = database.prepare('SELECT * FROM rejection ORDER BY number DESC LIMIT ?');
  const countUndelivered = database.prepare(
    `SELECT state, count(*) AS number FROM delivery WHERE state <> 'delivered' AND replaced_by IS NULL GROUP BY state`,
  );
  const countReplaced = database.prepare('SELECT count(*) AS number FROM delivery WHERE replaced_by IS NOT NULL');
  const countAll = database.prepare('SELECT count(*) AS number FROM delivery');

  const numbersOf = (kind: IdKind, given: readonly string[]): string =>
    JSON.stringify(given.map((id) => ids.numberOf(kind, id)).filter((number) => number !== undefined));

  return {
    async event(id) {
      return access.read(() => {
        const sequence = ids.numberOf('evt', id);
        const row = sequence === undefined ? undefined : event.get(sequence);
        return row === undefined ? undefined : eventOf(row, ids);
      });
    },

    async events(query) {
      return findEvents(database, access, ids, query);
    },

    async newestSequence() {
      return access.read(() => Number(newest.get()?.['sequence'] ?? 0));
    },

    async deliveries(eventIds) {
      return access.read(() => deliveries.all(numbersOf('evt', eventIds)).map((row) => deliveryOf(row, ids)));
    },

    async attempts(deliveryIds) {
      return access.read(() => attempts.all(numbersOf('dlv', deliveryIds)).map((row) => attemptOf(row, ids)));
    },

    async rejections(limit) {
      return access.read(() => rejections.all(limit).map((row) => rejectionOf(row, ids)));
    },

    // The delivered ones, nearly all, are what is left of a number that SQLite counts without looking at rows.
    async counts() {
      return access.read(() => {
        const undelivered = new Map(countUndelivered.all().map((row) => [row['state'], Number(row['number'])]));
        const count = (state: string): number => undelivered.get(state) ?? 0;
        const [pending, delivering, dead] = [count('pending'), count('delivering'), count('dead')];
        const replaced = Number(countReplaced.get()?.['number']);
        const delivered = Number(countAll.get()?.['number']) - pending - delivering - dead - replaced;
        return { pending, delivering, delivered, dead, replaced };
      });
    },
  };
}
