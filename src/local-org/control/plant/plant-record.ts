import { RestError } from '../../http/rest-error.ts';
import { derivedFields } from '../../records/derived-fields.ts';
import { isComputed } from '../../records/read-rows.ts';
import { coerceValue } from '../../records/save/coerce-value.ts';
import { RecordRefused } from '../../records/save/save-error.ts';
import type { FieldSchema, ObjectSchema } from '../../schema/schema.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';

type Values = Record<string, FieldValue>;

/** A row as it was planted: its id, and what was written. */
export interface PlantedRecord {
  readonly id: string;
  readonly values: Values;
}

/**
 * Adds a row as it is given, system fields included. Nothing else happens: no trigger, no rule of the object, no other row.
 * @throws RestError 400 for an object or a field that cannot be written
 */
export function plantRecord(org: OrgState, sobject: string, sent: Readonly<Record<string, unknown>>): PlantedRecord {
  const objects = objectsNamed(org, sobject);
  const { name } = objects[0];
  const values = plantedValues(org, objects, sent);
  return org.transaction(() => {
    const row = org.records.insert(name, values, org.settings.adminUserId);
    refuseDerived(org, name, row, values);
    org.records.overwrite(name, row.Id, values);
    return { id: row.Id, values };
  });
}

/** Changes a row in the same way. @throws RestError 404 if there is none; 400 as `plantRecord` */
export function replantRecord(
  org: OrgState,
  sobject: string,
  id: string,
  sent: Readonly<Record<string, unknown>>,
): PlantedRecord {
  const objects = objectsNamed(org, sobject);
  const { name } = objects[0];
  const row = org.records.get(name, id);
  if (row === undefined) throw new RestError(404, 'NOT_FOUND', `There is no ${name} with the id ${id}.`);
  const values = plantedValues(org, objects, sent);
  refuseDerived(org, name, row, values);
  org.records.overwrite(name, row.Id, values);
  return { id: row.Id, values };
}

/** The object in the data API, the Tooling API, or both: they share their rows, and each knows fields of its own. */
function objectsNamed(org: OrgState, sobject: string): readonly [ObjectSchema, ...ObjectSchema[]] {
  const { data, tooling } = org.schema();
  const [first, ...others] = [data.object(sobject), tooling.object(sobject)].filter((object) => object !== undefined);
  if (first === undefined) throw refused(`The local org has no object ${sobject}.`);
  if (isComputed(first.name)) {
    throw refused(`${first.name} has no rows of its own: they follow from the rest of the org.`);
  }
  return [first, ...others];
}

function plantedValues(
  org: OrgState,
  objects: readonly ObjectSchema[],
  sent: Readonly<Record<string, unknown>>,
): Values {
  const { data, tooling } = org.schema();
  const objectByPrefix = (prefix: string): ObjectSchema | undefined =>
    data.objectByKeyPrefix(prefix) ?? tooling.objectByKeyPrefix(prefix);
  const entries = Object.entries(sent).map(([name, value]): [string, FieldValue] => {
    const field = storedField(objects, name);
    if (value === null && !field.nillable && field.type !== 'boolean') throw refused(`${field.name} cannot be null.`);
    try {
      return [field.name, coerceValue(value, field, { api: 'tooling', objectByPrefix })];
    } catch (error) {
      if (!(error instanceof RecordRefused)) throw error;
      throw refused(`${field.name}: ${error.message}`);
    }
  });
  if (entries.length === 0) throw refused('There are no fields to write.');
  return Object.fromEntries(entries);
}

/** Field types that are made of other fields or become other rows. */
const NOT_STORED = new Set(['address', 'junctionidlist']);

function storedField(objects: readonly ObjectSchema[], name: string): FieldSchema {
  const sobject = objects[0]?.name ?? '';
  const field = objects.flatMap((object) => object.field(name) ?? [])[0];
  if (field === undefined) throw refused(`${sobject} has no field ${name}.`);
  if (field.type === 'id') throw refused('Ids are given by the local org and never change.');
  if (field.name === 'IsDeleted') throw refused('IsDeleted is true of what was deleted: delete the record.');
  if (NOT_STORED.has(field.type)) throw refused(`${sobject}.${field.name} is not stored: write what it is made of.`);
  return field;
}

function refuseDerived(org: OrgState, sobject: string, row: StoredRecord, values: Values): void {
  const derived = derivedFields(org, sobject, row) ?? {};
  const name = Object.keys(values).find((field) => Object.hasOwn(derived, field));
  if (name !== undefined) throw refused(`${sobject}.${name} is not stored: it follows from the rest of the org.`);
}

function refused(message: string): RestError {
  return new RestError(400, 'INVALID_REQUEST', message);
}
