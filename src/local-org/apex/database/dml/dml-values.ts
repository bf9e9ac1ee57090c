import { RecordRefused } from '../../../records/save/save-error.ts';
import type { FieldSchema, ObjectSchema } from '../../../schema/schema.ts';
import { visibleSchema } from '../../../schema/visible-schema.ts';
import type { StoredRecord } from '../../../state/record-store.ts';
import type { Run } from '../../run/run.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import type { SObject } from '../../values/records/sobject.ts';
import { storedValue } from '../../values/records/stored-record.ts';
import type { AccessMode } from '../queries/query.ts';

export interface ValuesContext {
  readonly run: Run;
  readonly object: ObjectSchema;
  readonly operation: 'insert' | 'update';
  readonly access: AccessMode;
}

/**
 * What a record sends to be saved: its populated fields, those of a query's result too. Parents, children and what only
 * the platform writes stay behind.
 * @param old the stored row of an update
 * @throws RecordRefused for a field that the operation, or in user mode the user, may not write
 */
export function sentValues(
  context: ValuesContext,
  record: SObject,
  old: StoredRecord | undefined,
): Record<string, unknown> {
  const { object } = context;
  checkAccess(context, record);
  const sent: Record<string, unknown> = {};
  for (const [name, value] of record.fields) {
    const field = object.field(name);
    if (field === undefined || field.type === 'id' || value instanceof PlatformObject) continue;
    const stored = storedValue(value);
    if (isWritable(context, field)) sent[field.name] = stored;
    else if (old !== undefined && field.createable && stored !== (old[field.name] ?? null)) throw notUpdateable(field);
  }
  return sent;
}

function isWritable({ operation }: ValuesContext, field: FieldSchema): boolean {
  return operation === 'insert' ? field.createable : field.updateable;
}

/** Set when the record is made and never again. */
function notUpdateable({ name }: FieldSchema): RecordRefused {
  const message = `Unable to create/update fields: ${name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
  return new RecordRefused('INVALID_FIELD_FOR_INSERT_UPDATE', message, [name]);
}

/** User mode: a field that could be written, but not by this user, fails the record. */
function checkAccess(context: ValuesContext, record: SObject): void {
  const { run, object, access } = context;
  if (access === 'system') return;
  const visible = visibleSchema(run.org, run.userId).object(object.name);
  const refused = Array.from(record.fields.keys()).filter((name) => {
    const field = object.field(name);
    if (field === undefined || field.type === 'id' || !isWritable(context, field)) return false;
    const seen = visible?.field(name);
    return seen === undefined || !isWritable(context, seen);
  });
  if (refused.length === 0) return;
  const message = `Operation failed due to fields being inaccessible on Sobject ${object.name}, check errors on Exception or Result!`;
  throw new RecordRefused('INVALID_FIELD_FOR_INSERT_UPDATE', message, refused);
}
