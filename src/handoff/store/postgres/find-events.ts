import type { EventQuery, StoredEvent } from '../handoff-store.ts';
import { checkLimit } from '../query-limit.ts';
import { bodyContains } from '../searched-text.ts';
import type { StoreIds } from '../store-ids.ts';
import { boundValues } from './database/bound-values.ts';
import type { Query, Value } from './database/connections.ts';
import { eventColumns, eventOf, utf8 } from './rows.ts';

/** So much is read at a time. */
const blockEvents = 500;
const blockBytes = 4_000_000;

/**
 * The events that fit a query. Text in bodies is looked for here: PostgreSQL knows upper and lower case as its collation does,
 * and bodies may be no text at all.
 * @throws RangeError if the limit is not 1 to 1,000
 */
export async function findEvents(read: Query, ids: StoreIds, query: EventQuery): Promise<StoredEvent[]> {
  const { contains, limit } = query;
  checkLimit(limit);
  const matches = contains === undefined ? () => true : bodyContains(contains);
  const found: StoredEvent[] = [];
  let from: number | undefined;
  for (;;) {
    const size = contains === undefined ? Math.min(limit - found.length, blockEvents) : blockEvents;
    const { text, values } = statementFor(query, from, size);
    const rows = await read(text, values);
    const block = rows.map((row) => eventOf(row, ids));
    found.push(...block.filter(matches));
    from = block.at(-1)?.sequence;
    const isLast = rows.length < size && Number(rows.at(-1)?.['so_far'] ?? 0) < blockBytes;
    if (isLast || found.length >= limit) return found.slice(0, limit);
  }
}

/**
 * A block of events: as many as asked for, or fewer that reach the size of a block. Values are bound, never written into the text.
 * @param from the last sequence that was looked at
 */
function statementFor(query: EventQuery, from: number | undefined, size: number): { text: string; values: Value[] } {
  const { after, before, since, name, names, orderKey, state } = query;
  const { values, bind } = boundValues();
  const isForward = after !== undefined;
  const conditions = [
    isForward && `e.sequence > ${bind(from ?? after)}`,
    before !== undefined && `e.sequence < ${bind(before)}`,
    !isForward && from !== undefined && `e.sequence < ${bind(from)}`,
    since !== undefined && `e.received_at >= ${bind(since)}`,
    name !== undefined && `sha256(e.name) = sha256(${bind(utf8(name))})`,
    names !== undefined && `e.name = ANY(${bind(names.map(utf8))}::bytea[])`,
    orderKey !== undefined && `sha256(e.order_key) = sha256(${bind(utf8(orderKey))})`,
    state !== undefined &&
      `EXISTS (SELECT 1 FROM opencx_sf.delivery d WHERE d.event = e.sequence AND ${stateIs(state, bind)})`,
  ].filter((condition) => condition !== false);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const order = `sequence ${isForward ? 'ASC' : 'DESC'}`;
  const text = `
    WITH chosen AS MATERIALIZED (
      SELECT e.sequence, e.bytes FROM opencx_sf.event e ${where} ORDER BY e.${order} LIMIT ${bind(size)}),
    block AS (SELECT sequence, bytes, sum(bytes) OVER (ORDER BY ${order}) AS so_far FROM chosen)
    SELECT ${eventColumns}, b.so_far FROM block b
    JOIN opencx_sf.event e USING (sequence) JOIN opencx_sf.event_content c USING (sequence)
    WHERE b.so_far - b.bytes < ${blockBytes} ORDER BY b.${order}`;
  return { text, values };
}

/** All but the delivered ones are few, and have indexes of their own. */
function stateIs(state: NonNullable<EventQuery['state']>, bind: (value: Value) => string): string {
  if (state === 'delivered') return `d.state = 'delivered'`;
  if (state === 'replaced') return 'd.replaced_by IS NOT NULL';
  return `d.state <> 'delivered' AND d.replaced_by IS NULL AND d.state = ${bind(state)}`;
}
