import { expect, test } from 'vitest';

import { safeText } from '../../src/terminal/safe-text.ts';

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
