import { describe, expect, test } from 'vitest';

import { runHandoff } from '../../../src/diagnose/handoff/run-handoff.ts';
import { readHandoffPeople } from '../../../src/diagnose/handoff/people.ts';
import type { SentMail } from '../../../src/diagnose/handoff/mail/mail-ports.ts';
import { integrationUser } from '../../e2e/handoff/handoff-stage.ts';
import { handoffOf, statuses, told } from './handoff-of.ts';

describe('stages that find something wrong', () => {
  test('a Case that is reported back, though it carries the mark of OpenCX', async () => {
    const { stage, run } = await handoffOf();
    await stage.changeApexClass("CASE_FROM_OPENCX = 'opencx'", "CASE_FROM_OPENCX = 'somebody-else'");
    const before = await stage.records();
    const outcome = await run();
    expect(statuses(outcome)).toMatchObject({
      'create-case': 'done',
      'case-not-echoed': 'failed',
      'owner-change': 'done',
    });
    expect(told(outcome, 'case-not-echoed')).toMatch(/may have been reported[^]*AsyncApexJob 707\w+ \(Future/);
    expect(stage.webhooks.payloads()[0]).toMatchObject({ name: 'caseCreated' });
    expect(await stage.records()).toEqual(before);
  });

  test('a field that this user was not given: no Case is made, and the rest is left out', async () => {
    const { stage, run } = await handoffOf();
    const [row] = await stage.admin.query(
      `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${stage.admin.id}' AND PermissionSet.Name = 'OpenCX_Integration'`,
    );
    await stage.admin.call('DELETE', `/services/data/v68.0/sobjects/PermissionSetAssignment/${String(row?.['Id'])}`);
    const outcome = await run();
    const { 'create-case': made, 'clean-up': cleaned, ...rest } = statuses(outcome);
    expect({ made, cleaned }).toEqual({ made: 'failed', cleaned: 'done' });
    expect(new Set(Object.values(rest))).toEqual(new Set(['skipped']));
    expect(told(outcome, 'create-case')).toContain("No such column 'Case_From__c'");
    expect(outcome.reports[0]?.remedy[0]?.text).toContain('OpenCX_Integration');
    expect(told(outcome, 'clean-up')).toContain('nothing was made');
  });

  test('a rule of the org that asks for more than a test Case has: the settings for that are named', async () => {
    const { stage, run } = await handoffOf();
    const Body =
      "trigger Rule on Case (before insert) { for (Case c : Trigger.new) c.addError('Region is required'); }";
    await stage.admin.call('POST', '/services/data/v68.0/tooling/sobjects/ApexTrigger', {
      Name: 'Rule',
      TableEnumOrId: 'Case',
      Body,
    });
    const outcome = await run();
    expect(told(outcome, 'create-case')).toContain('Region is required');
    expect(outcome.reports[0]?.remedy.map(({ text }) => text)).toEqual([
      expect.stringContaining('blueprint.testRecords (caseFields'),
    ]);
  });

  test('a mail that leaves twice, because something else sends it too', async () => {
    const { run, sessionOf } = await handoffOf();
    const mail: SentMail = {
      id: '1',
      status: 'sent',
      logLine: '250 OK',
      from: { address: 'support@example.com' },
      to: ['me@example.com'],
      subject: 'x',
      messageId: '<x@example.com>',
    };
    const outcome = await run({
      org: await sessionOf(integrationUser),
      ports: { sentMails: async () => [mail, mail] },
    });
    expect(statuses(outcome)).toMatchObject({ 'mail-sent': 'failed', 'clean-up': 'done' });
    expect(told(outcome, 'mail-sent')).toContain('the mail left 2 times');
  });

  test('an integration user who is not there, and one who is switched off', async () => {
    const { stage, run, sessionOf } = await handoffOf();
    const org = await sessionOf();
    const absent = await run({ org, people: await readHandoffPeople(org, 'nobody@example.com') });
    expect(told(absent, 'outbound-email')).toContain('the org has no user nobody@example.com');
    const [user] = await stage.admin.query(`SELECT Id FROM User WHERE Username = '${integrationUser}'`);
    await stage.admin.update('User', String(user?.['Id']), { IsActive: false });
    const inactive = await run({ org, people: await readHandoffPeople(org, integrationUser) });
    expect(told(inactive, 'outbound-email')).toContain(`${integrationUser} is not active`);
    expect([absent, inactive].map((one) => statuses(one)['outbound-email'])).toEqual(['failed', 'failed']);
  });

  test('a job that does not end within the patience is waited for no longer, and no failure', async () => {
    const { stage, run } = await handoffOf();
    let answer: (status: number) => void = () => undefined;
    stage.webhooks.answers.push(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const outcome = await run({ patienceMs: 2000 }, (event) => {
      if (event.kind === 'stage' && event.id === 'webhook-called') answer(200);
    });
    expect(statuses(outcome)).toMatchObject({ 'webhook-called': 'waiting', 'owner-change': 'done' });
    expect(told(outcome, 'webhook-called')).toMatch(/its job is still Processing after /);
  });
});

describe('whatever happens, what was made is taken away', () => {
  test('when nobody asks for the next event any more', async () => {
    const { stage, config, sessionOf } = await handoffOf();
    const before = await stage.records();
    const org = await sessionOf();
    const people = await readHandoffPeople(org, integrationUser);
    const common = { to: 'me@example.com', waitMs: 0, patienceMs: 1000, keep: false, ports: {} };
    for await (const event of runHandoff({ org, config, people, ...common })) {
      if (event.kind === 'stage' && event.id === 'transcript') break;
    }
    expect(await stage.records()).toEqual(before);
  });

  test('when a port breaks in a way that nobody expects: that is thrown, afterwards', async () => {
    const { stage, run, sessionOf } = await handoffOf();
    const before = await stage.records();
    const ports = { sentMails: async () => await Promise.reject(new TypeError('a bug')) };
    await expect(run({ org: await sessionOf(integrationUser), ports })).rejects.toThrow('a bug');
    expect(await stage.records()).toEqual(before);
  });

  test('what the org refuses to delete is named by its id, with the reason, and the rest is deleted', async () => {
    const { stage, run } = await handoffOf();
    const Body = "trigger Never on Case (before delete) { for (Case c : Trigger.old) c.addError('Cases stay'); }";
    await stage.admin.call('POST', '/services/data/v68.0/tooling/sobjects/ApexTrigger', {
      Name: 'Never',
      TableEnumOrId: 'Case',
      Body,
    });
    const outcome = await run();
    const fates = outcome.records.map(({ sobject, fate }) => `${sobject} ${fate}`);
    expect(new Set(fates)).toEqual(new Set(['EmailMessage deleted', 'CaseComment deleted', 'Case left']));
    expect(told(outcome, 'clean-up')).toMatch(/^still there: Case 500\w+\n[^]*Cases stay/);
  });

  test('what was not answered to the deletion is named by its id', async () => {
    const { stage, run } = await handoffOf();
    const body =
      '[{"errorCode":"INSUFFICIENT_ACCESS_OR_READONLY","message":"insufficient access rights on object id"}]';
    const match = { method: 'DELETE', path: 'composite/sobjects' };
    await stage.org.control('POST', '/faults', { match, kind: 'status', status: 403, body });
    const outcome = await run();
    expect(statuses(outcome)['clean-up']).toBe('failed');
    const [last] = outcome.records.slice(-1);
    expect(last).toMatchObject({ sobject: 'Case', fate: 'unknown', reason: expect.stringContaining('insufficient') });
    expect(told(outcome, 'clean-up')).toContain(`Case ${last?.id ?? ''}`);
    expect(outcome.reports.at(-1)?.remedy[0]?.text).toContain(outcome.mark);
  });

  test('after a connection that broke while it was being deleted, it is deleted all the same', async () => {
    const { stage, run } = await handoffOf();
    const before = await stage.records();
    const match = { method: 'DELETE', path: 'composite/sobjects' };
    await stage.org.control('POST', '/faults', { match, kind: 'drop-after', times: 1 });
    const outcome = await run();
    expect(statuses(outcome)['clean-up']).toBe('done');
    expect(await stage.records()).toEqual(before);
  });

  test('also a Case whose saving was answered by nothing but a broken connection', async () => {
    const { stage, run } = await handoffOf();
    const before = await stage.records();
    const match = { method: 'POST', path: '/composite$' };
    await stage.org.control('POST', '/faults', { match, kind: 'drop-after', times: 1 });
    const outcome = await run();
    expect(statuses(outcome)).toMatchObject({ 'create-case': 'failed', transcript: 'skipped', 'clean-up': 'done' });
    expect(outcome.records).toMatchObject([{ sobject: 'Case', fate: 'deleted' }]);
    expect(await stage.records()).toEqual(before);
  });
});
