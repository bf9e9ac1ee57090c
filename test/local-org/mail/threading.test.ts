import { describe, expect, it } from 'vitest';

import { caseOfHeaders } from '../../../src/local-org/mail/threading/case-of-headers.ts';
import { threadingMessageId } from '../../../src/local-org/mail/threading/message-id.ts';
import { caseOfReferenceId } from '../../../src/local-org/mail/threading/reference-id.ts';
import { caseOfToken, threadingToken } from '../../../src/local-org/mail/threading/threading-token.ts';
import { mailOrg, rawMail, receive, records, routingAddress } from './mail-org.ts';
import type { RawMail } from './mail-org.ts';

const org = mailOrg();

/** A case, as its first mail made it. */
async function firstCase(mail: RawMail = {}): Promise<string> {
  await routingAddress(org.client);
  return (await receive(org.client, rawMail(mail))).body.caseId as string;
}
const answer = async (mail: RawMail): Promise<unknown> => {
  const { outcome, by, caseId } = (await receive(org.client, rawMail(mail))).body;
  return { outcome, by, caseId };
};

describe('a reply is found by the token of its case', () => {
  it('in the subject or in a body, wherever it stands', async () => {
    const caseId = await firstCase();
    const token = threadingToken(org.client.org.state, caseId);
    expect(token).toMatch(/^thread::[0-9A-Za-z]{22}::$/);
    const threaded = { outcome: 'threaded', by: 'token', caseId };
    expect(await answer({ subject: `Re: Hello [ ${token} ]` })).toEqual(threaded);
    expect(await answer({ body: `Thanks!\n\n> quoted\n> ${token}\n` })).toEqual(threaded);
    const html = rawMail({ body: `<p>Thanks</p><div style="display:none">${token}</div>` });
    const { body } = await receive(org.client, html.replace('text/plain', 'text/html'));
    expect(body.caseId).toBe(caseId);
    expect(await records(org.client, 'SELECT Id FROM Case')).toHaveLength(1);
    expect(await records(org.client, `SELECT Id FROM EmailMessage WHERE ParentId = '${caseId}'`)).toHaveLength(4);
  });

  it('which stays the same and is another one for each case', async () => {
    const caseId = await firstCase();
    const { state } = org.client.org;
    const other = await org.client.create('Case', { Subject: 'Other' });
    expect(threadingToken(state, caseId)).toBe(threadingToken(state, caseId));
    expect(threadingToken(state, other)).not.toBe(threadingToken(state, caseId));
    expect(caseOfToken(state, threadingToken(state, other))).toBe(other);
  });

  it('in the older form of ref ids too', async () => {
    const caseId = await firstCase();
    const { organizationId } = org.client.org;
    const short = (id: string, head: number) => id.slice(0, head) + id.slice(head, 15).replace(/^0+/, '');
    const current = `!${short(organizationId, 6)}.!${short(caseId, 6)}`;
    const former = `_${short(organizationId, 5)}._${short(caseId, 5)}`;
    const { state } = org.client.org;
    expect(caseOfReferenceId(state, current)).toBe(caseId);
    expect(caseOfReferenceId(state, former)).toBe(caseId);
    expect(await answer({ subject: `Re: Hello ref:${current}:ref` })).toEqual({
      outcome: 'threaded',
      by: 'token',
      caseId,
    });
    expect(await answer({ body: `[ ref:${former}:ref ]` })).toMatchObject({ caseId });
    const foreign = `!00Dxx01gEW.!${short(caseId, 6)}`;
    expect(caseOfReferenceId(state, foreign)).toBeUndefined();
    expect(caseOfReferenceId(state, 'nonsense')).toBeUndefined();
    expect(caseOfReferenceId(state, '!.!')).toBeUndefined();
  });

  it('before any header is looked at', async () => {
    const caseId = await firstCase({ messageId: '<one@customer.test>' });
    const other = await org.client.create('Case', { Subject: 'Other' });
    const token = threadingToken(org.client.org.state, other);
    expect(caseId).not.toBe(other);
    expect(await answer({ subject: token, headers: ['In-Reply-To: <one@customer.test>'] })).toEqual({
      outcome: 'threaded',
      by: 'token',
      caseId: other,
    });
  });

  it('unless the case is gone: then it makes a new one', async () => {
    const caseId = await firstCase();
    const token = threadingToken(org.client.org.state, caseId);
    await org.client.call('DELETE', `/services/data/v68.0/sobjects/Case/${caseId}`);
    expect(await answer({ subject: token })).toMatchObject({ outcome: 'created' });
    expect(await answer({ subject: 'thread::0000000000000000000000::' })).toMatchObject({ outcome: 'created' });
  });
});

describe('a reply without a token is found by its headers', () => {
  const threaded = (caseId: string) => ({ outcome: 'threaded', by: 'header', caseId });

  it('In-Reply-To and References name an earlier message of the case', async () => {
    const caseId = await firstCase({ messageId: '<one@customer.test>' });
    expect(await answer({ headers: ['In-Reply-To: <one@customer.test>'], messageId: '<two@customer.test>' })).toEqual(
      threaded(caseId),
    );
    const references = ['References: <zero@x.test>\r\n <two@customer.test>', 'In-Reply-To: <other@x.test>'];
    expect(await answer({ headers: references })).toEqual(threaded(caseId));
    expect(await answer({ headers: ['References: <unknown@x.test>'] })).toMatchObject({ outcome: 'created' });
  });

  it('or a message that a client of the API has stored', async () => {
    await routingAddress(org.client);
    const caseId = await org.client.create('Case', { Subject: 'By hand' });
    await org.client.create('EmailMessage', { ParentId: caseId, MessageIdentifier: '<api@opencx.test>', Status: '3' });
    expect(await answer({ headers: ['In-Reply-To: <api@opencx.test>'] })).toEqual(threaded(caseId));
  });

  it('or what Cases.generateThreadingMessageId gave for it', async () => {
    const caseId = await firstCase();
    const messageId = threadingMessageId(org.client.org.state, caseId);
    expect(messageId).toMatch(/^<[^<>@\s]+@sfdc\.net>$/);
    expect(await answer({ headers: [`References: <x@y.test> ${messageId} <sent@sfdc.net>`] })).toEqual(
      threaded(caseId),
    );
    const forged = messageId.replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'));
    expect(await answer({ headers: [`References: ${forged}`] })).toMatchObject({ outcome: 'created' });
  });

  it("or Outlook's Thread-Index, whose first 22 bytes are the thread", async () => {
    const thread = Buffer.alloc(22, 7);
    const index = (more: number) =>
      `Thread-Index: ${Buffer.concat([thread, Buffer.alloc(more, 1)]).toString('base64')}`;
    const caseId = await firstCase({ headers: [index(0)] });
    expect(await answer({ headers: [index(5)] })).toEqual(threaded(caseId));
    expect(caseOfHeaders(org.client.org.state, [{ name: 'Thread-Index', value: 'AAAA' }])).toBeUndefined();
  });

  it('unless the org does not use headers for threading', async () => {
    await firstCase({ messageId: '<one@customer.test>' });
    await org.client.control('PATCH', 'mail/settings', { useEmailHeadersForThreading: false });
    expect(await answer({ headers: ['In-Reply-To: <one@customer.test>'] })).toMatchObject({ outcome: 'created' });
  });

  it('and carries the thread it belongs to', async () => {
    await firstCase({ messageId: '<one@customer.test>' });
    await answer({ headers: ['References: <zero@x.test> <one@customer.test>', 'In-Reply-To: <one@customer.test>'] });
    await answer({ headers: ['In-Reply-To: <one@customer.test>'] });
    expect(await records(org.client, 'SELECT ThreadIdentifier FROM EmailMessage ORDER BY Id')).toMatchObject([
      { ThreadIdentifier: '<one@customer.test>' },
      { ThreadIdentifier: '<zero@x.test>' },
      { ThreadIdentifier: '<one@customer.test>' },
    ]);
  });
});
