import { expect, test } from 'vitest';

import { parseSize } from '../../src/commands/size.ts';

test.each([
  ['1kb', 1024],
  ['500mb', 500 * 1024 ** 2],
  ['1.5GB', 1.5 * 1024 ** 3],
  [' 2 gb ', 2 * 1024 ** 3],
])('%s is %d bytes', (text, bytes) => {
  expect(parseSize(text, '--max-size')).toBe(bytes);
});

test.each(['', '500', 'mb', '-1mb', '0gb', '1tb', '1e3mb', '1,5gb', '9999999999gb'])('"%s" is no size', (text) => {
  expect(() => parseSize(text, '--max-size')).toThrow(/--max-size takes a size/);
});
