import { createHash, randomBytes } from 'node:crypto';

import { expect, test } from 'vitest';

import { deliverAll, newEvent, newRejection, toFarSide } from '../samples.ts';
import type { NewPlace } from '../store-contract.ts';

export function intakeContract(newPlace: NewPlace): void {
  test('an event is there as it came, also for another process and after a restart', async () => {
    const place = await newPlace();
    const store = await place.open();
    const sent = newEvent({ body: Buffer.from([0, 255, 13, 10, 0xc3, 0x28, 0]), replayOf: 'evt_other' });
    const { event, duplicate } = await store.accept(sent, toFarSide);
    expect(duplicate).toBe(false);
    expect(event).toMatchObject({ ...sent, sequence: 1, duplicates: 0 });

    const stored = await (await place.open()).event(event.id);
    expect(stored).toEqual({ ...event, body: new Uint8Array(sent.body) });
    await store.close();
    expect(await (await place.open()).event(event.id)).toEqual(stored);
  });

  test('an event that is no replay does not say that it is one', async () => {
    const store = await (await newPlace()).open();
    const { event } = await store.accept(newEvent(), []);
    expect(await store.event(event.id)).not.toHaveProperty('replayOf');
  });

  test.each([0, 1, 65_536, 6_000_000])('a body of %d bytes is kept byte for byte', async (size) => {
    const store = await (await newPlace()).open();
    const body = randomBytes(size);
    const { event } = await store.accept(newEvent({ body }), toFarSide);
    const stored = await store.event(event.id);
    expect(digest(stored?.body)).toBe(digest(body));
  });

  test('names and values that other programs take for syntax are kept', async () => {
    const store = await (await newPlace()).open();
    const hostile = `'); DROP TABLE event; -- "\u0000\n\u{1F525} é`;
    const sent = newEvent({ name: hostile, orderKey: hostile, deliveryId: hostile, headers: [[hostile, hostile]] });
    const { event } = await store.accept(sent, [{ kind: hostile, target: hostile }]);
    expect(await store.event(event.id)).toMatchObject({ ...sent, body: new Uint8Array(sent.body) });
    expect(await store.deliveries([event.id])).toMatchObject([{ kind: hostile, target: hostile, orderKey: hostile }]);
    expect(await store.events({ name: hostile, orderKey: hostile, limit: 10 })).toHaveLength(1);
  });

  test('a delivery id that came before is counted at its first event, and carried once', async () => {
    const store = await (await newPlace()).open();
    const first = newEvent({ deliveryId: 'same', body: Buffer.from('first') });
    const { event } = await store.accept(first, toFarSide);
    const again = await store.accept(newEvent({ deliveryId: 'same', body: Buffer.from('second') }), toFarSide);
    expect(again).toEqual({ duplicate: true, event: { ...event, body: new Uint8Array(first.body), duplicates: 1 } });
    await store.accept(newEvent({ deliveryId: 'same' }), toFarSide);

    expect(await store.events({ limit: 10 })).toMatchObject([{ id: event.id, duplicates: 2 }]);
    expect(await deliverAll(store)).toBe(1);
    expect((await store.accept(newEvent({ deliveryId: 'same' }), toFarSide)).duplicate).toBe(true);
    expect(await deliverAll(store)).toBe(0);
  });

  test('of the same delivery id at the same time, also at two processes, one is taken', async () => {
    const place = await newPlace();
    const stores = [await place.open(), await place.open()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, turn) => {
        const store = stores[turn % 2];
        return await store?.accept(newEvent({ deliveryId: 'same' }), toFarSide);
      }),
    );
    expect(answers.filter((answer) => answer?.duplicate === false)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer?.event.id)).size).toBe(1);
    expect(await stores[0]?.events({ limit: 10 })).toMatchObject([{ duplicates: 19 }]);
  });

  test('a delivery id with half a character is refused, not taken for another one', async () => {
    const store = await (await newPlace()).open();
    await expect(store.accept(newEvent({ deliveryId: 'a\uD800' }), [])).rejects.toThrow(/half of a character/);
    expect(await store.events({ limit: 10 })).toEqual([]);
  });

  test('50 at the same time are all there, each once, with ids that sort as they were taken', async () => {
    const store = await (await newPlace()).open();
    const sent = Array.from({ length: 50 }, () => newEvent());
    const answers = await Promise.all(sent.map((event) => store.accept(event, toFarSide)));
    const taken = answers.map(({ event }) => event).toSorted((one, other) => one.sequence - other.sequence);
    expect(taken.map(({ sequence }) => sequence)).toEqual(sent.map((_, index) => index + 1));
    expect(taken.map(({ id }) => id)).toEqual(taken.map(({ id }) => id).toSorted());
    const stored = await store.events({ after: 0, limit: 1_000 });
    expect(stored.map(({ deliveryId }) => deliveryId).toSorted()).toEqual(
      sent.map(({ deliveryId }) => deliveryId).toSorted(),
    );
  });

  test('one that cannot be written fails alone, and takes no number', async () => {
    const store = await (await newPlace()).open();
    const unfit = newEvent({ receivedAt: 1.5 });
    const sent = [newEvent(), unfit, newEvent(), newEvent({ deliveryId: unfit.deliveryId })];
    const answers = await Promise.allSettled(sent.map((event) => store.accept(event, toFarSide)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((await store.events({ after: 0, limit: 10 })).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(await store.counts()).toMatchObject({ pending: 3 });
  });

  test('an event whose deliveries cannot be written is not written either', async () => {
    const store = await (await newPlace()).open();
    const unfit = { kind: 'forward' } as { kind: string; target: string };
    await expect(store.accept(newEvent(), [...toFarSide, unfit])).rejects.toThrow();
    expect(await store.events({ limit: 10 })).toEqual([]);
    expect(await store.counts()).toMatchObject({ pending: 0 });
  });

  test('two stores never give the same id', async () => {
    const one = await (await newPlace()).open();
    const other = await (await newPlace()).open();
    const { event } = await one.accept(newEvent(), []);
    const { event: stranger } = await other.accept(newEvent(), []);
    expect(stranger.sequence).toBe(event.sequence);
    expect(stranger.id).not.toBe(event.id);
    expect(await one.event(stranger.id)).toBeUndefined();
  });

  test('what was rejected is kept apart, the newest first', async () => {
    const place = await newPlace();
    const store = await place.open();
    const [first, second] = [newRejection(), newRejection({ status: 413, reason: 'too large', body: Buffer.alloc(9) })];
    const stored = [await store.reject(first), await store.reject(second)];
    const [firstStored, secondStored] = stored;
    expect(firstStored?.id).not.toBe(secondStored?.id);
    const read = await (await place.open()).rejections(10);
    expect(read).toEqual([
      { ...second, id: secondStored?.id, body: new Uint8Array(second.body) },
      { ...first, id: firstStored?.id, body: new Uint8Array(first.body) },
    ]);
    expect(await store.rejections(1)).toHaveLength(1);
    expect(await store.events({ limit: 10 })).toEqual([]);
  });

  test('a store that was closed takes nothing, and what was asked before is written', async () => {
    const place = await newPlace();
    const store = await place.open();
    const asked = store.accept(newEvent(), toFarSide);
    await store.close();
    const { event } = await asked;
    await expect(store.accept(newEvent(), toFarSide)).rejects.toThrow(/closed/);
    await store.close();
    expect((await (await place.open()).event(event.id))?.id).toBe(event.id);
  });
}

function digest(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : createHash('sha256').update(bytes).digest('hex');
}
