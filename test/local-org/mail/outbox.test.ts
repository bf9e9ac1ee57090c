import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';

import { sendMail } from '../../../src/local-org/mail/send/send-mail.ts';
import { mailOrg, outgoing } from './mail-org.ts';

const org = mailOrg();

function send(changes: Parameters<typeof outgoing>[1] = {}): void {
  const { state } = org.client.org;
  state.transaction(() => sendMail(state, outgoing(org.client, changes)));
}
const eml = async (id: string): Promise<string> => {
  const response = await fetch(`${org.client.org.url}/_local/mail/${id}?format=eml`, {
    headers: { 'x-local-org-control': 'test' },
  });
  expect(response.headers.get('content-type')).toMatch('message/rfc822');
  return Buffer.from(await response.arrayBuffer()).toString('latin1');
};

describe('the outbox', () => {
  it('lists what was sent without bodies and files, and shows each mail with all of it', async () => {
    send({ subject: 'First' });
    send({ subject: 'Second', attachments: [{ fileName: 'a.txt', inline: false, base64: 'aGk=' }] });
    const { body } = await org.client.control('GET', 'mail');
    expect(body.mail).toMatchObject([
      { id: '1', subject: 'First', attachments: [] },
      { id: '2', subject: 'Second', attachments: ['a.txt'] },
    ]);
    expect(body.mail[0]).not.toHaveProperty('text');
    expect((await org.client.control('GET', 'mail/2')).body).toMatchObject({
      text: 'Hello Jane',
      attachments: [{ fileName: 'a.txt', base64: 'aGk=' }],
    });
  });

  it('says that there is no such mail', async () => {
    expect((await org.client.control('GET', 'mail/7')).status).toBe(404);
  });

  it('gives the message that went out, with every part of it', async () => {
    send({
      subject: 'Grüße – [ thread::abc:: ]',
      text: 'Hällo\nJane',
      html: '<p>Hällo</p><div style="display:none">thread::abc::</div>',
      ccAddresses: ['cc@customer.test'],
      bccAddresses: ['secret@customer.test'],
      replyTo: 'support@example.com',
      inReplyTo: '<b@customer.test>',
      references: '<a@customer.test> <b@customer.test>',
      priority: 'High',
      attachments: [
        { fileName: 'größe.txt', inline: false, base64: Buffer.from('files').toString('base64') },
        { fileName: 'x.bin', contentType: 'application/x-thing', inline: false, base64: 'AAEC' },
      ],
    });
    const mail = (await org.client.control('GET', 'mail/1')).body;
    const raw = await eml('1');
    expect(raw).not.toMatch(/[^\r]\n/);
    expect(raw).not.toContain('secret@');
    const parsed = await PostalMime.parse(Buffer.from(raw, 'latin1'), { attachmentEncoding: 'utf8' });
    expect(parsed).toMatchObject({
      subject: 'Grüße – [ thread::abc:: ]',
      from: { name: 'Local Administrator', address: 'admin@local-org.test' },
      to: [{ address: 'jane@customer.test' }],
      cc: [{ address: 'cc@customer.test' }],
      replyTo: [{ address: 'support@example.com' }],
      messageId: mail.messageId,
      inReplyTo: '<b@customer.test>',
      references: '<a@customer.test> <b@customer.test>',
      attachments: [
        { filename: 'größe.txt', mimeType: 'text/plain', content: 'files' },
        { filename: 'x.bin', mimeType: 'application/x-thing' },
      ],
    });
    expect(parsed.text?.trim()).toBe('Hällo\nJane');
    expect(parsed.html).toContain('<div style="display:none">thread::abc::</div>');
    expect(Date.parse(parsed.date ?? '')).toBe(Math.floor(Date.parse(mail.createdDate) / 1000) * 1000);
    expect(raw).toMatch(/^X-Priority: 2/m);
    expect(raw).toMatch(new RegExp(`^X-SFDC-User: ${mail.userId.slice(0, 15)}`, 'im'));
  });

  it('gives the same bytes each time', async () => {
    send({ html: '<p>x</p>', attachments: [{ fileName: 'a.txt', inline: false, base64: 'aGk=' }] });
    expect(await eml('1')).toBe(await eml('1'));
  });

  it('lets no header be smuggled in', async () => {
    send({
      subject: 'Hi\r\nBcc: evil@customer.test',
      references: '<a@b>\r\nX-Evil: 1',
      senderDisplayName: 'A\r\nX-Evil: 2',
    });
    const { headers } = await PostalMime.parse(await eml('1'));
    expect(headers.map(({ key }) => key).filter((key) => key === 'bcc' || key === 'x-evil')).toEqual([]);
  });

  it('answers only those who send the control header', async () => {
    expect((await org.client.call('GET', '/_local/mail')).status).toBe(403);
    expect((await org.client.call('POST', '/_local/mail/receive', 'x')).status).toBe(403);
  });
});

describe('the mail settings', () => {
  it('are read and changed one by one', async () => {
    const before = (await org.client.control('GET', 'mail/settings')).body;
    expect(before).toEqual({
      deliverability: 'all',
      verifiedDomains: ['example.com', 'local-org.test'],
      verifyDomains: true,
      substituteFrom: false,
      emailToCase: false,
      useEmailHeadersForThreading: false,
    });
    const relay = { host: '127.0.0.1', port: 2525 };
    const { body } = await org.client.control('PATCH', 'mail/settings', { smtpRelay: relay, deliverability: 'none' });
    expect(body).toEqual({ ...before, deliverability: 'none', smtpRelay: relay });
    await org.client.control('PATCH', 'mail/settings', { smtpRelay: null, deliverability: 'all' });
    expect((await org.client.control('GET', 'mail/settings')).body).toEqual(before);
  });

  it.each([[{ deliverability: 'most' }], [{ unknown: 1 }], [{ smtpRelay: { host: 'x', port: 0 } }]])(
    'refuse %j',
    async (change) => {
      expect((await org.client.control('PATCH', 'mail/settings', change)).status).toBe(400);
    },
  );
});
