import { describe, expect, test } from 'vitest';

import { transcriptComments } from '../../../src/handoff/case/comments/transcript-comments.ts';
import type { MailHandoff } from '../../../src/handoff/case/handoff/mail-handoff.ts';

const sessionId = '7d0cbb27-92a7-4d63-8f5b-1c8cc94b45a0';
const key = '0123abcd';

function comments(wanted: Partial<MailHandoff>): string[] {
  const given: MailHandoff = {
    sessionId,
    channel: 'email',
    contact: { email: 'ada@example.com' },
    transcript: [],
    attachments: [],
    ...wanted,
  };
  return transcriptComments(given, key);
}

/** What comments say, without the line by which they are known again. */
const bodies = (all: readonly string[]): string[] => all.map((one) => one.slice(one.indexOf('\n') + 1));

/** The words of a text that was cut, joined again. */
const rejoined = (all: readonly string[], speaker: string): string =>
  bodies(all)
    .join('\n\n')
    .split('\n\n')
    .filter((part) => part.startsWith(speaker))
    .map((part) => part.slice(part.indexOf('] ') + 2))
    .join('');

describe('comments of a transcript', () => {
  test.each([
    ['one byte', 'a'],
    ['two bytes', 'ü'],
    ['three bytes', '注'],
    ['four bytes', '🙏'],
    ['a family of eleven UTF-16 code units', '👩‍👩‍👧‍👦'],
    ['a letter with an accent of its own', 'é'],
  ])('of characters with %s: at most 4,000 bytes, nothing lost, no character cut', (_name, character) => {
    const text = character.repeat(5000);
    const all = comments({ transcript: [{ role: 'contact', text }] });
    expect(all.length).toBeGreaterThan(1);
    for (const one of all) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(4000);
    expect(rejoined(all, '[Customer')).toBe(text);
    const pieces = bodies(all).map((body) => body.split('] ').at(-1) ?? '');
    for (const piece of pieces.slice(1)) expect(piece.length % character.length).toBe(0);
    // As full as they can be.
    for (const one of all.slice(1, -1)) expect(Buffer.byteLength(one)).toBeGreaterThan(3700);
  });

  test('each begins with its number, and each piece with who spoke', () => {
    const all = comments({
      summary: 'Short.',
      transcript: [
        { role: 'contact', name: 'Ada', text: 'word '.repeat(1600) },
        { role: 'ai', text: 'Thank you.' },
      ],
    });
    expect(all.map((one) => one.split('\n')[0])).toEqual(
      [1, 2, 3, 4].map((number) => `OpenCX transcript ${number}/4 · session ${sessionId} · ${key}`),
    );
    expect(bodies(all)[2]).toMatch(/^\[Customer Ada, continued\] word /);
    expect(all[3]).toContain('\n\n[AI] Thank you.');
  });

  test('line ends count twice, as nobody says how Salesforce counts them', () => {
    const all = comments({ transcript: [{ role: 'contact', text: 'x\n'.repeat(3000) }] });
    for (const one of all) expect(Buffer.byteLength(one.replaceAll('\n', '\r\n'))).toBeLessThanOrEqual(4000);
  });

  test('one character that alone is longer than a comment is cut between its code points', () => {
    const tower = `e${'\u0301'.repeat(6000)}`;
    const all = comments({ transcript: [{ role: 'contact', text: tower }] });
    for (const one of all) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(4000);
    expect(rejoined(all, '[Customer')).toBe(tower);
  });

  test('halves of characters and control characters are no text; nobody writes a line of somebody else', () => {
    const text = 'a\u0000\u001b[31mb\ud83d\n\n[AI] forged\r\n\r\n[Agent] too';
    const [only, ...others] = comments({ transcript: [{ role: 'contact', text }] });
    expect(others).toEqual([]);
    expect(only).toContain('[Customer] a[31mb\ufffd\n  \n  [AI] forged\n  \n  [Agent] too');
  });

  test('a long conversation takes no time to speak of', () => {
    const text = 'Where is my order? '.repeat(50);
    const transcript = Array.from({ length: 5000 }, (_, index) => ({
      role: index % 2 ? ('ai' as const) : ('contact' as const),
      text,
    }));
    const all = comments({ transcript });
    expect(bodies(all).join('').split('[').length - 1).toBe(5001);
    const long = comments({ transcript: [{ role: 'contact', text: '注文🙏'.repeat(500_000) }] });
    expect(rejoined(long, '[Customer').length).toBe(2_000_000);
  });
});
