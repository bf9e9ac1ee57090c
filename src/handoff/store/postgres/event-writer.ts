import { createHash } from 'node:crypto';

import type { Delivery, NewDelivery, NewEvent, StoredEvent } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import { insertOf } from './database/bound-values.ts';
import type { Query, Value } from './database/connections.ts';
import { lineOf, lockLines } from './lines.ts';
import { deliveryOf, json, utf8 } from './rows.ts';

export interface NewEntry {
  readonly event: NewEvent;
  readonly deliveries: readonly NewDelivery[];
}

/** A delivery on its way to the end of its line. */
interface LinedUp extends NewDelivery {
  readonly sequence: number;
  readonly orderKey: string;
  /** Its first attempt, in milliseconds since 1970. */
  readonly dueAt: number;
}

/** Writes events and deliveries; to be called by one who holds the store: see {@link StoreLock}. */
export interface EventWriter {
  /** @returns the events in the order given; undefined for one whose delivery id was taken, also by one before it in the list */
  add(query: Query, entries: readonly NewEntry[]): Promise<(StoredEvent | undefined)[]>;
  deliver(query: Query, deliveries: readonly LinedUp[]): Promise<Delivery[]>;
}

/** Rows and their index entries, roughly; counted for each event with its deliveries. */
const rowBytes = 500;

export function eventWriter(ids: StoreIds): EventWriter {
  async function deliver(query: Query, deliveries: readonly LinedUp[]): Promise<Delivery[]> {
    if (deliveries.length === 0) return [];
    const lined = deliveries.map((delivery) => ({ ...delivery, line: lineOf(delivery.orderKey, delivery.target) }));
    const waiting = await lockLines(
      query,
      lined.map(({ line }) => line),
    );
    const first = await nextNumber(query, 'deliveries', deliveries.length);
    const rows = lined.map(({ sequence, kind, target, orderKey, dueAt, line }, index): Value[] => {
      const isFirst = !waiting.has(line.toString('hex'));
      waiting.add(line.toString('hex'));
      return [first + index, sequence, utf8(kind), utf8(target), utf8(orderKey), line, dueAt, isFirst ? dueAt : null];
    });
    const { text, values } = insertOf(
      'opencx_sf.delivery (number, event, kind, target, order_key, line, next_attempt_at, claimable_at)',
      rows,
    );
    return (await query(`${text} RETURNING *`, values)).map((row) => deliveryOf(row, ids));
  }

  async function write(query: Query, entries: readonly NewEntry[]): Promise<StoredEvent[]> {
    if (entries.length === 0) return [];
    const first = await nextNumber(query, 'events', entries.length);
    const events = entries.map(({ event }, index): StoredEvent => {
      const sequence = first + index;
      return { ...event, id: ids.idOf('evt', sequence), sequence, duplicates: 0 };
    });
    const headers = events.map((event) => json(event.headers));
    await insert(
      query,
      'opencx_sf.event (sequence, received_at, name, delivery_id, order_key, replay_of, bytes)',
      events.map(({ sequence, receivedAt, name, deliveryId, orderKey, replayOf, body }, index) => [
        sequence,
        receivedAt,
        utf8(name),
        utf8(deliveryId),
        utf8(orderKey),
        replayOf === undefined ? null : utf8(replayOf),
        rowBytes + body.length + (headers[index]?.length ?? 0),
      ]),
    );
    await insert(
      query,
      'opencx_sf.event_content (sequence, headers, body)',
      events.map(({ sequence, body }, index) => [sequence, headers[index] ?? null, body]),
    );
    await deliver(
      query,
      entries.flatMap(({ event, deliveries }, index) =>
        deliveries.map((delivery) => ({
          ...delivery,
          sequence: first + index,
          orderKey: event.orderKey,
          dueAt: event.receivedAt,
        })),
      ),
    );
    return events;
  }

  return {
    async add(query, entries) {
      const digests = entries.map(({ event }) => digestOf(event.deliveryId).toString('hex'));
      const taken = await takenOf(query, digests);
      const isNew = digests.map((digest, index) => !taken.has(digest) && digests.indexOf(digest) === index);
      const written = await write(
        query,
        entries.filter((_, index) => isNew[index]),
      );
      return isNew.map((fresh) => (fresh ? written.shift() : undefined));
    },

    deliver,
  };
}

/**
 * What an event is known by.
 * @throws RangeError if it has half of a character: all of them would become the same, and different events duplicates
 */
export function digestOf(deliveryId: string): Buffer {
  if (!deliveryId.isWellFormed()) throw new RangeError('the delivery id has half of a character');
  return createHash('sha256').update(utf8(deliveryId)).digest();
}

/** @returns those digests, in hex, whose events are there */
async function takenOf(query: Query, digests: readonly string[]): Promise<Set<string>> {
  const rows = await query(
    `SELECT encode(sha256(delivery_id), 'hex') AS digest FROM opencx_sf.event WHERE sha256(delivery_id) = ANY($1::bytea[])`,
    [digests.map((digest) => Buffer.from(digest, 'hex'))],
  );
  return new Set(rows.map(({ digest }) => String(digest)));
}

async function insert(query: Query, table: string, rows: readonly (readonly Value[])[]): Promise<void> {
  const { text, values } = insertOf(table, rows);
  await query(text, values);
}

/** Takes so many numbers. @returns the first of them */
async function nextNumber(query: Query, counter: 'events' | 'deliveries', count: number): Promise<number> {
  const [row] = await query(`UPDATE opencx_sf.store SET ${counter} = ${counter} + $1 RETURNING ${counter} AS last`, [
    count,
  ]);
  return Number(row?.['last']) - count + 1;
}
