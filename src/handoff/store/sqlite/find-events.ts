import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { EventQuery, StoredEvent } from '../handoff-store.ts';
import { checkLimit } from '../query-limit.ts';
import { bodyContains } from '../searched-text.ts';
import type { StoreIds } from '../store-ids.ts';
import type { DatabaseAccess } from './database/group-commit.ts';
import { eventColumns, eventOf } from './rows.ts';

/** A search reads this much, then lets the process hear requests again. */
const blockEvents = 500;
const blockBytes = 4_000_000;

interface Block {
  readonly found: StoredEvent[];
  /** Where the next block begins; undefined if this was the last. */
  readonly next: number | undefined;
}

/**
 * The events that fit a query. Text in bodies is looked for here, since SQLite knows upper and lower case of ASCII alone.
 * @throws RangeError if the limit is not 1 to 1,000
 */
export async function findEvents(
  database: DatabaseSync,
  access: DatabaseAccess,
  ids: StoreIds,
  query: EventQuery,
): Promise<StoredEvent[]> {
  const { contains, limit } = query;
  checkLimit(limit);
  const matches = contains === undefined ? () => true : bodyContains(contains);
  const found: StoredEvent[] = [];
  let from: number | undefined;
  for (;;) {
    const block = await access.read(() =>
      readBlock(database, ids, query, { from, matches, missing: limit - found.length }),
    );
    found.push(...block.found);
    from = block.next;
    if (from === undefined) return found;
    await nextTurn();
  }
}

interface BlockOptions {
  /** The last sequence that was looked at. */
  readonly from: number | undefined;
  readonly matches: (event: StoredEvent) => boolean;
  /** So many are still to be found. */
  readonly missing: number;
}

function readBlock(database: DatabaseSync, ids: StoreIds, query: EventQuery, options: BlockOptions): Block {
  const { sql, values } = statementFor(query, options.from);
  const found: StoredEvent[] = [];
  let events = 0;
  let bytes = 0;
  for (const row of database.prepare(sql).iterate(...values)) {
    const event = eventOf(row, ids);
    if (options.matches(event)) found.push(event);
    if (found.length === options.missing) return { found, next: undefined };
    events += 1;
    bytes += event.body.length;
    if (events >= blockEvents || bytes >= blockBytes) return { found, next: event.sequence };
  }
  return { found, next: undefined };
}

/** Values are bound, never written into the text. `CROSS JOIN` keeps SQLite from looking at tables in another order. */
function statementFor(query: EventQuery, from: number | undefined): { sql: string; values: SQLInputValue[] } {
  const { after, before, since, name, names, orderKey, state } = query;
  const conditions: [sql: string, value: SQLInputValue | undefined][] = [
    ['e.sequence > ?', after === undefined ? undefined : (from ?? after)],
    ['e.sequence < ?', before],
    ['e.sequence < ?', after === undefined ? from : undefined],
    // Where they begin is found by the index of times; read they are in the order of acceptance, which clocks need not follow.
    ['e.sequence >= (SELECT min(sequence) FROM event INDEXED BY event_by_time WHERE received_at >= ?)', since],
    ['+e.received_at >= ?', since],
    ['e.name = ?', name],
    // Read in order, which is not that of the index of names.
    ['+e.name IN (SELECT value FROM json_each(?))', names === undefined ? undefined : JSON.stringify(names)],
    ['e.order_key = ?', orderKey],
    // All but the delivered ones are few and have an index, in whose order they are read; a delivered one is nearly every event.
    state === 'delivered'
      ? ['EXISTS (SELECT 1 FROM delivery d WHERE d.event = e.sequence AND d.state = ?)', state]
      : state === 'replaced'
        ? [`d.replaced_by IS NOT NULL AND ? = 'replaced'`, state]
        : [`d.state <> 'delivered' AND d.replaced_by IS NULL AND d.state = ?`, state],
  ];
  const held = conditions.filter((condition): condition is [string, SQLInputValue] => condition[1] !== undefined);
  const byState = state !== undefined && state !== 'delivered';
  const order = `${byState ? 'd.event' : 'e.sequence'} ${after === undefined ? 'DESC' : 'ASC'}`;
  const sql = [
    `SELECT ${eventColumns} FROM`,
    byState ? 'delivery d CROSS JOIN event e ON e.sequence = d.event' : 'event e',
    'CROSS JOIN event_content c ON c.sequence = e.sequence',
    held.length === 0 ? '' : `WHERE ${held.map(([condition]) => condition).join(' AND ')}`,
    byState ? 'GROUP BY d.event' : '',
    `ORDER BY ${order}`,
  ].join(' ');
  return { sql, values: held.map(([, value]) => value) };
}
