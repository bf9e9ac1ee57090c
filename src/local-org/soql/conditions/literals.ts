import { notImplemented } from '../../http/rest-error.ts';
import { toId18 } from '../../store/record-id.ts';
import type { FieldSchema } from '../../schema/schema.ts';
import type { QueryContext } from '../query-context.ts';
import { offsetOf, soqlError } from '../soql-error.ts';
import { dateLiteralRange } from './date-literals.ts';
import type { DateRange } from './date-literals.ts';

/** A value of a filter in the form its field's values are compared in. */
export type Operand =
  | { readonly kind: 'null' }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'id'; readonly value: string }
  | { readonly kind: 'range'; readonly value: DateRange };

type Expectation = 'id' | 'boolean' | 'number' | 'date' | 'datetime' | 'text';

const NUMERIC_TYPES = new Set(['int', 'double', 'currency', 'percent', 'long']);

/** How values of a field are compared. */
export function expectationOf(field: FieldSchema): Expectation {
  if (field.type === 'id') return 'id';
  // Definitions are referred to by name, not by id; such references are typed string.
  if (field.type === 'reference') return 'id';
  if (NUMERIC_TYPES.has(field.type)) return 'number';
  if (field.type === 'boolean' || field.type === 'date' || field.type === 'datetime') return field.type;
  return 'text';
}

/** Type names in Salesforce's complaint, and whether a literal of that type is quoted. */
const WANTED: Readonly<Record<Expectation, string>> = {
  id: 'string and should be enclosed in quotes',
  text: 'string and should be enclosed in quotes',
  boolean: 'boolean and should not be enclosed in quotes',
  number: 'double and should not be enclosed in quotes',
  date: 'date and should not be enclosed in quotes',
  datetime: 'dateTime and should not be enclosed in quotes',
};

const LITERALS: Readonly<Record<Expectation, readonly string[]>> = {
  id: ['STRING'],
  text: ['STRING'],
  boolean: ['BOOLEAN'],
  number: ['INTEGER', 'DECIMAL'],
  date: ['DATE', 'DATE_LITERAL', 'DATE_N_LITERAL'],
  datetime: ['DATETIME', 'DATE_LITERAL', 'DATE_N_LITERAL'],
};

/**
 * Reads one literal for a field.
 * @throws RestError 400 INVALID_FIELD if it is of the wrong kind, INVALID_QUERY_FILTER_OPERATOR for a bad id
 */
export function operand(
  context: QueryContext,
  field: FieldSchema,
  name: string,
  text: string,
  literal: string,
): Operand {
  if (literal === 'NULL') return { kind: 'null' };
  if (literal.endsWith('_WITH_CURRENCY_PREFIX')) throw notImplemented('currency literals in SOQL');
  const expectation = expectationOf(field);
  if (!LITERALS[expectation].includes(literal)) {
    const message = `value of filter criterion for field '${name}' must be of type ${WANTED[expectation]}`;
    throw soqlError('INVALID_FIELD', message, context.soql, offsetOf(context.soql, name));
  }
  switch (expectation) {
    case 'id':
      return { kind: 'id', value: idLiteral(context, name, unquote(text)) };
    case 'text':
      return { kind: 'text', value: unquote(text).toLowerCase() };
    case 'boolean':
      return { kind: 'boolean', value: text.toUpperCase() === 'TRUE' };
    case 'number':
      return { kind: 'number', value: Number(text) };
    case 'date':
    case 'datetime':
      return { kind: 'range', value: timeRange(context, name, text, literal) };
  }
}

/** An empty string never is an id, and finds nothing. */
function idLiteral(context: QueryContext, name: string, value: string): string {
  const id = value === '' ? '' : toId18(value);
  if (id === undefined) {
    const message = `invalid ID field: ${value}`;
    throw soqlError('INVALID_QUERY_FILTER_OPERATOR', message, context.soql, offsetOf(context.soql, name));
  }
  return id;
}

function timeRange(context: QueryContext, name: string, text: string, literal: string): DateRange {
  if (literal === 'DATE_LITERAL' || literal === 'DATE_N_LITERAL') {
    const range = dateLiteralRange(text, context.org.now());
    if (range === undefined) throw notImplemented(`the date literal ${text}`);
    return range;
  }
  const start = Date.parse(literal === 'DATE' ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(start)) {
    throw soqlError('MALFORMED_QUERY', `invalid date: ${text}`, context.soql, offsetOf(context.soql, name));
  }
  return { start, end: start + 1 };
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  f: '\f',
};

/** The text of a quoted literal. In a LIKE pattern `\_` and `\%` stay as they are: there they mean the character itself. */
export function unquote(text: string, pattern = false): string {
  return text.slice(1, -1).replaceAll(/\\(u[0-9a-fA-F]{4}|.)/gs, (escape, body: string) => {
    if (body.length === 5) return String.fromCodePoint(Number.parseInt(body.slice(1), 16));
    if (pattern && (body === '_' || body === '%' || body === '\\')) return escape;
    return ESCAPES[body] ?? body;
  });
}
