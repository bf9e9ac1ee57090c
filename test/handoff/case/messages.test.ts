import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { parseHandoff } from '../../../src/handoff/api/schema/handoff-input.ts';
import { ownMessageId } from '../../../src/handoff/session/own-message.ts';
import type { SessionState } from '../../../src/handoff/session/session.ts';
import { caseDesk, contact, type CaseDesk } from './case-desk.ts';

/** Sets its state, as what others do in Salesforce would. */
async function setState({ store }: CaseDesk, sessionId: string, state: SessionState): Promise<void> {
  const session = await store.session(sessionId);
  if (session === undefined) throw new Error('no session');
  await store.changeSession({ sessionId, decide: () => ({ session: { ...session, state }, events: [] }) });
}

async function openSession(desk: CaseDesk): Promise<{ sessionId: string; caseId: string }> {
  const event = await desk.handoff({ subject: 'Where is my order?' });
  const { caseId } = await desk.arrives(event);
  return { sessionId: parseHandoff(event.body).sessionId, caseId: String(caseId) };
}

const mailFields =
  'Id, Incoming, Status, FromAddress, FromName, ToAddress, Subject, TextBody, HtmlBody, MessageIdentifier, ReplyToEmailMessageId';

describe('a message of the AI', { timeout: 120_000 }, () => {
  test('is sent to the contact in the thread of the Case, and the answer comes back to it', async () => {
    const desk = await caseDesk();
    const { sessionId, caseId } = await openSession(desk);
    const event = await desk.message(sessionId, {
      text: 'It is <b>on</b> its way.\nBye',
      id: '11111111-2222-4333-8444-555555555555',
    });
    const done = await desk.arrives(event);
    const [mail] = await desk.query(`SELECT ${mailFields}, OpenCx_Sent__c FROM EmailMessage`);
    expect(mail).toMatchObject({
      Id: done['emailMessageId'],
      Incoming: false,
      Status: '3',
      FromAddress: 'support@example.com',
      ToAddress: contact.email,
      Subject: 'Re: Where is my order?',
      TextBody: 'It is <b>on</b> its way.\nBye',
      MessageIdentifier: '<opencx-sf.11111111-2222-4333-8444-555555555555@example.com>',
      OpenCx_Sent__c: true,
    });
    expect(mail?.['HtmlBody']).toContain('It is &lt;b&gt;on&lt;/b&gt; its way.<br>');
    const [sent, ...others] = await desk.org.outbox();
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ status: 'sent', to: [contact.email], replyTo: 'support@example.com' });
    expect(sent?.subject).toMatch(/^Re: Where is my order\? .*thread::/);

    const raw = [
      `From: Ada <${contact.email}>`,
      'To: support@example.com',
      `Subject: Re: ${sent?.subject ?? ''}`,
      'Message-ID: <answer@example.com>',
      '',
      'Thanks.',
    ].join('\r\n');
    expect(await desk.org.receive(raw)).toMatchObject({ caseId });
    await desk.org.settled();
    expect(desk.org.webhooks.payloads()).toMatchObject([{ name: 'customerEmail', caseId }]);

    // What is said next answers that mail, so that mail programs show one conversation.
    await desk.arrives(await desk.message(sessionId, { text: 'You are welcome.' }));
    expect((await desk.org.outbox()).at(-1)).toMatchObject({ inReplyTo: '<answer@example.com>' });
  });

  test('carries its own subject, HTML and files', async () => {
    const desk = await caseDesk();
    const { sessionId, caseId } = await openSession(desk);
    const file = { name: 'label.pdf', contentType: 'application/pdf', base64: Buffer.from('%PDF').toString('base64') };
    const done = await desk.arrives(
      await desk.message(sessionId, { text: 'See', html: '<p>See</p>', subject: 'Your label', attachments: [file] }),
    );
    const [sent] = await desk.org.outbox();
    expect(sent?.subject).toMatch(/^Your label/);
    expect(sent?.html).toContain('<p>See</p>');
    expect(sent?.attachments).toMatchObject([{ base64: file.base64 }]);
    const links = await desk.query(
      `SELECT LinkedEntityId FROM ContentDocumentLink WHERE LinkedEntityId IN ('${caseId}', '${String(done['emailMessageId'])}')`,
    );
    expect(new Set(links.map(({ LinkedEntityId }) => LinkedEntityId))).toEqual(
      new Set([done['emailMessageId'], caseId]),
    );
  });

  test('is not sent once a representative is at it, nor without a Case', async () => {
    const desk = await caseDesk();
    const { sessionId } = await openSession(desk);
    await setState(desk, sessionId, 'handedOff');
    const { farSide, attempt } = await desk.attempt(await desk.message(sessionId, { text: 'Hello' }));
    expect([farSide, attempt.failure]).toEqual(['refused', expect.stringContaining('representative')]);
    const other = await desk.message(randomUUID(), { text: 'Hello' });
    expect((await desk.attempt(other)).attempt.failure).toContain('has no Case');
    expect(await desk.query('SELECT Id FROM EmailMessage')).toEqual([]);
    expect(await desk.store.events({ name: 'message.failed', limit: 10 })).toHaveLength(1);
  });

  test('is not sent once the Case is closed; what the contact said is written there all the same', async () => {
    const desk = await caseDesk();
    const { sessionId } = await openSession(desk);
    await setState(desk, sessionId, 'resolved');
    const { farSide, attempt } = await desk.attempt(await desk.message(sessionId, { text: 'Hello' }));
    expect([farSide, attempt.failure]).toEqual(['refused', expect.stringContaining('closed')]);
    await desk.arrives(await desk.message(sessionId, { role: 'contact', text: 'One more thing' }));
    expect(await desk.query('SELECT TextBody FROM EmailMessage')).toMatchObject([{ TextBody: 'One more thing' }]);
  });

  test('that was sent, and whose answer was lost before a representative came, is told as delivered', async () => {
    const desk = await caseDesk();
    const { sessionId } = await openSession(desk);
    const event = await desk.message(sessionId, { text: 'Hello' });
    const stop = new AbortController();
    // Once the org has answered the request that saves the mail.
    const saved = desk.tap.requests.length + 4;
    desk.tap.hook = { at: saved, when: 'answered', call: () => stop.abort(new Error('killed')) };
    await desk.attempt(event, stop.signal);
    expect(desk.tap.requests[saved - 1]).toMatchObject({ method: 'POST' });
    await setState(desk, sessionId, 'handedOff');
    await desk.arrives(event);
    expect(await desk.org.outbox()).toHaveLength(1);
    expect(await desk.store.events({ name: 'message.failed', limit: 10 })).toEqual([]);
    expect(await desk.store.events({ name: 'message.delivered', limit: 10 })).toHaveLength(1);
  });

  test('that is replayed, and replayed again from that replay, is sent once', async () => {
    const desk = await caseDesk();
    const { sessionId } = await openSession(desk);
    let event = await desk.message(sessionId, { text: 'Hello' });
    await desk.arrives(event);
    for (let time = 1; time <= 3; time += 1) {
      event = await desk.replay(event);
      await desk.arrives(event);
    }
    expect(await desk.query('SELECT Id FROM EmailMessage')).toHaveLength(1);
    expect(await desk.org.outbox()).toHaveLength(1);
  });

  test('that Salesforce saves and does not send is told as failed, and never taken for sent', async () => {
    const desk = await caseDesk();
    const { sessionId } = await openSession(desk);
    await desk.org.control('PATCH', 'mail/settings', { deliverability: 'system' });
    const { farSide, attempt } = await desk.attempt(await desk.message(sessionId, { text: 'Hello' }));
    expect([farSide, attempt.failure]).toEqual(['refused', expect.stringContaining('did not send it')]);
    expect(await desk.org.outbox()).toEqual([]);
    const [told] = await desk.store.events({ name: 'message.failed', limit: 10 });
    expect(JSON.parse(Buffer.from(told?.body ?? []).toString())).toMatchObject({ message: { text: 'Hello' } });
  });
});

test(
  'a message of the contact is on the Case, to be read, and is known again as our own',
  { timeout: 120_000 },
  async () => {
    const desk = await caseDesk();
    const { sessionId } = await openSession(desk);
    await desk.arrives(
      await desk.message(sessionId, { role: 'contact', text: 'Any news?', id: '11111111-2222-4333-8444-555555555555' }),
    );
    const [mail] = await desk.query(`SELECT ${mailFields} FROM EmailMessage`);
    expect(mail).toMatchObject({
      Incoming: true,
      Status: '0',
      FromAddress: contact.email,
      FromName: contact.name,
      ToAddress: 'support@example.com',
      TextBody: 'Any news?',
    });
    expect(await desk.org.outbox()).toEqual([]);
    await desk.org.settled();
    const [told]: Record<string, unknown>[] = desk.org.webhooks.payloads();
    expect(told).toMatchObject({ name: 'customerEmail' });
    expect(ownMessageId(String(told?.['messageIdentifier']))).toBe('11111111-2222-4333-8444-555555555555');
  },
);
