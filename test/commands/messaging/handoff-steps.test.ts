import { Chalk } from 'chalk';
import { expect, test } from 'vitest';

import { stepText } from '../../../src/commands/messaging/handoff/present-step.ts';

const colour = new Chalk({ level: 0 });
const at = '2026-11-29T14:05:09Z';

test('a transcript of more messages than Salesforce takes in a minute says how long it will take', () => {
  const text = (messages: number) =>
    stepText({ event: 'step', number: 3, step: 'transcript', at, sent: { messages, characters: 99 } }, colour, 0);
  expect(text(22)).toBe('✓ 3 Transcript with summary and history: 22 messages of 99 characters in all');
  expect(text(756)).toBe(
    [
      '✓ 3 Transcript with summary and history: 756 messages of 99 characters in all',
      '    22 a minute are taken: about 34 minutes',
    ].join('\n'),
  );
});

test('of many opening messages the first ones are shown, and how many more there were', () => {
  const messages = Array.from({ length: 300 }, (_, index) => ({
    id: `${index}`,
    text: `[Customer] ${index}`,
    wasThere: index < 40,
  }));
  const lines = stepText(
    { event: 'step', number: 6, step: 'opening-message', at, sent: { messages } },
    colour,
    0,
  ).split('\n');
  expect(lines[0]).toBe('✓ 6 Transcript as opening message: 260 sent, 40 there already');
  expect(lines).toHaveLength(12);
  expect(lines.at(-2)).toBe('    [Customer] 9');
  expect(lines.at(-1)).toBe('    … and 290 more');
});
