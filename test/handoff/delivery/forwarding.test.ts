import { describe, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import { deliverHere } from '../../../src/handoff/delivery/deliver-here.ts';
import { sameTargets } from '../../../src/handoff/replay/replay-event.ts';
import type { ServeEvent } from '../../../src/handoff/serve-event.ts';
import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { openFarSide } from '../far-side.ts';
import { bodyOf, everythingTo, openTestStore, post, serve } from '../serving.ts';

test('an event is posted byte for byte, with its header fields in their order and spelling, and what it is an attempt at', async () => {
  const far = await openFarSide();
  const serving = await serve({ routes: everythingTo(`${far.url}?a=1`) });
  const text = ` ${bodyOf('customerEmail', { subject: 'Grüße 👩‍🚒' })}\r\n`;
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const answer = await post(serving.webhookUrl, text, {
    'X-SFDC-Custom': 'é',
    traceparent: trace,
    authorization: 'Bearer of-the-named-credential',
    'OpenCX-Sf-Attempt': '99',
    'accept-encoding': 'gzip',
  });
  const [delivered] = await serving.heard('delivered');
  const [call] = far.calls;

  expect(call).toMatchObject({ method: 'POST', path: '/hook?a=1' });
  expect(call?.body.toString()).toBe(text);
  expect(call?.headers).toMatchObject({
    host: `127.0.0.1:${far.port}`,
    'content-type': 'application/json; charset=UTF-8',
    'x-sfdc-custom': 'é',
    authorization: 'Bearer of-the-named-credential',
    traceparent: trace,
    'opencx-sf-event-id': answer.body.id,
    'opencx-sf-attempt': '1',
    'content-length': String(Buffer.byteLength(text)),
  });
  expect(call?.headers).not.toHaveProperty('accept-encoding');
  expect(call?.headers).not.toHaveProperty('opencx-sf-replay-of');
  expect(call?.rawHeaders.filter((name) => /^opencx-sf-attempt$/i.test(name))).toHaveLength(1);
  expect(delivered).toMatchObject({ eventId: answer.body.id, status: 200, attempt: 1, name: 'customerEmail' });
});

test('fields that belong to the connection are not passed on, those that it names neither', async () => {
  const far = await openFarSide();
  const serving = await serve({ routes: everythingTo(far.url) });
  const headers = [
    ['Content-Type', 'application/json'],
    ['Connection', 'keep-alive, X-Hop'],
    ['X-Hop', '1'],
    ['TE', 'trailers'],
    ['Proxy-Authorization', 'Basic x'],
    ['Expect', '100-continue'],
    ['X-Kept', '1'],
    ['x-kept', '2'],
  ] as const;
  const event = { receivedAt: Date.now(), name: 'caseCreated', deliveryId: 'd1', orderKey: 'c1' };
  const first = { ...event, headers, body: Buffer.from('{}') };
  const { event: original } = await serving.store.accept(first, [{ kind: 'forward', target: far.url }]);
  await serving.heard('delivered');
  const replay = { ...first, deliveryId: 'd2', replayOf: original.id };
  await serving.store.accept(replay, [{ kind: 'forward', target: far.url }]);
  await serving.heard('delivered', 2);

  const names = (far.calls[0]?.rawHeaders ?? []).filter((_name, index) => index % 2 === 0);
  expect(names).toEqual([
    'host',
    'connection',
    'Content-Type',
    'X-Kept',
    'x-kept',
    'OpenCX-Sf-Event-Id',
    'OpenCX-Sf-Attempt',
    'content-length',
  ]);
  expect(far.calls[1]?.headers['opencx-sf-replay-of']).toBe(original.id);
});

test('each event goes where its own routes lead, the others where the rest goes', async () => {
  const rest = await openFarSide();
  const mail = await openFarSide();
  const archive = await openFarSide();
  const serving = await serve({
    routes: [
      ...everythingTo(rest.url),
      { event: 'customerEmail', url: new URL(mail.url) },
      { event: 'customerEmail', url: new URL(archive.url) },
      { event: 'customerEmail', url: new URL(archive.url) },
    ],
  });
  await post(serving.webhookUrl, bodyOf('customerEmail'));
  await post(serving.webhookUrl, bodyOf('caseClosed'));
  await serving.heard('delivered', 3);
  expect(
    [rest, mail, archive].map(({ calls }) =>
      calls.map(({ body }) => (JSON.parse(body.toString()) as { event: string }).event),
    ),
  ).toEqual([['case_closed'], ['case_email_received'], ['case_email_received']]);
  const [first] = await serving.heard('accepted');
  expect(first?.targets).toHaveLength(2);
});

test('a response is kept with its status, fields and the first 64 KiB of its body, packed or not', async () => {
  const far = await openFarSide();
  far.answer(() => ({ status: 201, body: Buffer.alloc(200_000, 'y'), headers: { 'X-Far': 'Side' } }));
  const serving = await serve({ routes: everythingTo(far.url) });
  const { body } = await post(serving.webhookUrl);
  await serving.heard('delivered');
  const [delivery] = await serving.store.deliveries([body.id ?? '']);
  const [attempt] = await serving.store.attempts([delivery?.id ?? '']);
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 1, target: far.url });
  expect(attempt?.response).toMatchObject({ status: 201 });
  expect(attempt?.response?.headers).toContainEqual(['X-Far', 'Side']);
  expect(attempt?.response?.body.length).toBe(64 * 1024);
  expect(attempt?.request).toMatchObject({ method: 'POST', url: far.url });
});

test('a redirect is not followed', async () => {
  const elsewhere = await openFarSide();
  const far = await openFarSide();
  far.answer(() => ({ status: 307, headers: { location: elsewhere.url } }));
  const serving = await serve({ routes: everythingTo(far.url), pace: { delaysMs: [] } });
  await post(serving.webhookUrl);
  expect(await serving.heard('dead')).toMatchObject([{ reason: '1 attempt, the last: answered 307' }]);
  expect(elsewhere.calls).toEqual([]);
});

test('a target of this machine that nobody named is not called; one that was named for this delivery is', async () => {
  const forgotten = await openFarSide();
  const named = await openFarSide();
  const serving = await serve({ routes: everythingTo(named.url) });
  const event = { receivedAt: Date.now(), name: 'caseCreated', headers: [], body: Buffer.from('{}') };
  const targets = [
    { kind: 'forward', target: forgotten.url },
    { kind: 'forward', target: 'http://169.254.169.254/latest/meta-data/' },
    { kind: 'forward', target: 'file:///etc/passwd' },
    { kind: 'fax', target: '+49' },
  ];
  for (const [nth, target] of targets.entries()) {
    await serving.store.accept({ ...event, deliveryId: `d${nth}`, orderKey: `c${nth}` }, [target]);
  }
  const dead = await serving.heard('dead', 3);
  expect(dead.map(({ reason }) => reason).sort()).toEqual([
    expect.stringMatching(/^not sent: the target is 127\.0\.0\.1, .* not named/) as string,
    expect.stringMatching(/^not sent: the target is 169\.254\.169\.254, /) as string,
    'not sent: the target is not called by file:',
  ]);
  // What this process cannot carry waits for one that can.
  expect(await serving.store.counts()).toMatchObject({ pending: 1, dead: 3 });
  expect(forgotten.calls).toEqual([]);

  const once = { kind: 'forward-once', target: forgotten.url };
  await serving.store.accept({ ...event, deliveryId: 'd9', orderKey: 'c9' }, [once]);
  await serving.heard('delivered');
  expect(forgotten.calls).toHaveLength(1);
});

test('what another process puts into the store is delivered, too', async () => {
  const far = await openFarSide();
  const serving = await serve();
  const { body } = await post(serving.webhookUrl);
  expect(far.calls).toEqual([]);
  await serving.store.deliverAgain(body.id ?? '', [{ kind: 'forward-once', target: far.url }], Date.now());
  await serving.heard('delivered');
  expect(far.calls[0]?.headers['opencx-sf-event-id']).toBe(body.id);
});

test('events tell where they go without what may be a secret in it', async () => {
  const far = await openFarSide();
  const secret = 'kJ3x9QpLm2Vw8RtYz5Bn';
  const serving = await serve({ routes: everythingTo(`http://127.0.0.1:${far.port}/hooks/${secret}?key=${secret}`) });
  await post(serving.webhookUrl);
  await serving.heard('delivered');
  expect(far.calls[0]?.path).toBe(`/hooks/${secret}?key=${secret}`);
  expect(JSON.stringify(serving.told)).not.toContain(secret);
});

test('a callback that came with a handoff reaches nothing on this machine, also by a replay without a serve', async () => {
  const { store } = await openTestStore();
  const inside = await openFarSide();
  const event = { receivedAt: Date.now(), name: 'message.agent', headers: [], body: Buffer.from('{}') };
  const callback = { kind: 'callback', target: inside.url };
  await store.accept({ ...event, deliveryId: 'd1', orderKey: 'session:1' }, [callback]);
  await store.accept({ ...event, deliveryId: 'd2', orderKey: 'session:2' }, sameTargets([{ ...held, ...callback }]));
  const told: ServeEvent[] = [];
  const worker = deliverHere(store, systemClock, (one) => told.push(one));
  onTestFinished(() => worker.close());
  await expect
    .poll(() => told.filter(({ type }) => type === 'dead'), { timeout: 10_000 })
    .toMatchObject([
      { reason: expect.stringMatching(/not named/) as string },
      { reason: expect.stringMatching(/not named/) as string },
    ]);
  expect(inside.calls).toEqual([]);
});

describe('a replay without a serve carries what a serve on this machine was to forward to it', () => {
  const event = { receivedAt: Date.now() - 60_000, name: 'caseCreated', headers: [], body: Buffer.from('{}') };

  function replaying(store: HandoffStore): () => ServeEvent['type'][] {
    const told: ServeEvent[] = [];
    const worker = deliverHere(store, systemClock, (one) => told.push(one));
    onTestFinished(() => worker.close());
    return () => told.map(({ type }) => type);
  }

  test('and had under way when it was killed', async () => {
    const { store } = await openTestStore();
    const far = await openFarSide();
    await store.accept({ ...event, deliveryId: 'd1', orderKey: 'c1' }, [{ kind: 'forward', target: far.url }]);
    expect(await store.claim('killed', event.receivedAt, 30_000, 1)).toHaveLength(1);
    const told = replaying(store);
    await expect.poll(told, { timeout: 10_000 }).toContain('delivered');
    expect(far.calls).toHaveLength(1);
    expect(told()).not.toContain('dead');
  });

  test('and took after the replay had begun', async () => {
    const { store } = await openTestStore();
    const far = await openFarSide();
    const told = replaying(store);
    await store.accept({ ...event, deliveryId: 'd1', orderKey: 'c1' }, [{ kind: 'forward', target: far.url }]);
    await expect.poll(told, { timeout: 10_000 }).toContain('delivered');
    expect(far.calls).toHaveLength(1);
    expect(told()).not.toContain('dead');
  });
});

/** A delivery that is over. */
const held = { id: '', eventId: '', orderKey: '', state: 'dead', attempts: 1, nextAttemptAt: 0 } as const;
