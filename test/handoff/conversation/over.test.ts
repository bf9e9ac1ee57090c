import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import type { MessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import { openTestStore } from '../serving.ts';
import { aDesk, anOrg, eventually, handOver, heard, saidIn, sessionOf, toldOf, write } from './desk.ts';

const base64 = Buffer.from('%PDF-1.7 a small one').toString('base64');
const letter = { name: 'letter.pdf', contentType: 'application/pdf', base64 };

async function fault(org: MessagingOrg, value: object): Promise<void> {
  expect((await org.client.control('POST', 'faults', value)).status).toBe(201);
}

/** A session that a representative has taken. */
async function taken() {
  const org = await anOrg();
  const { store } = await openTestStore();
  const { desk, told } = await aDesk(store, org);
  const sessionId = await handOver(store, desk);
  await heard(store, sessionId, 'session.handoff_completed');
  const session = await sessionOf(store, sessionId);
  const work = await org.accept('rep@example.com', session.conversationId);
  await heard(store, sessionId, 'agent.joined');
  const events = async () => (await toldOf(store, sessionId)).map(({ event }) => event);
  return {
    org,
    store,
    desk,
    told,
    sessionId,
    session,
    work,
    events,
    /** The representative ends it, and its conversation is not followed any more. */
    ended: async () => {
      await org.control('POST', `agent-work/${work}/end`);
      await heard(store, sessionId, 'session.resolved');
      await eventually(() => desk.following()).toBe(0);
    },
    /** A representative takes what goes on, answers, and is heard. */
    answered: async () => {
      const again = await org.accept('rep@example.com', session.conversationId);
      await org.control('POST', `agent-work/${again}/reply`, { text: 'Here I am again.' });
      const all = await heard(store, sessionId, 'message.agent');
      expect(all.at(-1)).toMatchObject({ message: { text: 'Here I am again.' } });
    },
  };
}

describe('a messaging session that is over goes on in another one, which is followed', () => {
  test('opened by a handoff that was accepted before the end, and carried after it', async () => {
    const { org, store, desk, sessionId, ended, answered, events } = await taken();
    await fault(org, {
      kind: 'status',
      status: 503,
      body: '{}',
      match: { method: 'POST', path: '/api/v2/conversation$' },
    });
    await handOver(store, desk, { sessionId, transcript: [{ role: 'contact', text: 'It still burns' }] });
    await ended();
    await org.client.control('DELETE', 'faults');
    await heard(store, sessionId, 'session.reopened');
    await heard(store, sessionId, 'session.handoff_completed', 2);
    await answered();
    expect((await events()).filter((event) => event === 'session.reopened')).toHaveLength(1);
  });

  test('opened by a message that fails for the file with it', async () => {
    const { org, store, desk, sessionId, ended, answered } = await taken();
    await ended();
    await fault(org, { kind: 'status', status: 403, body: '{}', match: { path: '/file$' } });
    await write(store, desk, sessionId, { text: 'Look at this', attachments: [letter] });
    await heard(store, sessionId, 'message.failed');
    await heard(store, sessionId, 'session.reopened');
    expect(await sessionOf(store, sessionId)).toMatchObject({ state: 'open' });
    await answered();
  });
});

describe('a session that is over', () => {
  test('stays so if a message of before is found again', async () => {
    const { org, store, desk, sessionId, ended, events } = await taken();
    const last = { id: randomUUID(), text: 'Thanks, bye' };
    await write(store, desk, sessionId, last);
    await heard(store, sessionId, 'message.delivered');
    await ended();
    // As if its answer had been lost, and the end had come before the next attempt.
    await write(store, desk, sessionId, last);
    await heard(store, sessionId, 'message.delivered', 2);
    expect(await sessionOf(store, sessionId)).toMatchObject({ state: 'resolved' });
    expect(await events()).not.toContain('session.reopened');
    expect(await org.records('SELECT Id FROM MessagingSession')).toHaveLength(1);
  });
});

describe('what only the entries of the conversation say yet', () => {
  test('a representative who has come: the AI says nothing more', async () => {
    const org = await anOrg();
    const { store } = await openTestStore();
    const { desk, told: news } = await aDesk(store, org);
    const sessionId = await handOver(store, desk);
    await heard(store, sessionId, 'session.handoff_completed');
    await eventually(() => desk.following()).toBe(1);
    await fault(org, { kind: 'status', status: 503, body: '{}', match: { path: '/eventrouter/v1/sse' } });
    await org.control('POST', 'streams/cut');
    await eventually(() => news.map(({ type }) => type)).toContain('messaging-lost');
    const session = await sessionOf(store, sessionId);
    await org.accept('rep@example.com', session.conversationId);
    await write(store, desk, sessionId, { role: 'ai', text: 'Shall I tell a joke?' });
    const told = await heard(store, sessionId, 'message.failed');
    const failed = told.find(({ event }) => event === 'message.failed');
    expect(failed?.reason).toContain('representative');
    expect((await saidIn(org, session)).join('\n')).not.toContain('joke');
    await org.client.control('DELETE', 'faults');
    await heard(store, sessionId, 'session.handed_off');
  });
});
