import type { DatabaseSync } from 'node:sqlite';

import type { SessionBook } from '../session-book.ts';
import type { DatabaseAccess } from './database/group-commit.ts';
import { sessionOf } from './rows.ts';

type Conversations = Pick<
  SessionBook,
  'holdConversations' | 'holdConversation' | 'renewConversations' | 'releaseConversations'
>;

/** Which process follows which conversation, and until when. */
export function conversations(database: DatabaseSync, access: DatabaseAccess): Conversations {
  const longestUnheld = database.prepare(
    `SELECT id, document FROM session
     WHERE conversation_id IS NOT NULL AND state NOT IN ('resolved', 'failed') AND (owner IS NULL OR held_until <= ?)
     ORDER BY held_until, id LIMIT ?`,
  );
  const hold = database.prepare(
    `UPDATE session SET owner = ?1, held_until = ?2 WHERE id = ?3 AND (owner IS NULL OR owner = ?1 OR held_until <= ?4)`,
  );
  const renew = database.prepare('UPDATE session SET held_until = ? WHERE id = ? AND owner = ?');
  const releaseOne = database.prepare('UPDATE session SET owner = NULL WHERE id = ? AND owner = ?');
  const releaseAll = database.prepare('UPDATE session SET owner = NULL WHERE owner = ?');

  return {
    async holdConversations(owner, now, leaseMs, limit) {
      return access.write(() =>
        longestUnheld.all(now, limit).map((row) => {
          hold.run(owner, now + leaseMs, row['id'] ?? null, now);
          return sessionOf(row);
        }),
      );
    },

    async holdConversation(owner, sessionId, now, leaseMs) {
      return access.write(() => hold.run(owner, now + leaseMs, sessionId, now).changes === 1);
    },

    async renewConversations(owner, sessionIds, leaseUntil) {
      return access.write(() => sessionIds.filter((id) => renew.run(leaseUntil, id, owner).changes === 1));
    },

    async releaseConversations(owner, sessionIds) {
      return access.write(() => {
        if (sessionIds === undefined) return Number(releaseAll.run(owner).changes);
        return sessionIds.filter((id) => releaseOne.run(id, owner).changes === 1).length;
      });
    },
  };
}
