import { expect, test } from 'vitest';

import { safeJson, safeText } from '../../src/terminal/safe-text.ts';

test.each([
  ['escape sequences', 'a\u001B[31mred\u001B[0m', 'a[31mred[0m'],
  ['a bell and a backspace', 'a\u0007\u0008b', 'ab'],
  ['C1 controls', 'a\u009B31mb', 'a31mb'],
  ['text that runs right to left', 'invoice\u202Eexe.pdf', 'invoiceexe.pdf'],
  ['a lone carriage return, which would overwrite the line', 'safe\rEVIL', 'safeEVIL'],
])('removes %s', (_what, text, clean) => {
  expect(safeText(text)).toBe(clean);
});

test('keeps lines, tabs and every letter', () => {
  expect(safeText('Grüße\tаб\r\n第二行 🙂')).toBe('Grüße\tаб\n第二行 🙂');
});

test('JSON is one line to every reader, and says the same', () => {
  const value = { text: 'a\u2028b\u2029c\u0085d\u001b[31m\u009b\u202e"\\\n', tab: '\t', letters: 'Grüße 🙂' };
  const written = safeJson(value, 0);
  expect(written).not.toMatch(/[\u0085\u2028\u2029\u202e\u009b]/);
  expect(written.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)).toHaveLength(1);
  expect(written).toContain('Grüße 🙂');
  expect(JSON.parse(written)).toEqual(value);
});
