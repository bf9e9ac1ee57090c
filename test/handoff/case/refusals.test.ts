import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { parseHandoff } from '../../../src/handoff/api/schema/handoff-input.ts';
import type { Carried } from '../../../src/handoff/delivery/carrier.ts';
import { shownBy } from '../../../src/handoff/delivery/reachability.ts';
import { API } from '../../e2e/story/org-user.ts';
import type { Carrier } from '../../../src/handoff/delivery/carrier.ts';
import { caseDesk, commentsOf, contact, type CaseDesk } from './case-desk.ts';

const answerOf = ({ attempt }: Carried): unknown =>
  JSON.parse(Buffer.from(attempt.response?.body ?? []).toString() || 'null');

/** The org is well again. */
async function endFaults({ org }: CaseDesk): Promise<void> {
  await fetch(`${org.url}/_local/faults`, { method: 'DELETE', headers: { 'x-local-org-control': 'test' } });
}

/** The org answers everything with this, as long as it is asked. */
async function answersAll(desk: CaseDesk, status: number, body: object | string): Promise<void> {
  const isPage = typeof body === 'string';
  await desk.org.control('POST', 'faults', {
    kind: isPage ? 'html' : 'status',
    match: { path: '^/services/data' },
    status,
    body: isPage ? body : JSON.stringify([body]),
  });
}

describe('an org that takes nothing at all: events wait, and none counts', { timeout: 120_000 }, () => {
  test.each([
    ['down', 503, { errorCode: 'SERVER_UNAVAILABLE', message: 'Down' }, { sign: 'busy', reason: 'answered 503' }],
    ['in maintenance', 503, '<html>maintenance</html>', { sign: 'broken', reason: 'answered 502' }],
    [
      'out of requests for today',
      403,
      { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
      { sign: 'unreachable', reason: expect.stringContaining('TotalRequests Limit exceeded.') as string },
    ],
    [
      'logged out',
      401,
      { errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' },
      { sign: 'unreachable', reason: expect.stringMatching(/^logged out of Salesforce: .*Session expired/) as string },
    ],
  ])('%s', async (_name, status, body, shown) => {
    const desk = await caseDesk();
    await answersAll(desk, status, body);
    const event = await desk.handoff();
    const carried = await desk.attempt(event);
    expect(shownBy(carried)).toMatchObject(shown);
    expect(JSON.stringify(carried)).not.toContain(desk.token);
    await endFaults(desk);
    expect(await desk.arrives(event)).toMatchObject({ appended: false });
  });

  test('for the user of its session alone: the next attempt asks again', async () => {
    const desk = await caseDesk();
    const body = JSON.stringify([{ errorCode: 'SERVER_UNAVAILABLE', message: 'Down' }]);
    const match = { path: '^/services/oauth2/userinfo' };
    await desk.org.control('POST', 'faults', { kind: 'status', match, status: 503, body });
    const event = await desk.handoff({ transcript: [{ role: 'contact', text: 'One' }] });
    expect(shownBy(await desk.attempt(event))).toMatchObject({ sign: 'busy', reason: 'answered 503' });
    await endFaults(desk);
    const { caseId } = await desk.arrives(event);
    expect(await commentsOf(desk, caseId)).toHaveLength(1);
  });

  test('away', async () => {
    const desk = await caseDesk();
    await desk.org.control('POST', 'faults', { kind: 'drop', match: { path: '^/services/data' } });
    const carried = await desk.attempt(await desk.handoff());
    expect(carried.attempt.response).toBeUndefined();
    expect(['broken', 'unreachable']).toContain(shownBy(carried).sign);
  });
});

describe('what Salesforce refuses', { timeout: 120_000 }, () => {
  test('is told in its own words, with what was asked of it', async () => {
    const desk = await caseDesk();
    const rule = `trigger Rule on Case (before insert) { Trigger.new[0].addError('A Case needs a Plan.'); }`;
    await desk.org.admin.call('POST', `${API}/tooling/sobjects/ApexTrigger`, {
      Name: 'Rule',
      TableEnumOrId: 'Case',
      Body: rule,
    });
    const carried = await desk.attempt(await desk.handoff());
    expect(carried.farSide).toBe('answered');
    expect(carried.attempt.response?.status).toBe(400);
    expect(answerOf(carried)).toEqual({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: expect.stringContaining('A Case needs a Plan.') as string,
    });
    expect(carried.attempt.request).toEqual({
      method: 'POST',
      url: expect.stringMatching(/\/services\/data\/v66\.0\/sobjects\/Case$/) as string,
      headers: [],
    });
  });

  test('a field that this user does not have: dead at once, with what mends it', async () => {
    const desk = await caseDesk();
    const [given] = await desk.org.admin.query(
      "SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'OpenCX_Integration'",
    );
    await desk.org.admin.call('DELETE', `${API}/sobjects/PermissionSetAssignment/${String(given?.['Id'])}`);
    const event = await desk.handoff();
    const carried = await desk.attempt(event);
    expect(carried).toMatchObject({ farSide: 'refused' });
    expect(carried.attempt.failure).toMatch(/no field OpenCX_Session_Id__c .*opencx-sf deploy-apex/);
    expect(await desk.store.session(parseHandoff(event.body).sessionId)).toMatchObject({ state: 'failed' });
    const [told] = await desk.store.events({ name: 'session.handoff_failed', limit: 10 });
    expect(Buffer.from(told?.body ?? []).toString()).toContain('deploy-apex');
    expect(await desk.query('SELECT Id FROM Case')).toEqual([]);
  });

  test('a priority that the org does not have is told on the Case, and fails nothing', async () => {
    const desk = await caseDesk();
    const { caseId } = await desk.arrives(await desk.handoff({ priority: 'P0' }));
    expect(await desk.query('SELECT Priority FROM Case')).not.toMatchObject([{ Priority: 'P0' }]);
    expect((await commentsOf(desk, caseId))[0]).toContain('priority: P0');
  });

  test('a file that a rule of the org does not let in is named on the Case, once, and fails nothing', async () => {
    const desk = await caseDesk();
    const error = [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No programs here.' }];
    const fault = { kind: 'status', status: 400, body: JSON.stringify(error), match: { path: '/ContentVersion' } };
    await desk.org.control('POST', 'faults', fault);
    const file = { name: 'setup.exe', contentType: 'application/octet-stream', base64: 'TVo=' };
    let event = await desk.handoff({ attachments: [file] });
    const done = await desk.arrives(event);
    expect(done).toMatchObject({ files: 0, refusedFiles: ['setup.exe'] });
    event = await desk.replay(event);
    await desk.arrives(event);
    const comments = await commentsOf(desk, done['caseId']);
    expect(comments.filter((one) => one.includes('setup.exe'))).toEqual([
      expect.stringMatching(/^OpenCX file left out: setup\.exe .*\n\[OpenCX\] .*No programs here\./),
    ]);
    expect(await desk.store.events({ name: 'session.handoff_failed', limit: 10 })).toEqual([]);

    // A mail that speaks of it is another thing.
    const message = await desk.message(parseHandoff(event.body).sessionId, { text: 'See', attachments: [file] });
    expect((await desk.attempt(message)).attempt.response?.status).toBe(400);
    expect(await desk.org.outbox()).toEqual([]);
  });

  test('an event that was edited into something else is dead at once', async () => {
    const desk = await caseDesk();
    const event = await desk.handoff();
    const [delivery] = await desk.store.deliveries([event.id]);
    if (delivery === undefined) throw new Error('no delivery');
    const carry = (change: object) =>
      desk.carrier().carry({ ...event, ...change }, delivery, new AbortController().signal);
    expect(await carry({ body: Buffer.from('{"secret":') })).toMatchObject({ farSide: 'refused' });
    expect(await carry({ body: Buffer.from('{"channel":"email"}') })).toMatchObject({ farSide: 'refused' });
    expect(await carry({ name: 'caseClosed' })).toMatchObject({ farSide: 'refused' });
    expect(desk.tap.writes()).toEqual([]);
  });
});

describe('a duplicate rule of the org', { timeout: 120_000 }, () => {
  const refusal = (ids: readonly string[]) => ({
    errorCode: 'DUPLICATES_DETECTED',
    message: 'Use one of these records?',
    // Spelled as Salesforce answers.
    duplicateResut: {
      allowSave: true,
      duplicateRule: 'Standard_Contact_Duplicate_Rule',
      matchResults: [
        {
          entityType: 'Contact',
          matchRecords: ids.map((Id) => ({ matchConfidence: 100, record: { attributes: { type: 'Contact' }, Id } })),
        },
      ],
    },
  });
  const refuses = async (desk: CaseDesk, ids: readonly string[]): Promise<void> => {
    await desk.org.control('POST', 'faults', {
      kind: 'status',
      match: { method: 'POST', path: '/sobjects/Contact$' },
      status: 400,
      times: 1,
      body: JSON.stringify([refusal(ids)]),
    });
  };

  test('names one contact: that one is meant', async () => {
    const desk = await caseDesk();
    const known = await desk.org.admin.create('Contact', { LastName: 'Lovelace', Email: 'ada@home.example.com' });
    await refuses(desk, [known]);
    expect(await desk.arrives(await desk.handoff())).toMatchObject({ contactId: known });
    expect(await desk.query('SELECT Id FROM Contact')).toHaveLength(1);
  });

  test.each([[[]], [['003000000000001AAA', '003000000000002AAA']]])(
    'names %j: a new one is made all the same',
    async (ids) => {
      const desk = await caseDesk();
      await refuses(desk, ids);
      const { contactId } = await desk.arrives(await desk.handoff());
      expect(await desk.query('SELECT Id, Email FROM Contact')).toMatchObject([
        { Id: contactId, Email: contact.email },
      ]);
      expect(desk.tap.writes().some((one) => one.includes('/composite'))).toBe(true);
    },
  );
});

describe('several at a time', { timeout: 120_000 }, () => {
  test('one handoff in two processes makes one Case', async () => {
    const desk = await caseDesk();
    const event = await desk.handoff();
    const [delivery] = await desk.store.deliveries([event.id]);
    if (delivery === undefined) throw new Error('no delivery');
    const carry = () => desk.carrier().carry(event, delivery, new AbortController().signal);
    const both = await Promise.all([carry(), carry()]);
    expect(both.map(({ attempt }) => attempt.response?.status)).toEqual([200, 200]);
    expect(await desk.query('SELECT Id FROM Case')).toHaveLength(1);
  });

  test.each([
    ['one process', 1],
    ['two processes', 2],
  ])('two handoffs of one new contact in %s make one contact and one Case', async (_where, processes) => {
    const desk = await caseDesk();
    const carriers = Array.from({ length: processes }, () => desk.carrier());
    const carried = [await desk.handoff(), await desk.handoff()].map(async (event, index) => {
      const [delivery] = await desk.store.deliveries([event.id]);
      if (delivery === undefined) throw new Error('no delivery');
      const carrier = carriers[index % processes] as Carrier;
      return carrier.carry(event, delivery, new AbortController().signal);
    });
    const answers = await Promise.all(carried);
    expect(answers.map(({ attempt }) => attempt.response?.status)).toEqual([200, 200]);
    expect(await desk.query('SELECT Id FROM Contact')).toHaveLength(1);
    expect(await desk.query('SELECT Id FROM Case')).toHaveLength(1);
  });

  test('a handoff that is replayed, and replayed again from that replay, writes nothing a second time', async () => {
    const desk = await caseDesk();
    const file = { name: 'note.txt', contentType: 'text/plain', base64: Buffer.from('note').toString('base64') };
    let event = await desk.handoff({ transcript: [{ role: 'contact', text: 'One' }], attachments: [file] });
    const { caseId } = await desk.arrives(event);
    for (let time = 1; time <= 2; time += 1) {
      event = await desk.replay(event);
      await desk.arrives(event);
    }
    expect(await commentsOf(desk, caseId)).toHaveLength(1);
    expect(await desk.query("SELECT Id FROM ContentVersion WHERE Title = 'note'")).toHaveLength(1);
  });

  test('a session that is handed off again goes to its own Case, with the new part of the conversation', async () => {
    const desk = await caseDesk();
    const sessionId = randomUUID();
    const first = await desk.arrives(await desk.handoff({ sessionId, transcript: [{ role: 'contact', text: 'One' }] }));
    const again = await desk.arrives(await desk.handoff({ sessionId, transcript: [{ role: 'contact', text: 'Two' }] }));
    expect(again).toMatchObject({ caseId: first['caseId'], appended: false });
    expect((await commentsOf(desk, first['caseId'])).map((one) => one.split('] ').at(-1))).toEqual(['One', 'Two']);
  });

  test.each([
    ['two of its comments', '/CaseComment$', 2],
    ['one of its files', '/ContentVersion$', 1],
  ])('a session handed off again that failed after %s gets what is missing, and nothing twice', async (...failing) => {
    const desk = await caseDesk();
    const [, path, after] = failing;
    const said = {
      sessionId: randomUUID(),
      transcript: [{ role: 'contact' as const, text: 'Where is order 4711? '.repeat(450) }],
      attachments: ['one', 'two'].map((name) => ({ name: `${name}.txt`, contentType: 'text/plain', base64: 'b25l' })),
    };
    const body = JSON.stringify([{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'Not now.' }]);
    await desk.org.control('POST', 'faults', {
      kind: 'status',
      match: { method: 'POST', path },
      after,
      status: 400,
      body,
    });
    await desk.givesUp(await desk.handoff(said));
    expect(await desk.store.session(said.sessionId)).toMatchObject({ state: 'failed' });
    await endFaults(desk);

    const { caseId } = await desk.arrives(await desk.handoff(said));
    expect(await desk.query('SELECT Id FROM Case')).toEqual([expect.objectContaining({ Id: caseId })]);
    const comments = await commentsOf(desk, caseId);
    expect(comments.map((one) => /^OpenCX transcript (\d\/\d)/.exec(one)?.[1])).toEqual(['1/4', '2/4', '3/4', '4/4']);
    const files = await desk.query("SELECT Title FROM ContentVersion WHERE Title IN ('one', 'two') ORDER BY Title");
    expect(files.map(({ Title }) => Title)).toEqual(['one', 'two']);
    expect(await desk.store.session(said.sessionId)).toMatchObject({ state: 'open' });
  });
});
