import type { HandoffStore, NewEvent, StoredEvent } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import { acceptTogether } from './accept-together.ts';
import type { Connections, Query } from './database/connections.ts';
import type { StoreLock } from './database/store-lock.ts';
import { digestOf, type EventWriter, type NewEntry } from './event-writer.ts';
import { eventColumns, eventOf, json, utf8 } from './rows.ts';
import type { SessionWriter } from './session-writer.ts';

export type Accepted = Awaited<ReturnType<HandoffStore['accept']>>;

type Intake = Pick<HandoffStore, 'accept' | 'reject' | 'deliverAgain'>;

/** Rows and their index entries, roughly. */
const rejectionRowBytes = 200;

/** What comes into the store. */
export function intake(
  { transaction }: Connections,
  lock: StoreLock,
  ids: StoreIds,
  writers: { readonly events: EventWriter; readonly sessions: SessionWriter },
): Intake {
  async function takeAll(query: Query, entries: readonly NewEntry[]): Promise<Accepted[]> {
    const added = await writers.events.add(query, entries);
    const again = entries.filter((_, index) => added[index] === undefined).map(({ event }) => event);
    const known = again.length === 0 ? new Map<string, StoredEvent>() : await counted(query, again, ids);
    return entries.map(({ event }, index) => {
      const fresh = added[index];
      if (fresh !== undefined) return { event: fresh, duplicate: false };
      const stored = known.get(event.deliveryId);
      if (stored === undefined) throw new Error(`the event of the delivery ${event.deliveryId} is gone`);
      return { event: stored, duplicate: true };
    });
  }

  const acceptOne = acceptTogether(lock, takeAll);

  return {
    async accept(event, deliveries, change) {
      if (change === undefined) return acceptOne({ event, deliveries });
      return lock.write(async (query) => {
        const [accepted] = await takeAll(query, [{ event, deliveries }]);
        if (accepted === undefined) throw new Error('an event that was taken was not returned');
        if (!accepted.duplicate) await writers.sessions.make(query, change, accepted.event.id);
        return accepted;
      });
    },

    async reject(rejection) {
      const { receivedAt, status, reason, headers, body } = rejection;
      return transaction(async (query) => {
        const written = json(headers);
        const [row] = await query(
          `INSERT INTO opencx_sf.rejection (received_at, status, reason, headers, body, bytes)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING number`,
          [receivedAt, status, utf8(reason), written, body, rejectionRowBytes + written.length + body.length],
        );
        return { ...rejection, id: ids.idOf('rej', Number(row?.['number'])) };
      });
    },

    async deliverAgain(eventId, deliveries, now) {
      return lock.write(async (query) => {
        const sequence = ids.numberOf('evt', eventId);
        const stored = sequence === undefined ? undefined : await storedEvent(query, sequence, ids);
        if (stored === undefined) throw new Error(`there is no event ${eventId}`);
        const { orderKey } = stored;
        return writers.events.deliver(
          query,
          deliveries.map((delivery) => ({ ...delivery, sequence: stored.sequence, orderKey, dueAt: now })),
        );
      });
    },
  };
}

/** @returns undefined if it is not there */
export async function storedEvent(query: Query, sequence: number, ids: StoreIds): Promise<StoredEvent | undefined> {
  const [row] = await query(
    `SELECT ${eventColumns} FROM opencx_sf.event e JOIN opencx_sf.event_content c USING (sequence) WHERE e.sequence = $1`,
    [sequence],
  );
  return row === undefined ? undefined : eventOf(row, ids);
}

/** Counts what came again, each time. @returns the events that are there, by their delivery ids */
async function counted(query: Query, again: readonly NewEvent[], ids: StoreIds): Promise<Map<string, StoredEvent>> {
  const digests = again.map(({ deliveryId }) => digestOf(deliveryId));
  await query(
    `UPDATE opencx_sf.event SET duplicates = duplicates + times
     FROM (SELECT digest, count(*) AS times FROM unnest($1::bytea[]) AS digest GROUP BY digest) AS came
     WHERE sha256(delivery_id) = digest`,
    [digests],
  );
  const rows = await query(
    `SELECT ${eventColumns} FROM opencx_sf.event e JOIN opencx_sf.event_content c USING (sequence)
     WHERE sha256(e.delivery_id) = ANY($1::bytea[])`,
    [digests],
  );
  return new Map(
    rows.map((row) => {
      const event = eventOf(row, ids);
      return [event.deliveryId, event];
    }),
  );
}
