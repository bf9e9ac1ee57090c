import { jsonError } from './json-source.ts';
import type { JsonSource } from './json-source.ts';

const escapes: Readonly<Record<string, string | undefined>> = {
  '"': '"',
  '/': '/',
  '\\': '\\',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

interface Scanned {
  readonly text: string;
  /** Offset behind it. */
  readonly end: number;
}

function readEscape(source: JsonSource, at: number): Scanned {
  const character = source.text.charAt(at);
  const digits = source.text.slice(at + 1, at + 5);
  if (character === '' || (character === 'u' && digits.length < 4)) {
    throw jsonError(`Unexpected end-of-input in character escape sequence at ${source.endPlace(false)}`);
  }
  if (character === 'u') {
    const wrong = digits.search(/[^0-9a-fA-F]/);
    if (wrong >= 0) throw source.unexpected(at + 1 + wrong, 'expected a hex-digit for character escape sequence');
    return { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 5 };
  }
  const meant = escapes[character];
  if (meant !== undefined) return { text: meant, end: at + 1 };
  const code = character.charCodeAt(0);
  throw jsonError(`Unrecognized character escape '${character}' (code ${code}) at ${source.place(at + 1)}`);
}

/** A string in quotes. @param start offset of its opening quote */
export function readString(source: JsonSource, start: number): Scanned {
  const { text } = source;
  let content = '';
  let index = start + 1;
  for (;;) {
    const code = text.charCodeAt(index);
    if (index >= text.length) {
      const problem = 'Unexpected end-of-input: was expecting closing quote for a string value';
      throw jsonError(`${problem} at ${source.endPlace(false)}`);
    }
    if (code === 0x22) return { text: content, end: index + 1 };
    if (code < 0x20) {
      const problem = `Illegal unquoted character ((CTRL-CHAR, code ${code}))`;
      const advice = 'has to be escaped using backslash to be included in string value';
      throw jsonError(`${problem}: ${advice} at ${source.place(index, 1)}`);
    }
    if (code === 0x5c) {
      const escaped = readEscape(source, index + 1);
      content += escaped.text;
      index = escaped.end;
    } else {
      content += text.charAt(index);
      index += 1;
    }
  }
}

/** A number by its digits as they stand. @param start offset of its first digit or of its minus sign */
export function readNumber(source: JsonSource, start: number): Scanned & { readonly isWhole: boolean } {
  const [text = '', whole = '', point, fraction = '', exponent, digits = ''] =
    /^-?(\d*)(?:(\.)(\d*))?(?:([eE])[+-]?(\d*))?/.exec(source.text.slice(start)) ?? [];
  const end = start + text.length;
  if (whole === '') {
    const behindSign = start + 1;
    if (behindSign >= source.text.length) throw jsonError(`Unexpected end-of-input at ${source.endPlace(true)}`);
    const expected = 'expected digit (0-9) to follow minus sign, for valid numeric value';
    throw numeric(source, behindSign, expected);
  }
  if (whole.length > 1 && whole.startsWith('0')) {
    throw jsonError(
      `Invalid numeric value: Leading zeroes not allowed at ${source.place(start + text.indexOf('0') + 1)}`,
    );
  }
  if (point !== undefined && fraction === '') throw numeric(source, end, 'Decimal point not followed by a digit');
  if (exponent !== undefined && digits === '') throw numeric(source, end, 'Exponent indicator not followed by a digit');
  return { text, end, isWhole: point === undefined && exponent === undefined };
}

function numeric(source: JsonSource, offset: number, problem: string): Error {
  if (offset >= source.text.length) return jsonError(`Unexpected end-of-input at ${source.endPlace(true)}`);
  const character = `'${source.text.charAt(offset)}' (code ${source.text.charCodeAt(offset)})`;
  return jsonError(`Unexpected character (${character}) in numeric value: ${problem} at ${source.place(offset + 1)}`);
}
