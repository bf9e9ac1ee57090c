import type { Attempt } from './attempt.ts';
import { isLineEnd, matching } from './parse/char-sets.ts';
import type { RegexFlags } from './parse/regex-flags.ts';
import type { PlaceTest } from './regex-node.ts';

function startOf(attempt: Attempt): number {
  return attempt.anchoringBounds ? attempt.from : 0;
}

function endOf(attempt: Attempt): number {
  return attempt.anchoringBounds ? attempt.to : attempt.text.length;
}

/** `\A`, and `^` of one line. */
export const regionStart: PlaceTest = (attempt, at) => at === startOf(attempt);

/** `\z` */
export const regionEnd: PlaceTest = (attempt, at) => {
  if (at !== endOf(attempt)) return false;
  attempt.hitEnd = true;
  return true;
};

/** `\G` */
export const matchEnd: PlaceTest = (attempt, at) =>
  at === (attempt.previousEnd < 0 ? attempt.from : attempt.previousEnd);

/** `^` of many lines: after the end of each line, but not at the end of the input. */
export function lineStart(flags: RegexFlags): PlaceTest {
  return (attempt, at) => {
    if (at === endOf(attempt)) {
      attempt.hitEnd = true;
      return false;
    }
    if (at <= startOf(attempt)) return true;
    const before = attempt.codePointAt(at - 1);
    return isLineEnd(before, flags) && !(before === 0x0d && attempt.text.charAt(at) === '\n');
  };
}

/** `$` and `\Z`: at the end or before the end of the last line, or, of many lines, of any. */
export function lineEnd(flags: RegexFlags, multiline: boolean): PlaceTest {
  return (attempt, at) => {
    const end = endOf(attempt);
    if (at < end) {
      const char = attempt.codePointAt(at);
      if (!isLineEnd(char, flags)) return false;
      if (!flags.unixLines && char === 0x0a && at > 0 && attempt.text.charAt(at - 1) === '\r') return false;
      if (multiline) return true;
      const width = !flags.unixLines && attempt.text.startsWith('\r\n', at) ? 2 : 1;
      if (at + width < end) return false;
    }
    attempt.hitEnd = true;
    attempt.requireEnd = true;
    return true;
  };
}

const isWordChar = matching('[\\p{L}\\p{Nd}_]');

/** `\b`, and `\B` where it is negated. Letters of all alphabets make words, which is more than `\w` says. */
export function wordEdge(negated: boolean): PlaceTest {
  return (attempt, at) => {
    const start = attempt.transparentBounds ? 0 : attempt.from;
    const end = attempt.transparentBounds ? attempt.text.length : attempt.to;
    const left = at > start && isWord(attempt, at - 1);
    const right = at < end && isWord(attempt, at);
    if (at >= end) {
      attempt.hitEnd = true;
      attempt.requireEnd = true;
    }
    return (left !== right) !== negated;
  };
}

function isWord(attempt: Attempt, at: number): boolean {
  const char = attempt.codePointAt(at);
  // The second half of a pair stands for its character.
  const isHalf = char >= 0xdc_00 && char <= 0xdf_ff && at > 0;
  return isWordChar(isHalf ? attempt.codePointAt(at - 1) : char);
}
