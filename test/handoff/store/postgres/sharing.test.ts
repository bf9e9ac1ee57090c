import { expect, test } from 'vitest';

import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { withPostgres } from '../../../postgres/with-postgres.ts';
import { newAttempt, newEvent, toFarSide } from '../samples.ts';
import { openedStore } from './opened-store.ts';

withPostgres('several stores in one PostgreSQL', (server) => {
  async function opened(count: number): Promise<HandoffStore[]> {
    const url = await server().newDatabase();
    return Promise.all(Array.from({ length: count }, () => openedStore(url)));
  }

  test('they share the work, carry nothing twice, and keep the order of each Case, while more comes in', async () => {
    const stores = await opened(3);
    const wire: { readonly worker: string; readonly eventId: string; readonly orderKey: string }[] = [];
    const total = 300;
    let done = 0;
    const accepting = stores.map(async (store, nth) => {
      for (let number = nth; number < total; number += stores.length) {
        await store.accept(newEvent({ orderKey: `case ${number % 30}` }), toFarSide);
      }
    });
    const carrying = stores.map(async (store, nth) => {
      const worker = `worker ${nth}`;
      while (done < total) {
        const claimed = await store.claim(worker, 10_000, 60_000, 5);
        for (const { id, eventId, orderKey } of claimed) {
          wire.push({ worker, eventId, orderKey });
          expect(await store.finish(id, worker, newAttempt(), { state: 'delivered' })).toBe(true);
          done += 1;
        }
        if (claimed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    await Promise.all([...accepting, ...carrying]);

    expect(new Set(wire.map(({ eventId }) => eventId)).size).toBe(total);
    expect(wire).toHaveLength(total);
    for (const orderKey of new Set(wire.map((sent) => sent.orderKey))) {
      const ids = wire.filter((sent) => sent.orderKey === orderKey).map(({ eventId }) => eventId);
      expect(ids).toEqual(ids.toSorted());
    }
    expect(new Set(wire.map(({ worker }) => worker)).size).toBe(3);
    expect(await stores[0]?.counts()).toEqual({ pending: 0, delivering: 0, delivered: total, dead: 0, replaced: 0 });
  });

  test('whoever follows sees each event once and in order, however many are accepting', async () => {
    const [reader, ...writers] = await opened(5);
    const ended = new AbortController();
    const accepting = writers.map(async (store, nth) => {
      for (let number = 0; number < 60; number++) {
        const body = Buffer.alloc(nth % 2 === 0 ? 10 : 50_000);
        const change = {
          sessionId: `session ${nth}`,
          decide: () => ({ events: [{ event: newEvent(), deliveries: [] }] }),
        };
        await store.accept(newEvent({ body }), toFarSide, number % 5 === 0 ? change : undefined);
      }
    });
    const following = (async () => {
      const seen: number[] = [];
      for (;;) {
        const isLast = ended.signal.aborted;
        const found = (await reader?.events({ after: seen.at(-1) ?? 0, limit: 50 })) ?? [];
        seen.push(...found.map(({ sequence }) => sequence));
        if (isLast && found.length === 0) return seen;
      }
    })();
    await Promise.all(accepting);
    ended.abort();
    const total = writers.length * (60 + 12);
    expect(await following).toEqual(Array.from({ length: total }, (_, index) => index + 1));
  });

  test('of one line, whose last is done while the next comes in, none is left lying', async () => {
    const [one, other] = await opened(2);
    for (let round = 0; round < 40; round++) {
      await one?.accept(newEvent(), toFarSide);
      const [first] = (await one?.claim('one', 10_000, 60_000, 10)) ?? [];
      await Promise.all([
        one?.finish(first?.id ?? '', 'one', newAttempt(), { state: 'delivered' }),
        other?.accept(newEvent(), toFarSide),
        other?.accept(newEvent(), toFarSide),
      ]);
      for (const _ of [1, 2]) {
        const [next, ...more] = (await other?.claim('two', 10_000, 60_000, 10)) ?? [];
        expect(more).toEqual([]);
        expect(await other?.finish(next?.id ?? '', 'two', newAttempt(), { state: 'delivered' })).toBe(true);
      }
    }
    expect(await one?.counts()).toMatchObject({ pending: 0, delivering: 0, delivered: 120 });
  });

  test('a line of thousands that wait costs a claim no more than one that waits alone', async () => {
    const url = await server().newDatabase();
    const store = await openedStore(url);
    for (let group = 0; group < 8; group++) {
      await Promise.all(Array.from({ length: 250 }, () => store.accept(newEvent(), toFarSide)));
    }
    const claimable = await server().ask(
      'SELECT count(*)::int AS rows FROM opencx_sf.delivery WHERE claimable_at IS NOT NULL',
      new URL(url).pathname.slice(1),
    );
    expect(claimable, 'what a claim looks at').toEqual([{ rows: 1 }]);
    expect(await store.claim('one', 10_000, 60_000, 10)).toHaveLength(1);
  });
});
