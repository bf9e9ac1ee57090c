import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { openTestStore } from '../serving.ts';
import { aDesk, anOrg, eventually, handOver, heard, saidIn, sessionOf, toldOf, write } from './desk.ts';

describe('a session that is handed off again', () => {
  test('goes on in its conversation, although OpenCX knows the contact by another id now', async () => {
    const org = await anOrg();
    const { store } = await openTestStore();
    const { desk } = await aDesk(store, org);
    const sessionId = await handOver(store, desk, { contact: {} });
    await heard(store, sessionId, 'session.handoff_completed');
    const first = await sessionOf(store, sessionId);
    const transcript = [{ role: 'contact' as const, text: 'It still burns' }];
    await handOver(store, desk, { sessionId, contact: { id: 'jane', email: 'jane@customer.test' }, transcript });
    const told = await heard(store, sessionId, 'session.handoff_completed', 2);
    expect(told.map(({ appended }) => appended)).toEqual([false, true]);
    const session = await sessionOf(store, sessionId);
    expect(session.conversationId).toBe(first.conversationId);
    expect(await saidIn(org, session)).toEqual([
      expect.stringContaining('My printer burns'),
      expect.stringContaining('It still burns'),
    ]);
    await write(store, desk, sessionId, { role: 'ai', text: 'I have told them.' });
    await heard(store, sessionId, 'message.delivered');
    expect((await saidIn(org, session)).at(-1)).toBe('EndUser: [AI] I have told them.');
  });

  test('with what it had said before repeats nothing', async () => {
    const org = await anOrg();
    const { store } = await openTestStore();
    const { desk } = await aDesk(store, org);
    const sessionId = randomUUID();
    for (let time = 1; time <= 2; time += 1) {
      await handOver(store, desk, { sessionId });
      await heard(store, sessionId, 'session.handoff_completed', time);
    }
    expect(await saidIn(org, await sessionOf(store, sessionId))).toHaveLength(1);
  });
});

describe('a representative who leaves', () => {
  test('does not end the session: another one may come', async () => {
    const org = await anOrg();
    await org.agent('other@example.com', { name: 'Otto Other', capacity: 10 });
    const { store } = await openTestStore();
    const { desk } = await aDesk(store, org);
    const sessionId = await handOver(store, desk);
    await heard(store, sessionId, 'session.handoff_completed');
    const offered = await org.work();
    const { conversationId } = await sessionOf(store, sessionId);
    const { agent } = offered.find((one) => one.conversationId === conversationId);
    const work = await org.accept(agent, conversationId);
    await heard(store, sessionId, 'agent.joined');
    await org.control('POST', `agent-work/${work}/leave`);
    await heard(store, sessionId, 'agent.left');
    expect(await sessionOf(store, sessionId)).toMatchObject({ state: 'handedOff' });
    expect((await toldOf(store, sessionId)).map(({ event }) => event)).not.toContain('session.resolved');
    expect(desk.following()).toBe(1);
  });
});

describe('what the AI says', () => {
  test('is not sent once a representative is at it, however long it has waited; what was sent is told as sent', async () => {
    const org = await anOrg();
    const { store } = await openTestStore();
    const { desk } = await aDesk(store, org);
    const sessionId = await handOver(store, desk);
    await heard(store, sessionId, 'session.handoff_completed');
    const early = { id: randomUUID(), role: 'ai' as const, text: 'One moment.' };
    await write(store, desk, sessionId, early);
    await heard(store, sessionId, 'message.delivered');
    const session = await sessionOf(store, sessionId);
    await org.accept('rep@example.com', session.conversationId);
    await heard(store, sessionId, 'agent.joined');

    await write(store, desk, sessionId, { role: 'ai', text: 'Too late' });
    const told = await heard(store, sessionId, 'message.failed');
    expect(told.at(-1)).toMatchObject({
      state: 'handedOff',
      message: { text: 'Too late' },
      reason: expect.stringContaining('representative'),
    });
    // As if its first answer had been lost, and a representative had come before the next attempt.
    await write(store, desk, sessionId, early);
    await heard(store, sessionId, 'message.delivered', 2);
    expect((await saidIn(org, session)).slice(1)).toEqual(['EndUser: [AI] One moment.']);
  });
});

describe('a conversation that Salesforce can route to nobody', () => {
  test('is told to the people of serve; the session waits, as it may be routed yet', async () => {
    const org = await anOrg({ withFlow: false });
    for (const { Id } of await org.records('SELECT Id FROM QueueSobject')) {
      await org.client.call('DELETE', `/services/data/v68.0/sobjects/QueueSobject/${Id}`);
    }
    const { store } = await openTestStore();
    const { desk, told } = await aDesk(store, org);
    const sessionId = await handOver(store, desk);
    await eventually(() => told.find(({ type }) => type === 'routing-failed')).toMatchObject({
      sessionId,
      reason: expect.stringContaining('RoutingError'),
    });
    await heard(store, sessionId, 'session.handoff_completed');
    expect(await sessionOf(store, sessionId)).toMatchObject({ state: 'open' });
  });
});
