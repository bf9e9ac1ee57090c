import { expect, test } from 'vitest';

import type { ClaimScope, HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { newAttempt, newEvent, toFarSide } from '../samples.ts';
import type { NewPlace } from '../store-contract.ts';

const delivered = { state: 'delivered' } as const;

export function leaseContract(newPlace: NewPlace): void {
  /** A store with one event, whose delivery `first` has taken at 1,000 for 500 ms. */
  async function held(): Promise<{ store: HandoffStore; id: string; eventId: string }> {
    const store = await (await newPlace()).open();
    const { event } = await store.accept(newEvent(), toFarSide);
    const [delivery] = await store.claim('first', 1_000, 500, 10);
    return { store, id: delivery?.id ?? '', eventId: event.id };
  }

  test('what nobody has asked for is due when it was received', async () => {
    const store = await (await newPlace()).open();
    await store.accept(newEvent({ receivedAt: 4_000 }), []);
    await store.accept(newEvent({ receivedAt: 4_000 }), toFarSide);
    expect(await store.claim('first', 3_999, 500, 10)).toEqual([]);
    expect(await store.claim('first', 4_000, 500, 10)).toHaveLength(1);
  });

  test('what is held is given to nobody until the lease has run out, then to another one', async () => {
    const { store, id } = await held();
    expect(await store.claim('second', 1_499, 500, 10)).toEqual([]);
    expect(await store.claim('second', 1_500, 500, 10)).toMatchObject([{ id, state: 'delivering' }]);
    expect(await store.claim('first', 1_501, 500, 10)).toEqual([]);
  });

  test('a lease that is renewed goes on', async () => {
    const { store, id } = await held();
    expect(await store.renew('first', [id], 3_000)).toEqual([id]);
    expect(await store.claim('second', 2_999, 500, 10)).toEqual([]);
    expect(await store.claim('second', 3_000, 500, 10)).toHaveLength(1);
  });

  test('what another one has taken over is not renewed, nor what is done or was never there', async () => {
    const { store, id } = await held();
    await store.claim('second', 1_500, 500, 10);
    expect(await store.renew('first', [id, 'nonsense'], 9_000)).toEqual([]);
    expect(await store.claim('third', 2_000, 500, 10), 'the lease of the second one').toHaveLength(1);
    await store.finish(id, 'third', newAttempt(), delivered);
    expect(await store.renew('third', [id], 9_000)).toEqual([]);
    expect(await store.counts()).toEqual({ pending: 0, delivering: 0, delivered: 1, dead: 0, replaced: 0 });
  });

  test('a renewal after the lease has run out counts if nobody has taken it over', async () => {
    const { store, id } = await held();
    expect(await store.renew('first', [id], 3_000)).toEqual([id]);
    expect(await store.finish(id, 'first', newAttempt(), delivered)).toBe(true);
  });

  test('who comes after the takeover writes down the attempt and nothing else', async () => {
    const { store, id, eventId } = await held();
    await store.claim('second', 1_500, 500, 10);
    const late = newAttempt({ startedAt: 1_100, endedAt: 1_600 });
    expect(await store.finish(id, 'first', late, { state: 'dead' })).toBe(false);
    expect(await store.deliveries([eventId])).toMatchObject([{ state: 'delivering', attempts: 0 }]);
    expect(await store.finish(id, 'second', newAttempt(), delivered)).toBe(true);
    expect(await store.finish(id, 'second', newAttempt(), { state: 'dead' }), 'a second time').toBe(false);
    expect(await store.deliveries([eventId])).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    expect((await store.attempts([id])).map(({ startedAt }) => startedAt)).toEqual([1_100, 2_000, 2_000]);
  });

  test('what was never there cannot be finished', async () => {
    const { store } = await held();
    expect(await store.finish('nonsense', 'first', newAttempt(), delivered)).toBe(false);
  });

  test('attempts are kept as they were, with an answer or the reason why there is none', async () => {
    const { store, id } = await held();
    const body = Buffer.from([0, 1, 255, 254]);
    const answered = newAttempt({ response: { status: 503, headers: [['Retry-After', '1']], body } });
    await store.finish(id, 'first', answered, { state: 'pending', nextAttemptAt: 2_000, counted: true });
    await store.claim('first', 2_000, 500, 10);
    const { response: _, ...request } = newAttempt();
    const unanswered = { ...request, failure: 'connect ECONNREFUSED 127.0.0.1:9' };
    await store.finish(id, 'first', unanswered, { state: 'dead' });
    const [first, second, ...more] = await store.attempts([id]);
    expect(first).toEqual({
      ...answered,
      id: first?.id,
      deliveryId: id,
      response: { ...answered.response, body: new Uint8Array(body) },
    });
    expect(second).toEqual({ ...unanswered, id: second?.id, deliveryId: id });
    expect(more).toEqual([]);
  });

  test('what a process gives back can be had at once, as if it had not been taken', async () => {
    const { store, id } = await held();
    await store.accept(newEvent({ orderKey: 'other' }), toFarSide);
    await store.claim('second', 1_000, 500, 10);
    expect(await store.release('first')).toBe(1);
    expect(await store.release('first')).toBe(0);
    expect(await store.claim('third', 1_000, 500, 10)).toMatchObject([{ id, attempts: 0, nextAttemptAt: 1_000 }]);
    expect(await store.finish(id, 'first', newAttempt(), delivered)).toBe(false);
  });

  test('what was tried and given back keeps the time of its next attempt', async () => {
    const { store, id } = await held();
    await store.finish(id, 'first', newAttempt(), { state: 'pending', nextAttemptAt: 7_000, counted: true });
    await store.claim('first', 8_000, 500, 10);
    await store.release('first');
    expect(await store.claim('first', 6_999, 500, 10)).toEqual([]);
    expect(await store.claim('first', 7_000, 500, 10)).toMatchObject([{ id, attempts: 1, nextAttemptAt: 7_000 }]);
  });

  test('an attempt that does not count is written down, and the number of those that do stays', async () => {
    const { store, id, eventId } = await held();
    await store.finish(id, 'first', newAttempt(), { state: 'pending', nextAttemptAt: 7_000, counted: false });
    expect(await store.deliveries([eventId])).toMatchObject([{ state: 'pending', attempts: 0, nextAttemptAt: 7_000 }]);
    expect(await store.attempts([id])).toHaveLength(1);
    expect(await store.claim('first', 6_999, 500, 10)).toEqual([]);
    expect(await store.claim('first', 7_000, 500, 10)).toMatchObject([{ id, attempts: 0 }]);
  });

  test('what goes to some targets is claimed alone, or left out, by the origin that the target begins with', async () => {
    const store = await (await newPlace()).open();
    const targets = [
      'http://a.example/',
      'http://a.example/b',
      'http://a.example.org/',
      'http://A.example/',
      'http://%',
    ];
    for (const target of targets) await store.accept(newEvent(), [{ kind: 'forward', target }]);
    const claimed = async (scope: ClaimScope): Promise<string[]> => {
      const found = await store.claim('one', 1_000, 500, 10, scope);
      await store.release('one');
      return found.map(({ target }) => target);
    };
    expect(await claimed({})).toEqual(targets);
    expect(await claimed({ except: [] })).toEqual(targets);
    expect(await claimed({ only: 'http://a.example/' })).toEqual(targets.slice(0, 2));
    expect(await claimed({ except: ['http://a.example/'] })).toEqual(targets.slice(2));
    expect(await claimed({ except: ['http://a.example/', 'http://%'] })).toEqual(targets.slice(2, 4));
    expect(await claimed({ only: 'http://a.example', except: ['http://a.example/'] })).toEqual(targets.slice(2, 3));
    expect(await claimed({ only: 'http://_.example/' })).toEqual([]);
    expect(await store.claim('one', 1_000, 500, 1, { only: 'http://a.example/' })).toHaveLength(1);
  });

  test('two processes that ask at the same time get different ones, and all of them', async () => {
    const place = await newPlace();
    const [one, other] = [await place.open(), await place.open()];
    for (let turn = 0; turn < 40; turn++) await one.accept(newEvent({ orderKey: `case ${turn}` }), toFarSide);
    const claims = await Promise.all(
      Array.from({ length: 10 }, async (_, turn) =>
        turn % 2 === 0 ? await one.claim('one', 1_000, 500, 5) : await other.claim('two', 1_000, 500, 5),
      ),
    );
    const ids = claims.flat().map(({ id }) => id);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
  });

  test('only deliveries of the kinds that a process carries are claimed; others wait for another one', async () => {
    const store = await (await newPlace()).open();
    for (const kind of ['forward', 'case', 'session']) {
      await store.accept(newEvent({ orderKey: kind }), [{ kind, target: `${kind}:here` }]);
    }
    const claimed = async (scope: ClaimScope): Promise<string[]> =>
      (await store.claim('one', 1_000, 500, 10, scope)).map(({ kind }) => kind);
    expect(await claimed({ kinds: [] })).toEqual([]);
    expect(await claimed({ kinds: ['conversation', "x' OR 1=1"] })).toEqual([]);
    expect(await claimed({ kinds: ['forward', 'session'], except: ['session:'] })).toEqual(['forward']);
    expect(await claimed({ kinds: ['session', 'forward'] })).toEqual(['session']);
    expect(await claimed({})).toEqual(['case']);
  });
}
