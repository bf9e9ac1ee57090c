import { expect, test } from 'vitest';

import { openFarSide } from '../far-side.ts';
import { bodyOf, everythingTo, post, serve } from '../serving.ts';

interface Told {
  readonly case_id: string;
  readonly case_subject: string;
}

const caseIds = ['500000000000001AAA', '500000000000002AAA', '500000000000003AAA'];

test('the events of a Case arrive one after the other in their order, whatever fails; other Cases do not wait', async () => {
  const far = await openFarSide();
  const underWay = new Map<string, number>();
  let most = 0;
  far.answer(async ({ body }, nth) => {
    const { case_id } = JSON.parse(body.toString()) as Told;
    const together = (underWay.get(case_id) ?? 0) + 1;
    underWay.set(case_id, together);
    most = Math.max(most, together);
    await new Promise((resolve) => setTimeout(resolve, (nth * 7) % 13));
    underWay.set(case_id, together - 1);
    return nth % 4 === 0 ? { status: 503 } : nth % 11 === 0 ? { drop: true } : { status: 200 };
  });
  const serving = await serve({
    routes: everythingTo(far.url),
    pace: { delaysMs: Array<number>(20).fill(5), outageDelaysMs: [5], pollMs: 5 },
  });
  for (let nth = 0; nth < 60; nth += 1) {
    const changes = { case_id: caseIds[nth % 3], case_subject: String(nth) };
    expect((await post(serving.webhookUrl, bodyOf('caseCreated', changes))).status).toBe(202);
  }
  const delivered = await serving.heard('delivered', 60);
  for (const caseId of caseIds) {
    const own = delivered.filter(({ orderKey }) => orderKey === caseId).map(({ eventId }) => eventId);
    expect(own).toHaveLength(20);
    expect(own).toEqual([...own].sort());
    const subjects = far.calls
      .map(({ body }) => JSON.parse(body.toString()) as Told)
      .filter(({ case_id }) => case_id === caseId)
      .map(({ case_subject }) => Number(case_subject));
    // Attempts at one may repeat, but none goes back behind a later one.
    expect(subjects).toEqual([...subjects].sort((a, b) => a - b));
  }
  expect(most).toBe(1);
});

test('a Case whose event is dead goes on with the next one', async () => {
  const far = await openFarSide();
  far.answer(({ body }) => ({ status: (JSON.parse(body.toString()) as Told).case_subject === 'bad' ? 410 : 200 }));
  const serving = await serve({ routes: everythingTo(far.url) });
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_subject: 'bad' }));
  await post(serving.webhookUrl, bodyOf('caseCreated', { case_subject: 'good' }));
  await serving.heard('dead');
  await serving.heard('delivered');
});

test('no more deliveries are under way at a time than asked for', async () => {
  const far = await openFarSide();
  let underWay = 0;
  let most = 0;
  const { promise: allPosted, resolve: open } = Promise.withResolvers<void>();
  far.answer(async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await allPosted;
    await new Promise((resolve) => setTimeout(resolve, 20));
    underWay -= 1;
    return { status: 200 };
  });
  const serving = await serve({ routes: everythingTo(far.url), pace: { parallel: 4 } });
  for (let nth = 0; nth < 20; nth += 1) {
    await post(serving.webhookUrl, bodyOf('caseCreated', { case_id: `5000000000000${String(nth).padStart(2, '0')}` }));
  }
  await expect.poll(() => underWay, { timeout: 10_000 }).toBe(4);
  open();
  await serving.heard('delivered', 20);
  expect(most).toBe(4);
});
