import type { Attempt, Delivery, HandoffStore, StoredEvent } from '../store/handoff-store.ts';

/** An event with all that became of it. */
export interface EventHistory {
  readonly event: StoredEvent;
  readonly deliveries: readonly DeliveryHistory[];
}

export interface DeliveryHistory {
  readonly delivery: Delivery;
  /** In the order they were made. */
  readonly attempts: readonly Attempt[];
}

/**
 * Events with all that became of them, read one by one: each may have megabytes.
 * @param ids in the order in which they are wanted; those that are gone by now are left out
 */
export async function* historiesOf(store: HandoffStore, ids: readonly string[]): AsyncGenerator<EventHistory> {
  for (const id of ids) {
    const history = await findHistory(store, id);
    if (history !== undefined) yield history;
  }
}

/** @returns undefined if there is none */
export async function findHistory(store: HandoffStore, id: string): Promise<EventHistory | undefined> {
  const event = await store.event(id);
  if (event === undefined) return undefined;
  const [history] = await readHistories(store, [event]);
  return history;
}

/** Reads what became of events, in two readings of the store for all of them. */
export async function readHistories(store: HandoffStore, events: readonly StoredEvent[]): Promise<EventHistory[]> {
  const deliveries = await store.deliveries(events.map(({ id }) => id));
  const attempts = await store.attempts(deliveries.map(({ id }) => id));
  const attemptsOf = Map.groupBy(attempts, ({ deliveryId }) => deliveryId);
  const deliveriesOf = Map.groupBy(deliveries, ({ eventId }) => eventId);
  return events.map((event) => ({
    event,
    deliveries: (deliveriesOf.get(event.id) ?? []).map((delivery) => ({
      delivery,
      attempts: attemptsOf.get(delivery.id) ?? [],
    })),
  }));
}
