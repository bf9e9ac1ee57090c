import type { DatabaseSync } from 'node:sqlite';

import type { Delivery, HandoffStore, NewDelivery, NewEvent, StoredEvent } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import type { DatabaseAccess } from './group-commit.ts';
import { deliveryOf, eventColumns, eventOf } from './rows.ts';

type Intake = Pick<HandoffStore, 'accept' | 'reject' | 'deliverAgain'>;

/** What comes into the store. */
export function intake(database: DatabaseSync, access: DatabaseAccess, ids: StoreIds): Intake {
  const takenBefore = database.prepare('SELECT sequence FROM event WHERE delivery_id = ?');
  const countDuplicate = database.prepare('UPDATE event SET duplicates = duplicates + 1 WHERE sequence = ?');
  const stored = database.prepare(
    `SELECT ${eventColumns} FROM event e JOIN event_content c USING (sequence) WHERE e.sequence = ?`,
  );
  const addEvent = database.prepare(
    'INSERT INTO event (received_at, name, delivery_id, order_key, replay_of) VALUES (?, ?, ?, ?, ?)',
  );
  const addContent = database.prepare('INSERT INTO event_content (sequence, headers, body) VALUES (?, ?, ?)');
  const orderKeyOf = database.prepare('SELECT order_key FROM event WHERE sequence = ?');
  const firstInLine = database.prepare(
    `SELECT 1 FROM delivery WHERE order_key = ? AND target = ? AND state IN ('pending', 'delivering') LIMIT 1`,
  );
  const addDelivery = database.prepare(
    `INSERT INTO delivery (event, kind, target, order_key, next_attempt_at, claimable_at)
     VALUES (?, ?, ?, ?, ?, ?) RETURNING *`,
  );
  const addRejection = database.prepare(
    'INSERT INTO rejection (received_at, status, reason, headers, body) VALUES (?, ?, ?, ?, ?)',
  );

  function deliver(sequence: number, orderKey: string, { kind, target }: NewDelivery, dueAt: number): Delivery {
    const waits = firstInLine.get(orderKey, target) !== undefined;
    const row = addDelivery.get(sequence, kind, target, orderKey, dueAt, waits ? null : dueAt);
    if (row === undefined) throw new Error('an inserted row was not returned');
    return deliveryOf(row, ids);
  }

  function add(event: NewEvent, deliveries: readonly NewDelivery[]): StoredEvent {
    const { receivedAt, name, deliveryId, orderKey, headers, body, replayOf } = event;
    const { lastInsertRowid } = addEvent.run(receivedAt, name, deliveryId, orderKey, replayOf ?? null);
    const sequence = Number(lastInsertRowid);
    addContent.run(sequence, JSON.stringify(headers), body);
    for (const delivery of deliveries) deliver(sequence, orderKey, delivery, receivedAt);
    return { ...event, id: ids.idOf('evt', sequence), sequence, duplicates: 0 };
  }

  return {
    async accept(event, deliveries) {
      // SQLite would write all half characters as the same one, and take different events for duplicates.
      if (!event.deliveryId.isWellFormed()) throw new RangeError('the delivery id has half of a character');
      return access.write(() => {
        const known = takenBefore.get(event.deliveryId)?.['sequence'];
        if (known === undefined) return { event: add(event, deliveries), duplicate: false };
        countDuplicate.run(known);
        const row = stored.get(known);
        if (row === undefined) throw new Error(`the event ${String(known)} has no content`);
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
        return deliveries.map((delivery) => deliver(sequence, orderKey, delivery, now));
      });
    },
  };
}
