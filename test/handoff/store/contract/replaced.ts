import { beforeEach, expect, test } from 'vitest';

import type {
  AttemptOutcome,
  Delivery,
  HandoffStore,
  StoredEvent,
} from '../../../../src/handoff/store/handoff-store.ts';
import { farSide, newAttempt, newEvent, toFarSide } from '../samples.ts';
import type { NewPlace } from '../store-contract.ts';

const elsewhere = { kind: 'forward', target: 'http://elsewhere.example/' };

export function replacedContract(newPlace: NewPlace): void {
  let store: HandoffStore;

  beforeEach(async () => {
    store = await (await newPlace()).open();
  });

  /** Has all that is due end in the same way. */
  async function carried(state: 'delivered' | 'dead'): Promise<void> {
    for (const { id } of await store.claim('one', 1_000, 60_000, 100)) {
      await store.finish(id, 'one', newAttempt(), { state } satisfies AttemptOutcome);
    }
  }

  async function died(deliveries = toFarSide, replayOf?: string): Promise<StoredEvent> {
    const { event } = await store.accept(newEvent(replayOf === undefined ? {} : { replayOf }), deliveries);
    await carried('dead');
    return event;
  }

  async function arrived(replayOf: string, target = farSide): Promise<StoredEvent> {
    const { event } = await store.accept(newEvent({ replayOf }), [{ kind: 'forward-once', target }]);
    await carried('delivered');
    return event;
  }

  async function deliveryTo(event: StoredEvent, wanted = farSide): Promise<Delivery | undefined> {
    return (await store.deliveries([event.id])).find(({ target }) => target === wanted);
  }

  async function dead(): Promise<string[]> {
    return (await store.events({ state: 'dead', limit: 10 })).map(({ id }) => id);
  }

  test('a dead one is replaced by a replay that arrives at the same target', async () => {
    const event = await died();
    expect(await dead()).toEqual([event.id]);
    expect(await deliveryTo(event)).not.toHaveProperty('replacedBy');
    const replay = await arrived(event.id);
    expect(await dead()).toEqual([]);
    expect(await deliveryTo(event)).toMatchObject({ state: 'replaced', replacedBy: replay.id, attempts: 1 });
    expect(await deliveryTo(replay)).toMatchObject({ state: 'delivered' });
    expect((await store.events({ state: 'replaced', limit: 10 })).map(({ id }) => id)).toEqual([event.id]);
    expect(await store.counts()).toEqual({ pending: 0, delivering: 0, delivered: 1, dead: 0, replaced: 1 });
  });

  test('it stays dead while the replay waits, when that dies too, and when it arrives elsewhere', async () => {
    const event = await died();
    await store.accept(newEvent({ replayOf: event.id }), toFarSide);
    expect(await dead()).toEqual([event.id]);
    await carried('dead');
    expect(await dead()).toHaveLength(2);
    await arrived(event.id, elsewhere.target);
    expect(await deliveryTo(event)).toMatchObject({ state: 'dead' });
  });

  test('of an event with two dead ones, that to the same target is replaced, and the event is dead by the other', async () => {
    const event = await died([...toFarSide, elsewhere]);
    await arrived(event.id);
    expect(await deliveryTo(event)).toMatchObject({ state: 'replaced' });
    expect(await deliveryTo(event, elsewhere.target)).toMatchObject({ state: 'dead' });
    expect(await dead()).toEqual([event.id]);
    await arrived(event.id, elsewhere.target);
    expect(await dead()).toEqual([]);
  });

  test('the replay of a replay replaces both; the first that arrived is the one that is told', async () => {
    const event = await died();
    const second = await died(toFarSide, event.id);
    const third = await arrived(second.id);
    await arrived(event.id);
    for (const one of [event, second]) expect(await deliveryTo(one)).toMatchObject({ replacedBy: third.id });
  });

  test('delivered again by itself, it is replaced as well', async () => {
    const event = await died();
    await store.deliverAgain(event.id, toFarSide, 1_000);
    await carried('delivered');
    expect((await store.deliveries([event.id])).map(({ state }) => state)).toEqual(['replaced', 'delivered']);
  });

  test('a replay of what is not there, or of what came later, replaces nothing and does no harm', async () => {
    const event = await died();
    const { event: later } = await store.accept(newEvent({ replayOf: 'evt_of_another_store' }), toFarSide);
    await carried('delivered');
    await arrived(later.id);
    expect(await deliveryTo(event)).toMatchObject({ state: 'dead' });
  });

  test('what was replaced may be forgotten, what is dead may not', async () => {
    const event = await died();
    const other = await died();
    const replay = await arrived(event.id);
    expect(await store.prune(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)).toEqual({ events: 2, rejections: 0 });
    expect((await store.events({ limit: 10 })).map(({ id }) => id)).toEqual([other.id]);
    expect(await store.event(replay.id)).toBeUndefined();
  });
}
