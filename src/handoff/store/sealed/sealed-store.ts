import type { HandoffStore } from '../handoff-store.ts';
import type { SessionChange } from '../session-book.ts';
import { openEvent, sealEvent } from './sealed-events.ts';
import { openAttempt, openDelivery, openHeaders, sealAttempt, sealDelivery, sealHeaders } from './sealed-parts.ts';
import { sealChange, sealedSessions } from './sealed-sessions.ts';
import type { Sealer } from './sealer.ts';

/**
 * A store in which secrets are sealed: the header fields that let somebody in, and the URLs that events are carried to, but for
 * scheme, host and port. Bodies are customers' words, which are searched, and stay readable to whoever may read the store.
 * What was written without sealing is read as it is; what another key has sealed is shown as that, and sent nowhere.
 * A scope of `claim` ends with an origin and a slash.
 */
export function sealedStore(store: HandoffStore, sealer: Sealer): HandoffStore {
  const sealOptional = (change: SessionChange | undefined): SessionChange | undefined =>
    change === undefined ? undefined : sealChange(sealer, change);
  return {
    ...sealedSessions(store, sealer),
    accept: async (event, deliveries, change) => {
      const sealed = deliveries.map((delivery) => sealDelivery(sealer, delivery));
      const accepted = await store.accept(sealEvent(sealer, event), sealed, sealOptional(change));
      return { ...accepted, event: openEvent(sealer, accepted.event) };
    },
    reject: async (rejection) => {
      const { headers } = rejection;
      return { ...(await store.reject({ ...rejection, headers: sealHeaders(sealer, headers) })), headers };
    },
    deliverAgain: async (eventId, deliveries, now) => {
      const sealed = deliveries.map((delivery) => sealDelivery(sealer, delivery));
      return (await store.deliverAgain(eventId, sealed, now)).map((delivery) => openDelivery(sealer, delivery));
    },
    claim: async (...asked) => (await store.claim(...asked)).map((delivery) => openDelivery(sealer, delivery)),
    finish: (deliveryId, owner, attempt, outcome, change) =>
      store.finish(deliveryId, owner, sealAttempt(sealer, attempt), outcome, sealOptional(change)),
    event: async (id) => {
      const event = await store.event(id);
      return event === undefined ? undefined : openEvent(sealer, event);
    },
    events: async (query) => (await store.events(query)).map((event) => openEvent(sealer, event)),
    newestSequence: () => store.newestSequence(),
    deliveries: async (eventIds) =>
      (await store.deliveries(eventIds)).map((delivery) => openDelivery(sealer, delivery)),
    attempts: async (deliveryIds) => (await store.attempts(deliveryIds)).map((attempt) => openAttempt(sealer, attempt)),
    rejections: async (limit) =>
      (await store.rejections(limit)).map((rejection) => ({
        ...rejection,
        headers: openHeaders(sealer, rejection.headers),
      })),
    renew: (...asked) => store.renew(...asked),
    release: (owner) => store.release(owner),
    takeTurn: (...asked) => store.takeTurn(...asked),
    endTurn: (...asked) => store.endTurn(...asked),
    counts: () => store.counts(),
    prune: (...asked) => store.prune(...asked),
    close: () => store.close(),
  };
}
