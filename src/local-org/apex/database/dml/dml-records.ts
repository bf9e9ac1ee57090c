import type { ObjectSchema } from '../../../schema/schema.ts';
import { nullPointer } from '../../library/native.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import type { DmlOperation } from './dml-outcome.ts';

/** A list of changing types is saved in chunks; more are refused (Apex Developer Guide, "DML Statements"). */
const MAX_STRETCHES = 10;

/** Records of one type that stand side by side in a list. */
export interface Stretch {
  readonly object: ObjectSchema;
  /** Each with its place in the whole list. */
  readonly rows: readonly { readonly index: number; readonly record: SObject }[];
}

/**
 * The records of a DML operation, one or a list.
 * @throws ApexThrown System.NullPointerException for null, System.ListException for a list with null in it
 */
export function dmlRecords(value: Value): SObject[] {
  if (value instanceof SObject) return [value];
  if (!(value instanceof ApexList)) throw nullPointer();
  return value.items.map((item, index) => {
    if (item instanceof SObject) return item;
    throw apexError('System.ListException', `DML statement found null SObject at position ${index}`);
  });
}

/** The id a record has in memory. */
export function idOfRecord(record: SObject): string | null {
  const id = record.fields.get('Id');
  return typeof id === 'string' ? id : null;
}

/**
 * What no list may have: a record twice, and those that a trigger is being shown.
 * @throws ApexThrown System.ListException, System.SObjectException
 */
export function checkRecords(operation: DmlOperation, records: readonly SObject[]): void {
  if (records.some((record) => record.origin === 'trigger')) {
    throw apexError('System.SObjectException', 'DML statement cannot operate on trigger.new or trigger.old');
  }
  if ((operation === 'insert' || operation === 'upsert') && new Set(records).size < records.length) {
    const message = 'Before Insert or Upsert list must not have two identically equal elements';
    throw apexError('System.ListException', message);
  }
  if (operation === 'insert') return;
  const seen = new Set<string>();
  for (const record of records) {
    const id = idOfRecord(record);
    if (id === null) continue;
    if (seen.has(id)) throw apexError('System.ListException', `Duplicate id in list: ${id}`);
    seen.add(id);
  }
}

const flags = { insert: 'createable', update: 'updateable', delete: 'deletable' } as const;

/**
 * Cuts a list where the type changes.
 * @throws ApexThrown System.TypeException for too many changes, and for an object that does not take the operation
 */
export function stretchesOf(run: Run, operation: DmlOperation, records: readonly SObject[]): Stretch[] {
  const stretches: { object: ObjectSchema; rows: { index: number; record: SObject }[] }[] = [];
  for (const [index, record] of records.entries()) {
    const last = stretches.at(-1);
    if (last?.object.name === record.type.name) last.rows.push({ index, record });
    else stretches.push({ object: objectOf(run, operation, record), rows: [{ index, record }] });
  }
  if (stretches.length <= MAX_STRETCHES) return stretches;
  const message =
    'Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.';
  throw apexError('System.TypeException', message);
}

function objectOf(run: Run, operation: DmlOperation, record: SObject): ObjectSchema {
  const object = run.org.schema().data.object(record.type.name);
  const needed = operation === 'upsert' ? 'insert' : operation === 'undelete' ? 'delete' : operation;
  if (object?.[flags[needed]] === true) return object;
  const message = `DML operation ${operation.toUpperCase()} not allowed on ${record.type.name}`;
  throw apexError('System.TypeException', message);
}
