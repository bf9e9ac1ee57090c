import { complement, matching } from './char-sets.ts';
import type { RegexFlags } from './regex-flags.ts';
import type { CharTest } from '../regex-node.ts';

/** `\d` and its like: for ASCII, and for all of Unicode under the flag `U`. */
const predefined: Readonly<Record<string, readonly [string, string]>> = {
  d: ['[0-9]', '\\p{Nd}'],
  h: [
    '[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
    '[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  ],
  s: ['[ \\t\\n\\v\\f\\r]', '\\p{White_Space}'],
  v: ['[\\n\\v\\f\\r\\x85\\u2028\\u2029]', '[\\n\\v\\f\\r\\x85\\u2028\\u2029]'],
  w: ['[a-zA-Z0-9_]', '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d]'],
};

/** POSIX classes, for ASCII and for all of Unicode. */
const posix: Readonly<Record<string, readonly [string, string]>> = {
  Lower: ['[a-z]', '\\p{Lowercase}'],
  Upper: ['[A-Z]', '\\p{Uppercase}'],
  ASCII: ['[\\0-\\x7f]', '[\\0-\\x7f]'],
  Alpha: ['[a-zA-Z]', '\\p{Alphabetic}'],
  Digit: ['[0-9]', '\\p{Nd}'],
  Alnum: ['[a-zA-Z0-9]', '[\\p{Alphabetic}\\p{Nd}]'],
  Punct: ['[!-\\/:-@\\[-`\\{-~]', '\\p{P}'],
  Graph: ['[!-~]', '[^\\p{White_Space}\\p{Cc}\\p{Cs}\\p{Cn}]'],
  Print: ['[ -~]', '(?:\\p{Zs}|[^\\p{White_Space}\\p{Cc}\\p{Cs}\\p{Cn}])'],
  Blank: ['[ \\t]', '[\\p{Zs}\\t]'],
  Cntrl: ['[\\0-\\x1f\\x7f]', '\\p{Cc}'],
  XDigit: ['[0-9a-fA-F]', '[\\p{Nd}\\p{Hex_Digit}]'],
  Space: ['[ \\t\\n\\v\\f\\r]', '\\p{White_Space}'],
};

/** What Java's `Character` asks of a character. */
const javaSets: Readonly<Record<string, string>> = {
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaTitleCase: '\\p{Lt}',
  javaAlphabetic: '\\p{Alphabetic}',
  javaDigit: '\\p{Nd}',
  javaLetter: '\\p{L}',
  javaLetterOrDigit: '[\\p{L}\\p{Nd}]',
  javaWhitespace: '[\\t-\\r\\x1c- \\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]',
  javaSpaceChar: '\\p{Z}',
  javaMirrored: '\\p{Bidi_Mirrored}',
  javaISOControl: '\\p{Cc}',
  L1: '[\\0-\\xff]',
  LD: '[\\p{L}\\p{Nd}]',
  all: '[^]',
};

/** Binary properties by the names Java has for them after `Is`. */
const binary: Readonly<Record<string, string>> = {
  ALPHABETIC: 'Alphabetic',
  IDEOGRAPHIC: 'Ideographic',
  LETTER: 'L',
  LOWERCASE: 'Lowercase',
  UPPERCASE: 'Uppercase',
  TITLECASE: 'Lt',
  PUNCTUATION: 'P',
  CONTROL: 'Cc',
  WHITE_SPACE: 'White_Space',
  WHITESPACE: 'White_Space',
  DIGIT: 'Nd',
  HEX_DIGIT: 'Hex_Digit',
  HEXDIGIT: 'Hex_Digit',
  NONCHARACTER_CODE_POINT: 'Noncharacter_Code_Point',
  ASSIGNED: 'Assigned',
};

const sets = new Map<string, CharTest | undefined>();

function setOf(pattern: string): CharTest | undefined {
  if (!sets.has(pattern)) sets.set(pattern, tried(pattern));
  return sets.get(pattern);
}

/** JavaScript refuses properties it does not know, and so do we. */
function tried(pattern: string): CharTest | undefined {
  try {
    return matching(pattern);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @param letter after the backslash; upper case for all other characters; undefined if it is no set */
export function predefinedSet(letter: string, flags: RegexFlags): CharTest | undefined {
  const patterns = Object.hasOwn(predefined, letter.toLowerCase()) ? predefined[letter.toLowerCase()] : undefined;
  const set = patterns === undefined ? undefined : setOf(patterns[flags.unicodeClasses ? 1 : 0]);
  return set === undefined || letter === letter.toLowerCase() ? set : complement(set);
}

/** @param name within `\p{…}`: a category, a script, a POSIX or Java class; undefined if it is not known */
export function propertySet(name: string, flags: RegexFlags): CharTest | undefined {
  const pattern = propertyPattern(name, flags);
  return pattern === undefined ? undefined : setOf(pattern);
}

function propertyPattern(name: string, flags: RegexFlags): string | undefined {
  const [, key = '', value] = /^(\w+)=(\w+)$/.exec(name) ?? [];
  if (value !== undefined) return keyedPattern(key.toLowerCase(), value);
  if (Object.hasOwn(posix, name)) return posix[name]?.[flags.unicodeClasses ? 1 : 0];
  if (Object.hasOwn(javaSets, name)) return javaSets[name];
  if (/^(?:[LMNPZSC]|[LMNPZSC][a-z])$/.test(name)) return `\\p{${name}}`;
  if (!/^Is\w+$/.test(name)) return undefined;
  const bare = name.slice(2);
  const property = binary[bare.toUpperCase()];
  if (property !== undefined) return `\\p{${property}}`;
  return /^(?:[LMNPZSC]|[LMNPZSC][a-z])$/.test(bare) ? `\\p{${bare}}` : scriptPattern(bare);
}

function keyedPattern(key: string, value: string): string | undefined {
  if (key === 'sc' || key === 'script') return scriptPattern(value);
  return key === 'gc' || key === 'general_category' ? `\\p{gc=${value}}` : undefined;
}

/** Scripts in any case: `IsLatin`, `IsLATIN`. */
function scriptPattern(name: string): string {
  const words = name.toLowerCase().split('_');
  return `\\p{Script=${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('_')}}`;
}
