import { checkLimit } from '../query-limit.ts';
import type { SessionBook, SessionQuery } from '../session-book.ts';
import { boundValues } from './database/bound-values.ts';
import type { Connections, Value } from './database/connections.ts';
import type { StoreLock } from './database/store-lock.ts';
import { sessionOf, utf8 } from './rows.ts';
import { storedSession, type SessionWriter } from './session-writer.ts';

type Sessions = Pick<SessionBook, 'session' | 'sessions' | 'changeSession'>;

/** The sessions, read and changed. */
export function sessions({ read }: Connections, lock: StoreLock, writer: SessionWriter): Sessions {
  return {
    session: (id) => storedSession(read, id),

    async sessions(query) {
      checkLimit(query.limit);
      const { text, values } = statementFor(query);
      return (await read(text, values)).map(sessionOf);
    },

    changeSession: (change) => lock.write((query) => writer.make(query, change)),
  };
}

/** Values are bound, never written into the text. */
function statementFor(query: SessionQuery): { text: string; values: Value[] } {
  const { state, channel, caseId, conversationId, contains, changedBefore, orThenBefore = '', limit } = query;
  const { values, bind } = boundValues();
  const conditions = [
    state !== undefined && `state = ${bind(state)}`,
    channel !== undefined && `(channel = 'email') = (${bind(channel)} = 'email')`,
    caseId !== undefined && `case_id = ${bind(utf8(caseId))}`,
    conversationId !== undefined && `conversation_id = ${bind(utf8(conversationId))}`,
    contains !== undefined && `position(${bind(utf8(contains.toLowerCase()))} in searched) > 0`,
    // No id sorts before the empty text.
    changedBefore !== undefined && `(updated_at, id) < (${bind(changedBefore)}, ${bind(utf8(orThenBefore))})`,
  ].filter((condition) => condition !== false);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return {
    text: `SELECT document FROM opencx_sf.session ${where} ORDER BY updated_at DESC, id DESC LIMIT ${bind(limit)}`,
    values,
  };
}
