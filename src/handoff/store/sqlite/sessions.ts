import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

import { checkLimit } from '../query-limit.ts';
import type { SessionBook, SessionQuery } from '../session-book.ts';
import type { DatabaseAccess } from './database/group-commit.ts';
import { sessionOf } from './rows.ts';
import type { SessionWriter } from './session-writer.ts';

type Sessions = Pick<SessionBook, 'session' | 'sessions' | 'changeSession'>;

/** The sessions, read and changed. */
export function sessions(database: DatabaseSync, access: DatabaseAccess, writer: SessionWriter): Sessions {
  const stored = database.prepare('SELECT document FROM session WHERE id = ?');
  return {
    async session(id) {
      return access.read(() => {
        const row = stored.get(id);
        return row === undefined ? undefined : sessionOf(row);
      });
    },

    async sessions(query) {
      checkLimit(query.limit);
      const { sql, values } = statementFor(query);
      return access.read(() =>
        database
          .prepare(sql)
          .all(...values)
          .map(sessionOf),
      );
    },

    async changeSession(change) {
      return access.write(() => writer.make(change));
    },
  };
}

/** Values are bound, never written into the text. */
function statementFor(query: SessionQuery): { sql: string; values: SQLInputValue[] } {
  const { state, channel, caseId, conversationId, contains, changedBefore, orThenBefore = '', limit } = query;
  const conditions: [sql: string, ...values: (SQLInputValue | undefined)[]][] = [
    ['state = ?', state],
    [`(channel = 'email') = (? = 'email')`, channel],
    ['case_id = ?', caseId],
    ['conversation_id = ?', conversationId],
    ['instr(searched, ?) > 0', contains?.toLowerCase()],
    // No id sorts before the empty text.
    ['(updated_at, id) < (?, ?)', changedBefore, orThenBefore],
  ];
  const held = conditions.filter((condition): condition is [string, ...SQLInputValue[]] => condition[1] !== undefined);
  const where = held.length === 0 ? '' : `WHERE ${held.map(([condition]) => condition).join(' AND ')}`;
  return {
    sql: `SELECT document FROM session ${where} ORDER BY updated_at DESC, id DESC LIMIT ?`,
    values: [...held.flatMap(([, ...bound]) => bound), limit],
  };
}
