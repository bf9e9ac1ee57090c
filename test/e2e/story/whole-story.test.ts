import { describe, expect, test } from 'vitest';

import type { OutboxMail } from '../../../src/local-org/mail/outbox/outbox.ts';
import { temporaryFolder } from '../cli.ts';
import { rawMail } from '../../local-org/mail/mail-org.ts';
import { connectedOrg, SUPPORT, type ConnectedOrg } from './connected-org.ts';
import { orgInProcess, orgOfItsOwn } from './org-door.ts';

const customer = 'jane@customer.test';
/** What a customer may write, and no step on the way may change: a merge field, quotes, letters of all widths. */
const question = 'Mein Drucker brennt 🔥 "schon wieder", {!$Credential.Password}\r\nBitte helfen!';

/** A mail with a file, in parts. */
const firstMail = rawMail({
  subject: 'My printer burns',
  headers: ['Content-Type: multipart/mixed; boundary=edge'],
  body: [
    '--edge',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(question).toString('base64'),
    '--edge',
    'Content-Type: text/plain; name=log.txt',
    'Content-Disposition: attachment; filename=log.txt',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('it is hot').toString('base64'),
    '--edge--',
  ].join('\r\n'),
}).replace('Content-Type: text/plain; charset=utf-8\r\n', '');

/** What a mail program sends when a person answers a mail: the text quoted, the headers of the thread. */
function answerTo(mail: OutboxMail, body: string): string {
  const quoted = (mail.text ?? '').split('\n').map((line) => `> ${line}`);
  return rawMail({
    to: mail.replyTo ?? '',
    subject: `Re: ${mail.subject}`,
    body: [body, '', ...quoted].join('\r\n'),
    headers: [`In-Reply-To: ${mail.messageId}`, `References: ${mail.references ?? ''} ${mail.messageId}`],
  });
}

async function wholeStory(org: ConnectedOrg): Promise<void> {
  const { opencx, rep, webhooks } = org;
  const arrived = await org.receive(firstMail);
  if (arrived.outcome !== 'created') throw new Error(JSON.stringify(arrived));
  const { caseId } = arrived;
  await org.settled();
  const [first, second, ...none] = [...webhooks.payloads()].sort((a, b) => a.name.localeCompare(b.name));
  expect(none).toEqual([]);
  const [platform] = await org.admin.query("SELECT Id FROM User WHERE UserType = 'AutomatedProcess'");
  expect(first).toMatchObject({
    name: 'caseCreated',
    caseId,
    caseNumber: arrived.caseNumber,
    caseSubject: 'My printer burns',
    caseOrigin: 'Email',
    casePriority: 'Medium',
    caseFrom: null,
    suppliedEmail: customer,
    suppliedName: 'Jane Doe',
    createdById: platform?.['Id'],
  });
  expect(second).toMatchObject({
    name: 'customerEmail',
    caseId,
    emailMessageId: arrived.emailMessageId,
    fromAddress: customer,
    toAddresses: [SUPPORT],
    isFirstMessage: true,
    textBodyTruncated: false,
    attachments: [{ attachmentName: 'log.txt', attachmentSize: 9 }],
  });
  if (second?.name !== 'customerEmail') throw new Error('There is no customer mail.');
  expect(second.textBody?.replaceAll('\r\n', '\n').trim()).toBe(question.replaceAll('\r\n', '\n'));

  // The same mail again, as mail servers sometimes deliver it: nothing happens.
  expect(await org.receive(firstMail)).toMatchObject({ outcome: 'ignored', reason: 'duplicate' });

  const reply = await opencx.create('EmailMessage', {
    ParentId: caseId,
    Incoming: false,
    Status: '3',
    FromAddress: SUPPORT,
    ToAddress: customer,
    Subject: 'Re: My printer burns',
    TextBody: 'Pour water on it.',
    HtmlBody: '<html><body><p>Pour water on it.</p></body></html>',
    ReplyToEmailMessageId: arrived.emailMessageId,
  });
  await org.settled();
  const [sent, ...further] = await org.outbox();
  if (sent === undefined) throw new Error('Nothing was sent.');
  expect(further).toEqual([]);
  const token = /thread::\w+::/.exec(sent.subject)?.[0] ?? 'none';
  expect(sent).toMatchObject({ status: 'sent', replyTo: SUPPORT, to: [customer], cc: [], bcc: [], userId: opencx.id });
  expect(sent.subject).toBe(`Re: My printer burns ${token}`);
  expect(sent.text).toBe(`Pour water on it.\n\n${token}`);
  expect(sent.html).toContain(`${token}</div></body></html>`);
  expect(sent.inReplyTo).toBe(second.messageIdentifier);
  expect(sent.references).toMatch(/^<500\w{12}\.\w{22}@sfdc\.net> <mail-\d+@customer\.test>$/);
  expect(await opencx.query(`SELECT OpenCx_Sent__c FROM EmailMessage WHERE Id = '${reply}'`)).toMatchObject([
    { OpenCx_Sent__c: true },
  ]);
  expect(webhooks.calls).toHaveLength(2);

  const answered = await org.receive(answerTo(sent, 'It still burns.'));
  expect(answered).toMatchObject({ outcome: 'threaded', by: 'token', caseId });
  const plain = { to: SUPPORT, subject: 'something else', headers: [`In-Reply-To: ${sent.references?.split(' ')[0]}`] };
  expect(await org.receive(rawMail(plain))).toMatchObject({ outcome: 'threaded', by: 'header', caseId });
  await org.settled();
  const answers = webhooks.payloads().slice(2);
  expect(answers).toMatchObject([
    { name: 'customerEmail', caseId, isFirstMessage: false },
    { name: 'customerEmail', caseId, isFirstMessage: false, subject: 'something else' },
  ]);

  const agentMail = { ParentId: caseId, Incoming: false, ToAddress: customer, Subject: 'Re: It burns' };
  const agentMailId = await rep.create('EmailMessage', { ...agentMail, Status: '3', TextBody: 'I come over.' });
  await rep.update('Case', caseId, { OwnerId: rep.id });
  const draft = await rep.create('EmailMessage', { ...agentMail, Status: '5', TextBody: 'Not yet' });
  await org.settled();
  await rep.update('EmailMessage', draft, { TextBody: 'On my way.' });
  await org.settled();
  expect(webhooks.calls).toHaveLength(6);
  await rep.update('EmailMessage', draft, { Status: '3' });
  await rep.update('Case', caseId, { Priority: 'High' });
  await rep.update('Case', caseId, { Status: 'Closed' });
  await org.settled();
  expect(webhooks.payloads().slice(4)).toMatchObject([
    { name: 'agentEmail', caseId, emailMessageId: agentMailId, sentById: rep.id, textBody: 'I come over.' },
    { name: 'ownerChanged', caseId, oldOwnerId: org.admin.id, newOwnerId: rep.id, newOwnerType: 'User' },
    { name: 'agentEmail', caseId, emailMessageId: draft, sentById: rep.id, textBody: 'On my way.' },
    { name: 'caseClosed', caseId, caseStatus: 'Closed', closedById: rep.id },
  ]);

  // What OpenCX itself does is not told to it.
  await opencx.update('Case', caseId, { Status: 'New', OwnerId: opencx.id });
  await opencx.update('Case', caseId, { Status: 'Closed' });
  const own = await opencx.create('Case', { Subject: 'From a chat', Origin: 'Web', Case_From__c: 'opencx' });
  await opencx.create('EmailMessage', { ParentId: own, Status: '5', ToAddress: customer, Subject: 'draft' });
  await opencx.create('Case', { Subject: 'Without its mark', Origin: 'Web' });
  // Nor is it told of mail that it was told of before.
  await opencx.update('EmailMessage', agentMailId, { OpenCx_Sent__c: true });
  await rep.update('EmailMessage', arrived.emailMessageId, { Status: '1' });
  const people = await rep.create('Case', { Subject: 'By phone', Origin: 'Phone' });
  await org.settled();
  expect(webhooks.payloads().slice(8)).toMatchObject([{ name: 'caseCreated', caseId: people, createdById: rep.id }]);

  await expectNothingTwice(org, { calls: 9, mails: 1 });
}

/** Nothing was sent twice, nothing went in a circle, and the jobs are there to be looked at. */
async function expectNothingTwice(org: ConnectedOrg, expected: { calls: number; mails: number }): Promise<void> {
  const { calls } = org.webhooks;
  const payloads = org.webhooks.payloads();
  expect(calls).toHaveLength(expected.calls);
  expect(new Set(payloads.map(({ deliveryId }) => deliveryId)).size).toBe(expected.calls);
  expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(['POST']));
  expect(new Set(calls.map(({ headers }) => headers['content-type']))).toEqual(
    new Set(['application/json; charset=UTF-8']),
  );
  // What could be a merge field of the Named Credential goes out as an escape.
  expect(calls.filter(({ text }) => text.includes('{!'))).toEqual([]);
  expect(await org.outbox()).toHaveLength(expected.mails);
  const jobs = await org.admin.query('SELECT JobType, Status, NumberOfErrors, MethodName FROM AsyncApexJob');
  expect(jobs).toHaveLength(expected.calls);
  expect(new Set(jobs.map((job) => job['Status']))).toEqual(new Set(['Completed']));
}

describe('the whole story over the API alone', { timeout: 120_000 }, () => {
  test('with the org, the webhook and the client in one process', async () => {
    const org = await orgInProcess();
    await wholeStory(
      await connectedOrg(org, { settings: { options: { caseClosed: true } }, deployArguments: ['--no-tests'] }),
    );
  });

  test('with the org as the product serves it, tests of the deployment included', async () => {
    const door = await orgOfItsOwn(await temporaryFolder());
    await wholeStory(await connectedOrg(door, { settings: { options: { caseClosed: true } } }));
  });
});
