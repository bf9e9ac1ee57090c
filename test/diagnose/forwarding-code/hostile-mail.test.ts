import { performance } from 'node:perf_hooks';

import { describe, expect, test } from 'vitest';

import { knownProviders, otherProvider } from '../../../src/diagnose/forwarding-code/providers.ts';
import { readForwardingCode } from '../../../src/diagnose/forwarding-code/read-code.ts';
import { cancel, confirm, englishBody, mailbox, row, target } from './confirmation-mails.ts';

const { gmail } = knownProviders;
const all = [...Object.values(knownProviders), otherProvider];

describe('a link is offered only where it leads to the provider', () => {
  test.for([
    ['the one that cancels', cancel],
    ['another way to write that one', 'https://mail.google.com/mail/vf-/../uf-abc'],
    ['the same, encoded', 'https://mail.google.com/mail/vf-x%2F..%2Fuf-abc'],
    ['http', 'http://mail-settings.google.com/mail/vf-abc'],
    ['a longer host', 'https://mail-settings.google.com.evil.test/mail/vf-abc'],
    ['a host of Google that is not the one', 'https://sites.google.com/mail/vf-abc'],
    ['a host that ends the same', 'https://evilmail.google.com/mail/vf-abc'],
    ['a user name that looks like the host', 'https://mail.google.com@evil.test/mail/vf-abc'],
    ['a user name', 'https://user@mail.google.com/mail/vf-abc'],
    ['another port', 'https://mail.google.com:8443/mail/vf-abc'],
    ['the link in a parameter', 'https://evil.test/?to=https://mail.google.com/mail/vf-abc'],
    ['letters that look alike', 'https://mаil.google.com/mail/vf-abc'],
    ['the rest of webmail', 'https://mail.google.com/mail/u/0/#inbox'],
    ['nothing behind its path', 'https://mail.google.com/mail/vf-'],
    ['a script', 'javascript:location="https://mail.google.com/mail/"'],
  ] as const)('not %s', ([, link]) => {
    const inText = row({ TextBody: `Confirm: ${link}` });
    const inHtml = row({ TextBody: '', HtmlBody: `<a href='${link}'>${confirm.slice(0, 30)}</a>` });
    expect(readForwardingCode(inText, [gmail])).toMatchObject({ code: '123456789', link: undefined });
    expect(readForwardingCode(inHtml, [gmail])).toMatchObject({ code: '123456789', link: undefined });
  });

  test('the right one is found among wrong ones, without the full stop behind it', () => {
    const TextBody = `https://evil.test/mail/vf-x ${cancel} (${confirm}). ${cancel}`;
    expect(readForwardingCode(row({ TextBody }), [gmail])?.link).toBe(confirm);
  });
});

describe('a sender is believed by the whole address', () => {
  test.for([
    'forwarding-noreply@google.com.evil.test',
    'xforwarding-noreply@google.com',
    'noreply@google.com',
    'Gmail Team <forwarding-noreply@google.com>',
    'forwarding-noreply@google,com',
    '',
  ])('not by "%s"', (FromAddress) => {
    expect(readForwardingCode(row({ FromAddress }), [gmail])).toBeUndefined();
  });

  test('in any case of letters', () => {
    expect(readForwardingCode(row({ FromAddress: 'Forwarding-NoReply@Google.com ' }), [gmail])?.code).toBe('123456789');
  });

  test('and never by its absence', () => {
    expect(readForwardingCode(row({ FromAddress: null }), all)).toBeUndefined();
  });
});

describe('of several numbers', () => {
  test('those in addresses, links and phone numbers are no codes', () => {
    const TextBody = englishBody().replaceAll(mailbox, 'john123456789@acme.test');
    const Subject = '(Gmail Forwarding Confirmation - Receive Mail from john123456789@acme.test';
    const mail = row({ Subject, TextBody: `${TextBody}\nCall +49 30-123456789 or 1,234,567,89.` });
    expect(readForwardingCode(mail, [gmail])).toMatchObject({ code: undefined, mailbox: 'john123456789@acme.test' });
  });

  test('the one in the subject is the code', () => {
    const TextBody = `${englishBody('123456789')}\nConfirmation code: 999999999\n`;
    expect(readForwardingCode(row({ TextBody }), [gmail])?.code).toBe('123456789');
  });

  test('none is, where two have the label', () => {
    const TextBody = `Confirmation code: 123456789\nConfirmation code: 987654321\n${confirm}`;
    expect(readForwardingCode(row({ Subject: 'Gmail', TextBody }), [gmail])).toMatchObject({
      code: undefined,
      link: confirm,
    });
  });

  test('longer and shorter ones are none', () => {
    const mail = row({ Subject: 'Gmail 1234567890', TextBody: 'Code: 1234567890123\nCode: 12345\n' });
    expect(readForwardingCode(mail, [gmail])).toBeUndefined();
  });
});

test('an empty mail says nothing', () => {
  const empty = row({ ParentId: null, ToAddress: null, Subject: null, TextBody: null, HtmlBody: null });
  expect(readForwardingCode(empty, all)).toBeUndefined();
});

test('control characters and reversed text do not get out', () => {
  const Subject = `(#123456789) Gmail \u001B[2J\u202E - Receive Mail from ${mailbox}\u0007`;
  const found = readForwardingCode(row({ Subject }), [gmail]);
  expect(found).toEqual({ provider: 'gmail', code: '123456789', link: confirm, mailbox, target });
});

describe('a body made to keep a reader busy', () => {
  const size = 131_072;
  test.for([
    ['letters', 'a'],
    ['digits', '1'],
    ['at signs', 'a@'],
    ['dots', 'a@b.'],
    ['beginnings of links', 'https://'],
    ['beginnings of tags', '<a href='],
    ['beginnings of comments', '<!--'],
    ['beginnings of scripts', '<script>'],
    ['entities', '&#x1'],
    ['equals signs', '='],
    ['broken lines', `${'x'.repeat(70)}=\n`],
    ['words for a code', 'code '],
    ['words for forwarding', 'forward confirm'],
    ['blanks', ' '],
    ['line ends', '\n'],
    ['parts of a link', `https://mail.google.com/${'x'.repeat(50)}\n1_1_1\n`],
  ] as const)('of %s is read within a second', ([, part]) => {
    const long = part.repeat(Math.ceil(size / part.length)).slice(0, size);
    const start = performance.now();
    for (const FromAddress of ['forwarding-noreply@google.com', 'noreply@hoster.test']) {
      readForwardingCode(row({ FromAddress, Subject: long, TextBody: long, HtmlBody: long }), all);
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
