import type { DatabaseSync } from 'node:sqlite';

import type { Session } from '../../session/session.ts';
import { searchedText } from '../searched-text.ts';
import type { SessionChange } from '../session-book.ts';
import type { StoreIds } from '../store-ids.ts';
import type { EventWriter } from './event-writer.ts';
import { sessionOf } from './rows.ts';

/** Changes sessions; to be called inside a transaction. */
export interface SessionWriter {
  /**
   * @param eventId of the event that causes the change
   * @returns the session after it
   * @throws what `decide` throws · Error if it decides about another session
   */
  make(change: SessionChange, eventId?: string): Session | undefined;
}

export function sessionWriter(database: DatabaseSync, ids: StoreIds, events: EventWriter): SessionWriter {
  const stored = database.prepare('SELECT document FROM session WHERE id = ?');
  // Who holds its conversation, and until when, stays. A new one is unheld since it was begun.
  const write = database.prepare(
    `INSERT INTO session (id, channel, state, case_id, conversation_id, handoff_event, updated_at, searched, document, held_until)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, state = excluded.state, case_id = excluded.case_id,
       conversation_id = excluded.conversation_id, handoff_event = excluded.handoff_event,
       updated_at = excluded.updated_at, searched = excluded.searched, document = excluded.document`,
  );

  function put(session: Session): void {
    const { id, channel, state, caseId, conversationId, handoffEventId, createdAt, updatedAt } = session;
    write.run(
      id,
      channel,
      state,
      caseId ?? null,
      conversationId ?? null,
      (handoffEventId === undefined ? undefined : ids.numberOf('evt', handoffEventId)) ?? null,
      updatedAt,
      searchedText(session),
      JSON.stringify(session),
      createdAt,
    );
  }

  return {
    make({ sessionId, decide }, eventId) {
      const row = stored.get(sessionId);
      const before = row === undefined ? undefined : sessionOf(row);
      const outcome = decide(before, eventId);
      if (outcome.session !== undefined) {
        if (outcome.session.id !== sessionId) {
          throw new Error(`a change of the session ${sessionId} decided about the session ${outcome.session.id}`);
        }
        put(outcome.session);
      }
      for (const { event, deliveries } of outcome.events) {
        if (events.takenBefore(event.deliveryId) === undefined) events.add(event, deliveries);
      }
      return outcome.session ?? before;
    },
  };
}
