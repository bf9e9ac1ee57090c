import { RestError } from '../http/rest-error.ts';
import { resourceNotFound } from '../http/session-guard.ts';
import type { OrgState } from '../state/org-state.ts';
import type { FieldValue } from '../state/record-store.ts';
import { fieldValue } from './field-value.ts';
import { readRow } from './read-rows.ts';
import type { RecordTarget } from './record-target.ts';
import { recordAttributes, wireValue } from './wire-value.ts';

/**
 * A record as `GET …/sobjects/Case/<id>` answers it.
 * @param fields names to answer; undefined for all
 * @throws RestError 404 ENTITY_IS_DELETED or NOT_FOUND, 400 INVALID_FIELD
 */
export function readRecord(
  org: OrgState,
  target: RecordTarget,
  id: string,
  fields: readonly string[] | undefined,
): Record<string, FieldValue> {
  const { object, base, userId } = target;
  const row = readRow(org, object, id, { userId, includeDeleted: false });
  if (row === undefined) {
    if (org.records.isDeleted(id)) throw new RestError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
    throw resourceNotFound();
  }
  const chosen =
    fields?.map((name) => {
      const field = object.field(name);
      if (field !== undefined) return field;
      throw new RestError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    }) ?? object.fields.filter((field) => field.type !== 'junctionidlist' && field.name !== 'Comments');
  const record: Record<string, FieldValue> = { attributes: recordAttributes(base, object.name, row) };
  for (const field of chosen) {
    const value = fieldValue(row, field);
    const blob = field.type === 'base64' && value !== null;
    record[field.name] = blob ? `${base}/sobjects/${object.name}/${row.Id}/${field.name}` : wireValue(value, field);
  }
  return record;
}
