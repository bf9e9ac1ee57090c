import type { Session } from '../../session/session.ts';
import type { Attempt, Delivery, DeliveryState, RawHeaders, StoredEvent, StoredRejection } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import type { Row } from './database/connections.ts';

/** Columns of {@link eventOf}, of `event e` and `event_content c`. */
export const eventColumns = 'e.*, c.headers, c.body';

/**
 * Text that came from outside is kept as its bytes in UTF-8, since PostgreSQL's own text takes no NUL, and other characters only
 * as the encoding of the database allows. Half characters become U+FFFD, as they do in SQLite.
 */
export function utf8(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

export function json(value: unknown): Buffer {
  return utf8(JSON.stringify(value));
}

export function eventOf(row: Row, ids: StoreIds): StoredEvent {
  const sequence = Number(row['sequence']);
  return {
    id: ids.idOf('evt', sequence),
    sequence,
    receivedAt: Number(row['received_at']),
    name: text(row['name']),
    deliveryId: text(row['delivery_id']),
    orderKey: text(row['order_key']),
    headers: headersOf(row['headers']),
    body: bytes(row['body']),
    ...(row['replay_of'] !== null && { replayOf: text(row['replay_of']) }),
    duplicates: Number(row['duplicates']),
  };
}

export function deliveryOf(row: Row, ids: StoreIds): Delivery {
  return {
    id: ids.idOf('dlv', Number(row['number'])),
    eventId: ids.idOf('evt', Number(row['event'])),
    kind: text(row['kind']),
    target: text(row['target']),
    orderKey: text(row['order_key']),
    // The table takes no other values.
    state: row['replaced_by'] === null ? (String(row['state']) as DeliveryState) : 'replaced',
    attempts: Number(row['attempts']),
    nextAttemptAt: Number(row['next_attempt_at']),
    ...(row['replaced_by'] !== null && { replacedBy: ids.idOf('evt', Number(row['replaced_by'])) }),
  };
}

export function attemptOf(row: Row, ids: StoreIds): Attempt {
  return {
    id: ids.idOf('att', Number(row['number'])),
    deliveryId: ids.idOf('dlv', Number(row['delivery'])),
    startedAt: Number(row['started_at']),
    endedAt: Number(row['ended_at']),
    request: { method: text(row['method']), url: text(row['url']), headers: headersOf(row['headers']) },
    ...(row['response_status'] !== null && {
      response: {
        status: Number(row['response_status']),
        headers: headersOf(row['response_headers']),
        body: bytes(row['response_body']),
      },
    }),
    ...(row['failure'] !== null && { failure: text(row['failure']) }),
  };
}

export function rejectionOf(row: Row, ids: StoreIds): StoredRejection {
  return {
    id: ids.idOf('rej', Number(row['number'])),
    receivedAt: Number(row['received_at']),
    status: Number(row['status']),
    reason: text(row['reason']),
    headers: headersOf(row['headers']),
    body: bytes(row['body']),
  };
}

/** Its other columns are what it is found by. */
export function sessionOf(row: Row): Session {
  return JSON.parse(text(row['document'])) as Session;
}

export function text(value: unknown): string {
  return Buffer.from(bytes(value)).toString('utf8');
}

function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError('a column that holds bytes holds something else');
  return new Uint8Array(value.buffer, value.byteOffset, value.length);
}

function headersOf(value: unknown): RawHeaders {
  return JSON.parse(text(value)) as RawHeaders;
}
