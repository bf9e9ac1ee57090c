import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { systemClock, type Clock } from '../../../src/clock.ts';
import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import type { Conversation } from '../../../src/messaging/conversation/conversation.ts';
import { clientFor } from '../../local-org/core/org-client.ts';
import { messagingOrgOf, openMessagingOrg, type MessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import { apiOfOrg, contact, open, said } from '../live-messaging.ts';

async function anOrg(): Promise<MessagingOrg> {
  const org = await openMessagingOrg();
  onTestFinished(async () => {
    await org.client.close();
    expect(org.client.bugs).toEqual([]);
  });
  await org.settings({ rateLimits: false });
  await org.agent('rep@example.com', { name: 'Rita Rep' });
  return org;
}

/** A clock that a test sets forward and back. */
function jumpingClock(): Clock & { ahead: number } {
  const clock = {
    ...systemClock,
    ahead: 0,
    now: () => Date.now() + clock.ahead,
    // Whoever looks at the clock every minute does so at once, so that a test need not wait for it.
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms === 60_000 ? 20 : ms, signal),
  };
  return clock;
}

/** Both sides hold the same: every message and all that lasts, each once, in one order. */
async function expectSameAsOrg(conversation: Conversation, org: MessagingOrg): Promise<void> {
  await conversation.sync();
  const { body } = await org.control('GET', `conversations/${conversation.id}`);
  const kept = new Set(['Message', 'ParticipantChanged', 'RoutingResult', 'SessionStatusChanged']);
  const entries = (body.entries as { id: string; type: string; role: string; text?: string }[]).filter(({ type }) =>
    kept.has(type),
  );
  expect([...new Set(conversation.transcript().map(({ entryId }) => entryId))]).toEqual(entries.map(({ id }) => id));
  expect(said(conversation)).toEqual(
    entries.flatMap(({ type, role, text }) => (type === 'Message' ? `${role}: ${text ?? ''}` : [])),
  );
}

describe('a conversation goes on', () => {
  test('when the org is stopped and started again', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'live-faults-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const before = await openMessagingOrg({}, { dataDir });
    await before.agent('rep@example.com', { name: 'Rita Rep' });
    const { conversation, next } = await open({ identity: contact(before) }, { api: await apiOfOrg(before) });
    await conversation.send('before');
    const work = await before.accept('rep@example.com');
    await before.client.close();
    await next('connection-lost');

    const { url, scrtUrl } = before.client.org;
    const port = (one: string) => Number(new URL(one).port);
    const org = await startLocalOrg({ dataDir, port: port(url), scrtPort: port(scrtUrl) });
    onTestFinished(() => org.close());
    const after = messagingOrgOf(clientFor(org, org.issueAccessToken()), before.deployed);
    await after.control('POST', `agent-work/${work}/reply`, { text: 'after' });
    await next('connection-resumed');
    await next('message', ({ text }) => text === 'after');
    await conversation.send('thanks');
    await expectSameAsOrg(conversation, after);
    expect(said(conversation)).toEqual(['EndUser: before', 'Agent: after', 'EndUser: thanks']);
  });

  test.each([
    ['forward by eight hours, as after a sleep', 8],
    ['back by eight hours', -8],
  ])('when the clock of this machine jumps %s', async (_how, hours) => {
    const org = await anOrg();
    const clock = jumpingClock();
    // Identity tokens are signed by the clock that is right.
    const { conversation, next } = await open({ identity: contact(org) }, { api: await apiOfOrg(org, clock), clock });
    await conversation.send('before');
    const work = await org.accept('rep@example.com');
    clock.ahead = hours * 3_600_000;
    if (hours > 0) await next('token-renewed');
    await org.control('POST', 'streams/cut');
    await org.control('POST', `agent-work/${work}/reply`, { text: 'after' });
    await next('message', ({ text }) => text === 'after');
    await conversation.send('thanks');
    await expectSameAsOrg(conversation, org);
  });

  test('when its token ends in the middle of it', async () => {
    const org = await anOrg();
    const { conversation, next } = await open({ identity: contact(org) }, { api: await apiOfOrg(org) });
    await conversation.send('before');
    const work = await org.accept('rep@example.com');
    for (const round of ['once', 'twice']) {
      await org.control('POST', 'tokens/expire');
      await org.control('POST', 'streams/cut');
      await org.control('POST', `agent-work/${work}/reply`, { text: `reply ${round}` });
      await Promise.all([conversation.send(`a ${round}`), conversation.send(`b ${round}`), conversation.sync()]);
      await next('token-renewed');
      await next('message', ({ text }) => text === `reply ${round}`);
    }
    await expectSameAsOrg(conversation, org);
    expect(await org.records('SELECT Id FROM MessagingSession')).toHaveLength(1);
  });

  test('when the session was idle, and when it has ended of it (417)', async () => {
    const org = await anOrg();
    const { conversation, next } = await open(
      { identity: contact(org), routingAttributes: { OpencxSessionId: 'session-1' } },
      { api: await apiOfOrg(org) },
    );
    await conversation.send('one');
    await org.accept('rep@example.com');
    await org.control('POST', `conversations/${conversation.id}/inactive`);
    await next('session-status', ({ status }) => status === 'Inactive');
    expect(await conversation.send('two')).toMatchObject({ newSession: false });
    await org.accept('rep@example.com');
    await org.settings({ autoEndMinutes: 1 });
    await org.control('POST', `conversations/${conversation.id}/inactive`);
    org.advance(120_000);
    await next('session-ended');
    expect(await conversation.send('three')).toMatchObject({ newSession: true });
    await next('session-restarted');
    await expectSameAsOrg(conversation, org);
    expect(await org.records('SELECT OpencxSessionId__c FROM MessagingSession')).toEqual([
      expect.objectContaining({ OpencxSessionId__c: 'session-1' }),
      expect.objectContaining({ OpencxSessionId__c: 'session-1' }),
    ]);
  });

  test.each([true, false])('through storms of 429 (Retry-After: %s)', async (retryAfter) => {
    const org = await anOrg();
    await org.settings({ rateLimits: true, retryAfter });
    const clock: Clock = {
      ...systemClock,
      // Waiting moves the org's clock on; deadlines of the stream are no waiting.
      sleep: async (ms, signal) => {
        if (ms === 31_000 || ms >= 60_000) return systemClock.sleep(ms, signal);
        org.advance(ms);
      },
    };
    const { conversation, events } = await open(
      { identity: contact(org), pace: { messagesPerMinute: 1000, firstPauseMs: 1000, connectMs: 31_000 } },
      { api: await apiOfOrg(org), clock },
    );
    const texts = Array.from({ length: 60 }, (_, index) => `m${index}`);
    const sending = texts.map((text) => conversation.send(text));
    await sending[0];
    org.advance(1500);
    await Promise.all(sending);
    expect(events.filter((event) => event.type === 'send-delayed' && event.by === 'org').length).toBeGreaterThan(1);
    await expectSameAsOrg(conversation, org);
    expect(said(conversation)).toEqual(texts.map((text) => `EndUser: ${text}`));
  });

  test('with a stream that doubles events, mixes them up, breaks at odd places and is not resumed', async () => {
    const org = await anOrg();
    await org.settings({ streamDuplicates: true, streamReorder: true, replay: 'off' });
    const { conversation, next, events } = await open({ identity: contact(org) }, { api: await apiOfOrg(org) });
    await conversation.send('begin');
    const work = await org.accept('rep@example.com');
    for (let round = 0; round < 20; round += 1) {
      if (round % 4 === 1) await org.control('POST', 'streams/cut', { afterBytes: 97 * round });
      await Promise.all([
        conversation.send(`customer ${round}`),
        org.control('POST', `agent-work/${work}/reply`, { text: `rep ${round}` }),
        org.control('POST', `agent-work/${work}/reply`, { text: `rep again ${round}` }),
      ]);
    }
    await org.control('POST', 'streams/cut');
    await next('connection-lost');
    await expectSameAsOrg(conversation, org);
    const told = events.flatMap((event) => (event.type === 'message' ? event.entryId : []));
    expect(new Set(told).size).toBe(told.length);
    expect(told).toHaveLength(61);
  });
});
