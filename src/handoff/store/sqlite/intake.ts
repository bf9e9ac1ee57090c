import type { DatabaseSync } from 'node:sqlite';

import type { HandoffStore } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import type { EventWriter } from './event-writer.ts';
import type { DatabaseAccess } from './database/group-commit.ts';
import { eventColumns, eventOf } from './rows.ts';
import type { SessionWriter } from './session-writer.ts';

type Intake = Pick<HandoffStore, 'accept' | 'reject' | 'deliverAgain'>;

/** What comes into the store. */
export function intake(
  database: DatabaseSync,
  access: DatabaseAccess,
  ids: StoreIds,
  writers: { readonly events: EventWriter; readonly sessions: SessionWriter },
): Intake {
  const countDuplicate = database.prepare('UPDATE event SET duplicates = duplicates + 1 WHERE sequence = ?');
  const stored = database.prepare(
    `SELECT ${eventColumns} FROM event e JOIN event_content c USING (sequence) WHERE e.sequence = ?`,
  );
  const orderKeyOf = database.prepare('SELECT order_key FROM event WHERE sequence = ?');
  const addRejection = database.prepare(
    'INSERT INTO rejection (received_at, status, reason, headers, body) VALUES (?, ?, ?, ?, ?)',
  );

  return {
    async accept(event, deliveries, change) {
      return access.write(() => {
        const known = writers.events.takenBefore(event.deliveryId);
        if (known === undefined) {
          const added = writers.events.add(event, deliveries);
          if (change !== undefined) writers.sessions.make(change, added.id);
          return { event: added, duplicate: false };
        }
        countDuplicate.run(known);
        const row = stored.get(known);
        if (row === undefined) throw new Error(`the event ${known} has no content`);
        return { event: eventOf(row, ids), duplicate: true };
      });
    },

    async reject(rejection) {
      return access.write(() => {
        const { receivedAt, status, reason, headers, body } = rejection;
        const { lastInsertRowid } = addRejection.run(receivedAt, status, reason, JSON.stringify(headers), body);
        return { ...rejection, id: ids.idOf('rej', Number(lastInsertRowid)) };
      });
    },

    async deliverAgain(eventId, deliveries, now) {
      return access.write(() => {
        const sequence = ids.numberOf('evt', eventId);
        const orderKey = sequence === undefined ? undefined : orderKeyOf.get(sequence)?.['order_key'];
        if (sequence === undefined || typeof orderKey !== 'string') throw new Error(`there is no event ${eventId}`);
        return deliveries.map((delivery) => writers.events.deliver(sequence, orderKey, delivery, now));
      });
    },
  };
}
