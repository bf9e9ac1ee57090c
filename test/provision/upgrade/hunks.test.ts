import { describe, expect, test } from 'vitest';

import { changedLines, hunksBetween, type Hunk } from '../../../src/provision/upgrade/hunks.ts';
import { mergeThreeWays } from '../../../src/provision/upgrade/three-way.ts';

const letters = 'abcdefghijklmnopqrst'.split('');

/** What `patch` would do with the hunks. */
function patched(before: readonly string[], hunks: readonly Hunk[]): string[] {
  const lines: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    lines.push(...before.slice(at, hunk.before));
    expect(lines.length).toBe(hunk.after);
    lines.push(...hunk.lines.filter((line) => line.kind !== 'removed').map((line) => line.text));
    at = hunk.before + hunk.lines.filter((line) => line.kind !== 'added').length;
  }
  return [...lines, ...before.slice(at)];
}

describe('hunks', () => {
  test('none between equal texts', () => {
    expect(hunksBetween(letters, letters)).toEqual([]);
    expect(changedLines(letters, letters)).toBe(0);
  });

  test('a change stands between three lines of what is around it', () => {
    expect(hunksBetween(letters, letters.with(5, 'F'))).toEqual([
      {
        before: 2,
        after: 2,
        lines: [
          ...['c', 'd', 'e'].map((text) => ({ kind: 'same', text })),
          { kind: 'removed', text: 'f' },
          { kind: 'added', text: 'F' },
          ...['g', 'h', 'i'].map((text) => ({ kind: 'same', text })),
        ],
      },
    ]);
  });

  test.each([
    ['near changes are one hunk', letters.with(3, 'D').with(10, 'K'), 1],
    ['far changes are two', letters.with(3, 'D').with(11, 'L'), 2],
    ['lines added in front', ['0', '1', ...letters], 1],
    ['lines added at the end', [...letters, '0', '1'], 1],
    ['lines taken away at both ends', letters.slice(2, -2), 2],
    ['everything else', ['0', '1'], 1],
    ['nothing left', [], 1],
  ])('%s, and give the other text again', (_what, after, count) => {
    const hunks = hunksBetween(letters, after);
    expect(hunks).toHaveLength(count);
    expect(patched(letters, hunks)).toEqual(after);
    expect(patched(after, hunksBetween(after, letters))).toEqual(letters);
  });

  test('names of object members are lines like others', () => {
    const before = ['__proto__', 'constructor', 'toString', 'a'];
    expect(patched(before, hunksBetween(before, ['toString', 'a', '__proto__']))).toEqual([
      'toString',
      'a',
      '__proto__',
    ]);
  });
});

describe('a merge of three texts', () => {
  test('takes both sides, where they changed different lines', () => {
    const merge = mergeThreeWays(letters.with(2, 'ours'), letters, letters.with(9, 'new'));
    expect(merge).toEqual({ lines: letters.with(2, 'ours').with(9, 'new'), conflicts: [] });
  });

  test('takes the same change once', () => {
    expect(mergeThreeWays(letters.with(2, 'x'), letters, letters.with(2, 'x')).conflicts).toEqual([]);
  });

  test('names lines that both sides changed, and where they are in the org', () => {
    const org = ['added', ...letters.with(2, 'ours')];
    expect(mergeThreeWays(org, letters, letters.with(2, 'new')).conflicts).toEqual([
      { at: 3, org: ['ours'], base: ['c'], template: ['new'] },
    ]);
  });

  test('a line taken away by one and changed by the other is a conflict', () => {
    expect(mergeThreeWays(letters.toSpliced(2, 1), letters, letters.with(2, 'new')).conflicts).toHaveLength(1);
  });
});
