import { describe, expect, test } from 'vitest';

import { ladderStage, openSessions, refuse, statuses } from './ladder-of.ts';

describe('a set-up that works', () => {
  test('is proved rung by rung, up to the reps, and nothing stays open', async () => {
    const stage = await ladderStage();
    const climb = await stage.climb();
    expect(statuses(climb)).toEqual([
      'deployment: done',
      'access-token: done',
      'verified: done',
      'modes: done',
      'event-stream: done',
      'conversation: done',
      'first-message: done',
      'routing-result: done',
      'conversation-row: done',
      'messaging-session: done',
      'work: done',
      'session-field: done',
      'rep-joined: skipped',
      'rep-message: skipped',
      'opencx-history: skipped',
      'clean-up: done',
    ]);
    expect(climb.rung('verified')?.detail).toContain('/AUTH/');
    expect(climb.rung('work')?.detail).toContain('queue OpenCX_Messaging');
    expect(climb.rung('session-field')?.detail).toContain(climb.sessionId);
    expect(openSessions(stage)).toEqual([]);
    const returned = (await stage.served.requests()).filter(
      ({ method, path }) => method === 'DELETE' && path.endsWith('/access-token'),
    );
    expect(returned.map(({ status }) => status)).toEqual([204, 204]);
  });

  test('is proved with a rep who joins and writes', async () => {
    const stage = await ladderStage();
    await stage.served.control('POST', '/messaging/agents', { username: 'rep@example.com', name: 'Rita Rep' });
    const control = (method: string, path: string, body?: unknown) => stage.served.control(method, path, body);
    let work = '';
    const climb = await stage.climb({
      more: {
        rep: {
          accept: async (sessionId) => {
            const all = (await control('GET', '/messaging/agent-work')) as {
              work: { id: string; sessionId: string }[];
            };
            work = all.work.find((one) => one.sessionId === sessionId)?.id ?? '';
            await control('POST', `/messaging/agent-work/${work}/accept`);
          },
          reply: async (text) => {
            await control('POST', `/messaging/agent-work/${work}/reply`, { text });
          },
        },
      },
    });
    expect(climb.rung('rep-joined')).toMatchObject({ status: 'done', detail: 'Rita Rep' });
    expect(climb.rung('rep-message')).toMatchObject({ status: 'done' });
    expect(openSessions(stage)).toEqual([]);
  });

  test('waits for a person only as long as it was told to, and says that it may still come', async () => {
    const stage = await ladderStage();
    const asked: string[] = [];
    const climb = await stage.climb({
      more: { waitMs: 300 },
      at: (event) => event.kind === 'ask' && asked.push(event.request),
    });
    expect(climb.rung('rep-joined')).toMatchObject({ status: 'waiting' });
    expect(asked.join('')).toContain('queue OpenCX_Messaging');
    expect(openSessions(stage)).toEqual([]);
  });

  test('is left without an open session also when the run is stopped half way', async () => {
    const stage = await ladderStage();
    const stop = new AbortController();
    const climb = await stage.climb({
      more: { signal: stop.signal },
      at: (event) => {
        if (event.kind === 'stage' && event.id === 'first-message') stop.abort();
      },
    });
    expect(climb).toMatchObject({ interrupted: true });
    expect(statuses(climb).at(-1)).toBe('clean-up: done');
    expect(openSessions(stage)).toEqual([]);
  });
});

test('another org than the one that is logged in to has no such conversation', async () => {
  const stage = await ladderStage();
  const other = await ladderStage();
  const { scrtUrl, organizationId } = other.served.running;
  // The key of the one is not known to the other.
  const climb = await stage.climb({ endpoint: { scrtUrl, orgId: organizationId.slice(0, 15) } });
  expect(statuses(climb).slice(0, 2)).toEqual(['deployment: done', 'access-token: failed']);
});

test('a session is ended also when its events cannot be followed any more', async () => {
  const stage = await ladderStage();
  const climb = await stage.climb({
    more: { waitMs: 5000 },
    at: async (event) => {
      if (event.kind !== 'stage' || event.id !== 'session-field') return;
      await refuse('GET', '/sse', 403, 100)(stage);
      await stage.served.control('POST', '/messaging/streams/cut');
    },
  });
  expect(climb.rung('rep-joined')).toMatchObject({ status: 'failed', detail: expect.stringContaining('HTTP 403') });
  expect(climb.rung('clean-up')).toMatchObject({ status: 'done' });
  expect(openSessions(stage)).toEqual([]);
});

test('a session whose row tells its end a little later is not called open', async () => {
  const stage = await ladderStage();
  const { records, settings } = stage.served.running.state;
  await refuse('DELETE', '/conversation/', 200, 100)(stage);
  const climb = await stage.climb({
    more: { patienceMs: 5000 },
    at: (event) => {
      if (event.kind !== 'begin' || event.id !== 'clean-up') return;
      setTimeout(() => {
        for (const { Id } of records.all('MessagingSession')) {
          records.update('MessagingSession', Id, { Status: 'Ended' }, settings.adminUserId);
        }
      }, 500);
    },
  });
  expect(climb.rung('clean-up')).toMatchObject({ status: 'done' });
});

test('a host that tells nobody of its deployments is no fault: the token decides', async () => {
  const stage = await ladderStage();
  await refuse('GET', '/embedded-service-config', 404)(stage);
  const climb = await stage.climb();
  expect(statuses(climb).slice(0, 2)).toEqual(['deployment: skipped', 'access-token: done']);
  expect(climb.rung('clean-up')).toMatchObject({ status: 'done' });
});

test('a token that cannot be given back is no session that stays', async () => {
  const stage = await ladderStage();
  await refuse('DELETE', '/access-token', 404, 100)(stage);
  const climb = await stage.climb();
  expect(climb.reports.at(-1)).toMatchObject({
    status: 'done',
    evidence: [
      expect.stringContaining('giving the token back'),
      expect.stringContaining('giving the first token back'),
    ],
  });
});

test('a session that cannot be ended is named', async () => {
  const stage = await ladderStage();
  await refuse('DELETE', '/conversation/', 500, 100)(stage);
  const climb = await stage.climb();
  expect(climb.rung('clean-up')).toMatchObject({ status: 'failed' });
  expect(climb.rung('clean-up')?.detail).toMatch(/^still open: 0Mw\w+ \(Waiting\)/);
  expect(openSessions(stage)).toEqual(['Waiting']);
});

test('rows that never come are told, each on its rung', async () => {
  for (const [sobject, after, rung] of [
    ['Conversation', 'routing-result', 'conversation-row'],
    ['MessagingSession', 'conversation-row', 'messaging-session'],
    ['PendingServiceRouting', 'messaging-session', 'work'],
  ] as const) {
    const stage = await ladderStage();
    const { records } = stage.served.running.state;
    const climb = await stage.climb({
      at: (event) => {
        if (event.kind !== 'stage' || event.id !== after) return;
        for (const row of records.all(sobject)) records.delete(sobject, row.Id);
      },
    });
    expect(climb.rung(rung), rung).toMatchObject({ status: 'failed' });
    expect(statuses(climb).at(-2)).toBe(`${rung}: failed`);
  }
});
