/** Flags as they are set within an expression: `(?i)`, `(?s-m:…)`. */
export interface RegexFlags {
  /** `i` */
  readonly ignoreCase: boolean;
  /** `u`: case beyond ASCII. */
  readonly unicodeCase: boolean;
  /** `U`: `\w`, `\d`, `\s` and the POSIX classes beyond ASCII. */
  readonly unicodeClasses: boolean;
  /** `m` */
  readonly multiline: boolean;
  /** `s` */
  readonly dotAll: boolean;
  /** `d`: only `\n` ends a line. */
  readonly unixLines: boolean;
  /** `x`: blanks and `#` comments mean nothing. */
  readonly comments: boolean;
}

export const noFlags: RegexFlags = {
  ignoreCase: false,
  unicodeCase: false,
  unicodeClasses: false,
  multiline: false,
  dotAll: false,
  unixLines: false,
  comments: false,
};

const letters: Readonly<Record<string, keyof RegexFlags>> = {
  i: 'ignoreCase',
  u: 'unicodeCase',
  U: 'unicodeClasses',
  m: 'multiline',
  s: 'dotAll',
  d: 'unixLines',
  x: 'comments',
};

/** @returns undefined if the letter stands for no flag */
export function withFlag(flags: RegexFlags, letter: string, on: boolean): RegexFlags | undefined {
  const name = letters[letter];
  if (name === undefined) return undefined;
  return { ...flags, [name]: on, ...(name === 'unicodeClasses' ? { unicodeCase: on } : {}) };
}
