import { complement, equalChars, single } from './char-sets.ts';
import { predefinedSet, propertySet } from './named-sets.ts';
import type { PatternReader } from './pattern-reader.ts';
import { lineEnd, matchEnd, regionEnd, regionStart, wordEdge } from '../place-tests.ts';
import type { CharTest, RegexNode } from '../regex-node.ts';

/** What a backslash begins outside of a class; the backslash has been taken. */
export function parseEscape(reader: PatternReader): RegexNode {
  const { flags } = reader;
  const letter = reader.pointAt(reader.at);
  if (/[1-9]/.test(letter)) return parseReference(reader);
  const place = placeOf(letter, reader);
  if (place !== undefined) {
    reader.at += 1;
    return place;
  }
  if (letter === 'k') return parseNamedReference(reader);
  reader.at -= 1;
  const set = parseSetEscape(reader);
  if (set !== undefined) return { kind: 'char', test: set };
  reader.at += 1;
  return { kind: 'char', test: single(parseCharEscape(reader), flags) };
}

function placeOf(letter: string, reader: PatternReader): RegexNode | undefined {
  switch (letter) {
    case 'A':
      return { kind: 'place', test: regionStart };
    case 'b':
      if (reader.pattern.startsWith('b{g}', reader.at)) throw unsupported(reader, String.raw`\b{g}`);
      return { kind: 'place', test: wordEdge(false) };
    case 'B':
      return { kind: 'place', test: wordEdge(true) };
    case 'G':
      return { kind: 'place', test: matchEnd };
    case 'R':
      return lineBreak;
    case 'X':
      throw unsupported(reader, String.raw`\X`);
    case 'Z':
      return { kind: 'place', test: lineEnd(reader.flags, false) };
    case 'z':
      return { kind: 'place', test: regionEnd };
    default:
      return undefined;
  }
}

function char(code: number): RegexNode {
  return { kind: 'char', test: (one) => one === code };
}

/** `\R`: a line break of two characters or of one. */
const lineBreak: RegexNode = {
  kind: 'choice',
  branches: [
    { kind: 'sequence', parts: [char(0x0d), char(0x0a)] },
    { kind: 'char', test: (one) => (one >= 0x0a && one <= 0x0d) || one === 0x85 || one === 0x20_28 || one === 0x20_29 },
  ],
};

/** Digits belong to the number as long as there are that many groups; the first one always does. */
function parseReference(reader: PatternReader): RegexNode {
  let group = Number(reader.pointAt(reader.at));
  reader.at += 1;
  for (;;) {
    const digit = reader.pointAt(reader.at);
    if (!/^\d$/.test(digit) || group * 10 + Number(digit) > reader.groups) break;
    group = group * 10 + Number(digit);
    reader.at += 1;
  }
  return { kind: 'reference', group, equal: equalChars(reader.flags) };
}

function parseNamedReference(reader: PatternReader): RegexNode {
  reader.at += 1;
  const [, name = ''] = reader.take(/<([A-Za-z][A-Za-z0-9]*)>/y) ?? [];
  if (name === '') throw reader.error(String.raw`\k is not followed by '<' for named capturing group`, reader.at);
  const group = reader.names.get(name);
  if (group === undefined) throw reader.error(`named capturing group <${name}> does not exist`);
  return { kind: 'reference', group, equal: equalChars(reader.flags) };
}

/** `\d`, `\p{L}` and the like, with their backslash; undefined, and nothing taken, if it is none. */
export function parseSetEscape(reader: PatternReader): CharTest | undefined {
  const letter = reader.pointAt(reader.at + 1);
  if (letter === 'p' || letter === 'P') {
    reader.at += 2;
    const [, braced, bare] = reader.take(/\{([^}]*)\}|([\s\S])/y) ?? [];
    const name = braced || bare || '';
    if (name === '') throw reader.error('Empty character family');
    if (name === '{') throw reader.error('Unclosed character family', reader.pattern.length - 1);
    const set = propertySet(name, reader.flags);
    if (set === undefined) throw reader.error(`Unknown character property name {${name}}`);
    return letter === 'p' ? set : complement(set);
  }
  const set = /^[dDhHsSvVwW]$/.test(letter) ? predefinedSet(letter, reader.flags) : undefined;
  if (set !== undefined) reader.at += 2;
  return set;
}

const controls: Readonly<Record<string, number>> = { a: 0x07, e: 0x1b, f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09 };

/** One character after its backslash, which has been taken. */
export function parseCharEscape(reader: PatternReader): number {
  const letter = reader.pointAt(reader.at);
  if (letter === '') throw reader.error('Unexpected internal error', reader.at);
  reader.at += letter.length;
  const control = controls[letter];
  if (control !== undefined) return control;
  if (letter === '0') return parseOctal(reader);
  if (letter === 'x') return parseHex(reader);
  if (letter === 'u') return parseUnicode(reader);
  if (letter === 'c') {
    const code = reader.pattern.codePointAt(reader.at);
    if (code === undefined) throw reader.error('Illegal control escape sequence', reader.at);
    reader.at += 1;
    return code ^ 64;
  }
  if (letter === 'N') throw unsupported(reader, String.raw`\N`);
  if (/^[a-zA-Z0-9]$/.test(letter)) throw reader.error('Illegal/unsupported escape sequence');
  return letter.codePointAt(0) ?? 0;
}

function parseOctal(reader: PatternReader): number {
  const [digits] = reader.take(/[0-3][0-7]{0,2}|[4-7][0-7]?/y) ?? [];
  if (digits === undefined) throw reader.error('Illegal octal escape sequence', reader.at);
  return Number.parseInt(digits, 8);
}

function parseHex(reader: PatternReader): number {
  const [, braced, two] = reader.take(/\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2})/y) ?? [];
  const code = Number.parseInt(braced || two || '', 16);
  if (Number.isNaN(code)) throw reader.error('Illegal hexadecimal escape sequence', reader.at);
  if (code > 0x10_ff_ff) throw reader.error('Hexadecimal codepoint is too big');
  return code;
}

/** Four digits; two of them that are a surrogate pair are one character. */
function parseUnicode(reader: PatternReader): number {
  const [, high, low = ''] = reader.take(/([0-9a-fA-F]{4})(?:\\u([0-9a-fA-F]{4}))?/y) ?? [];
  if (high === undefined) throw reader.error('Illegal Unicode escape sequence', reader.at);
  if (low === '') return Number.parseInt(high, 16);
  const pair = String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16));
  const code = pair.codePointAt(0) ?? 0;
  if (code <= 0xff_ff) reader.at -= String.raw`\u`.length + low.length;
  return code;
}

function unsupported(reader: PatternReader, what: string): Error {
  return reader.error(`${what} is not implemented by the local org`, reader.at);
}
