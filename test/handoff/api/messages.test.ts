import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import type { Happening } from '../../../src/handoff/session/happening.ts';
import { chatHandoff, mailHandoff, openApi, type Asking, type Handoff } from './asking.ts';

const inCase: Happening = { type: 'handed-over', caseId: '500000000000001AAA', appended: false };
const inConversation: Happening = { type: 'handed-over', conversationId: randomUUID(), appended: false };

async function handedOff(handoff: Handoff, ...happenings: Happening[]): Promise<Asking & { messages: string }> {
  const api = await openApi();
  await api.post('/v1/handoffs', handoff);
  for (const happening of happenings) await api.happens(handoff.sessionId, happening);
  return { ...api, messages: `/v1/sessions/${handoff.sessionId}/messages` };
}

test('a message is in the store, behind the handoff of its session, before it is answered', async () => {
  const handoff = mailHandoff();
  const api = await handedOff(handoff);
  const message = { id: randomUUID(), role: 'contact', text: 'Is anybody there?' };
  const { status, body } = await api.post(api.messages, message);
  expect([status, body]).toEqual([202, { messageId: message.id, eventId: expect.any(String) }]);
  const event = await api.store.event(String(body['eventId']));
  expect(event).toMatchObject({ name: 'message', orderKey: `session:${handoff.sessionId}` });
  expect(JSON.parse(Buffer.from(event?.body ?? []).toString())).toEqual(message);
  expect(await api.store.deliveries([event?.id ?? ''])).toMatchObject([
    { kind: 'case', target: 'https://acme.my.salesforce.com/' },
  ]);
});

test('a message that comes again by its id is taken once; with another text it is refused', async () => {
  const api = await handedOff(chatHandoff(), inConversation);
  const message = { id: randomUUID(), role: 'ai', text: 'One moment.' };
  const first = await api.post(api.messages, message);
  expect((await api.post(api.messages, message)).body).toEqual(first.body);
  expect((await api.post(api.messages, { ...message, text: 'Wait.' })).status).toBe(422);
  expect(await api.store.events({ name: 'message', limit: 10 })).toHaveLength(1);
});

test('a message without an id that comes again with its key is taken once; with another text it is refused', async () => {
  const api = await handedOff(chatHandoff(), inConversation);
  const key = { 'idempotency-key': 'message-1' };
  const first = await api.post(api.messages, { role: 'contact', text: 'Hi' }, key);
  expect((await api.post(api.messages, { role: 'contact', text: 'Hi' }, key)).body).toEqual(first.body);
  expect((await api.post(api.messages, { role: 'contact', text: 'Ho' }, key)).status).toBe(422);
  expect(await api.store.events({ name: 'message', limit: 10 })).toHaveLength(1);
});

test('messages without an id are new ones, and each gets an id', async () => {
  const api = await handedOff(chatHandoff(), inConversation);
  const answers = [];
  for (let nth = 0; nth < 3; nth += 1) answers.push(await api.post(api.messages, { role: 'contact', text: 'Hi' }));
  expect(new Set(answers.map(({ body }) => body['messageId'])).size).toBe(3);
  expect(String(answers[0]?.body['messageId'])).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/);
});

test('the same id in two sessions is two messages', async () => {
  const one = await handedOff(chatHandoff());
  const other = chatHandoff();
  await one.post('/v1/handoffs', other);
  const message = { id: randomUUID(), role: 'contact', text: 'Hi' };
  await one.post(one.messages, message);
  await one.post(`/v1/sessions/${other.sessionId}/messages`, message);
  expect(await one.store.events({ name: 'message', limit: 10 })).toHaveLength(2);
});

test.each<[string, Handoff, Happening[], string, number, string]>([
  ['of the contact before Salesforce has the session', mailHandoff(), [], 'contact', 202, ''],
  ['of the AI while no representative is at it', mailHandoff(), [inCase], 'ai', 202, ''],
  ['of the contact to a representative', mailHandoff(), [inCase, { type: 'owner-changed' }], 'contact', 202, ''],
  ['of the AI past a representative', mailHandoff(), [inCase, { type: 'owner-changed' }], 'ai', 409, 'ai-paused'],
  ['to a closed Case', mailHandoff(), [inCase, { type: 'case-closed' }], 'contact', 409, 'session-resolved'],
  ['after a chat has ended', chatHandoff(), [inConversation, { type: 'messaging-ended' }], 'contact', 202, ''],
  [
    'to what Salesforce did not take',
    mailHandoff(),
    [{ type: 'handoff-dead', reason: 'x' }],
    'ai',
    409,
    'session-failed',
  ],
])('a message %s', async (_what, handoff, happenings, role, wanted, type) => {
  const api = await handedOff(handoff, ...happenings);
  const { status, body } = await api.post(api.messages, { role, text: 'Hi' });
  expect([status, body['type']]).toEqual([wanted, type === '' ? undefined : `urn:opencx-sf:problem:${type}`]);
  expect(await api.store.events({ name: 'message', limit: 10 })).toHaveLength(wanted === 202 ? 1 : 0);
});

test('a message to a session that is not there is refused', async () => {
  const api = await openApi();
  for (const id of [randomUUID(), 'x', '%00', '..%2f..']) {
    const { status, body } = await api.post(`/v1/sessions/${id}/messages`, { role: 'ai', text: 'Hi' });
    expect([status, body['type']]).toEqual([404, 'urn:opencx-sf:problem:unknown-session']);
  }
});

test('what was said is accepted once more after the session was resolved, if it had been taken before', async () => {
  const handoff = mailHandoff();
  const api = await handedOff(handoff, inCase);
  const message = { id: randomUUID(), role: 'contact', text: 'Bye' };
  const first = await api.post(api.messages, message);
  await api.happens(handoff.sessionId, { type: 'case-closed' });
  expect((await api.post(api.messages, message)).body).toEqual(first.body);
});

test.each([
  ['no text', { text: undefined }, '/text'],
  ['an empty text', { text: '' }, '/text'],
  ['an agent, who writes in Salesforce', { role: 'agent' }, '/role'],
  ['an id that is no UUID', { id: '1' }, '/id'],
])('a message with %s is refused', async (_what, changes, pointer) => {
  const api = await handedOff(mailHandoff());
  const { status, body } = await api.post(api.messages, { role: 'contact', text: 'Hi', ...changes });
  expect([status, body['errors']]).toEqual([400, [{ pointer, message: expect.any(String) }]]);
});
