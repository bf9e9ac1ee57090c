import type { Session } from '../../session/session.ts';
import type { SessionChange, SessionOutcome } from '../../store/session-book.ts';

/** Several changes of one session as one, made in their order in one commit. */
export function changesTogether(sessionId: string, changes: readonly SessionChange[]): SessionChange {
  return {
    sessionId,
    decide: (before, eventId) => {
      let session: Session | undefined = before;
      const events: SessionOutcome['events'][number][] = [];
      for (const change of changes) {
        const outcome = change.decide(session, eventId);
        session = outcome.session ?? session;
        events.push(...outcome.events);
      }
      return session === undefined || session === before ? { events } : { session, events };
    },
  };
}
