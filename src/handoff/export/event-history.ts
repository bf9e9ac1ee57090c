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
