import { createHash } from 'node:crypto';

import type { Query } from './database/connections.ts';
import { json } from './rows.ts';

/** Digest of order key and target: what is carried one after another. As JSON, so that no two others come out as the same bytes. */
export function lineOf(orderKey: string, target: string): Buffer {
  return createHash('sha256')
    .update(json([orderKey, target]))
    .digest();
}

/** The key of a line's advisory lock. Eight bytes of a digest: two lines that share one only wait for each other. */
export function lockOf(line: Buffer): string {
  return line.readBigInt64BE().toString();
}

/**
 * Locks lines until the transaction ends. Only the first delivery in a line that is not done has a `claimable_at`: whoever adds one
 * to its end and whoever is done with its first must not meet, or each would leave it to the other to let the next one go. Several
 * are locked by those alone who hold the store, so that no two wait for each other.
 * @param lines by {@link lineOf} @returns those, in hex, in which one is not done
 */
export async function lockLines(query: Query, lines: readonly Buffer[]): Promise<Set<string>> {
  const distinct = [...new Map(lines.map((line) => [line.toString('hex'), line])).values()];
  await query('SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key', [distinct.map(lockOf)]);
  // Asked only now, since a statement sees what was committed before it began. `LIMIT` has each line looked up by the index.
  const rows = await query(
    `SELECT encode(line, 'hex') AS line FROM unnest($1::bytea[]) AS asked (line)
     WHERE (SELECT 1 FROM opencx_sf.delivery d
            WHERE d.line = asked.line AND d.state IN ('pending', 'delivering') LIMIT 1) IS NOT NULL`,
    [distinct],
  );
  return new Set(rows.map(({ line }) => String(line)));
}

/** Lets the first in a line go that is not done, if there is one; the line was locked by a statement before. */
export async function letNextGo(query: Query, line: Uint8Array): Promise<void> {
  await query(
    `UPDATE opencx_sf.delivery SET claimable_at = next_attempt_at WHERE number =
       (SELECT min(number) FROM opencx_sf.delivery WHERE line = $1 AND state IN ('pending', 'delivering'))`,
    [line],
  );
}
