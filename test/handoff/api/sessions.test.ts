import { expect, test } from 'vitest';

import { sessionPage } from '../../../src/handoff/api/schema/session-json.ts';
import { chatHandoff, mailHandoff, openApi, type Asking } from './asking.ts';

async function listed(api: Asking, query: string): Promise<{ ids: string[]; before: string | undefined }> {
  const { sessions, before } = sessionPage.parse((await api.read(`/v1/sessions?${query}`)).body);
  return { ids: sessions.map(({ id }) => id), before };
}

test('a session is shown as it stands, without the secrets of its callback', async () => {
  const api = await openApi();
  const handoff = mailHandoff({ callbackUrl: 'https://opencx.example/hooks/s3cret' });
  const { body: taken } = await api.post('/v1/handoffs', handoff);
  await api.happens(handoff.sessionId, {
    type: 'handed-over',
    caseId: '500000000000001AAA',
    caseNumber: '00001001',
    appended: false,
  });
  const { status, body } = await api.read(`/v1/sessions/${handoff.sessionId.toUpperCase()}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: handoff.sessionId,
    channel: 'email',
    state: 'open',
    contact: { name: 'Ada', email: 'ada@example.com' },
    caseNumber: '00001001',
    handoffEventId: taken['eventId'],
    callbackUrl: 'https://opencx.example/…',
    createdAt: expect.stringMatching(/Z$/),
  });
});

test('sessions are found by what is known of them', async () => {
  const api = await openApi();
  const mail = mailHandoff({ subject: 'Invoice 4711' });
  const chat = chatHandoff({ contact: { name: 'Bob' } });
  for (const handoff of [mail, chat]) await api.post('/v1/handoffs', handoff);
  await api.happens(mail.sessionId, { type: 'handed-over', caseId: '500000000000001AAA', appended: false });
  for (const query of ['channel=email', 'state=open', 'caseId=500000000000001AAA', 'contains=INVOICE%204711']) {
    expect((await listed(api, query)).ids, query).toEqual([mail.sessionId]);
  }
  for (const query of ['channel=messaging', 'state=handing-off', 'contains=bob']) {
    expect((await listed(api, query)).ids, query).toEqual([chat.sessionId]);
  }
  expect((await listed(api, 'contains=nobody')).ids).toEqual([]);
});

test.each([
  ['one after another', 1000],
  ['at the same time', 0],
])('sessions that were changed %s come in pages, each once', async (_how, stepMs) => {
  let now = 1_000_000;
  const api = await openApi({
    clock: { now: () => (now += stepMs), sleep: () => Promise.resolve(), random: Math.random },
  });
  for (let nth = 0; nth < 7; nth += 1) await api.post('/v1/handoffs', mailHandoff());
  const found: string[] = [];
  let query = 'limit=3';
  for (;;) {
    const { ids, before } = await listed(api, query);
    found.push(...ids);
    if (before === undefined) break;
    query = `limit=3&before=${encodeURIComponent(before)}`;
  }
  expect([found.length, new Set(found).size]).toEqual([7, 7]);
});

test('a query that does not fit is refused by its parameter', async () => {
  const api = await openApi();
  for (const [query, parameter] of [
    ['state=lost', 'state'],
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=x', 'limit'],
    ['before=yesterday', 'before'],
    ['unknown=1', ''],
  ]) {
    const { status, body } = await api.read(`/v1/sessions?${query}`);
    expect([status, body['errors']], query).toEqual([400, [{ parameter, message: expect.any(String) }]]);
  }
});

test('a session that is not there is told to be none', async () => {
  const api = await openApi();
  for (const path of ['/v1/sessions/x', '/v1/sessions/x/events', '/v1/sessions/%00']) {
    expect((await api.read(path)).body['type']).toBe('urn:opencx-sf:problem:unknown-session');
  }
});
