import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { describe, expect, onTestFinished, test } from 'vitest';

import { newStoreTag } from '../../../src/handoff/store/store-ids.ts';
import { openDatabase } from '../../../src/handoff/store/sqlite/database/open-database.ts';
import { storeOn } from '../../../src/handoff/store/sqlite/open-sqlite-store.ts';
import { openTestStore } from '../serving.ts';
import { aDesk, anOrg, eventually, handOver, heard, saidIn, sessionOf, toldOf, whereIs, write } from './desk.ts';
import type { Where } from './run-desk.ts';

/** A desk in a process of its own. @returns what kills it as a power cut does */
async function deskProcess(file: string, where: Where): Promise<() => Promise<void>> {
  const program = fileURLToPath(new URL('desk-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify({ file, where, pace: {} })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  await once(child.stdout, 'data');
  return kill;
}

/** A session that a representative has taken, carried and followed by a process that can be killed. */
async function takenElsewhere() {
  const org = await anOrg();
  const { store, file } = await openTestStore();
  const delivery = { kind: 'conversation', target: new URL(org.client.org.scrtUrl).href };
  const kill = await deskProcess(file, whereIs(org));
  const sessionId = await handOver(store, { delivery });
  await heard(store, sessionId, 'session.handoff_completed');
  const { conversationId } = await sessionOf(store, sessionId);
  const work = await org.accept('rep@example.com', conversationId);
  const replyIn = (accepted: string, text: string) => org.control('POST', `agent-work/${accepted}/reply`, { text });
  return { org, store, delivery, kill, sessionId, conversationId, work, replyIn };
}

describe('several processes', () => {
  test('follow a conversation one after the other: what was said while the first was dead is told once, in order', async () => {
    const { org, store, kill, sessionId, work, replyIn } = await takenElsewhere();
    const reply = (text: string) => replyIn(work, text);
    await reply('one');
    await reply('two');
    await heard(store, sessionId, 'message.agent', 2);

    await kill();
    for (const text of ['three', 'four', 'five']) await reply(text);
    const { desk } = await aDesk(store, org);
    await heard(store, sessionId, 'message.agent', 5);
    await reply('six');
    await write(store, desk, sessionId, { text: 'Thanks' });
    const told = await heard(store, sessionId, 'message.delivered');
    await heard(store, sessionId, 'message.agent', 6);
    expect(told.map(({ event }) => event).slice(0, 3)).toEqual([
      'session.handoff_completed',
      'session.handed_off',
      'agent.joined',
    ]);
    const texts = (await toldOf(store, sessionId)).flatMap(({ event, message }) =>
      event === 'message.agent' ? [message?.text] : [],
    );
    expect(texts).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
  });

  test('one that was killed had not told the end: who carries the next message tells all before it, in order and once', async () => {
    const { org, store, delivery, kill, sessionId, conversationId, work, replyIn } = await takenElsewhere();
    await heard(store, sessionId, 'agent.joined');
    await kill();
    await replyIn(work, 'Good bye');
    await org.control('POST', `agent-work/${work}/end`);
    await write(store, { delivery }, sessionId, { text: 'Once more' });
    const { desk } = await aDesk(store, org);
    await heard(store, sessionId, 'message.delivered');
    await eventually(() => desk.following()).toBe(1);
    const again = await org.accept('rep@example.com', conversationId);
    await replyIn(again, 'Hello again');
    await heard(store, sessionId, 'message.agent', 2);
    expect((await toldOf(store, sessionId)).map(({ event }) => event)).toEqual([
      'session.handoff_completed',
      'session.handed_off',
      'agent.joined',
      'message.agent',
      'agent.left',
      'session.resolved',
      'session.reopened',
      'message.delivered',
      'session.handed_off',
      'agent.joined',
      'message.agent',
    ]);
  });

  test('killed in the middle of handoffs: the other one brings them all, each once', async () => {
    const org = await anOrg();
    const { store, file } = await openTestStore();
    const delivery = { kind: 'conversation', target: new URL(org.client.org.scrtUrl).href };
    const kill = await deskProcess(file, whereIs(org));
    const sessions: string[] = [];
    for (let number = 0; number < 8; number += 1) sessions.push(await handOver(store, { delivery }));
    await eventually(async () => (await store.counts()).delivered).toBeGreaterThan(1);
    await kill();
    await aDesk(store, org);
    for (const sessionId of sessions) {
      await heard(store, sessionId, 'session.handoff_completed');
      const session = await sessionOf(store, sessionId);
      expect(session.state).toBe('open');
      expect(await saidIn(org, session)).toHaveLength(1);
      expect((await toldOf(store, sessionId)).map(({ event }) => event)).toEqual(['session.handoff_completed']);
    }
    expect((await org.control('GET', 'conversations')).body.conversations).toHaveLength(8);
    expect(await org.records('SELECT Id FROM MessagingSession')).toHaveLength(8);
  });

  test('share twenty conversations; those of the one that ends go to the other at once', async () => {
    const org = await anOrg();
    const { store } = await openTestStore();
    const one = await aDesk(store, org, { pace: { openings: 1, openMs: 20 } });
    const other = await aDesk(store, org, { pace: { openings: 1, openMs: 20 } });
    const sessions: string[] = [];
    for (let number = 0; number < 20; number += 1) sessions.push(await handOver(store, one.desk));
    await eventually(() => one.desk.following() + other.desk.following()).toBe(20);
    expect(one.desk.following()).toBeGreaterThan(0);
    expect(other.desk.following()).toBeGreaterThan(0);

    const works = new Map<string, string>();
    for (const sessionId of sessions) {
      const { conversationId } = await sessionOf(store, sessionId);
      const work = await org.accept('rep@example.com', conversationId);
      works.set(sessionId, work);
      await org.control('POST', `agent-work/${work}/reply`, { text: `to ${sessionId}` });
    }
    for (const sessionId of sessions) await heard(store, sessionId, 'message.agent');
    await one.close();
    await eventually(() => other.desk.following()).toBe(20);
    for (const [sessionId, work] of works) await org.control('POST', `agent-work/${work}/end`, { text: sessionId });
    for (const sessionId of sessions) {
      const told = await heard(store, sessionId, 'session.resolved');
      expect(told.map(({ event }) => event).sort()).toEqual([
        'agent.joined',
        'agent.left',
        'message.agent',
        'session.handed_off',
        'session.handoff_completed',
        'session.resolved',
      ]);
    }
    await eventually(() => other.desk.following()).toBe(0);
  });
});

describe('what a store does not take', () => {
  test('as the disk is full, is told as soon as there is room again, in order and once', async () => {
    const org = await anOrg();
    const { file } = await openTestStore();
    const open = openDatabase(file, newStoreTag(Math.random));
    const store = storeOn(open);
    onTestFinished(() => store.close());
    const { desk, told } = await aDesk(store, org, { pace: { leaseMs: 60_000 } });
    const sessionId = await handOver(store, desk);
    await heard(store, sessionId, 'session.handoff_completed');
    const { conversationId } = await sessionOf(store, sessionId);
    const work = await org.accept('rep@example.com', conversationId);
    await heard(store, sessionId, 'agent.joined');

    const { page_count: pages } = open.database.prepare('PRAGMA page_count').get() as { page_count: number };
    open.database.exec(`PRAGMA max_page_count = ${pages}`);
    const texts = Array.from({ length: 20 }, (_, number) => `${number} ${'x'.repeat(3000)}`);
    for (const text of texts) await org.control('POST', `agent-work/${work}/reply`, { text });
    await eventually(() => told.map(({ type }) => type)).toContain('store-failing');
    expect(await toldOf(store, sessionId)).not.toHaveLength(texts.length + 3);
    open.database.exec('PRAGMA max_page_count = 100000');
    const all = await heard(store, sessionId, 'message.agent', texts.length);
    expect(all.flatMap(({ event, message }) => (event === 'message.agent' ? [message?.text] : []))).toEqual(texts);
    await eventually(() => told.map(({ type }) => type)).toContain('store-working');
  });
});

describe('Live Messaging that is away', () => {
  test('is told once for all, since when, and once that it is back', async () => {
    const org = await anOrg();
    const { store } = await openTestStore();
    const { desk, told } = await aDesk(store, org, { pace: { graceMs: 5000 } });
    const sessions: string[] = [];
    for (let number = 0; number < 3; number += 1) sessions.push(await handOver(store, desk));
    await eventually(() => desk.following()).toBe(3);
    for (const sessionId of sessions) await heard(store, sessionId, 'session.handoff_completed');
    const ofStreams = () => told.flatMap(({ type }) => (/^(?:messaging|stream)-/.test(type) ? [type] : []));
    expect(ofStreams()).toEqual([]);

    const path = '/eventrouter/v1/sse|/iamessage/';
    await org.client.control('POST', 'faults', { kind: 'status', status: 503, body: '{}', match: { path } });
    await org.control('POST', 'streams/cut');
    await eventually(ofStreams).toEqual(['messaging-lost']);
    await org.client.control('DELETE', 'faults');
    await eventually(ofStreams).toEqual(['messaging-lost', 'messaging-resumed']);
    for (const sessionId of sessions) {
      const { conversationId } = await sessionOf(store, sessionId);
      const work = await org.accept('rep@example.com', conversationId);
      await org.control('POST', `agent-work/${work}/reply`, { text: 'There you are' });
      await heard(store, sessionId, 'message.agent');
    }
  });
});
