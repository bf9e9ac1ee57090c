import { apexError } from '../../../../values/exception.ts';
import { noFlags } from './regex-flags.ts';
import type { RegexFlags } from './regex-flags.ts';

const blanks = ' \t\n\v\f\r';

/** An expression while it is parsed: the place, the flags that hold there, and the groups so far. */
export class PatternReader {
  readonly pattern: string;
  at = 0;
  flags: RegexFlags = noFlags;
  groups = 0;
  readonly names = new Map<string, number>();

  constructor(pattern: string) {
    this.pattern = withoutQuotes(pattern);
  }

  /** The next character, `''` at the end; blanks and comments are skipped where they mean nothing. */
  peek(): string {
    if (this.flags.comments) this.#skipComments();
    return this.pointAt(this.at);
  }

  next(): string {
    const char = this.peek();
    this.at += char.length;
    return char;
  }

  /** Takes a text if it comes next. */
  accept(text: string): boolean {
    this.peek();
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Takes what a sticky expression finds here, with its groups; undefined if it finds nothing. */
  take(expression: RegExp): readonly string[] | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.pattern);
    if (found === null) return undefined;
    this.at += found[0].length;
    return Array.from(found, (group: string | undefined) => group ?? '');
  }

  pointAt(index: number): string {
    const code = this.pattern.codePointAt(index);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /**
   * What is wrong, in the words of Java's PatternSyntaxException.
   * @param at where, if not before the place that has been reached
   */
  error(description: string, at = this.at - 1): Error {
    const place = Math.max(0, at);
    const text = `${description} near index ${place}\n${this.pattern}\n${' '.repeat(place)}^`;
    return apexError('System.StringException', `Invalid regex: ${text}`);
  }

  #skipComments(): void {
    for (;;) {
      const char = this.pattern.charAt(this.at);
      if (char === '#')
        while (this.at < this.pattern.length && !'\n\r'.includes(this.pattern.charAt(this.at))) this.at += 1;
      else if (char !== '' && blanks.includes(char)) this.at += 1;
      else return;
    }
  }
}

/** `\Q…\E` with a backslash before every sign instead, which is what Java makes of it before it parses. */
function withoutQuotes(pattern: string): string {
  return pattern.replaceAll(/\\(?:Q([\s\S]*?)(?:\\E|$)|[\s\S])/g, (whole, quoted?: string) =>
    quoted === undefined ? whole : quoted.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`),
  );
}
