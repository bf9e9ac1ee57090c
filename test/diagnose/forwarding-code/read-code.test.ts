import { describe, expect, test } from 'vitest';

import { knownProviders, otherProvider } from '../../../src/diagnose/forwarding-code/providers.ts';
import { readForwardingCode } from '../../../src/diagnose/forwarding-code/read-code.ts';
import { cancel, confirm, englishBody, mailbox, row, target } from './confirmation-mails.ts';

const { gmail, outlook, fastmail } = knownProviders;
const all = [gmail, outlook, fastmail, otherProvider];

describe('the mail of Gmail', () => {
  test.for([
    ['in English', `(#123456789) Gmail Forwarding Confirmation - Receive Mail from ${mailbox}`],
    ['of a Google Workspace', `(#123456789) Acme Forwarding Confirmation - Receive Emails from ${mailbox}`],
    ['with the number behind', `Gmail Forwarding Confirmation (#123456789) - Receive Mail from ${mailbox}`],
    ['in French', `(n° 123456789) Confirmation de transfert Gmail - Recevoir des messages de ${mailbox}`],
    ['in Spanish', `Confirmación de reenvío de 123456789 (n.º Gmail) - Recibir correo de ${mailbox}`],
    ['in German', `(#123456789) Gmail-Weiterleitungsbestätigung – Nachrichten von ${mailbox} empfangen`],
    ['in Croatian', `(#123456789) Gmail Potvrda o prosljeđivanju – primanje e-pošte s adrese ${mailbox}`],
    ['in Japanese', `（#123456789）Gmail の転送の確認 - ${mailbox} からメールを受信`],
    ['in Chinese', `(#123456789) Gmail 转发确认 - 从 ${mailbox} 接收邮件`],
    ['in Chinese, without blanks', `（#123456789）Gmail 转发确认 - 从${mailbox}接收邮件`],
  ] as const)('%s has its code in the subject', ([, Subject]) => {
    expect(readForwardingCode(row({ Subject, TextBody: '' }), [gmail])).toEqual({
      provider: 'gmail',
      code: '123456789',
      link: undefined,
      mailbox,
      target,
    });
  });

  test.for([
    ['English', 'Confirmation code: 123456789'],
    ['French', 'Code de confirmation : 123456789'],
    ['Japanese', '確認コード：123456789'],
    ['Spanish', 'Código de confirmación: 123456789'],
  ] as const)('has its code in the body where the subject has none, in %s', ([, line]) => {
    const Subject = `Gmail - ${mailbox}`;
    expect(readForwardingCode(row({ Subject, TextBody: `${line}\n\n${confirm}\n` }), [gmail])).toMatchObject({
      code: '123456789',
      link: confirm,
    });
  });

  test('has a code of eight digits at times', () => {
    const Subject = `(#43643746) Gmail Forwarding Confirmation - Receive Mail from ${mailbox}`;
    expect(readForwardingCode(row({ Subject }), [gmail])?.code).toBe('43643746');
  });

  test('has a link alone since 2026, with a bracket that is never closed', () => {
    const Subject = `(Gmail Forwarding confirmation – Receive mail from ${mailbox}`;
    expect(readForwardingCode(row({ Subject, TextBody: englishBody() }), [gmail])).toEqual({
      provider: 'gmail',
      code: undefined,
      link: confirm,
      mailbox,
      target,
    });
  });

  test('names mailbox and target in its body too', () => {
    const found = readForwardingCode(
      row({ Subject: '(#123456789) Gmail', ToAddress: `"Case" <${target}>; b@c.test` }),
      [gmail],
    );
    expect(found).toMatchObject({ mailbox, target });
  });

  test.for([
    'https://mail.google.com/mail/vf-abc_DEF-1',
    'https://isolated.mail.google.com/mail/vf-fd46-test%40a.test-3h',
  ])('may have the link %s', (link) => {
    expect(readForwardingCode(row({ TextBody: englishBody('123456789', link) }), [gmail])?.link).toBe(link);
  });

  test('is read where it has HTML alone', () => {
    const HtmlBody = [
      '<html><head><title>111111111</title><style>p{color:#222222222}</style></head><body>',
      `<p>${mailbox} has requested to automatically forward mail to ${target}.</p><!-- 333333333 -->`,
      '<p>Confirmation code: <b>123456789</b></p>',
      `<a href="${cancel}">Cancel</a> <A class=x HREF = '${confirm}?a=1&amp;b=2'>Confirm &#8594;</A>`,
      '</body></html>',
    ].join('\n');
    const found = readForwardingCode(row({ Subject: 'Gmail', TextBody: null, HtmlBody }), [gmail]);
    expect(found).toEqual({ provider: 'gmail', code: '123456789', link: `${confirm}?a=1&b=2`, mailbox, target });
  });

  test('is read where it was left in quoted-printable', () => {
    const TextBody = [
      `${mailbox} solicit=C3=B3 reenviar autom=C3=A1ticamente el correo`,
      'electr=C3=B3nico. Para permitir que reenv=C3=ADe el correo electr=C3=B3n=',
      'ico, haz clic en el siguiente v=C3=ADnculo para confirmar la solicitud:',
      '',
      'https://mail-settings.google.com/mail/vf-%5BANGjdJ-p2S7wOXTmSnAXuL2jfMz9cuJ=',
      'dQhBnNC26ypPp3CFHLWigF7CIqSX-JO5DJmdSZZ_SFtawcOwtZzhIUJhCb9qZzadMNKe7vPV6r1=',
      'rvtonsylM2Dw5GcCgLe_7OwuqE_5kQ3wxZbp-WWIfL%5D-VLPaGPr9QJdZzMiCKQCIsAXTjZw',
      '',
      'Si no apruebas esta solicitud, no es necesario que realices ninguna otra ac=',
      'ci=C3=B3n.',
    ].join('\r\n');
    expect(readForwardingCode(row({ Subject: `(Gmail – ${mailbox}`, TextBody }), [gmail])?.link).toBe(
      'https://mail-settings.google.com/mail/vf-%5BANGjdJ-p2S7wOXTmSnAXuL2jfMz9cuJdQhBnNC26ypPp3CFHLWigF7CIqSX-JO5DJmdSZZ_SFtawcOwtZzhIUJhCb9qZzadMNKe7vPV6r1rvtonsylM2Dw5GcCgLe_7OwuqE_5kQ3wxZbp-WWIfL%5D-VLPaGPr9QJdZzMiCKQCIsAXTjZw',
    );
  });

  test('is read where its link was broken at the margin', () => {
    const TextBody = `please confirm:\n\n${confirm}-\nlist%40example-AAAAA-bbbbbbb\n\nIf you do not approve\n`;
    expect(readForwardingCode(row({ TextBody }), [gmail])?.link).toBe(`${confirm}-list%40example-AAAAA-bbbbbbb`);
  });
});

describe('mail of others, by patterns that nobody has confirmed', () => {
  test('Outlook', () => {
    const mail = row({
      FromAddress: 'account-security-noreply@accountprotection.microsoft.com',
      Subject: 'Verify your forwarding address',
      TextBody: `Mail of ${mailbox} is to be forwarded.\nVerification code: 4821990\nhttps://account.live.com/forward/confirm?id=1`,
    });
    expect(readForwardingCode(mail, all)).toMatchObject({
      provider: 'outlook',
      code: '4821990',
      link: 'https://account.live.com/forward/confirm?id=1',
      mailbox,
    });
  });

  test('Fastmail', () => {
    const mail = row({
      FromAddress: 'noreply@fastmail.com',
      Subject: 'Confirm your email forwarding request',
      TextBody: `Code: FM-7C2K9\nhttps://app.fastmail.com/confirm/abc\nhttps://app.fastmail.com/confirm/cancel`,
    });
    expect(readForwardingCode(mail, all)).toMatchObject({
      provider: 'fastmail',
      code: 'FM-7C2K9',
      link: 'https://app.fastmail.com/confirm/abc',
    });
  });

  test('a server nobody knows: its code, and no link', () => {
    const mail = row({
      FromAddress: 'no-reply@mail.hoster.test',
      Subject: 'Bestätigung der Weiterleitung',
      TextBody: `Ihr Bestätigungscode lautet 482 nicht, sondern steht hier: Code: 48A913\nhttps://mail.hoster.test/confirm`,
    });
    expect(readForwardingCode(mail, all)).toMatchObject({ provider: 'other', code: '48A913', link: undefined });
  });

  test('a code that signs somebody in is none of forwarding', () => {
    const mail = row({
      FromAddress: 'account-security-noreply@accountprotection.microsoft.com',
      Subject: 'Microsoft account security code',
      TextBody: 'Please use the following security code: 482913',
    });
    expect(readForwardingCode(mail, all)).toBeUndefined();
  });

  test('a customer who writes of forwarding and codes is none', () => {
    const mail = row({
      FromAddress: 'jane@customer.test',
      Subject: 'Please forward my order confirmation',
      TextBody: 'The code is 123456',
    });
    expect(readForwardingCode(mail, all)).toBeUndefined();
  });
});
