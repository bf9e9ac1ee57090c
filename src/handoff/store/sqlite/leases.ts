import type { DatabaseSync } from 'node:sqlite';

import type { AttemptOutcome, HandoffStore, NewAttempt } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import type { DatabaseAccess } from './group-commit.ts';
import { deliveryOf, type Row } from './rows.ts';

type Leases = Pick<HandoffStore, 'claim' | 'renew' | 'finish' | 'release' | 'nextDueAt'>;

/**
 * Who carries what, and until when. Only the first of a line (order key and target) has a `claimable_at`, and hands it to the next
 * one when it is done: so order is kept by what is written, and a claim looks at nothing that is not to be claimed.
 */
export function leases(database: DatabaseSync, access: DatabaseAccess, ids: StoreIds): Leases {
  const claimDue = database.prepare(
    `UPDATE delivery SET state = 'delivering', owner = ?, claimable_at = ? WHERE number IN
       (SELECT number FROM delivery WHERE claimable_at <= ? ORDER BY claimable_at, number LIMIT ?)
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
    `UPDATE delivery SET state = 'pending', owner = NULL, attempts = attempts + 1, next_attempt_at = ?1, claimable_at = ?1
     WHERE number = ?2`,
  );
  const end = database.prepare(
    'UPDATE delivery SET state = ?, owner = NULL, attempts = attempts + 1, claimable_at = NULL WHERE number = ?',
  );
  const letNextGo = database.prepare(
    `UPDATE delivery SET claimable_at = next_attempt_at WHERE number =
       (SELECT min(number) FROM delivery WHERE order_key = ? AND target = ? AND state IN ('pending', 'delivering'))`,
  );
  const addAttempt = database.prepare(
    `INSERT INTO attempt (delivery, started_at, ended_at, method, url, headers,
       response_status, response_headers, response_body, failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const firstClaimable = database.prepare(
    'SELECT min(claimable_at) AS due FROM delivery WHERE claimable_at IS NOT NULL',
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
      tryAgain.run(outcome.nextAttemptAt, number);
      return;
    }
    end.run(outcome.state, number);
    letNextGo.run(row['order_key'] ?? null, row['target'] ?? null);
  }

  return {
    async claim(owner, now, leaseMs, limit) {
      return access.write(() =>
        claimDue
          .all(owner, now + leaseMs, now, limit)
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

    async finish(deliveryId, owner, attempt, outcome) {
      return access.write(() => {
        const number = ids.numberOf('dlv', deliveryId);
        const row = number === undefined ? undefined : rowOf.get(number);
        // Another process has delivered it and it was pruned since: there is nothing to write the attempt down for.
        if (number === undefined || row === undefined) return false;
        writeAttempt(number, attempt);
        if (row['owner'] !== owner || row['state'] !== 'delivering') return false;
        letGo(number, row, outcome);
        return true;
      });
    },

    async release(owner) {
      return access.write(() => Number(releaseHeld.run(owner).changes));
    },

    async nextDueAt() {
      return access.read(() => {
        const due = firstClaimable.get()?.['due'];
        return typeof due === 'number' ? due : undefined;
      });
    },
  };
}
