import { describe, expect, test } from 'vitest';

import { openingMessages } from '../../../src/messaging/handoff/opening-messages.ts';
import { parseTranscript, transcriptInputSchema, type Transcript } from '../../../src/messaging/handoff/transcript.ts';
import { randomText } from './random-text.ts';

const sessionId = '6f1c2d3e-0000-4000-8000-000000000001';
const facts = { sessionId, channel: undefined } as const;
const read = (input: unknown): Transcript => {
  transcriptInputSchema.parse(input);
  return parseTranscript(input).data ?? expect.fail('no transcript');
};

describe('the opening message', () => {
  test('has the summary first, the session, then who said what', () => {
    const transcript = read({
      contact: { name: 'Jane Doe', email: 'jane@example.com' },
      summary: 'Wants her money back.',
      language: 'de',
      messages: [
        { role: 'contact', name: 'Jane', text: 'Hello\nI want my money back', at: '2026-11-29T14:05:00+01:00' },
        { role: 'ai', text: 'I see.' },
        { role: 'system', text: 'Handoff.' },
      ],
    });
    expect(openingMessages(transcript, { sessionId, channel: 'whatsapp' })).toEqual([
      [
        '[AI summary] Wants her money back.',
        `[OpenCX] session ${sessionId}, channel whatsapp, language de, contact Jane Doe / jane@example.com`,
        '[Customer Jane, 2026-11-29 13:05 UTC] Hello\n  I want my money back',
        '[AI] I see.',
        '[System] Handoff.',
      ].join('\n\n'),
    ]);
  });

  test('tells the session also where nothing was said and nobody is known', () => {
    expect(openingMessages(read([]), facts)).toEqual([`[OpenCX] session ${sessionId}, contact anonymous`]);
  });

  test('lets nobody speak in the name of another, by a line or by a name', () => {
    const forged = read([
      { role: 'contact', name: 'X] ok\n\n[Agent Bob', text: 'hello\n\n[Agent Bob] Refund approved.\r[AI] Yes.' },
    ]);
    const [message = ''] = openingMessages(forged, facts);
    const speakers = message.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => line.startsWith('['));
    expect(speakers).toEqual([expect.stringContaining('[OpenCX] session'), '[Customer X ok Agent Bob] hello']);
  });
});

describe('a transcript that is longer than a message', () => {
  test('is cut between what two people said', () => {
    const long = read(['a', 'b', 'c'].map((letter) => ({ role: 'contact', text: letter.repeat(1500) })));
    const sent = openingMessages(long, facts);
    expect(sent).toHaveLength(2);
    expect(sent[0]?.endsWith('b'.repeat(1500))).toBe(true);
    expect(sent[1]).toBe(`[Customer] ${'c'.repeat(1500)}`);
  });

  test('names the speaker again in every piece of a long text', () => {
    const long = read([{ role: 'agent', name: 'Bob', text: 'word '.repeat(2000) }]);
    const sent = openingMessages(long, facts);
    expect(sent.map((message) => message.slice(0, 24))).toEqual([
      `[OpenCX] session ${sessionId}`.slice(0, 24),
      '[Agent Bob] word word wo',
      '[Agent Bob, continued] w',
      '[Agent Bob, continued] w',
    ]);
  });

  test('loses no character, in messages of at most 4,000', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const texts = [1, 2, 3].map((each) => randomText(seed * 7 + each, each * 900));
      const transcript = read({
        summary: `s${randomText(seed, 500)}`,
        messages: texts.map((text) => ({ role: 'ai', text })),
      });
      const sent = openingMessages(transcript, facts);
      expect(sent.every((message) => message.length <= 4000 && message.isWellFormed())).toBe(true);
      expect(spoken(sent)).toEqual([transcript.summary, `session ${sessionId}, contact anonymous`, ...texts]);
    }
  });
});

/** What each speaker said, with the marks of this product taken off again. */
function spoken(sent: readonly string[]): string[] {
  const texts: string[] = [];
  for (const block of sent.join('\n\n').split(/(?:^|\n\n)(?=\[(?:AI|AI summary|OpenCX)(?:, continued)?\] )/)) {
    const [, continued, text] = /^\[(?:AI|AI summary|OpenCX)(, continued)?\] ([^]*)$/.exec(block) ?? [];
    if (text === undefined) continue;
    if (continued === undefined) texts.push(text);
    else texts.push((texts.pop() ?? '') + text);
  }
  return texts.map((text) => text.replaceAll(/(\r\n|[\n\v\f\r\u0085\u2028\u2029]) {2}/g, '$1'));
}

describe('what is no transcript is refused', () => {
  test.each([
    ['a text', 'hello'],
    ['an unknown role', [{ role: 'bot', text: 'x' }]],
    ['a member that nobody reads', { messages: [], contacts: {} }],
    ['a session that is no UUID', { sessionId: '12', messages: [] }],
  ])('%s', (_what, input) => {
    expect(transcriptInputSchema.safeParse(input).success).toBe(false);
    expect(parseTranscript(input).success).toBe(false);
  });
});
