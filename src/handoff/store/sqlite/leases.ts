import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import type { AttemptOutcome, HandoffStore, NewAttempt } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import type { DatabaseAccess } from './database/group-commit.ts';
import { deliveryOf, type Row } from './rows.ts';
import type { SessionWriter } from './session-writer.ts';

type Leases = Pick<HandoffStore, 'claim' | 'renew' | 'finish' | 'release'>;

/**
 * Who carries what, and until when. Only the first of a line (order key and target) has a `claimable_at`, and hands it to the next
 * one when it is done: so order is kept by what is written, and a claim looks at nothing that is not to be claimed.
 */
export function leases(database: DatabaseSync, access: DatabaseAccess, ids: StoreIds, sessions: SessionWriter): Leases {
  const claimDue = database.prepare(
    `UPDATE delivery SET state = 'delivering', owner = ?1, claimable_at = ?2 WHERE number IN
       (SELECT number FROM delivery WHERE claimable_at <= ?3
          AND (?7 IS NULL OR kind IN (SELECT value FROM json_each(?7)))
          AND substr(target, 1, length(?5)) = ?5
          AND NOT EXISTS (SELECT 1 FROM json_each(?6) WHERE substr(target, 1, length(value)) = value)
        ORDER BY claimable_at, number LIMIT ?4)
     RETURNING *`,
  );
  const renewHeld = database.prepare(
    `UPDATE delivery SET claimable_at = ? WHERE number = ? AND owner = ? AND state = 'delivering'`,
  );
  const releaseHeld = database.prepare(
    `UPDATE delivery SET state = 'pending', owner = NULL, claimable_at = next_attempt_at
     WHERE owner = ? AND state = 'delivering'`,
  );
  const rowOf = database.prepare('SELECT * FROM delivery WHERE number = ?');
  const tryAgain = database.prepare(
    `UPDATE delivery SET state = 'pending', owner = NULL, attempts = attempts + ?1, next_attempt_at = ?2, claimable_at = ?2
     WHERE number = ?3`,
  );
  const end = database.prepare(
    'UPDATE delivery SET state = ?, owner = NULL, attempts = attempts + 1, claimable_at = NULL WHERE number = ?',
  );
  const letNextGo = database.prepare(
    `UPDATE delivery SET claimable_at = next_attempt_at WHERE number =
       (SELECT min(number) FROM delivery WHERE order_key = ? AND target = ? AND state IN ('pending', 'delivering'))`,
  );
  const replace = database.prepare(
    `UPDATE delivery SET replaced_by = ? WHERE event = ? AND target = ? AND state = 'dead' AND replaced_by IS NULL`,
  );
  const replayOf = database.prepare('SELECT replay_of FROM event WHERE sequence = ?');
  const addAttempt = database.prepare(
    `INSERT INTO attempt (delivery, started_at, ended_at, method, url, headers,
       response_status, response_headers, response_body, failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  function writeAttempt(delivery: number, { startedAt, endedAt, request, response, failure }: NewAttempt): void {
    addAttempt.run(
      delivery,
      startedAt,
      endedAt,
      request.method,
      request.url,
      JSON.stringify(request.headers),
      response?.status ?? null,
      response === undefined ? null : JSON.stringify(response.headers),
      response?.body ?? null,
      failure ?? null,
    );
  }

  function letGo(number: number, row: Row, outcome: AttemptOutcome): void {
    if (outcome.state === 'pending') {
      tryAgain.run(outcome.counted ? 1 : 0, outcome.nextAttemptAt, number);
      return;
    }
    end.run(outcome.state, number);
    if (outcome.state === 'delivered') replaceDead(row);
    letNextGo.run(row['order_key'] ?? null, row['target'] ?? null);
  }

  /** Settles the dead ones to the same target: of this event, of the one it repeats, of the one that one repeats. */
  function replaceDead(arrived: Row): void {
    const target = arrived['target'] ?? null;
    const replay = arrived['event'] ?? null;
    for (let event: SQLOutputValue | undefined = replay; event !== undefined; event = repeatedBy(event)) {
      replace.run(replay, event, target);
    }
  }

  function repeatedBy(sequence: SQLOutputValue): number | undefined {
    const id = replayOf.get(sequence)?.['replay_of'];
    const repeated = typeof id === 'string' ? ids.numberOf('evt', id) : undefined;
    // Always an earlier one; what says something else must not lead around in a circle.
    return repeated !== undefined && repeated < Number(sequence) ? repeated : undefined;
  }

  return {
    async claim(owner, now, leaseMs, limit, { kinds, only = '', except = [] } = {}) {
      return access.write(() =>
        claimDue
          .all(
            owner,
            now + leaseMs,
            now,
            limit,
            only,
            JSON.stringify(except),
            kinds === undefined ? null : JSON.stringify(kinds),
          )
          .map((row) => deliveryOf(row, ids))
          .toSorted((one, other) => one.nextAttemptAt - other.nextAttemptAt || (one.id < other.id ? -1 : 1)),
      );
    },

    async renew(owner, deliveryIds, leaseUntil) {
      return access.write(() =>
        deliveryIds.filter((id) => {
          const number = ids.numberOf('dlv', id);
          return number !== undefined && renewHeld.run(leaseUntil, number, owner).changes === 1;
        }),
      );
    },

    async finish(deliveryId, owner, attempt, outcome, change) {
      return access.write(() => {
        const number = ids.numberOf('dlv', deliveryId);
        const row = number === undefined ? undefined : rowOf.get(number);
        // Another process has delivered it and it was pruned since: there is nothing to write the attempt down for.
        if (number === undefined || row === undefined) return false;
        writeAttempt(number, attempt);
        if (row['owner'] !== owner || row['state'] !== 'delivering') return false;
        letGo(number, row, outcome);
        if (change !== undefined) sessions.make(change, ids.idOf('evt', Number(row['event'])));
        return true;
      });
    },

    async release(owner) {
      return access.write(() => Number(releaseHeld.run(owner).changes));
    },
  };
}
