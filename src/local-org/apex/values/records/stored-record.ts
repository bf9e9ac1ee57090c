import { Buffer } from 'node:buffer';

import { fieldValue } from '../../../records/field-value.ts';
import type { FieldSchema, ObjectSchema } from '../../../schema/schema.ts';
import { fieldText } from '../../../state/field-text.ts';
import type { FieldValue, StoredRecord } from '../../../state/record-store.ts';
import { storedDatetime } from '../../../state/stored-datetime.ts';
import { platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import { primitives, sobjectTypeOf } from '../../types/type.ts';
import type { SObjectType } from '../../types/type.ts';
import { ApexBlob } from '../blob.ts';
import { parseDecimal } from '../numbers/decimal-math.ts';
import { Decimal } from '../numbers/decimal.ts';
import { ApexDouble } from '../numbers/double.ts';
import { ApexList } from '../collections/list.ts';
import { PlatformObject } from '../platform-object.ts';
import { SObject } from './sobject.ts';
import { ApexDate, ApexDatetime, ApexTime, msPerDay } from '../temporal.ts';
import { dateText, decimalText, timeText } from '../text.ts';
import type { Value } from '../value.ts';

const types = new WeakMap<ObjectSchema, SObjectType>();

/** The Apex type of an object, the same one as long as its schema is. */
export function sobjectTypeFor(object: ObjectSchema): SObjectType {
  let type = types.get(object);
  if (type === undefined) {
    type = sobjectTypeOf(object);
    types.set(object, type);
  }
  return type;
}

function address(parts: Readonly<Record<string, unknown>>): PlatformObject {
  const value = (part: unknown): Value => {
    if (typeof part === 'number') return new ApexDouble(part);
    return typeof part === 'string' ? part : null;
  };
  return new PlatformObject(
    platformType('System.Address'),
    Object.entries(parts).map(([name, part]) => [name, value(part)] as const),
  );
}

function numberOf(stored: FieldValue): number {
  return typeof stored === 'number' ? stored : Number(stored);
}

type Reader = (stored: NonNullable<FieldValue>) => Value;

const decimal: Reader = (stored) => parseDecimal(String(numberOf(stored)));

/** How a stored value becomes Apex's, by describe type; the rest is text. */
const readers: Readonly<Record<string, Reader>> = {
  boolean: (stored) => stored === true,
  int: (stored) => numberOf(stored),
  long: (stored) => BigInt(numberOf(stored)),
  double: decimal,
  currency: decimal,
  percent: decimal,
  date: (stored) => new ApexDate(Date.parse(`${fieldText(stored).slice(0, 10)}T00:00:00Z`) / msPerDay),
  datetime: (stored) => new ApexDatetime(Date.parse(fieldText(stored))),
  time: (stored) => new ApexTime(Date.parse(`1970-01-01T${fieldText(stored).replace(/Z?$/, 'Z')}`)),
  base64: (stored) => new ApexBlob(Buffer.from(fieldText(stored), 'base64')),
  address: (stored) => (typeof stored === 'object' && !Array.isArray(stored) ? address(stored) : null),
  junctionidlist: (stored) => ApexList.of(primitives.Id, Array.isArray(stored) ? stored.map(String) : []),
};

/** A stored value as Apex has it: `double` fields are Decimals, dates and times have classes of their own. */
export function valueOfField(field: Pick<FieldSchema, 'type'>, stored: FieldValue): Value {
  if (stored === null) return null;
  const read = readers[field.type];
  return read === undefined ? fieldText(stored) : read(stored);
}

/**
 * A stored row with all of its fields as a record. Null fields of a `queried` record are there as null, so that reading
 * them is no exception; in others they are left out.
 */
export function recordOfStored(object: ObjectSchema, stored: StoredRecord, origin: SObject['origin']): SObject {
  const record = new SObject(sobjectTypeFor(object));
  record.origin = origin;
  for (const field of object.fields) {
    const value = valueOfField(field, fieldValue(stored, field));
    if (value !== null || origin === 'queried') record.fields.set(field.name, value);
  }
  return record;
}

/** A value of a field as the store keeps it. @throws Error for what no field can hold */
export function storedValue(value: Value): FieldValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
    return value;
  }
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Decimal) return Number(decimalText(value));
  if (value instanceof ApexDouble) return value.value;
  if (value instanceof ApexDate) return dateText(value);
  if (value instanceof ApexDatetime) return storedDatetime(new Date(value.time));
  if (value instanceof ApexTime) return timeText(value);
  if (value instanceof ApexBlob) return Buffer.from(value.bytes).toString('base64');
  if (value instanceof ApexList) return value.items.map(storedValue);
  throw new Error(`No field holds a ${value.type.name}.`);
}

/**
 * The populated fields of a record as the store keeps them, `Id` among them. Parents, children, aliases and compound
 * addresses, which are stored by their parts, are not.
 */
export function storedForm(run: Run, record: SObject): Record<string, FieldValue> {
  const schema = run.org.schema().data;
  const stored: Record<string, FieldValue> = {};
  for (const [name, value] of record.fields) {
    const field = findSObjectField(record.type, name, schema);
    if (field?.kind !== 'scalar' || value instanceof PlatformObject) continue;
    stored[field.name] = storedValue(value);
  }
  return stored;
}
