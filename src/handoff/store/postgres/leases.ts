import type { HandoffStore } from '../handoff-store.ts';
import type { StoreIds } from '../store-ids.ts';
import type { Connections } from './database/connections.ts';
import { deliveryOf, utf8 } from './rows.ts';

type Leases = Pick<HandoffStore, 'claim' | 'renew' | 'release'>;

/**
 * Who carries what, and until when. Only the first of a line (order key and target) has a `claimable_at`, and hands it to the next
 * one when it is done: so a claim looks at nothing that is not to be claimed. What others have locked is passed over; what was
 * committed since this one looked is looked at once more before it is taken.
 */
const claimDue = `
  WITH due AS MATERIALIZED (
    SELECT number FROM opencx_sf.delivery
    WHERE claimable_at <= $3 AND ($7::bytea[] IS NULL OR kind = ANY($7))
      AND substring(target FROM 1 FOR octet_length($5::bytea)) = $5
      AND NOT EXISTS (
        SELECT 1 FROM unnest($6::bytea[]) AS start WHERE substring(target FROM 1 FOR octet_length(start)) = start)
    ORDER BY claimable_at, number LIMIT $4 FOR UPDATE SKIP LOCKED)
  UPDATE opencx_sf.delivery d SET state = 'delivering', owner = $1, claimable_at = $2 FROM due WHERE d.number = due.number
  RETURNING d.*`;

export function leases({ transaction }: Connections, ids: StoreIds): Leases {
  return {
    async claim(owner, now, leaseMs, limit, { kinds, only = '', except = [] } = {}) {
      const values = [utf8(owner), now + leaseMs, now, limit, utf8(only), except.map(utf8), kinds?.map(utf8) ?? null];
      const rows = await transaction((query) => query(claimDue, values));
      return rows
        .map((row) => deliveryOf(row, ids))
        .toSorted((one, other) => one.nextAttemptAt - other.nextAttemptAt || (one.id < other.id ? -1 : 1));
    },

    async renew(owner, deliveryIds, leaseUntil) {
      const numbers = deliveryIds.map((id) => ids.numberOf('dlv', id)).filter((number) => number !== undefined);
      const rows = await transaction((query) =>
        query(
          `UPDATE opencx_sf.delivery SET claimable_at = $1
           WHERE number = ANY($2::bigint[]) AND owner = $3 AND state = 'delivering' RETURNING number`,
          [leaseUntil, numbers, utf8(owner)],
        ),
      );
      const kept = new Set(rows.map(({ number }) => ids.idOf('dlv', Number(number))));
      return deliveryIds.filter((id) => kept.has(id));
    },

    async release(owner) {
      const rows = await transaction((query) =>
        query(
          `UPDATE opencx_sf.delivery SET state = 'pending', owner = NULL, claimable_at = next_attempt_at
           WHERE sha256(owner) = sha256($1) AND state = 'delivering' RETURNING 1`,
          [utf8(owner)],
        ),
      );
      return rows.length;
    },
  };
}
