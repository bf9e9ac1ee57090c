import type { Session } from '../../session/session.ts';
import type { HandoffStore } from '../handoff-store.ts';
import type { SessionBook, SessionChange } from '../session-book.ts';
import { sealEvent } from './sealed-events.ts';
import { openUrl, sealDelivery, sealUrl } from './sealed-parts.ts';
import type { Sealer } from './sealer.ts';

/** The sessions of a store, whose callback URLs are sealed in it. */
export function sealedSessions(store: HandoffStore, sealer: Sealer): SessionBook {
  const opened = (session: Session): Session => openSession(sealer, session);
  return {
    session: async (id) => {
      const session = await store.session(id);
      return session === undefined ? undefined : opened(session);
    },
    sessions: async (query) => (await store.sessions(query)).map(opened),
    changeSession: async (change) => {
      const session = await store.changeSession(sealChange(sealer, change));
      return session === undefined ? undefined : opened(session);
    },
    holdConversations: async (...asked) => (await store.holdConversations(...asked)).map(opened),
    holdConversation: (...asked) => store.holdConversation(...asked),
    renewConversations: (...asked) => store.renewConversations(...asked),
    releaseConversations: (...asked) => store.releaseConversations(...asked),
  };
}

/** Whoever decides sees the session as it is, and what comes of it is sealed. */
export function sealChange(sealer: Sealer, { sessionId, decide }: SessionChange): SessionChange {
  return {
    sessionId,
    decide: (stored, eventId) => {
      const { session, events } = decide(stored === undefined ? undefined : openSession(sealer, stored), eventId);
      return {
        ...(session === undefined ? {} : { session: sealSession(sealer, session) }),
        events: events.map(({ event, deliveries }) => ({
          event: sealEvent(sealer, event),
          deliveries: deliveries.map((delivery) => sealDelivery(sealer, delivery)),
        })),
      };
    },
  };
}

function sealSession(sealer: Sealer, session: Session): Session {
  const { callbackUrl } = session;
  return callbackUrl === undefined ? session : { ...session, callbackUrl: sealUrl(sealer, callbackUrl) };
}

function openSession(sealer: Sealer, session: Session): Session {
  const { callbackUrl } = session;
  return callbackUrl === undefined ? session : { ...session, callbackUrl: openUrl(sealer, callbackUrl) };
}
