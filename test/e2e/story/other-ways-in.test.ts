import { describe, expect, test } from 'vitest';

import type { ConnectedOrg } from './connected-org.ts';
import { API } from './org-user.ts';
import { jobs, MINUTE, timedOrg } from './timed-org.ts';

/** Apex of the customer's own, which changes Cases where no future method may be called. */
const customerClasses = {
  Importer: `public class Importer implements Database.Batchable<Integer> {
    public Iterable<Integer> start(Database.BatchableContext context) {
      List<Integer> numbers = new List<Integer>();
      for (Integer i = 0; i < 201; i++) numbers.add(i);
      return numbers;
    }
    public void execute(Database.BatchableContext context, List<Integer> scope) {
      List<Case> cases = new List<Case>();
      for (Integer i : scope) cases.add(new Case(Subject = 'Import ' + i));
      insert cases;
    }
    public void finish(Database.BatchableContext context) {}
  }`,
  Later: `public class Later {
    @future
    public static void open(String subject) { insert new Case(Subject = subject); }
  }`,
};

async function runApex(org: ConnectedOrg, source: string): Promise<void> {
  const path = `${API}/tooling/executeAnonymous/?anonymousBody=${encodeURIComponent(source)}`;
  expect(await org.admin.call('GET', path)).toMatchObject({ compiled: true, success: true });
}

async function addClass(org: ConnectedOrg, name: keyof typeof customerClasses): Promise<void> {
  await org.admin.call('POST', `${API}/tooling/sobjects/ApexClass`, { Name: name, Body: customerClasses[name] });
}

describe('cases that Apex of the customer makes', { timeout: 120_000 }, () => {
  test('in a future method are told by a Queueable', async () => {
    const org = await timedOrg();
    await addClass(org, 'Later');
    await runApex(org, "Later.open('From later');");
    await org.pass(0);
    expect(org.webhooks.payloads()).toMatchObject([{ name: 'caseCreated', caseSubject: 'From later' }]);
    expect((await jobs(org)).map((job) => [job['JobType'], job['Status']])).toEqual([
      ['Future', 'Completed'],
      ['Queueable', 'Completed'],
    ]);
  });

  test('in a batch are told in two goes, the second one a minute later: a batch starts one job only', async () => {
    const org = await timedOrg();
    await addClass(org, 'Importer');
    await runApex(org, 'Database.executeBatch(new Importer(), 400);');
    await org.pass(0);
    expect(org.webhooks.calls).toHaveLength(200);
    expect(await org.admin.query('SELECT State FROM CronTrigger')).toMatchObject([{ State: 'WAITING' }]);
    await org.pass(2 * MINUTE);
    const payloads = org.webhooks.payloads();
    expect(payloads).toHaveLength(201);
    expect(new Set(payloads.map(({ deliveryId }) => deliveryId)).size).toBe(201);
    expect(new Set(payloads.map(({ caseSubject }) => caseSubject)).size).toBe(201);
    expect(new Set((await jobs(org)).map((job) => job['Status']))).toEqual(new Set(['Completed']));
    await org.pass(60 * MINUTE);
    expect(org.webhooks.calls).toHaveLength(201);
  });
});

test('a case goes to a queue and back to a person', { timeout: 120_000 }, async () => {
  const org = await timedOrg();
  const queue = await org.admin.create('Group', { Name: 'Second level', Type: 'Queue' });
  await org.admin.create('QueueSobject', { QueueId: queue, SobjectType: 'Case' });
  const caseId = await org.opencx.create('Case', { Subject: 'Too hard', Case_From__c: 'opencx' });
  await org.rep.update('Case', caseId, { OwnerId: queue });
  await org.pass(1000);
  await org.rep.update('Case', caseId, { OwnerId: org.rep.id });
  await org.pass(1000);
  await org.rep.update('Case', caseId, { OwnerId: queue });
  await org.pass(1000);
  expect(org.webhooks.payloads()).toMatchObject([
    { name: 'ownerChanged', oldOwnerId: org.opencx.id, newOwnerId: queue, newOwnerType: 'Queue', caseFrom: 'opencx' },
    { name: 'ownerChanged', oldOwnerId: queue, newOwnerId: org.rep.id, newOwnerType: 'User' },
    { name: 'ownerChanged', oldOwnerId: org.rep.id, newOwnerId: queue, newOwnerType: 'Queue' },
  ]);
  expect(new Set(org.webhooks.payloads().map(({ deliveryId }) => deliveryId)).size).toBe(3);
});
