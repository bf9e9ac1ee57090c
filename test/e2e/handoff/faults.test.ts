import { expect, test } from 'vitest';

import type { VerifyHandoffResult } from '../../../src/commands/verify/handoff/result-schema.ts';
import { API } from '../story/org-user.ts';
import { handoffStage, type HandoffStage } from './handoff-stage.ts';

type Reported = VerifyHandoffResult['stages'][number];

/** Runs a handoff that must fail and leave nothing behind. @returns the stages that failed */
async function failedStages({ run, records }: HandoffStage): Promise<Reported[]> {
  const before = await records();
  const done = await run('verify', 'handoff', '--to', 'me@example.com', '--json');
  expect(done.exitCode, done.stderr).toBe(1);
  expect(done.json().error?.code).toBe('HANDOFF_FAILED');
  const { stages } = done.json().result as VerifyHandoffResult;
  expect(stages.at(-1)).toMatchObject({ id: 'clean-up', status: 'done' });
  expect(await records()).toEqual(before);
  return stages.filter(({ status }) => status === 'failed');
}

test('the sender is switched off', async () => {
  const stage = await handoffStage();
  await stage.switchOff('OpenCxOutboundEmailSender');
  const failed = await failedStages(stage);
  expect(failed).toMatchObject([
    {
      id: 'mail-sent',
      detail: 'no mail left the org: OpenCxOutboundEmailSender is Inactive',
      evidence: expect.arrayContaining([
        'OpenCxOutboundEmailSender is Inactive',
        'deliverability: the org may send mail',
        expect.stringMatching(/^daily limit: \d+ of 50 mails left/),
      ]),
      remedy: [{ command: 'opencx-sf deploy-apex' }],
    },
  ]);
});

test('deliverability is not "All email", and then the domain of the sender is not verified', async () => {
  const stage = await handoffStage();
  await stage.org.control('PATCH', '/mail/settings', { deliverability: 'system' });
  expect(await failedStages(stage)).toMatchObject([
    {
      id: 'mail-sent',
      detail: 'no mail left the org: the access level of Deliverability is not "All email"',
      evidence: expect.arrayContaining([expect.stringContaining('not permitted to send email')]),
      remedy: [{ text: expect.stringContaining('Deliverability') }],
    },
  ]);

  await stage.org.control('PATCH', '/mail/settings', { deliverability: 'all', verifiedDomains: [] });
  expect(await failedStages(stage)).toMatchObject([
    {
      id: 'mail-sent',
      detail: expect.stringContaining('dropped: its domain is not verified'),
      evidence: [expect.stringContaining('550 5.7.1')],
    },
  ]);
});

test('the mails of the day are used up', async () => {
  const stage = await handoffStage();
  const apex = [
    'List<Messaging.SingleEmailMessage> mails = new List<Messaging.SingleEmailMessage>();',
    'for (Integer i = 0; i < 10; i++) {',
    '  Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();',
    "  mail.setToAddresses(new List<String>{ 'a@example.com', 'b@example.com', 'c@example.com', 'd@example.com', 'e@example.com' });",
    "  mail.setSubject('x'); mail.setPlainTextBody('x'); mails.add(mail);",
    '}',
    'Messaging.sendEmail(mails);',
  ].join('\n');
  const path = `${API}/tooling/executeAnonymous/?anonymousBody=${encodeURIComponent(apex)}`;
  expect(await stage.admin.call('GET', path)).toMatchObject({ success: true });
  expect(await failedStages(stage)).toMatchObject([
    {
      id: 'mail-sent',
      detail: 'no mail left the org: the 50 mails of this day (GMT) are used up',
      evidence: expect.arrayContaining([
        'daily limit: 0 of 50 mails left (SingleEmail)',
        expect.stringMatching(/^deliverability: .*daily limit/),
      ]),
    },
  ]);
});

test('the sender writes no token: the headers still lead the answer to its Case, and without them it is lost', async () => {
  const stage = await handoffStage();
  await stage.changeApexClass('marks.token = EmailMessages.getFormattedThreadingToken(caseId)', 'marks.token = null');
  expect(await failedStages(stage)).toMatchObject([
    {
      id: 'token',
      detail: 'the mail went out without a threading token',
      evidence: [
        expect.stringMatching(/^Subject: \[opencx-sf test \w+\] Your request$/),
        expect.stringMatching(/^References: <500/),
      ],
    },
  ]);
  await stage.org.control('PATCH', '/mail/settings', { useEmailHeadersForThreading: false });
  expect(await failedStages(stage)).toMatchObject([
    { id: 'token' },
    { id: 'reply-threads', detail: expect.stringMatching(/^the answer landed on a new Case, 0000\d+$/) },
  ]);
});

test('the trigger for mail of customers is switched off, and that for owners is gone', async () => {
  const stage = await handoffStage();
  await stage.switchOff('OpenEmailMessageCustomerTrigger');
  expect(await failedStages(stage)).toMatchObject([
    {
      id: 'webhook-called',
      detail: 'OpenEmailMessageCustomerTrigger is Inactive',
      evidence: [expect.stringContaining('no AsyncApexJob'), 'OpenEmailMessageCustomerTrigger is Inactive'],
      remedy: [{ command: 'opencx-sf deploy-apex' }],
    },
  ]);
  const soql = encodeURIComponent("SELECT Id FROM ApexTrigger WHERE Name = 'OpenCaseOwnerChangeTrigger'");
  const { records } = await stage.admin.call<{ records: { Id: string }[] }>('GET', `${API}/tooling/query?q=${soql}`);
  await stage.admin.call('DELETE', `${API}/tooling/sobjects/ApexTrigger/${records[0]?.Id ?? ''}`);
  expect(await failedStages(stage)).toMatchObject([
    { id: 'webhook-called' },
    { id: 'owner-change', detail: 'the org has no trigger OpenCaseOwnerChangeTrigger' },
  ]);
});

test('the webhook answers 500, and then nobody listens at all', async () => {
  const stage = await handoffStage();
  // The event, and the question what the webhook answers now.
  stage.webhooks.answers.push(500, 500);
  const [refused, ...others] = await failedStages(stage);
  expect(others).toEqual([]);
  expect(refused).toMatchObject({
    id: 'webhook-called',
    detail: expect.stringContaining('did not take the event: 500'),
  });
  expect(refused?.evidence.join('\n')).toMatch(/Future deliverInFuture\) Completed[^]*\(Queueable\) Queued/);
  await stage.run('webhook', 'set', 'http://127.0.0.1:9/hook');
  expect(await failedStages(stage)).toMatchObject([
    {
      id: 'webhook-called',
      detail: expect.stringMatching(/did not take the event: .*Connection refused/),
      remedy: [{ command: 'opencx-sf webhook show' }, { command: 'opencx-sf webhook set' }],
    },
  ]);
});

test('the job itself fails: its row says why', async () => {
  const stage = await handoffStage();
  await stage.changeApexClass(
    'new WebhookDelivery(bodies).execute(null);',
    "if (bodies[0].contains('case_owner_changed')) { Integer i = 1 / 0; } new WebhookDelivery(bodies).execute(null);",
  );
  expect(await failedStages(stage)).toMatchObject([
    {
      id: 'owner-change',
      detail: expect.stringMatching(/^its job ended as Failed: .*Divide by 0/),
      evidence: [expect.stringMatching(/^AsyncApexJob 707\w+ \(Future deliverInFuture\) Failed, 1 errors: /)],
    },
  ]);
});
