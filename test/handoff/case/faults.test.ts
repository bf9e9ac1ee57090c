import { describe, expect, test } from 'vitest';

import { parseHandoff } from '../../../src/handoff/api/schema/handoff-input.ts';
import { carry } from '../../../src/handoff/delivery/carry.ts';
import { defaultDeliveryPace as pace } from '../../../src/handoff/delivery/delivery-pace.ts';
import { watchFarSides } from '../../../src/handoff/delivery/far-sides.ts';
import { watchStore } from '../../../src/handoff/store-health.ts';
import type { Delivery } from '../../../src/handoff/store/handoff-store.ts';
import { caseDesk, commentsOf, type CaseDesk } from './case-desk.ts';

/** After so long nothing that was cut off is still being done. */
const settledMs = 30_000;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How a process is stopped at one request, before the org has it or after; or the way there breaks. */
const ends = ['killed before', 'killed after', 'connection lost', 'answer lost'] as const;

/** Everything a handoff can have, with a contact of its own. */
function large(number: number) {
  return {
    contact: { name: `Ada ${number}`, email: `ada${number}@example.com` },
    summary: 'Short.',
    transcript: [{ role: 'contact' as const, text: '注文番号は 4711 です。🙏 '.repeat(300) }],
    attachments: ['one', 'two'].map((name) => ({
      name: `${name}.txt`,
      contentType: 'text/plain',
      base64: base64(name),
    })),
  };
}

/** Stops what is done at its nth request from now on. */
function stopAt({ tap }: CaseDesk, nth: number, end: (typeof ends)[number]): AbortSignal {
  const stop = new AbortController();
  tap.hook = {
    at: tap.requests.length + nth,
    when: end === 'killed before' || end === 'connection lost' ? 'asked' : 'answered',
    call: () => {
      if (end.startsWith('killed')) stop.abort(new Error('killed'));
    },
  };
  return stop.signal;
}

async function requestsOf({ tap }: CaseDesk, work: () => Promise<unknown>): Promise<number> {
  const before = tap.requests.length;
  await work();
  return tap.requests.length - before;
}

describe.each(ends)('a handoff, %s', { timeout: 300_000 }, (end) => {
  test('at each of its requests: one Case, each comment once and in order, each file once', async () => {
    const desk = await caseDesk();
    const count = await requestsOf(desk, async () => desk.arrives(await desk.handoff(large(0))));
    expect(count).toBeGreaterThan(12);
    for (let nth = 1; nth <= count; nth += 1) {
      const event = await desk.handoff(large(nth));
      const { sessionId } = parseHandoff(event.body);
      await desk.attempt(event, stopAt(desk, nth, end));
      // The turn of a process that was cut off ends with its lease.
      if (end.startsWith('killed')) desk.pass(settledMs);
      const done = await desk.store.session(sessionId);
      if (done?.state !== 'open') await desk.arrives(event);
      const cases = await desk.query(`SELECT Id FROM Case WHERE Contact.Email = 'ada${nth}@example.com'`);
      expect(cases, `request ${nth}`).toHaveLength(1);
      const caseId = cases[0]?.['Id'];
      expect(await desk.query(`SELECT Id FROM Contact WHERE Email = 'ada${nth}@example.com'`)).toHaveLength(1);
      const comments = await commentsOf(desk, caseId);
      expect(comments.map((one) => /^OpenCX transcript (\d\/\d)/.exec(one)?.[1])).toEqual(['1/4', '2/4', '3/4', '4/4']);
      const files = await desk.query(
        `SELECT Title FROM ContentVersion WHERE FirstPublishLocationId = '${String(caseId)}' ORDER BY Title`,
      );
      expect(files.map(({ Title }) => Title)).toEqual(['one', 'two']);
      expect(await desk.store.session(sessionId)).toMatchObject({ state: 'open', caseId });
    }
  });

  test('a message, at each of its requests: one EmailMessage, sent once, with its file', async () => {
    const desk = await caseDesk();
    const begun = await desk.handoff();
    await desk.arrives(begun);
    const { sessionId } = parseHandoff(begun.body);
    const message = (number: number) =>
      desk.message(sessionId, {
        text: `Answer ${number}`,
        attachments: [{ name: `note${number}.txt`, contentType: 'text/plain', base64: base64('note') }],
      });
    const count = await requestsOf(desk, async () => desk.arrives(await message(0)));
    for (let nth = 1; nth <= count; nth += 1) {
      const event = await message(nth);
      const { attempt } = await desk.attempt(event, stopAt(desk, nth, end));
      if (attempt.response?.status !== 200) await desk.arrives(event);
      const mails = await desk.query('SELECT Id, TextBody FROM EmailMessage');
      expect(
        mails.filter(({ TextBody }) => TextBody === `Answer ${nth}`),
        `request ${nth}`,
      ).toHaveLength(1);
      const files = await desk.query(`SELECT Id FROM ContentVersion WHERE Title = 'note${nth}'`);
      expect(files).toHaveLength(1);
    }
    const sent = await desk.org.outbox();
    expect(sent).toHaveLength(count + 1);
    expect(sent.map(({ attachments }) => attachments.length)).toEqual(sent.map(() => 1));
  });
});

/** Of several processes of one store. */
function processOf(desk: CaseDesk, owner: string) {
  const { store, clock } = desk;
  const listener = (): void => {};
  const farSides = watchFarSides(listener, clock, pace);
  const health = watchStore(clock, listener);
  return {
    claims: (): Promise<Delivery[]> => store.claim(owner, clock.now(), pace.leaseMs, 10),
    carries: (delivery: Delivery, stop: AbortSignal): Promise<void> =>
      carry(delivery, stop, { store, health, carriers: [desk.carrier()], farSides, clock, pace, listener, owner }),
  };
}

test('a mail on its way as its process ends is not looked for before it may have arrived, and is sent once', async () => {
  const desk = await caseDesk();
  const begun = await desk.handoff();
  await desk.arrives(begun);
  const match = { method: 'POST', path: 'EmailMessage$' };
  await desk.org.control('POST', 'faults', { kind: 'delay', ms: 1500, times: 1, match });
  await desk.message(parseHandoff(begun.body).sessionId, { text: 'Answer' });
  const mails = () => desk.query('SELECT Id FROM EmailMessage');
  const isSaving = () => desk.tap.writes().some((one) => one.includes('/EmailMessage'));

  const stop = new AbortController();
  const ending = processOf(desk, 'ending');
  const [delivery] = await ending.claims();
  if (delivery === undefined) throw new Error('no delivery');
  const cutOff = ending.carries(delivery, stop.signal);
  await expect.poll(isSaving).toBe(true);
  stop.abort(new Error('cut off: this process was ended'));
  await cutOff;
  // Whoever looked for it now would not find it, and send it again.
  const next = processOf(desk, 'next');
  expect(await next.claims()).toEqual([]);
  await expect.poll(mails).toHaveLength(1);

  desk.pass(settledMs);
  const [again] = await next.claims();
  expect(again).toMatchObject({ id: delivery.id, attempts: 0 });
  await next.carries(again ?? delivery, new AbortController().signal);
  expect(await desk.store.deliveries([delivery.eventId])).toMatchObject([{ state: 'delivered' }]);
  expect(await mails()).toHaveLength(1);
  expect(await desk.org.outbox()).toHaveLength(1);
});
