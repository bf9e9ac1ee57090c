import { expect, onTestFinished, test } from 'vitest';

import { OpencxError } from '../../../src/errors/opencx-error.ts';
import { systemClock } from '../../../src/clock.ts';
import type { Carrier } from '../../../src/handoff/delivery/carrier.ts';
import { defaultDeliveryPace } from '../../../src/handoff/delivery/delivery-pace.ts';
import { openDeliveryWorker } from '../../../src/handoff/delivery/delivery-worker.ts';
import { watchFarSides } from '../../../src/handoff/delivery/far-sides.ts';
import type { ServeEvent } from '../../../src/handoff/serve-event.ts';
import { watchStore } from '../../../src/handoff/store-health.ts';
import { openTestStore } from '../serving.ts';
import { newEvent } from '../store/samples.ts';

/** A worker with one carrier, which throws so often before it carries. @param ageMs since its event was received */
async function carries(failures: number, error: Error, ageMs = 0): Promise<() => readonly ServeEvent[]> {
  const { store } = await openTestStore();
  const told: ServeEvent[] = [];
  const listener = (event: ServeEvent): void => void told.push(event);
  const pace = { ...defaultDeliveryPace, delaysMs: [500, 500], pollMs: 500 };
  let tries = 0;
  const carrier: Carrier = {
    kinds: ['trying'],
    carry: async (_event, { target }) => {
      tries += 1;
      if (tries <= failures) throw error;
      const request = { method: 'POST', url: target, headers: [] };
      const response = { status: 200, headers: [], body: new Uint8Array() };
      return { attempt: { startedAt: 0, endedAt: 0, request, response }, farSide: 'answered' };
    },
    close: () => Promise.resolve(),
  };
  const start = Date.now();
  // A hundred times as fast as others.
  const clock = {
    ...systemClock,
    now: () => start + (Date.now() - start) * 100,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 100, signal),
  };
  const worker = openDeliveryWorker({
    store,
    health: watchStore(clock, listener),
    carriers: [carrier],
    farSides: watchFarSides(listener, clock, pace),
    clock,
    pace,
    listener,
    owner: 'me',
  });
  onTestFinished(() => worker.close());
  await store.accept(newEvent({ receivedAt: clock.now() - ageMs }), [
    { kind: 'trying', target: 'https://acme.example/' },
  ]);
  worker.start();
  return () => told;
}

test('a store that fails while something is carried uses up none of its attempts', async () => {
  const told = await carries(5, new OpencxError('STORE_FAILED', { message: 'the disk is full' }));
  await expect.poll(() => told().some(({ type }) => type === 'delivered'), { timeout: 10_000 }).toBe(true);
  const attempts = told().filter((event) => event.type === 'attempt');
  expect(attempts.map(({ counted, attempt }) => [counted, attempt])).toEqual([
    ...Array.from({ length: 5 }, () => [false, 1]),
    [true, 1],
  ]);
  expect(told().filter(({ type }) => type === 'far-side-down')).toEqual([]);
});

test('an event that has waited for days is not given up for a store that fails once', async () => {
  const error = new OpencxError('STORE_FAILED', { message: 'the disk is full' });
  const told = await carries(1, error, 2 * defaultDeliveryPace.giveUpAfterMs);
  const ended = () => told().filter(({ type }) => type === 'delivered' || type === 'dead');
  await expect.poll(() => ended().map(({ type }) => type), { timeout: 10_000 }).toEqual(['delivered']);
});

test('a bug in a carrier is tried like all that fails, and waits for a person', async () => {
  const told = await carries(5, new TypeError('x is not a function'));
  await expect
    .poll(() => told().find(({ type }) => type === 'dead'), { timeout: 10_000 })
    .toMatchObject({
      attempt: 3,
      reason: '3 attempts, the last: x is not a function',
    });
});
