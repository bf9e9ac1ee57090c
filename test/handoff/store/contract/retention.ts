import { expect, test } from 'vitest';

import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { deliverAll, newAttempt, newEvent, newRejection, toFarSide } from '../samples.ts';
import type { NewPlace } from '../store-contract.ts';

const anySize = Number.MAX_SAFE_INTEGER;
const megabyte = 1_000_000;

async function sequences(store: HandoffStore): Promise<number[]> {
  return (await store.events({ after: 0, limit: 1_000 })).map(({ sequence }) => sequence);
}

export function retentionContract(newPlace: NewPlace): void {
  test('events before a time are forgotten with their deliveries and attempts, others are not', async () => {
    const store = await (await newPlace()).open();
    const { event } = await store.accept(newEvent({ receivedAt: 1_000, deliveryId: 'old' }), toFarSide);
    await store.accept(newEvent({ receivedAt: 3_000 }), toFarSide);
    await store.accept(newEvent({ receivedAt: 1_999 }), []);
    await deliverAll(store);
    const deliveries = await store.deliveries([event.id]);
    expect(deliveries).toHaveLength(1);

    expect(await store.prune(2_000, anySize)).toEqual({ events: 2, rejections: 0 });
    expect(await sequences(store)).toEqual([2]);
    expect(await store.event(event.id)).toBeUndefined();
    expect(await store.deliveries([event.id])).toEqual([]);
    expect(await store.attempts(deliveries.map(({ id }) => id))).toEqual([]);
    expect(await store.prune(2_000, anySize)).toEqual({ events: 0, rejections: 0 });
    const again = await store.accept(newEvent({ deliveryId: 'old' }), []);
    expect(again, 'its number is not given again').toMatchObject({ duplicate: false, event: { sequence: 4 } });
  });

  test('what is not delivered stays, however old', async () => {
    const store = await (await newPlace()).open();
    for (const orderKey of ['dead', 'waiting', 'held', 'half delivered']) {
      const more = orderKey === 'half delivered' ? [{ kind: 'forward', target: 'http://b.example/' }] : [];
      await store.accept(newEvent({ orderKey, body: Buffer.alloc(megabyte / 4) }), [...toFarSide, ...more]);
    }
    for (const { id, orderKey, target } of await store.claim('one', 1_000, 60_000, 10)) {
      if (orderKey === 'dead') await store.finish(id, 'one', newAttempt(), { state: 'dead' });
      const next = { state: 'pending', nextAttemptAt: 9_000, counted: true } as const;
      if (orderKey === 'waiting' || target.includes('b.example')) await store.finish(id, 'one', newAttempt(), next);
      if (orderKey === 'half delivered') await store.finish(id, 'one', newAttempt(), { state: 'delivered' });
    }
    expect(await store.prune(anySize, 0)).toEqual({ events: 0, rejections: 0 });
    expect(await sequences(store)).toEqual([1, 2, 3, 4]);
  });

  test('what was finished by one that came late and is forgotten since, is no error', async () => {
    const store = await (await newPlace()).open();
    await store.accept(newEvent(), toFarSide);
    const [delivery] = await store.claim('slow', 1_000, 500, 10);
    await deliverAll(store);
    await store.prune(2_000, anySize);
    expect(await store.finish(delivery?.id ?? '', 'slow', newAttempt(), { state: 'delivered' })).toBe(false);
  });

  test('of what is too much, the oldest go and no more than needed', async () => {
    const store = await (await newPlace()).open();
    for (let number = 1; number <= 60; number++) {
      await store.accept(newEvent({ receivedAt: 1_000 + number, body: Buffer.alloc(megabyte / 10) }), toFarSide);
    }
    await deliverAll(store);
    expect(await store.prune(0, 10 * megabyte)).toEqual({ events: 0, rejections: 0 });
    const { events } = await store.prune(0, 3 * megabyte);
    expect(await sequences(store)).toEqual(Array.from({ length: 60 - events }, (_, index) => events + index + 1));
    expect(60 - events, 'of 30 that fit by their bodies alone').toBeLessThanOrEqual(30);
    expect(60 - events).toBeGreaterThan(20);
  });

  test('rejections go by age, and before events by size', async () => {
    const store = await (await newPlace()).open();
    const body = Buffer.alloc(60_000);
    for (let number = 1; number <= 30; number++) await store.reject(newRejection({ receivedAt: number * 100, body }));
    await store.accept(newEvent({ receivedAt: 1, body: Buffer.alloc(megabyte) }), []);
    expect(await store.prune(1, anySize)).toEqual({ events: 0, rejections: 0 });
    expect(await store.prune(501, 3 * megabyte)).toEqual({ events: 1, rejections: 5 });
    await store.accept(newEvent({ body: Buffer.alloc(megabyte) }), []);
    const { events, rejections } = await store.prune(0, 2 * megabyte);
    expect(events).toBe(0);
    expect(rejections).toBeGreaterThan(0);
    const left = await store.rejections(100);
    expect(left).toHaveLength(25 - rejections);
    expect(left[0]?.receivedAt).toBe(3_000);
  });

  test('others write while much is forgotten', async () => {
    const place = await newPlace();
    const store = await place.open();
    await Promise.all(Array.from({ length: 500 }, () => store.accept(newEvent({ receivedAt: 1 }), [])));
    const forgetting = store.prune(1_000, anySize);
    const added = await Promise.all(Array.from({ length: 20 }, () => store.accept(newEvent(), toFarSide)));
    expect(await forgetting).toEqual({ events: 500, rejections: 0 });
    expect(await sequences(await place.open())).toEqual(added.map(({ event }) => event.sequence));
  });
}
