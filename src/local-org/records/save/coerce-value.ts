import { Buffer } from 'node:buffer';

import type { FieldSchema, ObjectSchema } from '../../schema/schema.ts';
import type { FieldValue } from '../../state/record-store.ts';
import { toId18 } from '../../store/record-id.ts';
import { RecordRefused } from './save-error.ts';
import { fieldText } from '../../state/field-text.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';

type Coercion = (value: unknown, field: FieldSchema, owner: CoercionContext) => FieldValue;

export interface CoercionContext {
  readonly api: 'data' | 'tooling';
  /** The object whose ids begin with a prefix. */
  readonly objectByPrefix: (prefix: string) => ObjectSchema | undefined;
}

/** How a JSON value becomes a field's, by describe type; the rest is text. Clients may send all values as strings. */
const COERCIONS: Readonly<Record<string, Coercion>> = {
  boolean: (value, field) => {
    if (typeof value === 'boolean') return value;
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    throw unreadable(field, 'boolean', value);
  },
  int: (value, field) => {
    const number = numberOf(value);
    if (number === undefined || !Number.isInteger(number)) throw unreadable(field, 'int', value);
    if (Math.abs(number) > 2 ** 31)
      throw new RecordRefused(
        'NUMBER_OUTSIDE_VALID_RANGE',
        `${field.label}: value outside of valid range on numeric field: ${number}`,
        [field.name],
      );
    return number;
  },
  double: decimal,
  currency: decimal,
  percent: decimal,
  long: decimal,
  date: (value, field) => {
    const text = typeof value === 'string' ? value.slice(0, 10) : '';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) throw unreadable(field, 'date', value);
    return text;
  },
  datetime: (value, field, { api }) => {
    const time = timeOf(value, api);
    if (time === undefined) throw unreadable(field, 'datetime', value);
    return storedDatetime(new Date(time));
  },
  id: idValue,
  reference: idValue,
  base64: (value, field) => {
    if (typeof value !== 'string' || (Buffer.from(value, 'base64').length === 0) !== (value === '')) {
      throw unreadable(field, 'base64', value);
    }
    return value;
  },
  complexvalue: (value, field) => {
    if (typeof value !== 'object' || value === null) throw unreadable(field, 'complexvalue', value);
    return value as FieldValue;
  },
  junctionidlist: (value, field) => {
    const ids = Array.isArray(value) ? value.map((id) => toId18(String(id))) : undefined;
    if (ids === undefined || ids.includes(undefined)) throw unreadable(field, 'junctionidlist', value);
    return ids;
  },
  email: (value, field) => {
    const address = text(value, field);
    if (address !== null && field.name !== 'FromAddress' && !isEmailAddress(address)) {
      throw new RecordRefused('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${address}`, [
        field.name,
      ]);
    }
    return address;
  },
  picklist: (value, field) => {
    const chosen = text(value, field);
    if (chosen === null || !field.restrictedPicklist || field.picklistValues.length === 0) return chosen;
    if (field.picklistValues.includes(chosen)) return chosen;
    throw new RecordRefused(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.label}: bad value for restricted picklist field: ${chosen}`,
      [field.name],
    );
  },
};

/**
 * Reads one value sent for a field. Whether text is too long is not asked yet: a trigger may cut it.
 * @returns the value in its stored form; null to clear the field
 * @throws RecordRefused JSON_PARSER_ERROR, MALFORMED_ID, INVALID_EMAIL_ADDRESS and others
 */
export function coerceValue(value: unknown, field: FieldSchema, context: CoercionContext): FieldValue {
  if (value === null || value === undefined) return field.type === 'boolean' ? false : null;
  if (value === '' && field.type !== 'boolean') return null;
  return (COERCIONS[field.type] ?? text)(value, field, context);
}

/** One `@`, something before it, a domain of two labels or more behind it, no spaces. */
export function isEmailAddress(address: string): boolean {
  return /^[^\s@<>(),;:"]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/.test(
    address,
  );
}

/** Salesforce cuts blanks off both ends of short text. */
function text(value: unknown, field: FieldSchema): string | null {
  if (typeof value === 'object') throw unreadable(field, 'string', value);
  const given = fieldText(value as FieldValue);
  const trimmed = field.type === 'textarea' ? given : given.trim();
  return trimmed === '' ? null : trimmed;
}

function decimal(value: unknown, field: FieldSchema): FieldValue {
  const number = numberOf(value);
  if (number === undefined) throw unreadable(field, 'double', value);
  return number;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * ISO 8601, with or without a colon in the offset. The Tooling API also takes milliseconds since 1970 and RFC 1123 dates:
 * the official CLI sends both for trace flags.
 */
function timeOf(value: unknown, api: 'data' | 'tooling'): number | undefined {
  if (typeof value === 'number') return api === 'tooling' ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (!ISO_TIME.test(value) && api === 'data') return undefined;
  const time = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) ? undefined : time;
}

function idValue(value: unknown, field: FieldSchema, { objectByPrefix }: CoercionContext): FieldValue {
  const id = typeof value === 'string' ? toId18(value.trim()) : undefined;
  const target = id === undefined ? undefined : objectByPrefix(id.slice(0, 3));
  const fits = target === undefined || field.referenceTo.length === 0 || field.referenceTo.includes(target.name);
  if (id === undefined || !fits || (target === undefined && field.referenceTo.length > 0)) {
    const message = `${field.label}: id value of incorrect type: ${String(value).slice(0, 80)}`;
    throw new RecordRefused('MALFORMED_ID', message, [field.name]);
  }
  return id;
}

function unreadable(field: FieldSchema, type: string, value: unknown): RecordRefused {
  const message = `Cannot deserialize instance of ${type} from ${tokenOf(value)} or request may be missing a required field (${field.name})`;
  return new RecordRefused('JSON_PARSER_ERROR', message);
}

/** The token that a JSON reader stopped at: of a list or an object that is its bracket. */
function tokenOf(value: unknown): string {
  if (typeof value === 'object') return Array.isArray(value) ? 'START_ARRAY value [' : 'START_OBJECT value {';
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return `VALUE_${(typeof value).toUpperCase()} value ${shown.slice(0, 80)}`;
}
