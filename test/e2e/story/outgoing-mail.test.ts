import { expect, test } from 'vitest';

import { rawMail } from '../../local-org/mail/mail-org.ts';
import type { ConnectedOrg } from './connected-org.ts';
import { SUPPORT } from './connected-org.ts';
import { timedOrg } from './timed-org.ts';

const customer = 'jane@customer.test';

async function reply(org: ConnectedOrg, caseId: string, more: Record<string, unknown> = {}): Promise<unknown> {
  const id = await org.opencx.create('EmailMessage', {
    ParentId: caseId,
    Status: '3',
    ToAddress: customer,
    Subject: 'Re: My printer burns',
    HtmlBody: '<p>Pour water on it.</p>',
    ...more,
  });
  const [row] = await org.opencx.query(`SELECT OpenCx_Sent__c FROM EmailMessage WHERE Id = '${id}'`);
  return row?.['OpenCx_Sent__c'];
}

async function newCase(org: ConnectedOrg): Promise<string> {
  const outcome = await org.receive(rawMail());
  if (outcome.outcome !== 'created') throw new Error(JSON.stringify(outcome));
  return outcome.caseId;
}

test(
  'files of a reply leave with it, and an answer that quotes nothing but HTML comes back',
  { timeout: 120_000 },
  async () => {
    const org = await timedOrg();
    const caseId = await newCase(org);
    const versionId = await org.opencx.create('ContentVersion', {
      PathOnClient: 'manual.txt',
      VersionData: Buffer.from('Use water.').toString('base64'),
    });
    const [version] = await org.opencx.query(`SELECT ContentDocumentId FROM ContentVersion WHERE Id = '${versionId}'`);
    expect(await reply(org, caseId, { ContentDocumentIds: [version?.['ContentDocumentId']] })).toBe(true);
    const [mail, ...others] = await org.outbox();
    expect(others).toEqual([]);
    expect(mail?.attachments).toMatchObject([
      { fileName: 'manual.txt', base64: Buffer.from('Use water.').toString('base64') },
    ]);
    const answer = rawMail({
      subject: 'another subject',
      body: `<html><body>Thanks<blockquote>${mail?.html ?? ''}</blockquote></body></html>`,
    }).replace('text/plain', 'text/html');
    expect(await org.receive(answer)).toMatchObject({ outcome: 'threaded', by: 'token', caseId });
    await org.settled();
    expect(
      org.webhooks
        .payloads()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['caseCreated', 'customerEmail', 'customerEmail']);
  },
);

test(
  'an organization-wide address that nobody has verified sends nothing, and nobody is told otherwise',
  { timeout: 120_000 },
  async () => {
    const org = await timedOrg({ settings: { orgWideEmailAddress: SUPPORT } });
    const values = { Address: SUPPORT, DisplayName: 'Acme Support', IsAllowAllProfiles: true };
    const address = await org.admin.create('OrgWideEmailAddress', values);
    const caseId = await newCase(org);
    expect(await reply(org, caseId)).toBe(false);
    expect(await org.outbox()).toEqual([]);
    await org.control('PATCH', `mail/org-wide-addresses/${address}`, { isVerified: true });
    expect(await reply(org, caseId)).toBe(true);
    expect(await org.outbox()).toMatchObject([
      { status: 'sent', from: { name: 'Acme Support', address: SUPPORT }, replyTo: SUPPORT, to: [customer] },
    ]);
    await org.settled();
    expect(org.webhooks.calls).toHaveLength(2);
  },
);

test('of many replies, only the one without a usable address stays behind', { timeout: 120_000 }, async () => {
  const org = await timedOrg();
  const caseId = await newCase(org);
  const mail = { attributes: { type: 'EmailMessage' }, ParentId: caseId, Status: '3', TextBody: 'Hello' };
  const records = [
    { ...mail, Subject: 'one', ToAddress: customer },
    { ...mail, Subject: 'none' },
    { ...mail, Subject: 'two', ToAddress: 'john@customer.test; mary@customer.test' },
  ];
  const results = await org.opencx.call<{ success: boolean }[]>('POST', '/services/data/v68.0/composite/sobjects', {
    records,
  });
  expect(results.map(({ success }) => success)).toEqual([true, true, true]);
  expect((await org.outbox()).map(({ to }) => to)).toEqual([[customer], ['john@customer.test', 'mary@customer.test']]);
  const rows = await org.opencx.query('SELECT Subject FROM EmailMessage WHERE OpenCx_Sent__c = true ORDER BY Subject');
  expect(rows.map((row) => row['Subject'])).toEqual(['one', 'two']);
});
