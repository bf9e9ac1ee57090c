import { notImplemented } from '../../http/rest-error.ts';
import type { ApiSchema, FieldSchema, ObjectSchema } from '../../schema/schema.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import { coerceValue } from './coerce-value.ts';
import { RecordRefused } from './save-error.ts';

export interface ValuesRequest {
  readonly api: 'data' | 'tooling';
  readonly schema: ApiSchema;
  readonly object: ObjectSchema;
  readonly operation: 'insert' | 'update';
  /** System mode may write fields that the API may not; Apex and the org itself run in it. */
  readonly mode: 'user' | 'system';
}

/**
 * Reads what a client sent for a record into field values.
 * @throws RecordRefused INVALID_FIELD, INVALID_FIELD_FOR_INSERT_UPDATE and what `coerceValue` throws
 */
export function readValues(request: ValuesRequest, sent: Record<string, unknown>): Record<string, FieldValue> {
  const { object, schema, api } = request;
  const values: Record<string, FieldValue> = {};
  const forbidden: string[] = [];
  for (const [name, value] of Object.entries(sent)) {
    if (name === 'attributes') continue;
    const field = object.field(name);
    if (field === undefined) throw unknownField(object, name, value);
    if (!isWritable(request, field)) {
      forbidden.push(field.name);
      continue;
    }
    values[field.name] = coerceValue(value, field, {
      api,
      objectByPrefix: (prefix) => schema.objectByKeyPrefix(prefix),
    });
  }
  if (forbidden.length > 0) {
    throw new RecordRefused(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${forbidden.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      forbidden,
    );
  }
  return values;
}

/** Fields that must have a value and have none. @throws RecordRefused REQUIRED_FIELD_MISSING */
export function checkRequired(
  object: ObjectSchema,
  values: Record<string, FieldValue>,
  operation: 'insert' | 'update',
): void {
  const missing = object.fields
    .filter((field) => isRequired(field))
    .filter((field) => (operation === 'insert' ? (values[field.name] ?? null) === null : values[field.name] === null))
    .map((field) => field.name);
  if (missing.length === 0) return;
  throw new RecordRefused('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
}

/**
 * Text must fit its field, where it was changed.
 * @param truncate cuts it in `values` instead of refusing it
 * @throws RecordRefused STRING_TOO_LONG
 */
export function checkLengths(
  object: ObjectSchema,
  old: StoredRecord | undefined,
  values: Record<string, FieldValue>,
  truncate: boolean,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || value === old?.[name]) continue;
    const field = object.field(name);
    if (field === undefined || field.length === 0 || field.type === 'reference' || value.length <= field.length)
      continue;
    if (truncate) {
      values[name] = value.slice(0, field.length);
      continue;
    }
    const message = `${field.label}: data value too large: ${value.slice(0, 255)} (max length=${field.length})`;
    throw new RecordRefused('STRING_TOO_LONG', message, [field.name]);
  }
}

/** Values of a new record for fields nobody sent. */
export function defaultValues(object: ObjectSchema): Record<string, FieldValue> {
  return Object.fromEntries(
    object.fields.flatMap((field) => {
      if (field.defaultValue !== undefined) return [[field.name, field.defaultValue]];
      return field.type === 'boolean' ? [[field.name, false]] : [];
    }),
  );
}

function isRequired(field: FieldSchema): boolean {
  const notByClient = field.defaultedOnCreate || field.type === 'boolean' || field.type === 'junctionidlist';
  return field.createable && !field.nillable && !notByClient;
}

function isWritable({ operation, mode }: ValuesRequest, field: FieldSchema): boolean {
  if (field.type === 'id') return false;
  if (mode === 'system') return true;
  return operation === 'insert' ? field.createable : field.updateable;
}

function unknownField(object: ObjectSchema, name: string, value: unknown): Error {
  const isRelationship = object.fields.some((field) => field.relationshipName?.toLowerCase() === name.toLowerCase());
  if (isRelationship && typeof value === 'object') return notImplemented('references by external id');
  return new RecordRefused('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
}
