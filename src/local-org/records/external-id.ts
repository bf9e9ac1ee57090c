import { RestError } from '../http/rest-error.ts';
import type { FieldSchema, ObjectSchema } from '../schema/schema.ts';
import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import type { SaveError } from './save/save-error.ts';

/** What an upsert does with one record. */
export type UpsertPlan =
  | { readonly operation: 'insert' }
  | { readonly operation: 'update'; readonly id: string }
  | { readonly refused: SaveError };

/** The field of a resource that finds records by another value than their id. @throws RestError 404 NOT_FOUND */
export function externalIdField(object: ObjectSchema, name: string): FieldSchema {
  const field = object.field(name);
  if (field === undefined || !(field.idLookup || field.externalId || field.type === 'id')) {
    const message = `Provided external ID field does not exist or is not accessible: ${name}`;
    throw new RestError(404, 'NOT_FOUND', message);
  }
  return field;
}

/**
 * Which records of an upsert are there already.
 * @param values what each record has in the field, in their order
 */
export function upsertPlans(
  org: OrgState,
  object: ObjectSchema,
  field: FieldSchema,
  values: readonly string[],
): UpsertPlan[] {
  const known = Map.groupBy(org.records.all(object.name), (row) => fieldText(row[field.name]).toLowerCase());
  const given = Map.groupBy(values, (value) => value.toLowerCase());
  return values.map((value): UpsertPlan => {
    const key = value.toLowerCase();
    if (key === '') return refusal('MISSING_ARGUMENT', `${field.name} not specified`);
    if ((given.get(key)?.length ?? 0) > 1) {
      return refusal('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`, field.name);
    }
    const [match, ...others] = known.get(key) ?? [];
    if (others.length > 0) {
      const ids = [match, ...others].map((row) => row?.Id.slice(0, 15)).join(', ');
      const message = `${field.name}: more than one record found for external id field: [${ids}]`;
      return refusal('DUPLICATE_EXTERNAL_ID', message, field.name);
    }
    return match === undefined ? { operation: 'insert' } : { operation: 'update', id: match.Id };
  });
}

function refusal(statusCode: string, message: string, ...fields: string[]): UpsertPlan {
  return { refused: { statusCode, message, fields } };
}
