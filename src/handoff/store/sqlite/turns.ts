import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

import type { Turns } from '../turns.ts';
import type { DatabaseAccess } from './database/group-commit.ts';

/** Whose turn it is, and until when. */
export function turns(database: DatabaseSync, access: DatabaseAccess): Turns {
  const take = database.prepare(
    `INSERT INTO turn (key, owner, held_until) VALUES (?1, ?2, ?3)
     ON CONFLICT (key) DO UPDATE SET owner = ?2, held_until = ?3 WHERE owner = ?2 OR held_until <= ?4`,
  );
  const end = database.prepare('DELETE FROM turn WHERE key = ? AND owner = ?');

  return {
    async takeTurn(owner, key, now, leaseMs) {
      return access.write(() => take.run(digestOf(key), owner, now + leaseMs, now).changes === 1);
    },

    async endTurn(owner, key) {
      await access.write(() => end.run(digestOf(key), owner));
    },
  };
}

function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
