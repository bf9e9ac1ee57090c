import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { newWebhookToken } from '../../../src/handoff/security/webhook-token.ts';
import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { openTestStore, serve } from '../serving.ts';
import { chatHandoff, mailHandoff, openApi } from './asking.ts';

describe('a handoff', () => {
  test('is in the store with its session and its delivery before it is answered', async () => {
    const api = await openApi();
    const handoff = mailHandoff({ sessionId: randomUUID().toUpperCase() });
    const sessionId = handoff.sessionId.toLowerCase();
    const { status, body } = await api.post('/v1/handoffs', handoff, { 'idempotency-key': '"k1"' });
    expect([status, body]).toEqual([202, { sessionId, eventId: expect.any(String), state: 'handing-off' }]);
    const event = await api.store.event(String(body['eventId']));
    expect(event).toMatchObject({ name: 'handoff', orderKey: `session:${sessionId}` });
    expect(JSON.parse(Buffer.from(event?.body ?? []).toString())).toEqual(handoff);
    expect(await api.store.deliveries([event?.id ?? ''])).toMatchObject([
      { kind: 'case', target: 'https://acme.my.salesforce.com/', state: 'pending' },
    ]);
    expect(await api.store.session(sessionId)).toMatchObject({
      channel: 'email',
      origin: 'handoff',
      state: 'handing-off',
      contact: { name: 'Ada', email: 'ada@example.com' },
      subject: 'Broken lamp',
      handoffEventId: event?.id,
    });
  });

  test('of a real-time channel goes to Live Messaging', async () => {
    const api = await openApi();
    const { body } = await api.post('/v1/handoffs', { ...chatHandoff(), contact: undefined });
    expect(await api.store.deliveries([String(body['eventId'])])).toMatchObject([{ kind: 'conversation' }]);
  });

  test('keeps its header fields, but none that lets somebody in', async () => {
    const api = await openApi();
    const headers = { 'x-trace': 'yes', cookie: 'session=1', 'x-api-key': 'secret' };
    const { body } = await api.post('/v1/handoffs', mailHandoff(), headers);
    const event = await api.store.event(String(body['eventId']));
    const names = event?.headers.map(([name]) => name.toLowerCase());
    expect(names).toContain('x-trace');
    for (const secret of ['authorization', 'cookie', 'x-api-key']) expect(names).not.toContain(secret);
    expect(JSON.stringify(event?.headers)).not.toContain(api.token);
  });

  test('names where the events of its session are posted to', async () => {
    const api = await openApi();
    const handoff = mailHandoff({ callbackUrl: 'https://opencx.example/own' });
    await api.post('/v1/handoffs', handoff);
    await api.happens(handoff.sessionId, { type: 'handed-over', caseId: '500000000000001AAA', appended: false });
    const [event] = await api.store.events({ name: 'session.handoff_completed', limit: 1 });
    expect(await api.store.deliveries([event?.id ?? ''])).toMatchObject([
      { kind: 'callback', target: 'https://opencx.example/own' },
    ]);
  });
});

describe('a handoff that comes again', () => {
  test('with its key is answered with the first event, also when it is written in another way', async () => {
    const api = await openApi();
    const handoff = mailHandoff();
    const key = { 'idempotency-key': 'order-66' };
    const first = await api.post('/v1/handoffs', handoff, key);
    const turned = Object.fromEntries(Object.entries(handoff).reverse());
    const again = await api.post('/v1/handoffs', turned, { 'idempotency-key': '"order-66"' });
    expect([again.status, again.body]).toEqual([202, first.body]);
    expect(await api.store.events({ name: 'handoff', limit: 10 })).toHaveLength(1);
  });

  test('without a key is the same if it says the same', async () => {
    const api = await openApi();
    const handoff = mailHandoff();
    const first = await api.post('/v1/handoffs', handoff);
    expect((await api.post('/v1/handoffs', handoff)).body).toEqual(first.body);
    const other = await api.post('/v1/handoffs', { ...handoff, summary: 'And it is late.' });
    expect(other.body['eventId']).not.toBe(first.body['eventId']);
  });

  test('with its key and another body is refused', async () => {
    const api = await openApi();
    const key = { 'idempotency-key': 'k' };
    await api.post('/v1/handoffs', mailHandoff(), key);
    const { status, body } = await api.post('/v1/handoffs', mailHandoff(), key);
    expect([status, body['type']]).toEqual([422, 'urn:opencx-sf:problem:key-reused']);
    expect(await api.store.events({ name: 'handoff', limit: 10 })).toHaveLength(1);
  });

  test('fifty times at once is taken once', async () => {
    const api = await openApi();
    const handoff = mailHandoff();
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.post('/v1/handoffs', handoff)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body['eventId'])}`)).size).toBe(1);
    expect(await api.store.events({ name: 'handoff', limit: 100 })).toHaveLength(1);
    expect(await api.store.sessions({ limit: 10 })).toHaveLength(1);
  });

  test.each(['"half', 'a b', '', 'ä', `"${'x'.repeat(256)}"`])('with the key %j is refused', async (written) => {
    const api = await openApi();
    const key = Buffer.from(written, 'utf8').toString('latin1');
    expect((await api.post('/v1/handoffs', mailHandoff(), { 'idempotency-key': key })).status).toBe(400);
  });
});

describe('a session that was handed off before', () => {
  test('is handed off again while it is open, and stays what it is', async () => {
    const api = await openApi();
    const handoff = mailHandoff();
    await api.post('/v1/handoffs', handoff);
    await api.happens(handoff.sessionId, { type: 'handed-over', caseId: '500000000000001AAA', appended: false });
    const again = await api.post('/v1/handoffs', { ...handoff, summary: 'More of it.' });
    expect([again.status, again.body['state']]).toEqual([202, 'open']);
    expect(await api.store.session(handoff.sessionId)).toMatchObject({ caseId: '500000000000001AAA' });
  });

  test('is handed off again after it failed', async () => {
    const api = await openApi();
    const handoff = mailHandoff();
    await api.post('/v1/handoffs', handoff);
    await api.happens(handoff.sessionId, { type: 'handoff-dead', reason: 'no rights' });
    const again = await api.post('/v1/handoffs', { ...handoff, summary: 'Try again.' });
    expect([again.status, again.body['state']]).toEqual([202, 'handing-off']);
  });

  test('is handed off again after it failed, also when nothing else is said of it, and then once', async () => {
    const api = await openApi();
    const handoff = mailHandoff();
    const first = await api.post('/v1/handoffs', handoff);
    await api.happens(handoff.sessionId, { type: 'handoff-dead', reason: 'no rights' });
    const again = await api.post('/v1/handoffs', handoff);
    expect([again.status, again.body['state']]).toEqual([202, 'handing-off']);
    expect(again.body['eventId']).not.toBe(first.body['eventId']);
    await api.post('/v1/handoffs', handoff);
    expect(await api.store.events({ name: 'handoff', limit: 10 })).toHaveLength(2);
  });

  test.each([
    ['that is resolved', {}, true, 'session-resolved'],
    ['with another channel', { channel: 'web' }, false, 'other-channel'],
  ])('is refused %s, and nothing is written', async (_what, changes, isClosed, type) => {
    const api = await openApi();
    const handoff = mailHandoff();
    await api.post('/v1/handoffs', handoff);
    await api.happens(handoff.sessionId, { type: 'handed-over', caseId: '500000000000001AAA', appended: false });
    if (isClosed) await api.happens(handoff.sessionId, { type: 'case-closed' });
    const before = await api.store.session(handoff.sessionId);
    const { status, body } = await api.post('/v1/handoffs', { ...handoff, ...changes, summary: 'Other.' });
    expect([status, body['type']]).toEqual([409, `urn:opencx-sf:problem:${type}`]);
    expect(await api.store.events({ name: 'handoff', limit: 10 })).toHaveLength(1);
    expect(await api.store.session(handoff.sessionId)).toEqual(before);
    // The first one is still answered as it was: it was taken.
    expect((await api.post('/v1/handoffs', handoff)).status).toBe(202);
  });
});

describe('a handoff that does not fit', () => {
  test.each([
    ['no session', { sessionId: undefined }, '/sessionId'],
    ['no UUID', { sessionId: 'secret-value' }, '/sessionId'],
    ['an unknown channel', { channel: 'secret-value' }, '/channel'],
    ['mail without an address', { contact: { name: 'Ada' } }, '/contact/email'],
    ['two addresses', { contact: { email: 'a@secret-value.example, b@example.com' } }, '/contact/email'],
    ['a subject that begins a header field', { subject: 'Hi\r\nBcc: secret-value@example.com' }, '/subject'],
    ['an unknown role', { transcript: [{ role: 'secret-value', text: '' }] }, '/transcript/0/role'],
    [
      'a file that is no base64',
      { attachments: [{ name: 'a', contentType: 'a/b', base64: 'secret-value' }] },
      '/attachments/0/base64',
    ],
    ['an attribute that is none', { attributes: { 'a/b~c': 'secret-value' } }, '/attributes/a~1b~0c'],
    ['a key that is not known', { secret: 'secret-value' }, ''],
    ['a callback that is no URL', { callbackUrl: 'secret-value' }, '/callbackUrl'],
    ['a callback on this machine', { callbackUrl: 'http://127.0.0.1/secret-value' }, '/callbackUrl'],
    ['a callback of a metadata service', { callbackUrl: 'http://169.254.169.254/secret-value' }, '/callbackUrl'],
    ['a callback by file', { callbackUrl: 'file:///secret-value' }, '/callbackUrl'],
    ['a callback with a password', { callbackUrl: 'https://me:secret-value@example.com/' }, '/callbackUrl'],
  ])('(%s) is refused by the name of what is wrong, never its value', async (_what, changes, pointer) => {
    const api = await openApi();
    const { status, headers, body } = await api.post('/v1/handoffs', mailHandoff(changes));
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(body).toMatchObject({ status: 400, errors: [{ pointer, message: expect.any(String) }] });
    expect(JSON.stringify([body, api.told])).not.toContain('secret-value');
    expect(await api.store.events({ limit: 10 })).toEqual([]);
  });

  test('names no more errors than a person reads, and keys that are short', async () => {
    const api = await openApi();
    const transcript = Array.from({ length: 1000 }, () => ({ role: 'x'.repeat(1000) }));
    const { body } = await api.post('/v1/handoffs', mailHandoff({ transcript, ['k'.repeat(100_000)]: 1 }));
    expect(body['errors']).toHaveLength(20);
    expect(JSON.stringify(body).length).toBeLessThan(10_000);
  });
});

test('a handoff of 20 MB with its files is taken', async () => {
  const api = await openApi();
  const file = { name: 'a.bin', contentType: 'application/octet-stream', base64: 'A'.repeat(20_000_000) };
  expect((await api.post('/v1/handoffs', mailHandoff({ attachments: [file] }))).status).toBe(202);
});

test('a store that fails is told, and taken up again once it works', async () => {
  const { store } = await openTestStore();
  let isFull = true;
  // The full disk of the store itself is tried in its own tests.
  const failing: HandoffStore = {
    ...store,
    accept: (...given) => (isFull ? Promise.reject(new Error('the disk is full')) : store.accept(...given)),
  };
  const api = await openApi({ store: failing });
  const handoff = mailHandoff();
  const { status, headers } = await api.post('/v1/handoffs', handoff);
  expect([status, headers.get('retry-after')]).toEqual([503, '10']);
  isFull = false;
  expect((await api.post('/v1/handoffs', handoff)).status).toBe(202);
});

test('without Salesforce, or for reading alone, nothing is taken, and why is told', async () => {
  const unconnected = await openApi({ route: () => undefined });
  const missing = await unconnected.post('/v1/handoffs', mailHandoff());
  expect([missing.status, missing.body['detail']]).toEqual([503, expect.stringMatching(/--target-org.*--no-sessions/)]);
  const readOnly = await openApi({ isReadOnly: true });
  const refused = await readOnly.post('/v1/handoffs', mailHandoff());
  expect([refused.status, refused.body['detail']]).toEqual([403, expect.stringContaining('--read-only')]);
  for (const { store } of [unconnected, readOnly]) expect(await store.events({ limit: 10 })).toEqual([]);
});

test.each([
  ['forward', 503, 'not-connected'],
  ['read-only', 403, 'read-only'],
  ['record', 403, 'read-only'],
] as const)('in the mode %s it is said which of both it is', async (mode, status, type) => {
  const token = newWebhookToken();
  const { origins } = await serve({ mode, api: { token } });
  const answer = await fetch(`${origins[0]}/v1/handoffs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(mailHandoff()),
  });
  expect([answer.status, await answer.json()]).toEqual([
    status,
    expect.objectContaining({ type: `urn:opencx-sf:problem:${type}` }),
  ]);
});
