import { describe, expect, test } from 'vitest';

import { durationText } from '../../../src/diagnose/timeline/duration-text.ts';
import type { SentMail } from '../../../src/diagnose/handoff/mail/mail-ports.ts';
import { replyMail, threadingToken } from '../../../src/diagnose/handoff/mail/reply-mail.ts';
import { splitComments } from '../../../src/diagnose/handoff/transcript/split-comments.ts';
import { testTranscript } from '../../../src/diagnose/handoff/transcript/test-transcript.ts';

const bytes = (text: string): number => Buffer.byteLength(text);

describe('a transcript as comments', () => {
  test('is one comment up to the last byte, and two beyond it', () => {
    expect(splitComments('x'.repeat(4000))).toEqual(['x'.repeat(4000)]);
    expect(splitComments('x'.repeat(4001))).toEqual(['x'.repeat(4000), 'x']);
    expect(splitComments('')).toEqual([]);
  });

  test('counts bytes, and cuts no character in two', () => {
    const text = `${'x'.repeat(3998)}🙏ü${'漢'.repeat(2000)}`;
    const comments = splitComments(text);
    expect(comments.join('')).toBe(text);
    expect(comments.map(bytes)).toEqual([3998, 3999, 2007]);
    expect(comments.join('|')).not.toContain('\uFFFD');
    expect(comments[1]?.startsWith('🙏ü')).toBe(true);
  });

  test('the one of the test needs more than one, and says what it is', () => {
    const text = testTranscript('[opencx-sf test 1]');
    expect(splitComments(text).length).toBeGreaterThan(1);
    expect(text).toMatch(/^\[opencx-sf test 1\] Nobody had this conversation/);
  });
});

const mail: SentMail = {
  id: '1',
  status: 'sent',
  logLine: '250 OK',
  from: { address: 'support@example.com' },
  replyTo: 'cases@example.com',
  to: ['me@example.com'],
  subject: 'Your request thread::abc::',
  text: 'First line\nthread::abc::',
  messageId: '<out@example.com>',
  references: '<case@sfdc.net>',
};
const reply = { from: 'me@example.com', messageId: '<in@example.com>', date: new Date(0), text: 'Thanks.' };

describe('an answer', () => {
  test('goes to Reply-To, within the thread, with the text quoted', () => {
    expect(replyMail(mail, reply).split('\r\n')).toEqual([
      'From: me@example.com',
      'To: cases@example.com',
      'Subject: Re: Your request thread::abc::',
      'Message-ID: <in@example.com>',
      'In-Reply-To: <out@example.com>',
      'References: <case@sfdc.net> <out@example.com>',
      'Date: Thu, 01 Jan 1970 00:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      'Thanks.',
      '',
      '> First line',
      '> thread::abc::',
      '',
    ]);
  });

  test('to a mail without Reply-To goes to the sender, and a line end makes no header of its own', () => {
    const { replyTo: _replyTo, references: _references, ...bare } = mail;
    const raw = replyMail({ ...bare, subject: 'Hello\r\nBcc: all@example.com' }, reply);
    expect(raw).toContain('\r\nTo: support@example.com\r\n');
    expect(raw).toContain('\r\nReferences: <out@example.com>\r\n');
    expect(raw).toContain('\r\nSubject: Re: Hello Bcc: all@example.com\r\n');
  });
});

test('a threading token is known in either of its forms', () => {
  expect(threadingToken('Re: x thread::pp5XPGfmNf2hRZdRCWnrohc::')).toBe('thread::pp5XPGfmNf2hRZdRCWnrohc::');
  expect(threadingToken('[ ref:!00D0x.!5000x:ref ]')).toBe('ref:!00D0x.!5000x:ref');
  expect(threadingToken('ref:_00D0x._5000x:ref')).toBe('ref:_00D0x._5000x:ref');
  expect(threadingToken('a thread: about reference')).toBeUndefined();
  expect(threadingToken(undefined)).toBeUndefined();
});

test('durations are told in the unit that fits', () => {
  expect([0, 85, 999, 1000, 1250, 59_999, 60_000, 125_000].map(durationText)).toEqual([
    '0 ms',
    '85 ms',
    '999 ms',
    '1 s',
    '1.2 s',
    '59.9 s',
    '1 min',
    '2 min 5 s',
  ]);
});
