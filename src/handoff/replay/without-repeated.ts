import type { HandoffStore, StoredEvent } from '../store/handoff-store.ts';

/**
 * Of dead events, those to replay: not one whose replay is dead as well and goes to every target that the event is dead for. Should
 * that replay's replay arrive, it replaces them all; to replay each would double them with every try.
 */
export async function withoutRepeated(store: HandoffStore, dead: readonly StoredEvent[]): Promise<StoredEvent[]> {
  const deliveries = await store.deliveries(dead.map(({ id }) => id));
  const deadTargets = Map.groupBy(
    deliveries.filter(({ state }) => state === 'dead'),
    ({ eventId }) => eventId,
  );
  const targetsOf = ({ id }: StoredEvent): string[] => (deadTargets.get(id) ?? []).map(({ target }) => target);
  return dead.filter((event) => {
    const repeated = new Set(dead.filter(({ replayOf }) => replayOf === event.id).flatMap(targetsOf));
    return !targetsOf(event).every((target) => repeated.has(target));
  });
}
