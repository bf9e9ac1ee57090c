import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { replayEvent, sameTargets } from '../../../src/handoff/replay/replay-event.ts';
import type { Happening } from '../../../src/handoff/session/happening.ts';
import { ownMessageIdentifier } from '../../../src/handoff/session/own-message.ts';
import { changeBy } from '../../../src/handoff/session/session-change.ts';
import type { SessionEvent } from '../../../src/handoff/session/session-event.ts';
import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { openFarSide, type FarSide } from '../far-side.ts';
import { bodyOf, post, serve, type Serving } from '../serving.ts';

const quick = { delaysMs: [50, 50], pollMs: 10 };
const caseId = '500000000000001AAA';
const ofHandoff = { case_from: 'opencx' };

async function serveWithCallback(pace = quick): Promise<{ serving: Serving; callback: FarSide }> {
  const callback = await openFarSide();
  return { serving: await serve({ mode: 'everything', callbackUrl: new URL(callback.url), pace }), callback };
}

/** Waits until so many events have come to the callback. @returns them */
async function told(callback: FarSide, count: number): Promise<SessionEvent[]> {
  await expect.poll(() => callback.calls.length, { timeout: 10_000, interval: 5 }).toBeGreaterThanOrEqual(count);
  return callback.calls.map(({ body }) => JSON.parse(body.toString()) as SessionEvent);
}

/** What became of a webhook, once its delivery to the sessions has ended: the answers of all attempts. */
async function workedIn(store: HandoffStore, eventId = ''): Promise<{ state: string | undefined; answers: unknown[] }> {
  const delivery = async () => (await store.deliveries([eventId])).find(({ kind }) => kind === 'session');
  await expect.poll(async () => (await delivery())?.state, { timeout: 10_000, interval: 5 }).toMatch(/delivered|dead/);
  const ended = await delivery();
  const attempts = await store.attempts([ended?.id ?? '']);
  const answers = attempts.map(({ response, failure }) =>
    response === undefined ? failure : [response.status, JSON.parse(Buffer.from(response.body).toString())],
  );
  return { state: ended?.state, answers };
}

/** A handoff as its carrier writes it down. */
async function handedOff(store: HandoffStore, sessionId: string, ...more: readonly Happening[]): Promise<void> {
  const happenings: Happening[] = [
    { type: 'handoff-accepted', channel: 'email', contact: { email: 'jane@customer.example' } },
    { type: 'handed-over', appended: false, caseId },
    ...more,
  ];
  await store.changeSession(
    changeBy(sessionId, happenings, { at: Date.now(), cause: randomUUID(), callbackUrl: undefined }),
  );
}

const namesOf = (events: readonly SessionEvent[]): string[] => events.map(({ event }) => event);

test('mail makes a Case: its session begins, is taken over, and ends with the Case', async () => {
  const { serving, callback } = await serveWithCallback();
  for (const name of [
    'caseCreated',
    'customerEmail',
    'ownerChanged',
    'agentEmail',
    'emailBounced',
    'caseClosed',
  ] as const) {
    await post(serving.webhookUrl, bodyOf(name));
  }
  const events = await told(callback, 6);
  expect(namesOf(events)).toEqual([
    'session.started',
    'message.contact',
    'session.handed_off',
    'message.agent',
    'message.failed',
    'session.resolved',
  ]);
  expect(new Set(events.map((event) => event.sessionId)).size).toBe(1);
  expect(events.map(({ state }) => state)).toEqual(['open', 'open', 'handedOff', 'handedOff', 'handedOff', 'resolved']);
  expect(events[1]).toMatchObject({
    channel: 'email',
    caseId,
    message: {
      id: '02s000000000001AAA',
      from: { name: 'Jane Doe', address: 'jane@customer.example' },
      subject: 'My order has not arrived',
      text: expect.stringContaining('Where is it?') as string,
      html: expect.stringContaining('<p>') as string,
      files: [{ id: '068000000000001AAA', name: 'receipt.pdf', size: 48_213 }],
    },
  });
  expect(events[2]).toMatchObject({ reason: 'the Case was given to a representative' });
  expect(events[4]).toMatchObject({ reason: expect.stringContaining('bounced') as string });
  const [session] = await serving.store.sessions({ caseId, limit: 10 });
  expect(session).toMatchObject({
    id: events[0]?.sessionId,
    origin: 'case',
    channel: 'email',
    state: 'resolved',
    contact: { name: 'Jane Doe', email: 'jane@customer.example' },
    subject: 'My order has not arrived',
    caseNumber: '00001027',
    contactId: '003000000000001AAA',
  });
  expect(callback.calls.every(({ headers }) => headers['content-type']?.startsWith('application/json'))).toBe(true);
  // What was told by serve is told by its terminal and stream, too.
  expect((await serving.heard('told', 6)).map(({ name, state }) => `${name} ${state}`)).toEqual(
    events.map(({ event, state }) => `${event} ${state}`),
  );
});

test('the first mail may come before the Case it made', async () => {
  const { serving, callback } = await serveWithCallback();
  await post(serving.webhookUrl, bodyOf('customerEmail'));
  const { body } = await post(serving.webhookUrl, bodyOf('caseCreated'));
  expect(await workedIn(serving.store, body.id)).toEqual({
    state: 'delivered',
    answers: [[200, { session: null, why: 'the Case has a session already' }]],
  });
  expect(namesOf(await told(callback, 2))).toEqual(['session.started', 'message.contact']);
});

test('a Case that a handoff made begins no session', async () => {
  const { serving } = await serveWithCallback();
  const { body } = await post(serving.webhookUrl, bodyOf('caseCreated', ofHandoff));
  expect((await workedIn(serving.store, body.id)).answers).toEqual([
    [200, { session: null, why: 'the Case was made by a handoff' }],
  ]);
  expect(await serving.store.sessions({ caseId, limit: 10 })).toEqual([]);
});

test('a representative may answer before the handoff that made the Case is written down', async () => {
  const { serving } = await serveWithCallback({ ...quick, delaysMs: [2000, 2000] });
  const { body } = await post(serving.webhookUrl, bodyOf('agentEmail', ofHandoff));
  const [first] = await serving.heard('attempt');
  expect(first).toMatchObject({ status: 404 });
  const sessionId = randomUUID();
  await handedOff(serving.store, sessionId);
  expect((await workedIn(serving.store, body.id)).answers.at(-1)).toEqual([
    200,
    { session: sessionId, happened: ['agent-wrote'] },
  ]);
  expect(await serving.store.sessions({ caseId, limit: 10 })).toMatchObject([{ id: sessionId, state: 'handedOff' }]);
});

test('for a marked Case that no handoff of this store made a session is begun after a while', async () => {
  const { serving, callback } = await serveWithCallback();
  const { body } = await post(serving.webhookUrl, bodyOf('agentEmail', ofHandoff));
  const { answers } = await workedIn(serving.store, body.id);
  const unknown = [404, { error: 'The Case was made by a handoff that is not known here yet.' }];
  expect(answers).toMatchObject([unknown, unknown, [200, { happened: ['case-created', 'agent-wrote'] }]]);
  expect(namesOf(await told(callback, 3))).toEqual(['session.started', 'session.handed_off', 'message.agent']);
});

test('the end of a Case that nobody knows begins nothing', async () => {
  const { serving } = await serveWithCallback();
  const { body } = await post(serving.webhookUrl, bodyOf('caseClosed'));
  expect((await workedIn(serving.store, body.id)).answers).toMatchObject([[200, { session: null }]]);
  expect(await serving.store.sessions({ caseId, limit: 10 })).toEqual([]);
});

test('of several sessions of a Case one is told of a message, and all that are not over are handed off', async () => {
  const { serving, callback } = await serveWithCallback();
  const [over, older, newer] = [randomUUID(), randomUUID(), randomUUID()];
  await handedOff(serving.store, over, { type: 'case-closed' });
  await handedOff(serving.store, older);
  await handedOff(serving.store, newer);
  // The one changed last hears it.
  await serving.store.changeSession(
    changeBy(
      newer,
      { type: 'message-sent', message: { id: 'm', text: 'Hi' } },
      {
        at: Date.now() + 1000,
        cause: 'sent',
        callbackUrl: undefined,
      },
    ),
  );
  await post(serving.webhookUrl, bodyOf('agentEmail', ofHandoff));
  const events = await told(callback, 3);
  expect(events.filter(({ sessionId }) => sessionId === older).map(({ event }) => event)).toEqual([
    'session.handed_off',
  ]);
  expect(events.filter(({ sessionId }) => sessionId === newer).map(({ event }) => event)).toEqual([
    'session.handed_off',
    'message.agent',
  ]);
  expect((await serving.store.session(over))?.state).toBe('resolved');
});

/** A handoff of the same contact that chose the same Case and did not arrive there, as the change that came last. */
async function failedHandoff(store: HandoffStore, sessionId: string): Promise<void> {
  const happenings: Happening[] = [
    { type: 'handoff-accepted', channel: 'email', contact: { email: 'jane@customer.example' } },
    { type: 'handoff-dead', reason: 'refused', caseId },
  ];
  const when = { at: Date.now() + 1000, cause: randomUUID(), callbackUrl: undefined };
  await store.changeSession(changeBy(sessionId, happenings, when));
}

test('of several sessions of a Case one that failed takes no message away from the one that waits for it', async () => {
  const { serving, callback } = await serveWithCallback();
  const [older, newer] = [randomUUID(), randomUUID()];
  await handedOff(serving.store, older);
  await failedHandoff(serving.store, newer);
  await post(serving.webhookUrl, bodyOf('customerEmail', ofHandoff));
  expect(await told(callback, 1)).toMatchObject([{ event: 'message.contact', sessionId: older, state: 'open' }]);
});

test('a session that failed is told of a message if all others of its Case are over', async () => {
  const { serving, callback } = await serveWithCallback();
  const [over, failed] = [randomUUID(), randomUUID()];
  await handedOff(serving.store, over, { type: 'case-closed' });
  await failedHandoff(serving.store, failed);
  await post(serving.webhookUrl, bodyOf('customerEmail', ofHandoff));
  expect(await told(callback, 1)).toMatchObject([{ event: 'message.contact', sessionId: failed, state: 'failed' }]);
});

test('a mail that serve wrote itself is not told when its webhook comes', async () => {
  const { serving } = await serveWithCallback();
  await handedOff(serving.store, randomUUID());
  const identifier = ownMessageIdentifier(randomUUID(), 'company.example');
  const own = await post(serving.webhookUrl, bodyOf('customerEmail', { message_identifier: identifier }));
  expect((await workedIn(serving.store, own.body.id)).answers).toEqual([
    [200, { session: null, why: 'the mail was written by serve' }],
  ]);
});

test('a bounce names the message that was given to serve', async () => {
  const { serving, callback } = await serveWithCallback();
  await handedOff(serving.store, randomUUID());
  const messageId = randomUUID();
  const identifier = ownMessageIdentifier(messageId, 'company.example');
  await post(serving.webhookUrl, bodyOf('emailBounced', { message_identifier: identifier }));
  expect(await told(callback, 1)).toMatchObject([{ event: 'message.failed', message: { id: messageId } }]);
});

test('a replay tells nothing again, unless it was edited', async () => {
  const { serving, callback } = await serveWithCallback();
  const { store } = serving;
  await post(serving.webhookUrl, bodyOf('caseCreated'));
  const { body } = await post(serving.webhookUrl, bodyOf('customerEmail'));
  await told(callback, 2);
  const original = await store.event(body.id ?? '');
  if (original === undefined) throw new Error('the event is not there');
  const targets = sameTargets(await store.deliveries([original.id]));
  const replay = async (edits: Parameters<typeof replayEvent>[1]) => {
    const { event } = await store.accept(replayEvent(original, edits, randomUUID(), Date.now()), targets);
    return workedIn(store, event.id);
  };
  expect((await replay([])).state).toBe('delivered');
  expect((await replay([{ path: ['text_body'], value: 'Edited', json: false }])).state).toBe('delivered');
  const events = await told(callback, 3);
  expect(namesOf(events)).toEqual(['session.started', 'message.contact', 'message.contact']);
  expect(events[2]?.message?.text).toBe('Edited');
  // What does not fit the contract any more is dead at once, in words.
  const unfit = await replay([{ path: ['case_id'], value: 'nonsense', json: false }]);
  expect(unfit).toEqual({ state: 'dead', answers: [expect.stringContaining('case_id') as string] });
});

test('a run that only records carries nothing', async () => {
  const serving = await serve({ mode: 'record' });
  const { body } = await post(serving.webhookUrl, bodyOf('caseCreated'));
  expect(await serving.store.deliveries([body.id ?? ''])).toEqual([]);
});
