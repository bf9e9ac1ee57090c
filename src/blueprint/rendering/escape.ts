import { OpencxError } from '../../errors/opencx-error.ts';
import { apexIdentifierProblem } from '../validation/apex-identifier.ts';

/** What a person must be able to read in Apex source as it is; all else is written as an escape. */
const readable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const named: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/**
 * An Apex string literal, quotes included, that evaluates to exactly `value`.
 *
 * Control and format characters (line separators, bidirectional overrides) become `\uXXXX`, so that nobody can make
 * source read differently from what it does. Apex knows `\b \t \n \f \r \" \' \\` and `\uXXXX`.
 */
export function apexString(value: string): string {
  const body = Array.from(value, (character) => {
    const escape = named[character];
    if (escape !== undefined) return escape;
    return readable.test(character) ? character : unicodeEscape(character);
  });
  return `'${body.join('')}'`;
}

function unicodeEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0').toUpperCase()}`,
  ).join('');
}

/** XML 1.0 cannot carry other characters at all, not even as a reference; lone surrogates are not among these. */
const allowedInXml = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]$/u;
const xmlEntities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** `value` as XML text or attribute value; what XML 1.0 cannot carry becomes U+FFFD. */
export function xmlText(value: string): string {
  return Array.from(value, (character) => {
    if (!allowedInXml.test(character)) return '\uFFFD';
    return xmlEntities[character] ?? character;
  }).join('');
}

/**
 * An API name, passed through only if it is one: the last line of defence behind `validateSettings`.
 * @throws OpencxError BLUEPRINT_INVALID if it is not.
 */
export function identifier(value: string): string {
  const problem = apexIdentifierProblem(value);
  if (problem !== undefined) {
    throw new OpencxError('BLUEPRINT_INVALID', { message: `${JSON.stringify(value)} is no API name: ${problem}.` });
  }
  return value;
}
