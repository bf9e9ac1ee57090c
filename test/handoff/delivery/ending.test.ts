import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';

import { expect, test } from 'vitest';

import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { openFarSide } from '../far-side.ts';
import { bodyOf, everythingTo, openTestStore, post, serve } from '../serving.ts';

test('an attempt under way is waited for, and what was not tried is given back', async () => {
  const far = await openFarSide();
  const answering = Promise.withResolvers<void>();
  far.answer(async () => {
    await answering.promise;
    return { status: 200 };
  });
  const serving = await serve({ routes: everythingTo(far.url) });
  for (let nth = 0; nth < 3; nth += 1) await post(serving.webhookUrl, bodyOf());
  await expect.poll(() => far.calls.length, { timeout: 10_000 }).toBe(1);
  const closed = serving.close();
  setTimeout(answering.resolve, 1000);
  await closed;
  expect(await serving.heard('delivered')).toHaveLength(1);
  expect(await serving.store.counts()).toEqual({ delivered: 1, pending: 2, delivering: 0, dead: 0, replaced: 0 });
  await expect(post(serving.webhookUrl)).rejects.toThrow();
});

test('an attempt that does not end in time is cut off, written down without being counted, and due again at once', async () => {
  const { store } = await openTestStore();
  const far = await openFarSide();
  far.answer(() => ({ hang: true }));
  const first = await serve({ store, routes: everythingTo(far.url), pace: { drainMs: 50 } });
  const { body } = await post(first.webhookUrl);
  await expect.poll(() => far.calls.length, { timeout: 10_000 }).toBe(1);
  await Promise.all([first.close(), first.close()]);
  expect(first.told.filter(({ type }) => type === 'dead' || type === 'far-side-down')).toEqual([]);
  const [delivery] = await store.deliveries([body.id ?? '']);
  expect(delivery).toMatchObject({ state: 'pending', attempts: 0 });
  expect(await store.attempts([delivery?.id ?? ''])).toMatchObject([{ failure: 'cut off: this process was ended' }]);

  far.answer(() => ({ status: 200 }));
  const second = await serve({ store, routes: everythingTo(far.url) });
  expect(await second.heard('delivered')).toMatchObject([{ eventId: body.id, attempt: 1 }]);
});

test('requests under way are answered before it ends', async () => {
  const serving = await serve();
  const text = bodyOf();
  const length = Buffer.byteLength(text);
  const headers = { 'content-type': 'application/json', 'content-length': length, expect: '100-continue' };
  const posting = request(serving.webhookUrl, { method: 'POST', headers });
  posting.flushHeaders();
  // It has the head of the request by then, and waits for the body.
  await once(posting, 'continue');
  const closed = serving.close();
  posting.end(text);
  const [answer] = (await once(posting, 'response')) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(202);
  await closed;
  expect(await serving.store.events({ limit: 10 })).toHaveLength(1);
});

test('a process that holds a delivery for long keeps it: its lease is renewed, and no other one delivers it', async () => {
  const { store } = await openTestStore();
  const far = await openFarSide();
  const renewed = Promise.withResolvers<void>();
  let renewals = 0;
  const counted: HandoffStore = {
    ...store,
    renew: async (...asked) => {
      renewals += 1;
      // One in each third of a lease: more than a whole one has gone by.
      if (renewals > 4) renewed.resolve();
      return store.renew(...asked);
    },
  };
  far.answer(async () => {
    await renewed.promise;
    return { status: 200 };
  });
  const pace = { leaseMs: 3000, pollMs: 20 };
  const first = await serve({ store: counted, routes: everythingTo(far.url), pace });
  const second = await serve({ store, routes: everythingTo(far.url), pace });
  await post(first.webhookUrl);
  const delivered = (): number => [...first.told, ...second.told].filter(({ type }) => type === 'delivered').length;
  await expect.poll(delivered, { timeout: 30_000 }).toBe(1);
  expect(far.calls).toHaveLength(1);
});

test('a process that gets its own delivery back, after it stood still, does not begin it a second time', async () => {
  const { store } = await openTestStore();
  const far = await openFarSide();
  far.answer(async () => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    return { status: 200 };
  });
  // Nothing renews: the lease runs out while the far side thinks.
  const sleepy: HandoffStore = { ...store, renew: (_owner, ids) => Promise.resolve([...ids]) };
  const serving = await serve({ store: sleepy, routes: everythingTo(far.url), pace: { leaseMs: 100, pollMs: 20 } });
  await post(serving.webhookUrl);
  expect(await serving.heard('delivered')).toHaveLength(1);
  expect(far.calls).toHaveLength(1);
});

test('a delivery that another process has taken over is cut off, and its outcome is that of the other', async () => {
  const { store } = await openTestStore();
  const far = await openFarSide();
  far.answer((_call, nth) => (nth === 1 ? { hang: true } : { status: 200 }));
  // A process that stood still for longer than its lease, and does not know it yet.
  let stoodStill = true;
  const sleepy: HandoffStore = {
    ...store,
    renew: async (owner, ids, until) => (stoodStill ? [...ids] : store.renew(owner, ids, until)),
  };
  const first = await serve({ store: sleepy, routes: everythingTo(far.url), pace: { leaseMs: 200, pollMs: 60_000 } });
  const { body } = await post(first.webhookUrl);
  await expect.poll(() => far.calls.length, { timeout: 10_000 }).toBe(1);
  const second = await serve({ store, routes: everythingTo(far.url), pace: { pollMs: 20 } });
  expect(await second.heard('delivered')).toMatchObject([{ eventId: body.id }]);

  stoodStill = false;
  expect(await first.heard('attempt')).toMatchObject([
    { failure: 'another process has taken this delivery over', nextAttemptAt: undefined },
  ]);
  expect(first.told.map(({ type }) => type)).toEqual(['accepted', 'attempt']);
  const [delivery] = await store.deliveries([body.id ?? '']);
  expect(delivery).toMatchObject({ state: 'delivered' });
  expect(await store.attempts([delivery?.id ?? ''])).toHaveLength(2);
});

test('what is delivered and too old is forgotten, and told; what waits is kept', async () => {
  const { store } = await openTestStore();
  const event = { name: 'caseCreated', headers: [], body: Buffer.from('{}') };
  const dayMs = 86_400_000;
  const old = { ...event, receivedAt: Date.now() - 2 * dayMs, deliveryId: 'old', orderKey: 'c1' };
  const waiting = { ...event, receivedAt: Date.now() - 2 * dayMs, deliveryId: 'waiting', orderKey: 'c2' };
  await store.accept(old, []);
  await store.accept(waiting, [{ kind: 'forward', target: 'http://127.0.0.1:1/' }]);
  const serving = await serve({
    store,
    retention: { maxAgeMs: dayMs, maxBytes: 1e9 },
    routes: everythingTo('http://127.0.0.1:1/'),
  });
  expect(await serving.heard('pruned')).toMatchObject([{ events: 1 }]);
  expect((await store.events({ limit: 10 })).map(({ deliveryId }) => deliveryId)).toEqual(['waiting']);
});
