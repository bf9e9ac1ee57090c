import type { ApiSchema } from '../../../schema/schema.ts';
import type { Run } from '../../run/run.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import type { SObjectField } from '../../types/sobject-fields.ts';
import { isPrimitive } from '../../types/type.ts';
import type { ClassType, SObjectType } from '../../types/type.ts';
import { apexError } from '../exception.ts';
import { ApexList } from '../collections/list.ts';
import { valueForField } from './sobject-conversion.ts';
import { SObject } from './sobject.ts';
import type { Value } from '../value.ts';

function schemaOf(run: Run): ApiSchema {
  return run.org.schema().data;
}

/** A record as `new Case()` makes it: nothing is populated, not even the fields that have defaults. */
export function newRecord(type: SObjectType): SObject {
  return new SObject(type);
}

/** @param name as the code writes it: so does the message */
function invalidField(type: SObjectType, name: string): Error {
  return apexError('System.SObjectException', `Invalid field ${name} for ${type.name}`);
}

/**
 * A field or relationship of an object by its name in any case.
 * @throws ApexThrown System.SObjectException where there is none
 */
export function requireField(run: Run, type: SObjectType, name: string): SObjectField {
  const field = findSObjectField(type, name, schemaOf(run));
  if (field === undefined) throw invalidField(type, name);
  return field;
}

/** What no object describes: aliases of aggregates, and what only polymorphic parents offer (`Owner.Type`). */
function undescribed(record: SObject, name: string): Value | undefined {
  const key = name.toLowerCase();
  for (const [own, value] of record.fields) if (own.toLowerCase() === key) return value;
  return undefined;
}

function unpopulated(record: SObject, field: SObjectField): Value {
  if (record.origin === 'queried' && field.name !== 'Id') {
    const message = `SObject row was retrieved via SOQL without querying the requested field: ${record.type.name}.${field.name}`;
    throw apexError('System.SObjectException', message);
  }
  return null;
}

/**
 * What the methods `get`, `getSObject` and `getSObjects` see: the value as it is, null where none is.
 * @throws ApexThrown System.SObjectException for a name that is no field, and for a field that a query did not select
 */
export function fieldOf(run: Run, record: SObject, name: string): Value {
  const field = findSObjectField(record.type, name, schemaOf(run));
  if (field === undefined) {
    const value = undescribed(record, name);
    if (value === undefined) throw invalidField(record.type, name);
    return value;
  }
  const value = record.fields.get(field.name);
  return value === undefined ? unpopulated(record, field) : value;
}

/**
 * What `record.Name` gives. A checkbox without a value reads as false here, never null, and children that were never set
 * are an empty list (Apex Developer Guide, "sObject and collections").
 * @throws ApexThrown System.SObjectException for a field that a query did not select
 */
export function readField(run: Run, record: SObject, name: string): Value {
  const value = fieldOf(run, record, name);
  if (value !== null) return value;
  const field = findSObjectField(record.type, name, schemaOf(run));
  if (field === undefined) return null;
  if (isPrimitive(field.type, 'Boolean')) return false;
  return field.kind === 'children' ? new ApexList(field.type as ClassType) : null;
}

/**
 * The parent a path goes through, `record.Contact` in `record.Contact.Name`. Where it gives null the whole path is null
 * when it is read, and a NullPointerException when it is written to ("Accessing sObject Fields Through Relationships").
 * @throws ApexThrown System.SObjectException for a parent that a query did not select
 */
export function readParent(run: Run, record: SObject, name: string): SObject | null {
  const value = fieldOf(run, record, name);
  return value instanceof SObject ? value : null;
}

/** Neither on insert nor on update: only the platform writes it. */
function isEditable(run: Run, type: SObjectType, field: SObjectField): boolean {
  const name = field.schema?.name;
  if (name === undefined || name === 'Id' || field.kind !== 'scalar') return true;
  const schema = schemaOf(run).object(type.name)?.field(name);
  return schema === undefined || schema.createable || schema.updateable;
}

/** Writes a value without asking whether Apex may, as the platform does: Ids after an insert, rows of a query. */
export function setField(record: SObject, name: string, value: Value): void {
  record.fields.set(name, value);
}

/**
 * `record.Name = value` and `put`: field, parent or children by name in any case.
 * @returns the value that was there, as `put` gives it back
 * @throws ApexThrown System.FinalException for a record of a trigger that is read-only; System.SObjectException for an
 * unknown field, one that only the platform writes, and a value of another type; System.StringException for no id
 */
export function writeField(run: Run, record: SObject, name: string, value: Value): Value {
  if (record.readOnly) throw apexError('System.FinalException', 'Record is read-only');
  const field = requireField(run, record.type, name);
  if (!isEditable(run, record.type, field)) {
    throw apexError('System.SObjectException', `Field ${field.name} is not editable`);
  }
  const former = record.fields.get(field.name) ?? null;
  record.fields.set(field.name, valueForField(run, record.type, field, value));
  if (record.origin !== 'made') (record.assigned ??= new Set()).add(field.name);
  return former;
}

/** Whether a field was selected, set or filled, `isSet`. @throws ApexThrown System.SObjectException for no field */
export function isFieldSet(run: Run, record: SObject, name: string): boolean {
  return record.fields.has(requireField(run, record.type, name).name);
}

/**
 * What `getPopulatedFieldsAsMap` and JSON show, in the order it came. A null that a query brought is not among them, a
 * null that Apex assigned is.
 */
export function populatedFields(record: SObject): (readonly [string, Value])[] {
  return Array.from(record.fields).filter(
    ([name, value]) => value !== null || record.origin === 'made' || record.assigned?.has(name) === true,
  );
}
