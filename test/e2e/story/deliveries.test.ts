import { describe, expect, test } from 'vitest';

import type { ConnectedOrg } from './connected-org.ts';
import { API } from './org-user.ts';
import { jobs, MINUTE, timedOrg } from './timed-org.ts';
import { payloadOf } from './webhook-server.ts';

async function phoneCase(org: ConnectedOrg): Promise<Record<string, unknown>> {
  const id = await org.rep.create('Case', { Subject: 'By phone', Origin: 'Phone', Description: 'It burns.' });
  return saved(org, id);
}

async function saved(org: ConnectedOrg, id: unknown): Promise<Record<string, unknown>> {
  return org.rep.call('GET', `${API}/sobjects/Case/${String(id)}`);
}

describe('a webhook that does not answer well', { timeout: 120_000 }, () => {
  test('hears of the same event again after the delay, as the same delivery', async () => {
    const org = await timedOrg();
    org.webhooks.answers.push(503);
    const record = await phoneCase(org);
    await org.pass(0);
    expect(org.webhooks.calls.map(({ status }) => status)).toEqual([503]);
    expect(await jobs(org)).toMatchObject([
      { JobType: 'Future', Status: 'Completed', NumberOfErrors: 0, MethodName: 'deliverInFuture' },
      { JobType: 'Queueable', Status: 'Queued', NumberOfErrors: 0 },
    ]);
    await org.pass(MINUTE / 2);
    expect(org.webhooks.calls).toHaveLength(1);
    await org.pass(MINUTE / 2);
    const [first, second, ...more] = org.webhooks.calls;
    expect(more).toEqual([]);
    expect(second?.status).toBe(200);
    expect(JSON.parse(second?.text ?? '')).toEqual(JSON.parse(first?.text ?? ''));
    expect(org.webhooks.payloads()).toMatchObject([{ caseId: record['Id'] }, { caseId: record['Id'] }]);
    await org.pass(60 * MINUTE);
    expect(org.webhooks.calls).toHaveLength(2);
    expect((await jobs(org)).map((job) => job['Status'])).toEqual(['Completed', 'Completed']);
  });

  test('is given up after the last attempt, and the case is as it was', async () => {
    const org = await timedOrg();
    org.webhooks.answers.push(503, 429, 500);
    const record = await phoneCase(org);
    const attempts: number[] = [];
    for (const delay of [0, 1, 5, 10, 60]) {
      await org.pass(delay * MINUTE);
      attempts.push(org.webhooks.calls.length);
    }
    expect(attempts).toEqual([1, 2, 3, 3, 3]);
    expect(new Set(org.webhooks.payloads().map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect((await jobs(org)).map((job) => job['Status'])).toEqual(['Completed', 'Completed', 'Completed']);
    expect(await saved(org, record['Id'])).toEqual(record);
  });

  test('keeps nobody waiting: the org answers others meanwhile', async () => {
    const org = await timedOrg();
    let answer: (status: number) => void = () => undefined;
    org.webhooks.answers.push(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const record = await phoneCase(org);
    await expect.poll(() => org.webhooks.calls.length).toBe(1);
    expect(await jobs(org)).toMatchObject([{ Status: 'Processing' }]);
    await org.rep.update('Case', String(record['Id']), { OwnerId: org.admin.id });
    expect(org.webhooks.calls.map(({ status }) => status)).toEqual([undefined]);
    answer(200);
    await org.settled();
    expect(org.webhooks.payloads().map(({ name }) => name)).toEqual(['caseCreated', 'ownerChanged']);
  });

  test('has lost its Named Credential: cases are saved all the same, and the attempts end by themselves', async () => {
    const org = await timedOrg();
    const [credential] = await org.admin
      .call<{ records: { Id: string }[] }>(
        'GET',
        `${API}/tooling/query?q=${encodeURIComponent("SELECT Id FROM NamedCredential WHERE DeveloperName = 'OpenCX_Integration'")}`,
      )
      .then(({ records }) => records);
    await org.admin.call('DELETE', `${API}/tooling/sobjects/NamedCredential/${credential?.Id ?? ''}`);
    const record = await phoneCase(org);
    await org.rep.update('Case', String(record['Id']), { OwnerId: org.admin.id });
    const changed = await saved(org, record['Id']);
    for (const delay of [0, 1, 5, 60]) await org.pass(delay * MINUTE);
    expect(org.webhooks.calls).toEqual([]);
    expect((await jobs(org)).map((job) => job['Status'])).toEqual(Array.from({ length: 6 }, () => 'Completed'));
    expect(await saved(org, record['Id'])).toEqual(changed);
    expect(changed).toMatchObject({ Subject: 'By phone', OwnerId: org.admin.id });
  });
});

describe('many records at once', { timeout: 120_000 }, () => {
  async function saveAll(user: ConnectedOrg['rep'], records: Record<string, unknown>[]): Promise<void> {
    const body = { allOrNone: false, records };
    const results = await user.call<{ success: boolean }[]>('POST', `${API}/composite/sobjects`, body);
    expect(results.filter(({ success }) => !success)).toEqual([]);
    expect(results).toHaveLength(records.length);
  }

  const mailsOn = (caseIds: readonly string[]): Record<string, unknown>[] =>
    Array.from({ length: 200 }, (_, index) => ({
      attributes: { type: 'EmailMessage' },
      ParentId: caseIds[index % caseIds.length],
      Status: '3',
      ToAddress: `customer${index}@customer.test`,
      Subject: `Mail ${index}`,
      TextBody: `Body ${index}`,
    }));

  test('200 replies of OpenCX leave in one request, each once and to its own customer', async () => {
    const org = await timedOrg();
    const caseIds: string[] = [];
    for (let index = 0; index < 4; index += 1) {
      caseIds.push(await org.opencx.create('Case', { Subject: `Case ${index}` }));
    }
    await saveAll(org.opencx, mailsOn(caseIds));
    await org.settled();
    const mails = await org.outbox();
    expect(new Set(mails.map(({ to }) => to.join()))).toHaveProperty('size', 200);
    expect(mails).toHaveLength(200);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(200);
    expect(new Set(mails.map(({ subject }) => /thread::\w+::/.exec(subject)?.[0])).size).toBe(4);
    const last = mails.find(({ to }) => to.includes('customer7@customer.test'));
    expect(last?.text).toMatch(/^Body 7\n\nthread::\w+::$/);
    expect(await org.opencx.query('SELECT Id FROM EmailMessage WHERE OpenCx_Sent__c = true')).toHaveLength(200);
    expect(org.webhooks.calls).toEqual([]);
    expect(await jobs(org)).toEqual([]);
  });

  test('200 mails of a rep are told in two jobs, because a job makes 100 callouts', async () => {
    const org = await timedOrg();
    const caseId = await org.opencx.create('Case', { Subject: 'Busy' });
    org.webhooks.answers.push(500);
    await saveAll(org.rep, mailsOn([caseId]));
    await org.pass(0);
    expect(org.webhooks.calls).toHaveLength(200);
    await org.pass(MINUTE);
    expect(org.webhooks.calls).toHaveLength(201);
    const delivered = org.webhooks.calls.filter(({ status }) => status === 200).map(payloadOf);
    expect(new Set(delivered.map(({ deliveryId }) => deliveryId)).size).toBe(200);
    expect(new Set(delivered.map(({ name }) => name))).toEqual(new Set(['agentEmail']));
    expect((await jobs(org)).map((job) => [job['JobType'], job['Status']])).toEqual([
      ['Future', 'Completed'],
      ['Queueable', 'Completed'],
      ['Queueable', 'Completed'],
    ]);
    expect(await org.outbox()).toEqual([]);
  });
});

test('a job that fails says so in its row, and the next one runs', { timeout: 120_000 }, async () => {
  const org = await timedOrg();
  const Body =
    'public class Boom implements Queueable { public void execute(QueueableContext c) { Integer i = 1 / 0; } }';
  await org.admin.call('POST', `${API}/tooling/sobjects/ApexClass`, { Name: 'Boom', Body });
  const apex = encodeURIComponent('System.enqueueJob(new Boom());');
  const run = await org.admin.call('GET', `${API}/tooling/executeAnonymous/?anonymousBody=${apex}`);
  expect(run).toMatchObject({ compiled: true, success: true });
  await phoneCase(org);
  await org.settled();
  expect(await jobs(org)).toMatchObject([
    { JobType: 'Queueable', Status: 'Failed', ExtendedStatus: expect.stringContaining('Divide by 0') },
    { JobType: 'Future', Status: 'Completed', NumberOfErrors: 0 },
  ]);
  expect(org.webhooks.calls).toHaveLength(1);
});
