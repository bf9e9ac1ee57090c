import { expect, test } from 'vitest';

import { wrap } from '../../src/terminal/wrap.ts';

test('breaks at spaces, continues with the indent, and keeps the lines there are', () => {
  expect(wrap('  → one two three\nfour', 12, '    ')).toBe('  → one two\n    three\nfour');
});

test('does not count colour', () => {
  expect(wrap('\u001B[31mone\u001B[39m two', 7)).toBe('\u001B[31mone\u001B[39m two');
});

test('leaves a long address whole', () => {
  const url = `https://example.com/${'x'.repeat(90)}`;
  expect(wrap(`see ${url} now`, 20)).toBe(`see\n${url}\nnow`);
});

test('leaves everything as it is where nobody looks at a screen', () => {
  expect(wrap('a b c', 0)).toBe('a b c');
});
