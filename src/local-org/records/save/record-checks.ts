import type { ObjectSchema } from '../../schema/schema.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import { RecordRefused } from './save-error.ts';
import { fieldText } from '../../state/field-text.ts';

/**
 * References must lead to rows that are there, and owners be users or queues of the object.
 * @throws RecordRefused ENTITY_IS_DELETED, INACTIVE_OWNER_OR_USER, INVALID_CROSS_REFERENCE_KEY, INVALID_OPERATION
 */
export function checkReferences(
  org: OrgState,
  api: 'data' | 'tooling',
  object: ObjectSchema,
  old: StoredRecord | undefined,
  values: Record<string, FieldValue>,
): void {
  const schema = org.schema()[api];
  for (const field of object.fields) {
    const id = values[field.name];
    if (field.type !== 'reference' || typeof id !== 'string' || id === old?.[field.name]) continue;
    const target = schema.objectByKeyPrefix(id.slice(0, 3));
    if (field.name === 'OwnerId' && target?.name === 'Group') checkQueue(org, object, id);
    if (field.name === 'OwnerId' && target?.name === 'User') checkActive(org, object, id);
    if (target === undefined || org.records.get(target.name, id) !== undefined) continue;
    if (org.records.isDeleted(id)) throw new RecordRefused('ENTITY_IS_DELETED', 'entity is deleted', [field.name]);
    throw new RecordRefused('INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id`, [field.name]);
  }
}

function checkQueue(org: OrgState, object: ObjectSchema, id: string): void {
  const isOfObject = org.records.find('QueueSobject', { QueueId: id, SobjectType: object.name }).length > 0;
  if (isOfObject || org.records.get('Group', id) === undefined) return;
  throw new RecordRefused('INVALID_OPERATION', 'Queue not associated with this SObject type');
}

function checkActive(org: OrgState, object: ObjectSchema, id: string): void {
  if (org.records.get('User', id)?.['IsActive'] !== false) return;
  const message = `operation performed with inactive user [${id.slice(0, 15)}] as owner of ${object.label.toLowerCase()}`;
  throw new RecordRefused('INACTIVE_OWNER_OR_USER', message, ['OwnerId']);
}

/** Unique custom fields: no two rows with the same value, in any case. @throws RecordRefused DUPLICATE_VALUE */
export function checkUnique(
  org: OrgState,
  object: ObjectSchema,
  old: StoredRecord | undefined,
  values: Record<string, FieldValue>,
): void {
  for (const field of object.fields.filter((one) => one.unique)) {
    const value = values[field.name] ?? null;
    if (value === null || value === old?.[field.name]) continue;
    const wanted = fieldText(value).toLowerCase();
    const twin = org.records
      .all(object.name)
      .find((row) => row.Id !== old?.Id && fieldText(row[field.name] ?? '').toLowerCase() === wanted);
    if (twin === undefined) continue;
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${twin.Id.slice(0, 15)}`;
    throw new RecordRefused('DUPLICATE_VALUE', message, [field.name]);
  }
}
