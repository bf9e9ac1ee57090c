import { expect, test } from 'vitest';

import { openFarSide } from '../far-side.ts';
import { manualClock } from '../manual-clock.ts';
import { bodyOf, everythingTo, openTestStore, post, serve, type Serving } from '../serving.ts';

const minuteMs = 60_000;
const quick = { delaysMs: [20, 40], outageDelaysMs: [30], pollMs: 10 };

/** A port where nobody listens; a far side can be opened there. */
async function emptyPort(): Promise<{ port: number; url: string }> {
  const far = await openFarSide();
  await far.close();
  return { port: far.port, url: far.url };
}

/** Posts events of Cases in turn. @returns the subjects of each Case, in order */
async function postEvents(serving: Serving, events: number, cases: number): Promise<Map<string, string[]>> {
  const sent = new Map<string, string[]>();
  for (let nth = 0; nth < events; nth += 1) {
    const caseId = `500000000000${String(nth % cases).padStart(3, '0')}`;
    const body = bodyOf('caseCreated', { case_id: caseId, case_subject: String(nth) });
    expect((await post(serving.webhookUrl, body)).status).toBe(202);
    sent.set(caseId, [...(sent.get(caseId) ?? []), String(nth)]);
  }
  return sent;
}

function received(bodies: readonly Buffer[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const body of bodies) {
    const { case_id, case_subject } = JSON.parse(body.toString()) as { case_id: string; case_subject: string };
    found.set(case_id, [...(found.get(case_id) ?? []), case_subject]);
  }
  return found;
}

test('a far side that is down for an hour gets every event afterwards, those of a Case in order, and none is dead', async () => {
  const clock = manualClock();
  const { port, url } = await emptyPort();
  const serving = await serve({ routes: everythingTo(url), clock });
  const since = clock.now();
  const bodies: string[] = [];
  for (let nth = 0; nth < 60; nth += 1) {
    const changes = { case_id: `50000000000000${nth % 7}`, case_subject: String(nth) };
    bodies.push(bodyOf('caseCreated', changes));
    await post(serving.webhookUrl, bodies.at(-1) ?? '');
    await clock.pass(minuteMs, 2000);
  }
  expect(clock.now() - since).toBe(60 * minuteMs);
  const down = await serving.heard('far-side-down');
  expect(down).toMatchObject([
    { target: `http://127.0.0.1:${port}`, reason: expect.stringContaining('ECONNREFUSED') as string },
  ]);
  expect((down[0]?.since ?? 0) - since).toBeLessThan(5000);
  expect(await serving.store.counts()).toMatchObject({ pending: 60, dead: 0, delivered: 0 });
  const attempts = await serving.heard('attempt');
  expect(attempts.length, 'one a minute, and a few at first').toBeLessThan(80);
  expect(attempts.length).toBeGreaterThan(40);
  expect(new Set(attempts.map(({ attempt, counted }) => `${attempt} ${counted}`))).toEqual(new Set(['1 false']));

  const back = await openFarSide(port);
  await clock.pass(2 * minuteMs, 2000);
  await serving.heard('delivered', 60);
  expect(await serving.heard('far-side-up')).toMatchObject([
    { since: down[0]?.since, target: `http://127.0.0.1:${port}` },
  ]);
  expect(received(back.calls.map(({ body }) => body))).toEqual(received(bodies.map((body) => Buffer.from(body))));
  expect(new Set(back.calls.map(({ headers }) => headers['opencx-sf-attempt']))).toEqual(new Set(['1']));
  expect(await serving.store.counts()).toEqual({ pending: 0, delivering: 0, delivered: 60, dead: 0, replaced: 0 });
});

test.each([502, 503, 504])('while a far side answers %i, one delivery tries and the others wait', async (status) => {
  const far = await openFarSide();
  let isDown = true;
  far.answer(() => ({ status: isDown ? status : 200 }));
  const serving = await serve({ routes: everythingTo(far.url), pace: { ...quick, parallel: 4 } });
  const sent = await postEvents(serving, 20, 10);
  await serving.heard('attempt', 12);
  expect(await serving.heard('far-side-down')).toMatchObject([{ reason: `answered ${status}` }]);
  const { length } = far.calls;
  await expect.poll(() => far.calls.length, { timeout: 10_000 }).toBeGreaterThan(length + 5);
  expect(await serving.store.counts()).toMatchObject({ dead: 0, delivered: 0 });
  isDown = false;
  await serving.heard('delivered', 20);
  const arrived = far.calls.slice(-20).map(({ body }) => body);
  expect(received(arrived)).toEqual(sent);
  expect(await serving.heard('far-side-up')).toHaveLength(1);
});

test('a connection that breaks before the answer is an outage; one delivery at a time tries again', async () => {
  const far = await openFarSide();
  let underWay = 0;
  let most = 0;
  far.answer(async (_call, nth) => {
    underWay += 1;
    if (nth > 4) most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 20));
    underWay -= 1;
    return nth <= 12 ? { drop: true } : { status: 204 };
  });
  const serving = await serve({ routes: everythingTo(far.url), pace: { ...quick, parallel: 4 } });
  await postEvents(serving, 4, 4);
  const attempts = await serving.heard('attempt', 10);
  expect(attempts[0]?.failure).toMatch(/closed|hang up|reset/i);
  expect(most, 'after the first four, which found it out').toBe(1);
  await serving.heard('delivered', 4);
  expect(await serving.store.counts()).toMatchObject({ delivered: 4, dead: 0 });
});

test('a name that has no address is an outage as well', async () => {
  const serving = await serve({ routes: everythingTo('http://nobody.invalid/hook'), pace: quick });
  await post(serving.webhookUrl);
  const attempts = await serving.heard('attempt', 5);
  expect(new Set(attempts.map(({ counted }) => counted))).toEqual(new Set([false]));
  expect(await serving.heard('far-side-down')).toMatchObject([{ target: 'http://nobody.invalid' }]);
});

test('another far side does not wait for the one that is down', async () => {
  const far = await openFarSide();
  const { url } = await emptyPort();
  const serving = await serve({ routes: everythingTo(url, far.url), pace: { ...quick, parallel: 2 } });
  await postEvents(serving, 20, 5);
  await serving.heard('delivered', 20);
  expect(await serving.store.counts()).toMatchObject({ delivered: 20, dead: 0 });
});

test('an event that alone is answered 502, while others get through, is about that event: three attempts, then it is dead', async () => {
  const far = await openFarSide();
  far.answer(({ body }) => ({ status: body.includes('poison') ? 502 : 200 }));
  const serving = await serve({ routes: everythingTo(far.url), pace: quick });
  const poison = await post(
    serving.webhookUrl,
    bodyOf('caseCreated', { case_id: '500000000000009', case_subject: 'poison' }),
  );
  await serving.heard('far-side-down');
  for (let nth = 0; nth < 4; nth += 1) {
    await postEvents(serving, 2, 2);
    await serving.heard('delivered', 2 * (nth + 1));
  }
  const [dead] = await serving.heard('dead');
  expect(dead).toMatchObject({ eventId: poison.body.id, reason: '3 attempts, the last: answered 502' });
  expect(await serving.store.counts()).toMatchObject({ delivered: 8, dead: 1 });
});

test('an event that alone is answered 503 goes on waiting, and holds up nobody but its Case', async () => {
  const far = await openFarSide();
  let isBusy = true;
  far.answer(({ body }) => ({ status: isBusy && body.includes('heavy') ? 503 : 200 }));
  const serving = await serve({ routes: everythingTo(far.url), pace: quick });
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_id: '500000000000009', case_subject: 'heavy' }));
  await serving.heard('far-side-down');
  await postEvents(serving, 2, 2);
  await serving.heard('far-side-up');
  await serving.heard('attempt', 12);
  await postEvents(serving, 2, 2);
  await serving.heard('delivered', 4);
  expect(await serving.heard('far-side-down')).toHaveLength(1);
  isBusy = false;
  expect((await serving.heard('delivered', 5)).at(-1)).toMatchObject({ attempt: 1 });
  expect(await serving.store.counts()).toMatchObject({ delivered: 5, dead: 0 });
});

test('an answer to a call that was under way before does not end an outage', async () => {
  const far = await openFarSide();
  const { promise: isDownNow, resolve: tellDown } = Promise.withResolvers<void>();
  far.answer(async ({ body }, nth) => {
    if (body.includes('slow')) {
      await isDownNow;
      return { status: 200 };
    }
    return { status: nth < 8 ? 502 : 200 };
  });
  const serving = await serve({ routes: everythingTo(far.url), pace: quick });
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_id: '500000000000008', case_subject: 'slow' }));
  await expect.poll(() => far.calls.length, { timeout: 10_000 }).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_id: '500000000000009' }));
  await serving.heard('far-side-down');
  tellDown();
  await serving.heard('delivered', 2);
  expect(await serving.heard('far-side-up')).toHaveLength(1);
  const attempts = await serving.heard('attempt', 8);
  expect(attempts.filter(({ status }) => status === 502).map(({ counted }) => counted)).not.toContain(true);
});

test('a time-out counts, also while the far side is down, and does not end the outage', async () => {
  const far = await openFarSide();
  far.answer((_call, nth) => (nth === 1 ? { status: 503 } : { hang: true }));
  const serving = await serve({ routes: everythingTo(far.url), pace: { ...quick, timeoutMs: 300 } });
  await post(serving.webhookUrl);
  await serving.heard('far-side-down');
  await postEvents(serving, 3, 3);
  const dead = await serving.heard('dead', 4);
  expect(new Set(dead.map(({ reason }) => reason))).toEqual(new Set(['3 attempts, the last: no response for 0.3 s']));
  const attempts = await serving.heard('attempt', 13);
  expect(attempts.filter(({ counted }) => !counted)).toHaveLength(1);
  expect(serving.told.filter(({ type }) => type === 'far-side-up')).toEqual([]);
});

test('a Retry-After of a far side that is down is followed', async () => {
  const clock = manualClock();
  const far = await openFarSide();
  far.answer((_call, nth) => (nth === 1 ? { status: 503, headers: { 'retry-after': '300' } } : { status: 200 }));
  const serving = await serve({ routes: everythingTo(far.url), clock });
  const start = clock.now();
  await post(serving.webhookUrl);
  const [attempt] = await serving.heard('attempt');
  expect((attempt?.nextAttemptAt ?? 0) - start).toBeGreaterThanOrEqual(300_000);
  await clock.pass(295_000, 5000);
  expect(far.calls).toHaveLength(1);
  await clock.pass(10_000);
  await serving.heard('delivered');
});

test('what waits for longer than told is given up, each with a last attempt, and later ones go on waiting', async () => {
  const clock = manualClock();
  const { url } = await emptyPort();
  const serving = await serve({ routes: everythingTo(url), clock, pace: { giveUpAfterMs: 30 * minuteMs } });
  await postEvents(serving, 8, 4);
  await clock.pass(20 * minuteMs, 5000);
  const late = (await post(serving.webhookUrl)).body.id ?? '';
  expect(serving.told.filter(({ type }) => type === 'dead')).toEqual([]);
  await clock.pass(13 * minuteMs, 2000);
  const dead = await serving.heard('dead', 8);
  expect(dead).toHaveLength(8);
  expect(dead[0]?.reason).toMatch(
    /^given up: it waited for the far side since 2026-11-29T00:00:\S+, the last: .*ECONNREFUSED/,
  );
  expect(await serving.store.deliveries([late])).toMatchObject([{ state: 'pending', attempts: 0 }]);
});

test('an outage that a process left behind is found again by the next one, and nothing of it counts', async () => {
  const { store } = await openTestStore();
  const { port, url } = await emptyPort();
  const first = await serve({ store, routes: everythingTo(url), pace: quick });
  const sent = await postEvents(first, 6, 3);
  await first.heard('attempt', 5);
  await first.close();
  const back = await openFarSide(port);
  const second = await serve({ store, routes: everythingTo(url), pace: quick });
  await second.heard('delivered', 6);
  expect(received(back.calls.map(({ body }) => body))).toEqual(sent);
});
