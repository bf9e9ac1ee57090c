import type { FieldSchema, ObjectSchema } from '../../../schema/schema.ts';
import type { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';

/** A checkbox that says nothing else begins as false. */
function defaultOf(field: FieldSchema): Value {
  return field.defaultValue ?? (field.type === 'boolean' ? false : null);
}

/** Fills what a new record of the object begins with, as `newSObject(recordTypeId, true)` does. */
export function loadDefaults(record: SObject, object: ObjectSchema): void {
  for (const field of object.fields) {
    const value = field.createable ? defaultOf(field) : null;
    if (value !== null) record.fields.set(field.name, value);
  }
}
