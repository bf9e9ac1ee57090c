import type { FieldSchema } from '../schema/schema.ts';
import { dateLiteralRange } from '../soql/conditions/date-literals.ts';
import type { DateRange } from '../soql/conditions/date-literals.ts';
import { fieldText } from '../state/field-text.ts';
import type { FieldValue } from '../state/record-store.ts';
import { toId18 } from '../store/record-id.ts';

/** How a criterion compares: the WSDL's `FilterOperation`. */
export type FilterOperation =
  | 'equals'
  | 'notEqual'
  | 'lessThan'
  | 'greaterThan'
  | 'lessOrEqual'
  | 'greaterOrEqual'
  | 'contains'
  | 'notContain'
  | 'startsWith'
  | 'includes'
  | 'excludes'
  | 'within';

type Kind = 'text' | 'id' | 'boolean' | 'number' | 'date' | 'multipicklist';

const kinds: Readonly<Record<string, Kind>> = {
  boolean: 'boolean',
  currency: 'number',
  date: 'date',
  datetime: 'date',
  double: 'number',
  id: 'id',
  int: 'number',
  long: 'number',
  multipicklist: 'multipicklist',
  percent: 'number',
  reference: 'id',
};

const equality = ['equals', 'notEqual'] as const;
const order = ['lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual'] as const;
const parts = ['contains', 'notContain', 'startsWith'] as const;

/** Operators that Setup offers for a kind of field (Salesforce Help, "Filter Operators Reference"). */
const operations: Readonly<Record<Kind, readonly FilterOperation[]>> = {
  text: [...equality, ...order, ...parts],
  id: equality,
  boolean: equality,
  number: [...equality, ...order],
  date: [...equality, ...order],
  multipicklist: [...equality, 'includes', 'excludes'],
};

const negated: Partial<Record<FilterOperation, FilterOperation>> = {
  notEqual: 'equals',
  notContain: 'contains',
  excludes: 'includes',
};

function kindOf(field: FieldSchema): Kind {
  return kinds[field.type] ?? 'text';
}

/** Whether a field can be compared so. */
export function takesOperation(field: FieldSchema, operation: FilterOperation): boolean {
  return operations[kindOf(field)].includes(operation);
}

/** Whether a text is a value that a field can be compared with. `now` is only used to read relative dates. */
export function isCriterionValue(field: FieldSchema, value: string, now: Date): boolean {
  const texts = valuesOf(value);
  if (kindOf(field) === 'number') return texts.every((text) => text === '' || numberOf(text) !== undefined);
  if (kindOf(field) === 'date') return texts.every((text) => text === '' || rangeOf(text, now) !== undefined);
  return true;
}

/**
 * Whether a field's value meets a criterion. Several values, separated by commas, mean any of them, and quotation marks keep
 * a comma; case does not matter; no value means a field that is empty (Salesforce Help, "Notes on Using Filter Criteria").
 */
export function meets(
  actual: FieldValue,
  field: FieldSchema,
  operation: FilterOperation,
  value: string,
  now: Date,
): boolean {
  const opposite = negated[operation];
  if (opposite !== undefined) return !meets(actual, field, opposite, value, now);
  return valuesOf(value).some((wanted) => meetsOne(actual, kindOf(field), operation, wanted, now));
}

function meetsOne(actual: FieldValue, kind: Kind, operation: FilterOperation, wanted: string, now: Date): boolean {
  if (kind === 'boolean') return (actual === true) === /^(?:true|1|yes)$/i.test(wanted);
  const text = fieldText(actual).toLowerCase();
  if (text === '' || wanted === '') return operation === 'equals' && text === wanted;
  if (kind === 'number') return isAt(position(Number(actual), pointOf(numberOf(wanted))), operation);
  if (kind === 'date') return isAt(position(Date.parse(fieldText(actual)), rangeOf(wanted, now)), operation);
  if (kind === 'id') return text === (toId18(wanted) ?? wanted).toLowerCase();
  const sought = wanted.toLowerCase();
  if (operation === 'equals') return text === sought;
  if (operation === 'contains') return text.includes(sought);
  if (operation === 'startsWith') return text.startsWith(sought);
  // A value with semicolons asks for all of them.
  if (operation === 'includes') return sought.split(';').every((part) => text.split(';').includes(part.trim()));
  return isAt(Math.sign(text.localeCompare(sought, 'en', { sensitivity: 'base' })), operation);
}

function pointOf(point: number | undefined): DateRange | undefined {
  return point === undefined ? undefined : { start: point, end: point };
}

/** -1 before a stretch, 0 within, 1 after; the end is not in it unless it is the start. Undefined: nothing can be said. */
function position(actual: number, stretch: DateRange | undefined): number | undefined {
  if (stretch === undefined || Number.isNaN(actual)) return undefined;
  const { start, end } = stretch;
  if (actual < start) return -1;
  return actual > start && actual >= end ? 1 : 0;
}

function isAt(place: number | undefined, operation: FilterOperation): boolean {
  if (place === undefined) return false;
  if (operation === 'lessThan') return place < 0;
  if (operation === 'lessOrEqual') return place <= 0;
  if (operation === 'greaterThan') return place > 0;
  if (operation === 'greaterOrEqual') return place >= 0;
  return place === 0;
}

function numberOf(text: string): number | undefined {
  const plain = text.replaceAll(/[$\s]/g, '');
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

const day = 86_400_000;

/** A date (`2026-11-25`, `11/25/2026`), a moment in ISO 8601, or a relative date such as `TODAY` and `LAST_N_DAYS:7`. */
function rangeOf(text: string, now: Date): DateRange | undefined {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (american !== null) {
    const [, month, date, year] = american;
    return wholeDay(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return wholeDay(Date.parse(text));
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) {
    const moment = Date.parse(text);
    return Number.isNaN(moment) ? undefined : { start: moment, end: moment + 1 };
  }
  return dateLiteralRange(text.trim().replaceAll(' ', '_'), now);
}

function wholeDay(start: number): DateRange | undefined {
  return Number.isNaN(start) ? undefined : { start, end: start + day };
}

/** The values of a criterion, one at least. */
function valuesOf(value: string): string[] {
  const found = value.match(/"[^"]*"|[^,]+/g) ?? [];
  const texts = found.map((text) => text.trim().replace(/^"(.*)"$/s, '$1')).filter((text) => text !== '');
  return texts.length === 0 ? [''] : texts;
}
