import type { SessionBook } from '../session-book.ts';
import type { Connections } from './database/connections.ts';
import { sessionOf, text, utf8 } from './rows.ts';

type Conversations = Pick<
  SessionBook,
  'holdConversations' | 'holdConversation' | 'renewConversations' | 'releaseConversations'
>;

/** Which process follows which conversation, and until when. */
export function conversations({ transaction }: Connections): Conversations {
  return {
    async holdConversations(owner, now, leaseMs, limit) {
      return transaction(async (query) => {
        // Of those that another process is just taking, none is waited for.
        const rows = await query(
          `SELECT id, document FROM opencx_sf.session
           WHERE conversation_id IS NOT NULL AND state NOT IN ('resolved', 'failed') AND (owner IS NULL OR held_until <= $1)
           ORDER BY held_until, id LIMIT $2 FOR UPDATE SKIP LOCKED`,
          [now, limit],
        );
        await query('UPDATE opencx_sf.session SET owner = $1, held_until = $2 WHERE id = ANY($3::bytea[])', [
          utf8(owner),
          now + leaseMs,
          rows.map((row) => utf8(text(row['id']))),
        ]);
        return rows.map(sessionOf);
      });
    },

    async holdConversation(owner, sessionId, now, leaseMs) {
      return transaction(async (query) => {
        const held = await query(
          `UPDATE opencx_sf.session SET owner = $1, held_until = $2
           WHERE id = $3 AND (owner IS NULL OR owner = $1 OR held_until <= $4) RETURNING 1`,
          [utf8(owner), now + leaseMs, utf8(sessionId), now],
        );
        return held.length === 1;
      });
    },

    async renewConversations(owner, sessionIds, leaseUntil) {
      return transaction(async (query) => {
        const kept = await query(
          'UPDATE opencx_sf.session SET held_until = $1 WHERE id = ANY($2::bytea[]) AND owner = $3 RETURNING id',
          [leaseUntil, sessionIds.map(utf8), utf8(owner)],
        );
        const ids = new Set(kept.map((row) => text(row['id'])));
        return sessionIds.filter((id) => ids.has(id));
      });
    },

    async releaseConversations(owner, sessionIds) {
      return transaction(async (query) => {
        const released = await query(
          `UPDATE opencx_sf.session SET owner = NULL
           WHERE sha256(owner) = sha256($1) AND ($2::bytea[] IS NULL OR id = ANY($2)) RETURNING 1`,
          [utf8(owner), sessionIds?.map(utf8) ?? null],
        );
        return released.length;
      });
    },
  };
}
