import type { RegexFlags } from './regex-flags.ts';
import type { CharTest } from '../regex-node.ts';

export function union(one: CharTest | undefined, other: CharTest): CharTest {
  return one === undefined ? other : (char) => one(char) || other(char);
}

export function intersection(one: CharTest, other: CharTest): CharTest {
  return (char) => one(char) && other(char);
}

export function complement(set: CharTest): CharTest {
  return (char) => !set(char);
}

function isAsciiLetter(char: number): boolean {
  return (char >= 0x41 && char <= 0x5a) || (char >= 0x61 && char <= 0x7a);
}

function onlyChar(text: string, char: number): number {
  const code = text.codePointAt(0) ?? char;
  return text.length === (code > 0xff_ff ? 2 : 1) ? code : char;
}

function lower(char: number): number {
  return onlyChar(String.fromCodePoint(char).toLowerCase(), char);
}

function upper(char: number): number {
  return onlyChar(String.fromCodePoint(char).toUpperCase(), char);
}

/** Whether two characters are the same under the flags. Without `u`, only ASCII letters come in two cases. */
export function equalChars(flags: RegexFlags): (one: number, other: number) => boolean {
  if (!flags.ignoreCase) return (one, other) => one === other;
  if (flags.unicodeCase) return (one, other) => one === other || lower(upper(one)) === lower(upper(other));
  return (one, other) => one === other || ((one ^ other) === 0x20 && isAsciiLetter(one) && isAsciiLetter(other));
}

export function single(char: number, flags: RegexFlags): CharTest {
  const equal = equalChars(flags);
  return (other) => equal(char, other);
}

/** From one character to another, both included. */
export function range(first: number, last: number, flags: RegexFlags): CharTest {
  const within: CharTest = (char) => char >= first && char <= last;
  if (!flags.ignoreCase) return within;
  const folds = (char: number): boolean => flags.unicodeCase || isAsciiLetter(char);
  return (char) => within(char) || (folds(char) && (within(upper(char)) || within(lower(char))));
}

/** A set given by a pattern of JavaScript for one character; what was asked before is remembered. */
export function matching(pattern: string): CharTest {
  const test = new RegExp(`^${pattern}$`, 'u');
  const known = new Map<number, boolean>();
  return (char) => {
    let answer = known.get(char);
    if (answer === undefined) {
      answer = test.test(String.fromCodePoint(char));
      known.set(char, answer);
    }
    return answer;
  };
}

/** The ends of lines: `\n`, `\r`, U+0085, U+2028, U+2029; of Unix lines the first alone. */
export function isLineEnd(char: number, flags: RegexFlags): boolean {
  if (flags.unixLines) return char === 0x0a;
  return char === 0x0a || char === 0x0d || char === 0x85 || char === 0x20_28 || char === 0x20_29;
}
