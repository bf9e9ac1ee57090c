import { expect, test } from 'vitest';

import { table } from '../../src/terminal/table.ts';

test('aligns columns by what is seen, not by colour codes', () => {
  const text = table([
    ['\u001B[32mok\u001B[39m', 'ApexClass', 'A'],
    ['failed', 'ApexTrigger', 'OpenCaseTrigger'],
  ]);
  expect(text).toBe('\u001B[32mok\u001B[39m      ApexClass    A\nfailed  ApexTrigger  OpenCaseTrigger');
});

test('never cuts an id', () => {
  const id = '0Af5f00000AbCdEFGH'.repeat(10);
  expect(table([[id, 'x']])).toBe(`${id}  x`);
});
