import { beforeEach, expect, test } from 'vitest';

import type { EventQuery, HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { becomes, newAttempt, newEvent, newSession, toFarSide } from '../samples.ts';
import type { NewPlace } from '../store-contract.ts';

export function queryContract(newPlace: NewPlace): void {
  let store: HandoffStore;
  let ids: string[];

  /** Ten events: two names and five Cases in turn, of which the third is dead, the fourth held, and the fifth delivered. */
  beforeEach(async () => {
    store = await (await newPlace()).open();
    ids = [];
    for (let number = 1; number <= 10; number++) {
      const event = newEvent({
        name: number % 2 === 0 ? 'caseClosed' : 'customerEmail',
        orderKey: `case ${number % 5}`,
        body: Buffer.from(`{"n":"Nº${number}","subject":"Größe 100%_ ${number === 7 ? 'ÉTOILE' : ''}"}`),
      });
      ids.push((await store.accept(event, toFarSide)).event.id);
    }
    const claimed = await store.claim('one', 1_000, 60_000, 100);
    const deliveryOf = (number: number): string =>
      claimed.find(({ eventId }) => eventId === ids[number - 1])?.id ?? `none for ${number}`;
    await store.finish(deliveryOf(3), 'one', newAttempt(), { state: 'dead' });
    await store.finish(deliveryOf(5), 'one', newAttempt(), { state: 'delivered' });
    await store.finish(deliveryOf(1), 'one', newAttempt(), { state: 'pending', nextAttemptAt: 9_000, counted: true });
    await store.finish(deliveryOf(2), 'one', newAttempt(), { state: 'pending', nextAttemptAt: 9_000, counted: true });
  });

  const cases: [what: string, query: Omit<EventQuery, 'limit'>, numbers: number[]][] = [
    ['all', {}, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['after one', { after: 7 }, [8, 9, 10]],
    ['after the last', { after: 10 }, []],
    ['before one', { before: 4 }, [3, 2, 1]],
    ['between two', { after: 2, before: 6 }, [3, 4, 5]],
    ['of a name', { name: 'caseClosed' }, [10, 8, 6, 4, 2]],
    ['of one of some names', { names: ['caseClosed', 'none'], after: 3 }, [4, 6, 8, 10]],
    ['of no name', { names: [] }, []],
    ['of a Case', { orderKey: 'case 2' }, [7, 2]],
    ['dead', { state: 'dead' }, [3]],
    ['held', { state: 'delivering' }, [4]],
    ['delivered', { state: 'delivered' }, [5]],
    ['waiting', { state: 'pending' }, [10, 9, 8, 7, 6, 2, 1]],
    ['waiting, after one', { state: 'pending', after: 6 }, [7, 8, 9, 10]],
    ['waiting, before one, of a name', { state: 'pending', before: 9, name: 'customerEmail' }, [7, 1]],
    ['with a text in any case', { contains: 'étoile' }, [7]],
    ['with a text in any case, asked in capitals', { contains: 'GRÖSSE' }, []],
    ['with a text in any case of all', { contains: 'GRÖßE' }, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['with signs that stand for others elsewhere', { contains: '100%_' }, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['with those signs, where they are not', { contains: 'N%' }, []],
    ['all conditions at once', { contains: 'nº1', name: 'caseClosed', after: 1, before: 11, state: 'pending' }, [10]],
    ['of a name that is not there', { name: "x' OR 1=1" }, []],
  ];

  test.each(cases)('%s', async (_, query, numbers) => {
    const found = await store.events({ ...query, limit: 1_000 });
    expect(found.map(({ sequence }) => sequence)).toEqual(numbers);
    const few = await store.events({ ...query, limit: 2 });
    expect(few).toEqual(found.slice(0, 2));
  });

  test('since a time, in the order of acceptance, whatever the clocks said', async () => {
    const times = [50_000, 48_000, 51_000, 47_000, 52_000];
    for (const receivedAt of times) await store.accept(newEvent({ receivedAt, name: 'caseCreated' }), toFarSide);
    const found = async (query: Omit<EventQuery, 'limit'>): Promise<number[]> =>
      (await store.events({ ...query, limit: 1_000 })).map(({ sequence }) => sequence);
    expect(await found({ since: 48_000 })).toEqual([15, 13, 12, 11]);
    expect(await found({ since: 48_001 })).toEqual([15, 13, 11]);
    expect(await found({ since: 52_001 })).toEqual([]);
    expect(await found({ since: 0 })).toHaveLength(15);
    expect(await found({ since: 48_000, after: 11 })).toEqual([12, 13, 15]);
    expect(await found({ since: 48_000, before: 13, state: 'pending' })).toEqual([12, 11]);
    expect(await found({ since: 48_000, state: 'dead' })).toEqual([]);
    expect(await found({ since: 1_000, name: 'caseClosed', contains: 'nº4' })).toEqual([4]);
  });

  test('the newest sequence is known, also of a store that is empty', async () => {
    expect(await store.newestSequence()).toBe(10);
    await store.changeSession(becomes(newSession(1), [newEvent()]));
    expect(await store.newestSequence(), 'what is told counts, too').toBe(11);
    expect(await (await (await newPlace()).open()).newestSequence()).toBe(0);
  });

  test('the limit is 1 to 1,000', async () => {
    for (const limit of [0, 1_001, 1.5, -1, Number.NaN]) {
      await expect(store.events({ limit })).rejects.toThrow(RangeError);
    }
  });

  test('an event with several deliveries in a state is found once', async () => {
    await store.deliverAgain(ids[2] ?? '', [...toFarSide, { kind: 'forward', target: 'http://b.example/' }], 1_000);
    await store.deliverAgain(ids[2] ?? '', [{ kind: 'forward', target: 'http://c.example/' }], 1_000);
    const found = await store.events({ state: 'pending', before: 6, limit: 10 });
    expect(found.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
    expect((await store.events({ state: 'dead', limit: 10 })).map(({ sequence }) => sequence)).toEqual([3]);
  });

  test('a search reads on where nothing is found, through more than it reads at a time', async () => {
    const body = Buffer.from('{}');
    for (let group = 0; group < 30; group++) {
      await Promise.all(Array.from({ length: 50 }, () => store.accept(newEvent({ body }), [])));
    }
    for (const order of [{}, { after: 0 }]) {
      const found = await store.events({ ...order, contains: 'étoile', limit: 5 });
      expect(found.map(({ sequence }) => sequence)).toEqual([7]);
    }
  });

  test('deliveries and attempts of several are in the order they were made', async () => {
    const asked = [ids[4] ?? '', ids[0] ?? '', 'nonsense'];
    const deliveries = await store.deliveries(asked);
    expect(deliveries.map(({ eventId }) => eventId)).toEqual([ids[0], ids[4]]);
    const attempts = await store.attempts(deliveries.map(({ id }) => id));
    expect(attempts.map(({ deliveryId }) => deliveryId)).toEqual([deliveries[1]?.id, deliveries[0]?.id]);
    expect(await store.deliveries([])).toEqual([]);
    expect(await store.attempts([])).toEqual([]);
  });

  test('deliveries are counted by state', async () => {
    expect(await store.counts()).toEqual({ pending: 7, delivering: 1, delivered: 1, dead: 1, replaced: 0 });
  });

  test('what is not there is undefined', async () => {
    for (const id of ['', 'nonsense', ids[0]?.replace('evt', 'dlv') ?? '', `${ids[0]}0`]) {
      expect(await store.event(id)).toBeUndefined();
    }
  });
}
