import { coerceValue } from '../../../records/save/coerce-value.ts';
import { RecordRefused } from '../../../records/save/save-error.ts';
import type { ObjectSchema } from '../../../schema/schema.ts';
import type { RecordChange, SaveEvent } from '../../../state/save-hooks.ts';
import type { Run } from '../../run/run.ts';
import { equal } from '../../values/equality.ts';
import type { SObject } from '../../values/records/sobject.ts';
import { storedValue } from '../../values/records/stored-record.ts';
import type { Value } from '../../values/value.ts';

/**
 * Takes what a before-trigger wrote into a record over into the values that will be stored. What a field does not take
 * refuses the record.
 * @param given the record's fields before the triggers ran
 */
export function changesOfRecord(
  run: Run,
  object: ObjectSchema,
  operation: SaveEvent['operation'],
  record: SObject,
  given: ReadonlyMap<string, Value>,
  change: RecordChange,
): void {
  const { values } = change;
  if (values === undefined) return;
  const schema = run.org.schema().data;
  const context = { api: 'data', objectByPrefix: schema.objectByKeyPrefix.bind(schema) } as const;
  for (const [name, value] of record.fields) {
    const field = object.field(name);
    // Parents and children are not stored with their record.
    if (field === undefined || isSame(run, value, given.get(name) ?? null)) continue;
    if (!(operation === 'insert' ? field.createable : field.updateable)) {
      const verb =
        operation === 'insert' ? 'cannot specify Id in an insert call' : 'cannot change Id in an update call';
      const message =
        field.type === 'id'
          ? verb
          : `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
      change.fail(message, [field.name], 'INVALID_FIELD_FOR_INSERT_UPDATE');
      continue;
    }
    try {
      values[field.name] = coerceValue(storedValue(value), field, context);
    } catch (error) {
      if (!(error instanceof RecordRefused)) throw error;
      change.fail(error.error.message, error.error.fields, error.error.statusCode);
    }
  }
}

function isSame(run: Run, one: Value, other: Value): boolean {
  return one === other || equal(run, one, other);
}
