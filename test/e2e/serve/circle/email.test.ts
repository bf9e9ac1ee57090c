import { expect, test } from 'vitest';

import { rawMail } from '../../../local-org/mail/mail-org.ts';
import { soon } from '../../messaging/messaging-desk.ts';
import { answerTo, newSessionId, openWorld } from './world.ts';

const customer = 'jane@customer.test';

test(
  'a mail comes in, is answered by the API, answered by the customer, taken over by a person and closed; OpenCX hears of all of it',
  { timeout: 180_000 },
  async () => {
    const world = await openWorld('email');
    const { admin, api, told } = world;

    const arrived = await world.mailIn(rawMail({ subject: 'My printer burns', body: 'Brennt 🔥 "wieder"' }));
    expect(arrived.outcome).toBe('created');
    const { caseId } = arrived;
    const started = await told('session.started');
    expect(started).toMatchObject({ caseId, channel: 'email', state: 'open' });
    const { sessionId } = started;
    expect(await told('message.contact')).toMatchObject({
      sessionId,
      caseId,
      message: { id: arrived.emailMessageId, text: expect.stringContaining('Brennt 🔥 "wieder"') as string },
    });

    const messages = `/sessions/${sessionId}/messages`;
    const replied = await api('POST', messages, { role: 'ai', name: 'OpenCX AI', text: 'Turn it off, please.' });
    expect(replied.status).toBe(202);
    expect(await told('message.delivered')).toMatchObject({ message: { id: replied.body['messageId'] } });
    const [sent, ...more] = await soon(async () => {
      const mail = (await world.outbox()).filter(({ to }) => to.includes(customer));
      return mail.length > 0 ? mail : undefined;
    });
    expect(more).toEqual([]);
    expect(sent).toMatchObject({
      replyTo: 'support@example.com',
      subject: expect.stringMatching(/printer burns/) as string,
    });
    expect(sent?.text).toContain('Turn it off, please.');

    if (sent === undefined) throw new Error('no mail was sent');
    const answered = await world.mailIn(answerTo(sent, 'I did. It still burns.'));
    expect(answered).toMatchObject({ caseId });
    expect(await told('message.contact')).toMatchObject({
      sessionId,
      message: { id: answered.emailMessageId, text: expect.stringContaining('It still burns.') as string },
    });

    await api('POST', messages, { role: 'ai', text: 'Is it unplugged?' });
    await told('message.delivered');
    const second = await soon(async () =>
      (await world.outbox()).find(({ text }) => text?.includes('unplugged') === true),
    );
    const saved = await admin.query(
      `SELECT Id, TextBody FROM EmailMessage WHERE ParentId = '${caseId}' AND Incoming = false`,
    );
    const emailMessageId = saved.find(({ TextBody }) => String(TextBody).includes('unplugged'))?.['Id'];
    await world.control('POST', `/mail/${second.id}/bounce`, { emailMessageId });
    expect(await told('message.failed')).toMatchObject({ sessionId, reason: expect.stringMatching(/./) as string });

    await admin.create('EmailMessage', {
      ParentId: caseId,
      Incoming: false,
      Status: '3',
      FromAddress: 'support@example.com',
      ToAddress: customer,
      Subject: 'Re: My printer burns',
      TextBody: 'A colleague is on the way.',
    });
    expect(await told('session.handed_off')).toMatchObject({ sessionId, state: 'handedOff' });
    expect(await told('message.agent')).toMatchObject({ message: { text: 'A colleague is on the way.' } });
    expect(await api('POST', messages, { role: 'ai', text: 'May I help?' })).toMatchObject({ status: 409 });

    await admin.update('Case', caseId, { Status: 'Closed' });
    expect(await told('session.resolved')).toMatchObject({ sessionId, state: 'resolved' });
    expect((await api('GET', `/sessions/${sessionId}`)).body).toMatchObject({
      id: sessionId,
      state: 'resolved',
      caseId,
    });
    expect(world.callbacks().map(({ event }) => event)).toEqual([
      'session.started',
      'message.contact',
      'message.delivered',
      'message.contact',
      'message.delivered',
      'message.failed',
      'session.handed_off',
      'message.agent',
      'session.resolved',
    ]);
    expect(await world.serve.stop()).toMatchObject({ waiting: 0, dead: 0 });
  },
);

test(
  'a session that is handed off becomes a Case with all that was said; the same contact comes back to it, and its reply reaches OpenCX',
  { timeout: 180_000 },
  async () => {
    const world = await openWorld('email');
    const { admin, api, told } = world;
    const sessionId = newSessionId();
    const handoff = {
      sessionId,
      channel: 'email',
      contact: { email: customer, name: 'Jane Doe' },
      subject: 'A refund',
      summary: 'Wants her money back.',
      transcript: [
        { role: 'contact', text: 'I want my money back.' },
        { role: 'ai', text: 'Let me get a colleague. '.repeat(300) },
      ],
    };
    expect(await api('POST', '/handoffs', handoff)).toMatchObject({ status: 202, body: { sessionId } });
    const done = await told('session.handoff_completed');
    expect(done).toMatchObject({ sessionId, state: 'open' });
    const [row] = await admin.query(
      `SELECT Id, Subject, Description, Case_From__c, Contact.Email, Origin, (SELECT CommentBody FROM CaseComments) FROM Case WHERE Id = '${done.caseId}'`,
    );
    expect(row).toMatchObject({
      Subject: 'A refund',
      Description: 'Wants her money back.',
      Case_From__c: 'opencx',
      Contact: { Email: customer },
      Origin: 'Email',
    });
    const { records: comments = [] } = (row?.['CaseComments'] ?? {}) as { records?: { CommentBody: string }[] };
    expect(comments.length).toBeGreaterThan(1);
    for (const { CommentBody } of comments) expect(Buffer.byteLength(CommentBody)).toBeLessThanOrEqual(4000);

    const again = await api('POST', '/handoffs', { ...handoff, sessionId: newSessionId(), subject: 'Still waiting' });
    expect(again.status).toBe(202);
    expect(await told('session.handoff_completed')).toMatchObject({ caseId: done.caseId, appended: true });
    expect(await admin.query("SELECT Id FROM Case WHERE Case_From__c = 'opencx'")).toHaveLength(1);

    await admin.create('EmailMessage', {
      ParentId: done.caseId,
      Incoming: false,
      Status: '3',
      FromAddress: 'support@example.com',
      ToAddress: customer,
      Subject: 'Your refund',
      TextBody: 'It is on its way.',
    });
    expect(await told('message.agent')).toMatchObject({ message: { text: 'It is on its way.' }, state: 'handedOff' });
    expect(await world.serve.stop()).toMatchObject({ waiting: 0, dead: 0 });
  },
);
