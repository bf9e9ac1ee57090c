import type { ApiSchema, FieldSchema } from '../../../schema/schema.ts';
import type { FieldValue } from '../../../state/record-store.ts';
import type { QueryRecord, QueryValue, SubqueryResult } from '../../../soql/results/query-record.ts';
import { polymorphicName } from '../../types/polymorphic-name.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import type { SObjectField } from '../../types/sobject-fields.ts';
import { aggregateResultType, sobjectType, sobjectTypeOf } from '../../types/type.ts';
import type { ClassType, SObjectType } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import { SObject } from '../../values/records/sobject.ts';
import { sobjectTypeFor, valueOfField } from '../../values/records/stored-record.ts';
import type { Value } from '../../values/value.ts';

const nameType = sobjectTypeOf(polymorphicName);

/** The type of records of an object by its name; `Name` is what a polymorphic parent leads to. */
export function typeOfObject(schema: ApiSchema, name: string): SObjectType {
  const object = schema.object(name);
  if (object !== undefined) return sobjectTypeFor(object);
  return name === 'Name' ? nameType : sobjectType;
}

/**
 * A record of a query's answer as Apex has it: with its id, and with the references that its parents were found by, whether
 * selected or not.
 */
export function sobjectOfRow(schema: ApiSchema, row: QueryRecord): SObject {
  const record = new SObject(typeOfObject(schema, row.attributes.type));
  record.origin = 'queried';
  for (const [name, value] of Object.entries(row)) {
    if (name === 'attributes') continue;
    const field = findSObjectField(record.type, name, schema);
    record.fields.set(name, valueOfColumn(schema, field, value));
    const reference = field?.kind === 'parent' ? field.schema?.name : undefined;
    if (reference !== undefined && !(reference in row)) {
      record.fields.set(reference, isRecord(value) ? idOf(value) : null);
    }
  }
  if (!record.fields.has('Id')) record.fields.set('Id', idOf(row));
  return record;
}

/** A row of a query with aggregates, its columns typed by the fields behind them. */
export function sobjectOfGroup(columns: ReadonlyMap<string, FieldSchema>, row: QueryRecord): SObject {
  const record = new SObject(aggregateResultType);
  record.origin = 'queried';
  for (const [name, field] of columns) record.fields.set(name, valueOfField(field, stored(row[name])));
  return record;
}

function valueOfColumn(schema: ApiSchema, field: SObjectField | undefined, value: QueryValue): Value {
  if (field?.kind === 'children') {
    const rows = isAnswer(value) ? value.records.map((child) => sobjectOfRow(schema, child)) : [];
    return new ApexList(field.type as ClassType, rows);
  }
  if (isRecord(value)) return sobjectOfRow(schema, value);
  return valueOfField(field?.schema ?? { type: 'string' }, stored(value));
}

function isRecord(value: QueryValue): value is QueryRecord {
  return typeof value === 'object' && value !== null && 'attributes' in value;
}

function isAnswer(value: QueryValue): value is SubqueryResult {
  return typeof value === 'object' && value !== null && 'records' in value && Array.isArray(value.records);
}

function stored(value: QueryValue): FieldValue {
  return (value ?? null) as FieldValue;
}

/** The id that the URL of an answered record ends with. */
function idOf({ attributes: { url = '' } }: QueryRecord): Value {
  return url === '' ? null : url.slice(url.lastIndexOf('/') + 1);
}
