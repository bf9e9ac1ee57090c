import type { DatabaseSync } from 'node:sqlite';

import type { Delivery, NewDelivery, NewEvent, StoredEvent } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import { deliveryOf } from './rows.ts';

/** Writes events and deliveries; to be called inside a transaction. */
export interface EventWriter {
  /** @returns the sequence of the event that came with this delivery id before; undefined if it is a new one */
  takenBefore(deliveryId: string): number | undefined;
  /** Adds an event that was not taken before. */
  add(event: NewEvent, deliveries: readonly NewDelivery[]): StoredEvent;
  /** Adds a delivery to the end of its line. @param dueAt its first attempt, in milliseconds since 1970 */
  deliver(sequence: number, orderKey: string, delivery: NewDelivery, dueAt: number): Delivery;
}

export function eventWriter(database: DatabaseSync, ids: StoreIds): EventWriter {
  const takenBefore = database.prepare('SELECT sequence FROM event WHERE delivery_id = ?');
  const addEvent = database.prepare(
    'INSERT INTO event (received_at, name, delivery_id, order_key, replay_of) VALUES (?, ?, ?, ?, ?)',
  );
  const addContent = database.prepare('INSERT INTO event_content (sequence, headers, body) VALUES (?, ?, ?)');
  const firstInLine = database.prepare(
    `SELECT 1 FROM delivery WHERE order_key = ? AND target = ? AND state IN ('pending', 'delivering') LIMIT 1`,
  );
  const addDelivery = database.prepare(
    `INSERT INTO delivery (event, kind, target, order_key, next_attempt_at, claimable_at)
     VALUES (?, ?, ?, ?, ?, ?) RETURNING *`,
  );

  function deliver(sequence: number, orderKey: string, { kind, target }: NewDelivery, dueAt: number): Delivery {
    const waits = firstInLine.get(orderKey, target) !== undefined;
    const row = addDelivery.get(sequence, kind, target, orderKey, dueAt, waits ? null : dueAt);
    if (row === undefined) throw new Error('an inserted row was not returned');
    return deliveryOf(row, ids);
  }

  return {
    takenBefore(deliveryId) {
      // SQLite would write all half characters as the same one, and take different events for duplicates.
      if (!deliveryId.isWellFormed()) throw new RangeError('the delivery id has half of a character');
      const sequence = takenBefore.get(deliveryId)?.['sequence'];
      return sequence === undefined ? undefined : Number(sequence);
    },

    add(event, deliveries) {
      const { receivedAt, name, deliveryId, orderKey, headers, body, replayOf } = event;
      const { lastInsertRowid } = addEvent.run(receivedAt, name, deliveryId, orderKey, replayOf ?? null);
      const sequence = Number(lastInsertRowid);
      addContent.run(sequence, JSON.stringify(headers), body);
      for (const delivery of deliveries) deliver(sequence, orderKey, delivery, receivedAt);
      return { ...event, id: ids.idOf('evt', sequence), sequence, duplicates: 0 };
    },

    deliver,
  };
}
