import { describe, expect, test } from 'vitest';

import type { HandoffEvent } from '../../../src/diagnose/handoff/stage.ts';
import { replyMail } from '../../../src/diagnose/handoff/mail/reply-mail.ts';
import type { SentMail } from '../../../src/diagnose/handoff/mail/mail-ports.ts';
import { integrationUser, type HandoffStage } from '../../e2e/handoff/handoff-stage.ts';
import { handoffOf, statuses, told } from './handoff-of.ts';

/** What a person does who is asked to answer: finds the mail in the inbox and answers it. */
async function personAnswers({ org }: HandoffStage, change: (raw: string) => string = (raw) => raw): Promise<void> {
  const { mail } = (await org.control('GET', '/mail')) as { mail: { id: string; subject: string }[] };
  const last = mail.findLast(({ subject }) => subject.includes('opencx-sf test'));
  const sent = (await org.control('GET', `/mail/${last?.id ?? ''}`)) as SentMail;
  const raw = replyMail(sent, {
    from: 'me@example.com',
    messageId: `<${Math.random()}@example.com>`,
    date: new Date(),
    text: 'Thanks.',
  });
  const response = await fetch(`${org.running.url}/_local/mail/receive`, {
    method: 'POST',
    headers: { 'x-local-org-control': 'test', 'content-type': 'message/rfc822' },
    body: change(raw),
  });
  expect(response.ok).toBe(true);
}

const asks = (event: HandoffEvent): boolean => event.kind === 'ask' && event.id === 'reply-threads';

describe('an org that offers nothing but its API', () => {
  test('an administrator tries the ways of people, and is told how the rest is tried', async () => {
    const { stage, run } = await handoffOf();
    const before = await stage.records();
    const outcome = await run();
    expect(statuses(outcome)).toEqual({
      'create-case': 'done',
      transcript: 'done',
      'case-not-echoed': 'done',
      'outbound-email': 'skipped',
      'mail-sent': 'skipped',
      token: 'skipped',
      'reply-threads': 'skipped',
      'webhook-called': 'done',
      'agent-reply': 'done',
      'owner-change': 'done',
      'clean-up': 'done',
    });
    expect(told(outcome, 'outbound-email')).toContain(`only mail that ${integrationUser} saves is sent`);
    expect(told(outcome, 'webhook-called')).toContain('written in the place of an answer');
    const payloads = stage.webhooks.payloads();
    expect(payloads.map(({ name }) => name)).toEqual(['customerEmail', 'agentEmail', 'ownerChanged']);
    expect(payloads.map(({ caseSubject }) => caseSubject)).toEqual(
      Array.from({ length: 3 }, () => `${outcome.mark} A customer asks for a person`),
    );
    expect(await stage.records()).toEqual(before);
  });

  test('the integration user tries the way of the mail, and what people do is left out', async () => {
    const { stage, run, sessionOf } = await handoffOf();
    const before = await stage.records();
    const outcome = await run({ org: await sessionOf(integrationUser) });
    expect(statuses(outcome)).toMatchObject({
      'create-case': 'done',
      'case-not-echoed': 'done',
      'outbound-email': 'done',
      'mail-sent': 'done',
      token: 'skipped',
      'reply-threads': 'skipped',
      'webhook-called': 'done',
      'agent-reply': 'skipped',
      'owner-change': 'skipped',
      'clean-up': 'done',
    });
    expect(told(outcome, 'create-case')).toContain(`made as ${integrationUser}`);
    expect(told(outcome, 'mail-sent')).toContain('OpenCx_Sent__c is set');
    expect(told(outcome, 'owner-change')).toContain("OpenCX's own");
    expect(await stage.records()).toEqual(before);
  });

  test('the answer of a person is waited for, where it lands is seen, and its own job is followed', async () => {
    const { stage, run, sessionOf } = await handoffOf();
    const before = await stage.records();
    const org = await sessionOf(integrationUser);
    const outcome = await run({ org, waitMs: 30_000 }, (event) => (asks(event) ? personAnswers(stage) : undefined));
    expect(statuses(outcome)).toMatchObject({ 'reply-threads': 'done', 'webhook-called': 'done' });
    expect(told(outcome, 'webhook-called')).not.toContain('in the place of an answer');
    const [answer, ...others] = stage.webhooks.payloads().filter(({ name }) => name === 'customerEmail');
    expect(others).toEqual([]);
    expect(answer).toMatchObject({ fromAddress: 'me@example.com', textBody: expect.stringContaining('Thanks.') });
    expect(await stage.records()).toEqual(before);

    // The same without its thread: it makes a Case of its own, which is found and taken away as well.
    const lost = await run({ org, waitMs: 30_000 }, (event) =>
      asks(event)
        ? personAnswers(stage, (raw) =>
            raw.replaceAll(/thread::\w+::/g, '').replaceAll(/^(?:In-Reply|Ref).*\r\n/gm, ''),
          )
        : undefined,
    );
    expect(statuses(lost)).toMatchObject({ 'reply-threads': 'failed', 'clean-up': 'done' });
    expect(told(lost, 'reply-threads')).toContain('landed on a new Case');
    expect(lost.records.filter(({ sobject }) => sobject === 'Case')).toHaveLength(2);
    expect(await stage.records()).toEqual(before);
  });

  test('an answer that does not come leaves the stage waiting, and the others go on', async () => {
    const { stage, run, sessionOf } = await handoffOf();
    const before = await stage.records();
    const outcome = await run({ org: await sessionOf(integrationUser), waitMs: 300 });
    expect(statuses(outcome)).toMatchObject({
      'reply-threads': 'waiting',
      'webhook-called': 'done',
      'clean-up': 'done',
    });
    expect(told(outcome, 'reply-threads')).toContain('no answer came within the time');
    expect(await stage.records()).toEqual(before);
  });

  test('without the mark of sent mail nothing tells whether it left, and nothing is claimed', async () => {
    const { run, sessionOf } = await handoffOf({
      options: { idempotency: false, humanAgent: false, ownerChange: false },
    });
    const outcome = await run({ org: await sessionOf(integrationUser) });
    expect(statuses(outcome)).toMatchObject({ 'outbound-email': 'done', 'mail-sent': 'skipped' });
    expect(told(outcome, 'mail-sent')).toContain('options.idempotency is off');
    expect(told(outcome, 'owner-change')).toContain('options.ownerChange is off');
    expect(told(outcome, 'agent-reply')).toContain('options.humanAgent is off');
  });

  test('mail by an e-mail service is waited for, since a job calls it', async () => {
    const { stage, run, sessionOf } = await handoffOf({ options: { emailService: 'sendgrid' } });
    const org = await sessionOf(integrationUser);
    const missing = await run({ org, patienceMs: 1000 });
    expect(statuses(missing)).toMatchObject({ 'mail-sent': 'failed', 'clean-up': 'done' });
    expect(told(missing, 'mail-sent')).toMatch(
      /callout:OpenCX_Email_Service did not take it[^]*AsyncApexJob 707\w+ \(Queueable/,
    );

    await stage.admin.call('POST', '/services/data/v68.0/tooling/sobjects/NamedCredential', {
      FullName: 'OpenCX_Email_Service',
      Metadata: {
        label: 'OpenCX_Email_Service',
        endpoint: stage.webhooks.url,
        principalType: 'Anonymous',
        protocol: 'NoAuthentication',
      },
    });
    const accepted = await run({ org });
    expect(statuses(accepted)).toMatchObject({ 'mail-sent': 'done', token: 'skipped' });
    expect(told(accepted, 'mail-sent')).toContain('sendgrid accepted it (OpenCx_Sent__c is set)');
  });
});
