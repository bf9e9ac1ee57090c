import { describe, expect, test } from 'vitest';

import { booleanFilterHolds, parseBooleanFilter } from '../../../src/local-org/assignment/boolean-filter.ts';

function holds(text: string, count: number, ...met: readonly number[]): boolean {
  return booleanFilterHolds(parseBooleanFilter(text, count), (item) => met.includes(item));
}

describe('filter logic', () => {
  test('joins criteria by their numbers', () => {
    expect(holds('1 AND (2 OR 3)', 3, 1, 3)).toBe(true);
    expect(holds('1 AND (2 OR 3)', 3, 2, 3)).toBe(false);
    expect(holds('(1 and 2) or 3', 3, 3)).toBe(true);
    expect(holds('NOT (1 OR 2)', 2)).toBe(true);
    expect(holds('1 AND NOT 2', 2, 1, 2)).toBe(false);
    expect(holds('1', 1, 1)).toBe(true);
  });

  test('is refused where it cannot be read, or does not fit the criteria', () => {
    for (const text of ['', '1 2', '1 AND', '(1 OR 2', '1 AND 2 OR 1', 'x', '1 XOR 2', '1)']) {
      expect(() => parseBooleanFilter(text, 2), text).toThrow();
    }
    expect(() => parseBooleanFilter('1 AND 3', 2)).toThrow('undefined filter: 3');
    expect(() => parseBooleanFilter('1', 2)).toThrow('not referenced');
  });
});
