import { expect, test } from 'vitest';

import type { Delivery, HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { chanceFrom, type Chance } from '../../../local-org/robustness/chance.ts';
import { deliverAll, newAttempt, newEvent, toFarSide } from '../samples.ts';
import type { NewPlace } from '../store-contract.ts';

const delivered = { state: 'delivered' } as const;
const dead = { state: 'dead' } as const;

export function orderContract(newPlace: NewPlace): void {
  test('of one Case the next is given out when the one before is done', async () => {
    const store = await (await newPlace()).open();
    const sent = [];
    for (const _ of [1, 2, 3]) sent.push((await store.accept(newEvent(), toFarSide)).event.id);
    const carried = [];
    for (const _ of [1, 2, 3]) {
      const claimed = await store.claim('one', 1_000, 60_000, 10);
      expect(claimed).toHaveLength(1);
      expect(await store.claim('two', 1_000, 60_000, 10)).toEqual([]);
      for (const { id, eventId } of claimed) {
        carried.push(eventId);
        expect(await store.finish(id, 'one', newAttempt(), delivered)).toBe(true);
      }
    }
    expect(carried).toEqual(sent);
  });

  test('one that waits for its next attempt holds up those behind it, and no other Case or target', async () => {
    const store = await (await newPlace()).open();
    const elsewhere = { kind: 'forward', target: 'http://elsewhere.example/' };
    const { event: first } = await store.accept(newEvent(), [...toFarSide, elsewhere]);
    const { event: behind } = await store.accept(newEvent(), toFarSide);
    const { event: ofOther } = await store.accept(newEvent({ orderKey: 'other' }), toFarSide);
    const claimed = await store.claim('one', 1_000, 60_000, 10);
    expect(claimed.map(({ eventId }) => eventId)).toEqual([first.id, first.id, ofOther.id]);
    const [failing, fine] = claimed;
    await store.finish(failing?.id ?? '', 'one', newAttempt(), {
      state: 'pending',
      nextAttemptAt: 9_000,
      counted: true,
    });
    await store.finish(fine?.id ?? '', 'one', newAttempt(), delivered);

    expect(await store.claim('one', 8_999, 60_000, 10)).toEqual([]);
    const again = await store.claim('one', 9_000, 60_000, 10);
    expect(again).toMatchObject([{ id: failing?.id, attempts: 1, nextAttemptAt: 9_000, state: 'delivering' }]);
    await store.finish(failing?.id ?? '', 'one', newAttempt(), delivered);
    expect(await store.claim('one', 9_000, 60_000, 10)).toMatchObject([{ eventId: behind.id }]);
  });

  test('a dead one holds nothing up', async () => {
    const store = await (await newPlace()).open();
    const { event: first } = await store.accept(newEvent(), toFarSide);
    const { event: second } = await store.accept(newEvent(), toFarSide);
    const [claimed] = await store.claim('one', 1_000, 60_000, 10);
    await store.finish(claimed?.id ?? '', 'one', newAttempt(), dead);
    expect(await store.claim('one', 1_000, 60_000, 10)).toMatchObject([{ eventId: second.id }]);
    expect(await store.deliveries([first.id])).toMatchObject([{ state: 'dead', attempts: 1 }]);
  });

  test('a replay goes to the end of its line, to the same or another target', async () => {
    const store = await (await newPlace()).open();
    const { event: first } = await store.accept(newEvent(), toFarSide);
    expect(await deliverAll(store)).toBe(1);
    const { event: second } = await store.accept(newEvent(), toFarSide);
    const elsewhere = { kind: 'forward', target: 'http://elsewhere.example/' };
    const added = await store.deliverAgain(first.id, [...toFarSide, elsewhere], 5_000);
    expect(added).toMatchObject([
      { eventId: first.id, state: 'pending', attempts: 0, nextAttemptAt: 5_000, ...toFarSide[0] },
      { eventId: first.id, state: 'pending', attempts: 0, nextAttemptAt: 5_000, ...elsewhere },
    ]);
    const claimed = await store.claim('one', 5_000, 60_000, 10);
    expect(claimed.map(({ eventId, target }) => [eventId, target])).toEqual([
      [second.id, toFarSide[0]?.target],
      [first.id, elsewhere.target],
    ]);
    for (const { id } of claimed) await store.finish(id, 'one', newAttempt(), delivered);
    expect(await store.claim('one', 5_000, 60_000, 10)).toMatchObject([{ id: added[0]?.id }]);
    expect(await store.deliveries([first.id])).toHaveLength(3);
  });

  test('what is not there cannot be delivered again', async () => {
    const store = await (await newPlace()).open();
    const other = await (await newPlace()).open();
    const { event } = await other.accept(newEvent(), []);
    await expect(store.deliverAgain(event.id, toFarSide, 1)).rejects.toThrow(event.id);
    await expect(store.deliverAgain('nonsense', toFarSide, 1)).rejects.toThrow('nonsense');
  });

  test('those that are due longest come first, and no more than asked for', async () => {
    const store = await (await newPlace()).open();
    for (const receivedAt of [3_000, 1_000, 2_000]) {
      await store.accept(newEvent({ receivedAt, orderKey: String(receivedAt) }), toFarSide);
    }
    expect((await store.claim('one', 9_000, 60_000, 2)).map(({ orderKey }) => orderKey)).toEqual(['1000', '2000']);
    expect((await store.claim('two', 9_000, 60_000, 2)).map(({ orderKey }) => orderKey)).toEqual(['3000']);
  });

  test.each([1, 2, 3, 4])('whatever workers do, each line keeps its order and ends (seed %d)', async (seed) => {
    const place = await newPlace();
    await liveThrough(await place.open(), await place.open(), chanceFrom(seed));
  });
}

interface Held {
  readonly delivery: Delivery;
  readonly owner: string;
  readonly until: number;
}

/** Three workers at two processes, of which some fail, die, are slow or come back late; nothing is to overtake anything. */
async function liveThrough(one: HandoffStore, other: HandoffStore, chance: Chance): Promise<void> {
  const stores: Record<string, HandoffStore> = { a: one, b: other, c: other };
  const targets = ['http://one.example/', 'http://two.example/'];
  const lines = new Map<string, string[]>();
  const sent = new Map<string, string[]>();
  let held: Held[] = [];
  let now = 1_000;
  let accepted = 0;
  let ended = 0;
  for (let turn = 0; ended < 120; turn++) {
    expect(turn, 'turns until all is done').toBeLessThan(20_000);
    now += chance.below(50);
    const owner = chance.pick(['a', 'b', 'c']);
    const store = stores[owner] ?? one;
    if (accepted < 60 && chance.percent(30)) {
      const orderKey = `case ${chance.below(6)}`;
      const deliveries = targets.map((target) => ({ kind: 'forward', target }));
      const { event } = await store.accept(newEvent({ orderKey, receivedAt: now }), deliveries);
      for (const target of targets) sent.set(orderKey + target, [...(sent.get(orderKey + target) ?? []), event.id]);
      accepted += 1;
    }
    if (chance.percent(40)) {
      for (const delivery of await store.claim(owner, now, 100, 1 + chance.below(3))) {
        const lineOf = ({ orderKey, target }: Delivery): string => orderKey + target;
        const others = held.filter((mine) => lineOf(mine.delivery) === lineOf(delivery) && mine.until > now);
        expect(others, 'held of the same line at the same time').toEqual([]);
        // Its own that it let run out is one and the same to it.
        held = held.filter((mine) => mine.owner !== owner || mine.delivery.id !== delivery.id);
        held.push({ delivery, owner, until: now + 100 });
      }
    }
    // A worker ends what it has begun, though its lease may long be over.
    const [mine] = held.length > 0 && chance.percent(60) ? held.splice(chance.below(held.length), 1) : [];
    if (mine === undefined) continue;
    const outcome = chance.pick([
      delivered,
      delivered,
      dead,
      { state: 'pending', nextAttemptAt: now + 20, counted: true } as const,
    ]);
    const { delivery } = mine;
    const was = await (stores[mine.owner] ?? one).finish(delivery.id, mine.owner, newAttempt(), outcome);
    if (mine.until > now) expect(was, 'finished within its lease').toBe(true);
    if (!was || outcome.state === 'pending') continue;
    const line = delivery.orderKey + delivery.target;
    lines.set(line, [...(lines.get(line) ?? []), delivery.eventId]);
    ended += 1;
  }
  expect(lines).toEqual(sent);
  expect(await one.claim('a', now + 1_000_000, 100, 10)).toEqual([]);
}
