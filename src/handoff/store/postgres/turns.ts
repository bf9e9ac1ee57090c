import type { Turns } from '../turns.ts';
import type { Connections } from './database/connections.ts';
import { utf8 } from './rows.ts';

/** Whose turn it is, and until when. */
export function turns({ transaction }: Connections): Turns {
  return {
    async takeTurn(owner, key, now, leaseMs) {
      return transaction(async (query) => {
        const taken = await query(
          `INSERT INTO opencx_sf.turn AS turn (key, owner, held_until) VALUES (sha256($1), $2, $3)
           ON CONFLICT (key) DO UPDATE SET owner = $2, held_until = $3 WHERE turn.owner = $2 OR turn.held_until <= $4
           RETURNING 1`,
          [utf8(key), utf8(owner), now + leaseMs, now],
        );
        return taken.length === 1;
      });
    },

    async endTurn(owner, key) {
      await transaction(async (query) => {
        await query('DELETE FROM opencx_sf.turn WHERE key = sha256($1) AND owner = $2', [utf8(key), utf8(owner)]);
      });
    },
  };
}
