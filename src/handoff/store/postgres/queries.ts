import type { HandoffStore } from '../handoff-store.ts';
import type { IdKind, StoreIds } from '../store-ids.ts';
import type { Connections } from './database/connections.ts';
import { findEvents } from './find-events.ts';
import { storedEvent } from './intake.ts';
import { attemptOf, deliveryOf, rejectionOf } from './rows.ts';

type Queries = Pick<
  HandoffStore,
  'event' | 'events' | 'newestSequence' | 'deliveries' | 'attempts' | 'rejections' | 'counts'
>;

/** What is read out of the store. */
export function queries({ read }: Connections, ids: StoreIds): Queries {
  const numbersOf = (kind: IdKind, given: readonly string[]): number[] =>
    given.map((id) => ids.numberOf(kind, id)).filter((number) => number !== undefined);

  return {
    async event(id) {
      const sequence = ids.numberOf('evt', id);
      return sequence === undefined ? undefined : storedEvent(read, sequence, ids);
    },

    events: (query) => findEvents(read, ids, query),

    async newestSequence() {
      const [row] = await read('SELECT max(sequence) AS sequence FROM opencx_sf.event');
      return Number(row?.['sequence'] ?? 0);
    },

    async deliveries(eventIds) {
      const rows = await read('SELECT * FROM opencx_sf.delivery WHERE event = ANY($1::bigint[]) ORDER BY number', [
        numbersOf('evt', eventIds),
      ]);
      return rows.map((row) => deliveryOf(row, ids));
    },

    async attempts(deliveryIds) {
      const rows = await read('SELECT * FROM opencx_sf.attempt WHERE delivery = ANY($1::bigint[]) ORDER BY number', [
        numbersOf('dlv', deliveryIds),
      ]);
      return rows.map((row) => attemptOf(row, ids));
    },

    async rejections(limit) {
      const rows = await read('SELECT * FROM opencx_sf.rejection ORDER BY number DESC LIMIT $1', [limit]);
      return rows.map((row) => rejectionOf(row, ids));
    },

    // The delivered ones, nearly all, are what is left of all that are there: nobody looks at their rows.
    async counts() {
      const [row] = await read(
        `SELECT deliveries - forgotten_deliveries AS known, few.*, settled.* FROM opencx_sf.store,
           (SELECT count(*) FILTER (WHERE state = 'pending') AS pending,
              count(*) FILTER (WHERE state = 'delivering') AS delivering,
              count(*) FILTER (WHERE state = 'dead') AS dead
            FROM opencx_sf.delivery WHERE state <> 'delivered' AND replaced_by IS NULL) AS few,
           (SELECT count(*) AS replaced FROM opencx_sf.delivery WHERE replaced_by IS NOT NULL) AS settled`,
      );
      const count = (column: string): number => Number(row?.[column]);
      const [pending, delivering, dead] = [count('pending'), count('delivering'), count('dead')];
      const replaced = count('replaced');
      const delivered = count('known') - pending - delivering - dead - replaced;
      return { pending, delivering, delivered, dead, replaced };
    },
  };
}
