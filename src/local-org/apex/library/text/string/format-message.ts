import { apexError } from '../../../values/exception.ts';

/**
 * Fills `{0}`, `{1}` … the way Java's MessageFormat does: text between single quotes is taken as it is, two quotes are one,
 * and a number nothing was given for stays. Apex hands over texts only, so the types of formats (`{0,number}`) are refused.
 * @throws ApexThrown System.StringException
 */
export function formatMessage(pattern: string, values: readonly string[]): string {
  let result = '';
  let quoted = false;
  for (let index = 0; index < pattern.length; index += 1) {
    const char = pattern.charAt(index);
    if (char === "'") {
      if (pattern[index + 1] === "'") {
        result += char;
        index += 1;
      } else quoted = !quoted;
    } else if (char === '{' && !quoted) {
      const end = pattern.indexOf('}', index);
      if (end < 0) throw apexError('System.StringException', 'Unmatched braces in the pattern.');
      result += filled(pattern.slice(index + 1, end), values);
      index = end;
    } else result += char;
  }
  return result;
}

function filled(element: string, values: readonly string[]): string {
  const [name = '', type] = element.split(',').map((part) => part.trim());
  if (!/^\d+$/.test(name)) throw apexError('System.StringException', `can't parse argument number: ${element}`);
  const value = values[Number(name)];
  if (value === undefined) return `{${Number(name)}}`;
  if (type === 'number' || type === 'choice') throw cannotFormat('Number');
  if (type === 'date' || type === 'time') throw cannotFormat('Date');
  if (type !== undefined) throw apexError('System.StringException', `unknown format type: ${type}`);
  return value;
}

function cannotFormat(kind: string): Error {
  return apexError('System.StringException', `Cannot format given Object as a ${kind}`);
}
