import { apexError } from '../../../values/exception.ts';

type Charset = 'utf8' | 'latin1' | 'ascii' | 'utf16le';

const charsets: Readonly<Record<string, Charset>> = {
  'utf-8': 'utf8',
  utf8: 'utf8',
  'iso-8859-1': 'latin1',
  'us-ascii': 'ascii',
  'utf-16le': 'utf16le',
};

/** @throws ApexThrown System.StringException for a name that is no charset, or none that is known here */
function charsetOf(name: string): Charset {
  const key = name.toLowerCase();
  const charset = Object.hasOwn(charsets, key) ? charsets[key] : undefined;
  if (charset === undefined) throw apexError('System.StringException', `Unsupported encoding: ${name}`);
  return charset;
}

/** As `application/x-www-form-urlencoded` writes a value: a blank is `+`, and only letters, digits and `.-*_` stay. */
export function urlEncode(text: string, charsetName: string): string {
  const charset = charsetOf(charsetName);
  return text.replaceAll(/[^A-Za-z0-9.*_-]+/g, (run) => {
    const parts = run.split(' ').map((part) => percentEncoded(encoded(part, charset)));
    return parts.join('+');
  });
}

/** A character the charset lacks is a question mark. */
function encoded(text: string, charset: Charset): Buffer {
  if (charset === 'utf8' || charset === 'utf16le') return Buffer.from(text.toWellFormed(), charset);
  const last = charset === 'latin1' ? 0xff : 0x7f;
  const known = Array.from(text, (char) => ((char.codePointAt(0) ?? 0) > last ? '?' : char));
  return Buffer.from(known.join(''), 'latin1');
}

function percentEncoded(bytes: Buffer): string {
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/**
 * Undoes `urlEncode`.
 * @throws ApexThrown System.StringException in the words of Java's URLDecoder
 */
export function urlDecode(text: string, charsetName: string): string {
  const charset = charsetOf(charsetName);
  return text.replaceAll('+', ' ').replaceAll(/(?:%[^%]{0,2})+/g, (run) => decodedRun(run, charset));
}

/** Bytes that follow one another may be one character; what follows the last of them is text. */
function decodedRun(run: string, charset: Charset): string {
  const [valid = ''] = /^(?:%[0-9a-fA-F]{2})+/.exec(run) ?? [];
  const rest = run.slice(valid.length);
  if (rest !== '') {
    const digits = rest.slice(1, 3);
    const problem =
      digits.length < 2
        ? 'Incomplete trailing escape (%) pattern'
        : `Illegal hex characters in escape (%) pattern - For input string: "${digits}"`;
    throw apexError('System.StringException', `URLDecoder: ${problem}`);
  }
  return Buffer.from(valid.replaceAll('%', ''), 'hex').toString(charset);
}
