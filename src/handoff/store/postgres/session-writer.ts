import type { Session } from '../../session/session.ts';
import { searchedText } from '../searched-text.ts';
import type { SessionChange } from '../session-book.ts';
import type { StoreIds } from '../store-ids.ts';
import type { Query } from './database/connections.ts';
import type { EventWriter } from './event-writer.ts';
import { json, sessionOf, utf8 } from './rows.ts';

/** Changes sessions; to be called by one who holds the store: see {@link StoreLock}. */
export interface SessionWriter {
  /**
   * @param eventId of the event that causes the change
   * @returns the session after it
   * @throws what `decide` throws · Error if it decides about another session
   */
  make(query: Query, change: SessionChange, eventId?: string): Promise<Session | undefined>;
}

export function sessionWriter(ids: StoreIds, events: EventWriter): SessionWriter {
  // Who holds its conversation, and until when, stays. A new one is unheld since it was begun.
  async function put(query: Query, session: Session): Promise<void> {
    const { id, channel, state, caseId, conversationId, handoffEventId, createdAt, updatedAt } = session;
    await query(
      `INSERT INTO opencx_sf.session
         (id, channel, state, case_id, conversation_id, handoff_event, updated_at, searched, document, held_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, state = excluded.state, case_id = excluded.case_id,
         conversation_id = excluded.conversation_id, handoff_event = excluded.handoff_event,
         updated_at = excluded.updated_at, searched = excluded.searched, document = excluded.document`,
      [
        utf8(id),
        channel,
        state,
        caseId === undefined ? null : utf8(caseId),
        conversationId === undefined ? null : utf8(conversationId),
        (handoffEventId === undefined ? undefined : ids.numberOf('evt', handoffEventId)) ?? null,
        updatedAt,
        utf8(searchedText(session)),
        json(session),
        createdAt,
      ],
    );
  }

  return {
    async make(query, { sessionId, decide }, eventId) {
      const before = await storedSession(query, sessionId);
      const outcome = decide(before, eventId);
      if (outcome.session !== undefined) {
        if (outcome.session.id !== sessionId) {
          throw new Error(`a change of the session ${sessionId} decided about the session ${outcome.session.id}`);
        }
        await put(query, outcome.session);
      }
      if (outcome.events.length > 0) await events.add(query, outcome.events);
      return outcome.session ?? before;
    },
  };
}

/** @returns undefined if it is not there */
export async function storedSession(query: Query, id: string): Promise<Session | undefined> {
  const [row] = await query('SELECT document FROM opencx_sf.session WHERE id = $1', [utf8(id)]);
  return row === undefined ? undefined : sessionOf(row);
}
