import type { AttemptOutcome, HandoffStore, NewAttempt } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import { boundValues, type BoundValues } from './database/bound-values.ts';
import type { Connections, Query, Row } from './database/connections.ts';
import type { StoreLock } from './database/store-lock.ts';
import { letNextGo, lockOf } from './lines.ts';
import { json, text, utf8 } from './rows.ts';
import type { SessionWriter } from './session-writer.ts';

/** Rows and their index entries, roughly. */
const rowBytes = 300;

/** A delivery, with whether there may be dead ones that it settles: of its own event, or of one that this one repeats. */
const lockedDelivery = `
  SELECT d.*, e.replay_of IS NOT NULL OR EXISTS (
    SELECT 1 FROM opencx_sf.delivery o WHERE o.event = d.event AND o.state = 'dead' AND o.replaced_by IS NULL) AS settles
  FROM opencx_sf.delivery d JOIN opencx_sf.event e ON e.sequence = d.event WHERE d.number = $1 FOR UPDATE OF d`;

/** What becomes of what was carried: `HandoffStore.finish`. It is written for each delivery, so it asks as little as it can. */
export function finishing(
  { transaction }: Connections,
  lock: StoreLock,
  ids: StoreIds,
  sessions: SessionWriter,
): Pick<HandoffStore, 'finish'> {
  return {
    async finish(deliveryId, owner, attempt, outcome, change) {
      const number = ids.numberOf('dlv', deliveryId);
      if (number === undefined) return false;
      const work = async (query: Query): Promise<boolean> => {
        const [row] = await query(lockedDelivery, [number]);
        // Another process has delivered it and it was pruned since: there is nothing to write the attempt down for.
        if (row === undefined) return false;
        const { values, bind } = boundValues();
        const writeAttempt = attemptInsert(number, attempt, bind);
        if (row['owner'] === null || text(row['owner']) !== owner || row['state'] !== 'delivering') {
          await query(writeAttempt, values);
          return false;
        }
        await query(`WITH attempt AS (${writeAttempt}) ${letGo(row, outcome, bind)}`, values);
        if (outcome.state !== 'pending') await letNextGo(query, row['line'] as Buffer);
        if (outcome.state === 'delivered' && row['settles'] === true) await replaceDead(query, row, ids);
        if (change !== undefined) await sessions.make(query, change, ids.idOf('evt', Number(row['event'])));
        return true;
      };
      // The store first, then what is in it: two that took these in different orders would wait for each other.
      return change === undefined ? transaction(work) : lock.write(work);
    },
  };
}

function attemptInsert(delivery: number, attempt: NewAttempt, bind: BoundValues['bind']): string {
  const { startedAt, endedAt, request, response, failure } = attempt;
  const headers = json(request.headers);
  const responseHeaders = response === undefined ? null : json(response.headers);
  const row = [
    delivery,
    startedAt,
    endedAt,
    utf8(request.method),
    utf8(request.url),
    headers,
    response?.status ?? null,
    responseHeaders,
    response?.body ?? null,
    failure === undefined ? null : utf8(failure),
    rowBytes + headers.length + (responseHeaders?.length ?? 0) + (response?.body.length ?? 0),
  ];
  return `
    INSERT INTO opencx_sf.attempt (delivery, started_at, ended_at, method, url, headers,
      response_status, response_headers, response_body, failure, bytes) VALUES (${row.map(bind).join(', ')})`;
}

/** One that is done locks its line, so that the next statement finds the next one: see {@link letNextGo}. */
function letGo({ number, line }: Row, outcome: AttemptOutcome, bind: BoundValues['bind']): string {
  const which = `WHERE number = ${bind(Number(number))}`;
  if (outcome.state === 'pending') {
    const next = bind(outcome.nextAttemptAt);
    return `
      UPDATE opencx_sf.delivery SET state = 'pending', owner = NULL, attempts = attempts + ${bind(outcome.counted ? 1 : 0)},
        next_attempt_at = ${next}, claimable_at = ${next} ${which}`;
  }
  return `
    UPDATE opencx_sf.delivery SET state = ${bind(outcome.state)}, owner = NULL, attempts = attempts + 1, claimable_at = NULL
    ${which} RETURNING pg_advisory_xact_lock(${bind(lockOf(line as Buffer))})`;
}

/** Settles the dead ones to the same target: of this event, of the one it repeats, of the one that one repeats. */
async function replaceDead(query: Query, arrived: Row, ids: StoreIds): Promise<void> {
  const replay = Number(arrived['event']);
  const settled = [replay];
  for (let event: number | undefined = replay; event !== undefined;) {
    event = await repeatedBy(query, event, ids);
    if (event !== undefined) settled.push(event);
  }
  await query(
    `UPDATE opencx_sf.delivery SET replaced_by = $1
     WHERE event = ANY($2::bigint[]) AND target = $3 AND state = 'dead' AND replaced_by IS NULL`,
    [replay, settled, utf8(text(arrived['target']))],
  );
}

async function repeatedBy(query: Query, sequence: number, ids: StoreIds): Promise<number | undefined> {
  const [row] = await query('SELECT replay_of FROM opencx_sf.event WHERE sequence = $1', [sequence]);
  const id = row?.['replay_of'];
  const repeated = id === undefined || id === null ? undefined : ids.numberOf('evt', text(id));
  // Always an earlier one; what says something else must not lead around in a circle.
  return repeated !== undefined && repeated < sequence ? repeated : undefined;
}
