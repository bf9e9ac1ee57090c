import { expect, test } from 'vitest';

import { parseDuration } from '../../src/commands/duration.ts';

test.for([
  ['90s', 90_000],
  ['10m', 600_000],
  ['1h', 3_600_000],
  ['2d', 172_800_000],
  ['1.5h', 5_400_000],
  ['0s', 0],
  [' 10 M ', 600_000],
] as const)('%s is %i milliseconds', ([text, ms]) => {
  expect(parseDuration(text, '--wait')).toBe(ms);
});

test('a number alone has the unit that the flag gives it', () => {
  expect(parseDuration('10', '--wait', 'm')).toBe(600_000);
  expect(parseDuration('0.5', '--wait', 's')).toBe(500);
});

test.for(['', ' ', 'soon', '-5m', '10', '1h30m', '5w', 'm', '1e3s', 'Infinity', '0x10s', '१m'])(
  '"%s" is refused, with the flag and what it takes',
  (text) => {
    expect(() => parseDuration(text, '--since')).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: `--since takes a duration such as 90s, 10m, 1h or 2d, not "${text}".`,
      }),
    );
  },
);

test('the unit of a number alone is named where there is one', () => {
  expect(() => parseDuration('ten', '--wait', 'm')).toThrow('or a number of minutes, not "ten"');
});

test('more than a year is taken for a slip', () => {
  expect(parseDuration('366d', '--since')).toBe(31_622_400_000);
  expect(() => parseDuration('367d', '--since')).toThrow('--since takes at most 366d, not "367d".');
});
