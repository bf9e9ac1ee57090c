import { RestError } from '../http/rest-error.ts';

/** How many characters of the query Salesforce shows on each side of the place. */
const SHOWN = 60;

/**
 * An error of a query, with the query's text and a caret under the place, as Salesforce words it:
 * `\n<text>\n   ^\nERROR at Row:1:Column:8\n<message>`.
 * @param offset where in the query, 0-based; undefined where Salesforce gives no place
 */
export function soqlError(errorCode: string, message: string, soql: string, offset: number | undefined): RestError {
  if (offset === undefined) return new RestError(400, errorCode, message);
  const before = soql.slice(0, offset);
  const row = before.split('\n').length;
  const lineStart = before.lastIndexOf('\n') + 1;
  const column = offset - lineStart;
  const nextBreak = soql.indexOf('\n', offset);
  const line = soql.slice(lineStart, nextBreak === -1 ? soql.length : nextBreak);
  const from = Math.max(0, column - SHOWN);
  const shown = line.slice(from, column + SHOWN);
  const caret = `${' '.repeat(column - from)}^`;
  return new RestError(400, errorCode, `\n${shown}\n${caret}\nERROR at Row:${row}:Column:${column + 1}\n${message}`);
}

/**
 * Where a name stands in the query, outside of string literals; undefined if it does not stand there. The parser library
 * gives no places, so the first whole-word match is taken, regardless of case.
 */
export function offsetOf(soql: string, name: string): number | undefined {
  const bare = soql.replaceAll(/'(?:[^'\\]|\\.)*'/gs, (literal) => ' '.repeat(literal.length)).toLowerCase();
  const wanted = name.toLowerCase();
  for (let at = bare.indexOf(wanted); at !== -1; at = bare.indexOf(wanted, at + 1)) {
    if (!/[\w.]/.test(bare.charAt(at - 1)) && !/\w/.test(bare.charAt(at + wanted.length))) return at;
  }
  return undefined;
}
