import { describe, expect, test } from 'vitest';

import { openCxParameters } from '../../local-org/messaging/messaging-files.ts';
import type { RungId } from '../../../src/diagnose/messaging/ladder.ts';
import { fieldText } from '../../../src/local-org/state/field-text.ts';
import { openCxFlow } from '../../local-org/messaging/routing-flow.ts';
import { ladderStage, type Climb, type LadderStage } from './ladder-of.ts';

/** Rungs by status, in order. */
function statuses({ reports }: { reports: readonly { id: string; status: string }[] }): string[] {
  return reports.map(({ id, status }) => `${id}: ${status}`);
}

function openSessions({ served }: LadderStage): string[] {
  return served.running.state.records
    .all('MessagingSession')
    .map((row) => fieldText(row['Status']))
    .filter((status) => status !== 'Ended');
}

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
            const all = (await control('GET', '/messaging/work')) as { work: { id: string; sessionId: string }[] };
            work = all.work.find((one) => one.sessionId === sessionId)?.id ?? '';
            await control('POST', `/messaging/work/${work}/accept`);
          },
          reply: async (text) => {
            await control('POST', `/messaging/work/${work}/reply`, { text });
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

interface Fault extends Climb {
  name: string;
  rung: RungId;
  says: RegExp;
  options?: Parameters<typeof ladderStage>[0];
  plant?: (stage: LadderStage) => Promise<unknown>;
}

const refuse =
  (method: string, path: string, status: number, times = 10) =>
  (stage: LadderStage) =>
    stage.served.control('POST', '/faults', { match: { method, path }, kind: 'status', status, body: '{}', times });

/** An answer with a token that is nobody's: only what stands beside it is looked at. */
const tellsModes = (deploymentType: string, authMode: string) => (stage: LadderStage) =>
  stage.served.control('POST', '/faults', {
    match: { method: 'POST', path: 'authenticated/access-token' },
    kind: 'status',
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({
      accessToken: 'none',
      context: {
        endUser: { subject: 'v2/iamessage/AUTH/OpenCX_Keyset/uid:test' },
        configuration: {
          embeddedServiceConfig: { deploymentType, embeddedServiceMessagingChannel: { authMode } },
        },
      },
    }),
  });

const faults: Fault[] = [
  {
    name: 'a host that is not there',
    rung: 'deployment',
    says: /ENOTFOUND/,
    more: { probe: () => Promise.resolve({ state: 'no-host', said: 'getaddrinfo ENOTFOUND' }) },
  },
  {
    name: 'a name in another case',
    rung: 'access-token',
    says: /opencx/i,
    endpoint: { deployment: 'OPENCX' },
  },
  { name: 'a deployment that nobody published', rung: 'access-token', says: /HTTP 4/, options: { publish: false } },
  {
    name: 'another issuer, which the org refuses',
    rung: 'access-token',
    says: /HTTP 401/,
    issuer: 'https://other.test',
  },
  {
    name: 'another issuer, which the org answers with an anonymous token',
    rung: 'verified',
    says: /anonymous/,
    issuer: 'https://other.test',
    plant: ({ served }) => served.control('PATCH', '/messaging/settings', { invalidIdentity: 'anonymous' }),
  },
  {
    name: 'a channel for anonymous contacts',
    rung: 'modes',
    says: /UnAuth/,
    plant: tellsModes('api', 'UnAuth'),
  },
  { name: 'a deployment for web pages', rung: 'modes', says: /type Web/, plant: tellsModes('Web', 'Auth') },
  {
    name: 'a proxy that has no event streams',
    rung: 'event-stream',
    says: /HTTP 502/,
    plant: refuse('GET', '/sse', 502),
  },
  {
    name: 'a proxy that holds event streams back',
    rung: 'event-stream',
    says: /no answer/,
    plant: ({ served }) =>
      served.control('POST', '/faults', { match: { method: 'GET', path: '/sse' }, kind: 'delay', ms: 3000 }),
  },
  {
    name: 'a proxy that answers in the place of the event stream',
    rung: 'event-stream',
    says: /text\/plain/,
    plant: ({ served }) =>
      served.control('POST', '/faults', {
        match: { method: 'GET', path: '/sse' },
        kind: 'status',
        status: 200,
        contentType: 'text/plain',
      }),
  },
  {
    name: 'a conversation that is refused',
    rung: 'conversation',
    says: /HTTP 400/,
    plant: refuse('POST', 'v2/conversation$', 400),
  },
  {
    name: 'no session for the first message',
    rung: 'first-message',
    says: /417/,
    plant: refuse('POST', '/message$', 417, 1),
  },
  {
    name: 'a flow whose queue is not there',
    rung: 'routing-result',
    says: /Error/,
    options: { flow: openCxFlow('No_Such_Queue') },
    plant: ({ served, deployed }) => {
      const { records, settings } = served.running.state;
      records.update('MessagingChannel', deployed.channelId, { FallbackQueueId: null }, settings.adminUserId);
      return Promise.resolve();
    },
  },
  {
    name: 'a parameter that differs in case',
    rung: 'session-field',
    says: /is empty/,
    options: {
      parameters: openCxParameters.map((one) =>
        one.name === 'OpencxSessionId' ? { ...one, name: 'OpenCxSessionId', externalName: 'OpenCxSessionId' } : one,
      ),
    },
  },
];

describe('a fault is found on its rung, and nothing after it is tried', () => {
  test.each(faults)('$name', async ({ rung, says, options, plant, endpoint, issuer, more }) => {
    const stage = await ladderStage(options);
    await plant?.(stage);
    const end = await stage.climb({
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(issuer === undefined ? {} : { issuer }),
      ...(more === undefined ? {} : { more }),
    });
    const failed = end.reports.filter(({ status }) => status === 'failed');
    expect(
      failed.map(({ id }) => id),
      JSON.stringify(end.reports, null, 1),
    ).toEqual([rung]);
    expect(failed[0]?.detail).toMatch(says);
    expect(failed[0]?.remedy.length).toBeGreaterThan(0);
    expect(end.reports.map(({ id }) => id).slice(-2)).toEqual([rung, 'clean-up']);
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
