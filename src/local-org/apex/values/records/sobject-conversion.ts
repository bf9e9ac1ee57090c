import type { Run } from '../../run/run.ts';
import { idOf, runtimeType } from '../../run/runtime-type.ts';
import type { SObjectField } from '../../types/sobject-fields.ts';
import { isCollection } from '../../types/type.ts';
import type { ApexType, PrimitiveName, SObjectType } from '../../types/type.ts';
import { ApexBlob } from '../blob.ts';
import { decimalOf } from '../numbers/decimal-math.ts';
import { apexError } from '../exception.ts';
import { ApexList } from '../collections/list.ts';
import { isNumber } from '../numbers/numbers.ts';
import { SObject } from './sobject.ts';
import { ApexDate, ApexDatetime, ApexTime, msPerDay } from '../temporal.ts';
import type { Value } from '../value.ts';

/** Gives the value as the type has it, undefined where the type does not take it. */
type Conversion = (value: NonNullable<Value>) => Value | undefined;

function only(fits: (value: NonNullable<Value>) => boolean): Conversion {
  return (value) => (fits(value) ? value : undefined);
}

/** A Date is midnight GMT where a Datetime is wanted. */
function datetime(value: NonNullable<Value>): Value | undefined {
  if (value instanceof ApexDate) return new ApexDatetime(value.days * msPerDay);
  return value instanceof ApexDatetime ? value : undefined;
}

function long(value: NonNullable<Value>): Value | undefined {
  return typeof value === 'number' ? BigInt(value) : typeof value === 'bigint' ? value : undefined;
}

const conversions: Readonly<Record<PrimitiveName, Conversion>> = {
  Blob: only((value) => value instanceof ApexBlob),
  Boolean: only((value) => typeof value === 'boolean'),
  Date: only((value) => value instanceof ApexDate),
  Datetime: datetime,
  Decimal: (value) => (isNumber(value) ? decimalOf(value) : undefined),
  Double: (value) => (isNumber(value) ? decimalOf(value) : undefined),
  Id: (value) => (typeof value === 'string' ? idOf(value) : undefined),
  Integer: only((value) => typeof value === 'number'),
  Long: long,
  Object: (value) => value,
  String: only((value) => typeof value === 'string'),
  Time: only((value) => value instanceof ApexTime),
};

function isGeneric(type: SObjectType): boolean {
  return type.key === 'sobject';
}

/** A polymorphic parent is of any of the objects its reference may point to. */
function isParent(value: SObject, field: SObjectField): boolean {
  const targets = field.schema?.referenceTo ?? [];
  return value.type.key === field.type.key || targets.some((target) => target.toLowerCase() === value.type.key);
}

function isChildren(value: ApexList, type: ApexType): boolean {
  const [own] = value.type.arguments;
  const [wanted] = isCollection(type, 'List') ? type.arguments : [];
  if (own?.kind !== 'sobject' || wanted?.kind !== 'sobject') return false;
  return own.key === wanted.key || isGeneric(own) || isGeneric(wanted);
}

function convert(value: NonNullable<Value>, field: SObjectField): Value | undefined {
  const { type } = field;
  if (field.kind === 'parent') return value instanceof SObject && isParent(value, field) ? value : undefined;
  if (field.kind === 'children') return value instanceof ApexList && isChildren(value, type) ? value : undefined;
  if (type.kind === 'primitive') return conversions[type.primitive](value);
  if (type.kind === 'unknown') return value;
  return runtimeType(value).key === type.key ? value : undefined;
}

/** Ids tell their object by their first three characters; `Id` takes those of its own object alone. */
function checkOwnId(run: Run, type: SObjectType, id: string): void {
  const object = run.org.schema().data.objectByKeyPrefix(id.slice(0, 3));
  if (type.schema === undefined || object === undefined || object.name === type.name) return;
  throw apexError('System.SObjectException', `Invalid id value for this SObject type: ${id}`);
}

/**
 * A value as a field takes it: numbers widen, ids get their 18 characters, a Date becomes a Datetime.
 * @throws ApexThrown System.SObjectException `Illegal assignment from String to Decimal`; System.StringException for a
 * text that is no id
 */
export function valueForField(run: Run, owner: SObjectType, field: SObjectField, value: Value): Value {
  if (value === null) return null;
  const converted = convert(value, field);
  if (converted === undefined) {
    const [from, to] = [runtimeType(value).name, field.type.name];
    throw apexError('System.SObjectException', `Illegal assignment from ${from} to ${to}`);
  }
  if (field.name === 'Id' && typeof converted === 'string') checkOwnId(run, owner, converted);
  return converted;
}
