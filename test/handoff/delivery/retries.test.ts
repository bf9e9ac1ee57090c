import { describe, expect, test } from 'vitest';

import { openFarSide } from '../far-side.ts';
import { manualClock } from '../manual-clock.ts';
import { everythingTo, post, serve } from '../serving.ts';

const quick = { delaysMs: [20, 40], pollMs: 10 };

describe('an attempt that fails', () => {
  test.each([500, 501, 429, 408, 404, 401, 400, 302])(
    'with %i is made again, three in all, then it is dead',
    async (status) => {
      const far = await openFarSide();
      far.answer((_call, nth) => ({ status, body: `no ${nth}` }));
      const serving = await serve({ routes: everythingTo(far.url), pace: quick });
      const { body } = await post(serving.webhookUrl);
      const [dead] = await serving.heard('dead');
      expect(dead).toMatchObject({ eventId: body.id, attempt: 3, reason: `3 attempts, the last: answered ${status}` });
      expect(far.calls.map(({ headers }) => headers['opencx-sf-attempt'])).toEqual(['1', '2', '3']);
      expect(new Set(far.calls.map(({ headers }) => headers['opencx-sf-event-id']))).toEqual(new Set([body.id]));
      const [delivery] = await serving.store.deliveries([body.id ?? '']);
      expect(delivery).toMatchObject({ state: 'dead', attempts: 3 });
      const attempts = await serving.store.attempts([delivery?.id ?? '']);
      expect(attempts.map(({ response }) => Buffer.from(response?.body ?? []).toString())).toEqual([
        'no 1',
        'no 2',
        'no 3',
      ]);
      expect(serving.told.filter(({ type }) => type === 'far-side-down')).toEqual([]);
    },
  );

  test('with 410 is not made again', async () => {
    const far = await openFarSide();
    far.answer(() => ({ status: 410 }));
    const serving = await serve({ routes: everythingTo(far.url), pace: quick });
    await post(serving.webhookUrl);
    expect(await serving.heard('dead')).toMatchObject([
      { attempt: 1, reason: expect.stringContaining('410') as string },
    ]);
    expect(far.calls).toHaveLength(1);
  });

  test('and then goes well is delivered once', async () => {
    const far = await openFarSide();
    far.answer((_call, nth) => ({ status: nth === 1 ? 500 : nth === 2 ? 404 : 204 }));
    const serving = await serve({ routes: everythingTo(far.url), pace: quick });
    await post(serving.webhookUrl);
    expect(await serving.heard('delivered')).toMatchObject([{ attempt: 3, status: 204 }]);
    const attempts = await serving.heard('attempt', 3);
    expect(attempts.map(({ status }) => status)).toEqual([500, 404, 204]);
    expect(attempts.map(({ nextAttemptAt }) => nextAttemptAt !== undefined)).toEqual([true, true, false]);
    expect(attempts.map(({ counted }) => counted)).toEqual([true, true, true]);
    expect(await serving.store.counts()).toMatchObject({ delivered: 1, pending: 0, dead: 0 });
  });

  test('because no response comes in time is told as such', async () => {
    const far = await openFarSide();
    far.answer(() => ({ hang: true }));
    const serving = await serve({ routes: everythingTo(far.url), pace: { ...quick, timeoutMs: 100 } });
    await post(serving.webhookUrl);
    const [dead] = await serving.heard('dead');
    expect(dead?.reason).toBe('3 attempts, the last: no response for 0.1 s');
  });
});

test('an accepted event is never forwarded before it is answered for good: the answer does not wait for the far side', async () => {
  const far = await openFarSide();
  far.answer(() => ({ hang: true }));
  const serving = await serve({ routes: everythingTo(far.url), pace: { drainMs: 0 } });
  for (let nth = 0; nth < 5; nth += 1) expect((await post(serving.webhookUrl)).status).toBe(202);
});

describe('on a clock that is moved', () => {
  test('delays grow, and a Retry-After is followed up to ten minutes', async () => {
    const clock = manualClock();
    const far = await openFarSide();
    const at: number[] = [];
    far.answer((_call, nth) => {
      at.push(clock.now());
      return { status: 500, ...(nth === 2 ? { headers: { 'retry-after': '90000' } } : {}) };
    });
    const serving = await serve({ routes: everythingTo(far.url), clock });
    await post(serving.webhookUrl);
    await serving.heard('attempt');
    await clock.pass(20_000);
    await serving.heard('attempt', 2);
    await clock.pass(570_000, 5000);
    expect(far.calls).toHaveLength(2);
    await clock.pass(30_000, 5000);
    await serving.heard('dead');
    const [first = 0, second = 0, third = 0] = at;
    expect(second - first).toBeGreaterThanOrEqual(5000);
    expect(second - first).toBeLessThan(8000);
    expect(third - second).toBeGreaterThanOrEqual(600_000);
  });
});
