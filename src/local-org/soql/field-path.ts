import type { RestError } from '../http/rest-error.ts';
import { fieldValue } from '../records/field-value.ts';
import type { FieldSchema, ObjectSchema } from '../schema/schema.ts';
import type { FieldValue, StoredRecord } from '../state/record-store.ts';
import { nameObject } from './name-object.ts';
import type { QueryContext } from './query-context.ts';
import { offsetOf, soqlError } from './soql-error.ts';

/** One relationship on the way to a field. */
export interface PathStep {
  /** The reference field, e.g. `OwnerId`. */
  readonly reference: FieldSchema;
  /** Objects it may lead to. */
  readonly targets: readonly ObjectSchema[];
  /** Several targets: the row's object is only known when it is read, and its fields are those of `Name`. */
  readonly polymorphic: boolean;
}

/** A field as a query names it, found in the schema: `Owner.Profile.Name`. */
export interface FieldPath {
  readonly steps: readonly PathStep[];
  readonly field: FieldSchema;
  /** As the query spells it. */
  readonly text: string;
}

const NO_COLUMN_HINT =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";
const NO_RELATIONSHIP_HINT =
  "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.";
/** A query may go up five relationships (SOQL and SOSL reference, relationship query limitations). */
const MAX_STEPS = 5;

/**
 * Finds a field by its path from an object.
 * @param alias name the FROM clause gives the object; a path may begin with it, or with the object's own name
 * @throws RestError 400 INVALID_FIELD
 */
export function resolvePath(context: QueryContext, object: ObjectSchema, text: string, alias?: string): FieldPath {
  const parts = text.split('.');
  if (parts.length > 1 && isPrefix(parts[0] ?? '', object, alias)) parts.shift();
  const fieldName = parts.pop() ?? '';
  if (parts.length > MAX_STEPS) {
    throw invalidField(context, text, 'SOQL queries may go up at most 5 levels of relationships.');
  }
  const steps: PathStep[] = [];
  let current = object;
  for (const part of parts) {
    const step = resolveStep(context, current, part, text);
    steps.push(step);
    current = step.polymorphic ? nameObject(context.schema) : (step.targets[0] ?? nameObject(context.schema));
  }
  const field = current.field(fieldName);
  if (field === undefined) {
    throw invalidField(context, text, `No such column '${fieldName}' on entity '${current.name}'. ${NO_COLUMN_HINT}`);
  }
  return { steps, field, text };
}

/** The relationship of a name, e.g. `Owner` on Case. @throws RestError 400 INVALID_FIELD */
export function resolveStep(context: QueryContext, object: ObjectSchema, name: string, text: string): PathStep {
  const reference = object.fields.find((field) => field.relationshipName?.toLowerCase() === name.toLowerCase());
  const targets = (reference?.referenceTo ?? []).flatMap((target) => context.schema.object(target) ?? []);
  if (reference === undefined || targets.length === 0) {
    throw invalidField(
      context,
      text,
      `Didn't understand relationship '${name}' in field path. ${NO_RELATIONSHIP_HINT}`,
    );
  }
  return { reference, targets, polymorphic: targets.length > 1 };
}

/** A path's value on a row; null where a relationship leads nowhere. */
export function pathValue(context: QueryContext, row: StoredRecord, path: FieldPath): FieldValue {
  let current = row;
  let owner: ObjectSchema | undefined;
  for (const step of path.steps) {
    const id = current[step.reference.name];
    const found = typeof id === 'string' ? context.referenced(step.targets, id) : undefined;
    if (found === undefined) return null;
    current = found.row;
    owner = step.polymorphic ? found.object : undefined;
  }
  return owner === undefined ? fieldValue(current, path.field) : polymorphicValue(owner, current, path.field);
}

/** Fields of `Name` on a row of whatever object: `Type` is the object's, and a queue's is `Queue`. */
export function polymorphicValue(object: ObjectSchema, row: StoredRecord, field: FieldSchema): FieldValue {
  if (field.name === 'Type') return object.name === 'Group' && row['Type'] === 'Queue' ? 'Queue' : object.name;
  const own = object.field(field.name);
  return own === undefined ? null : fieldValue(row, own);
}

export function invalidField(context: QueryContext, place: string, message: string): RestError {
  return soqlError('INVALID_FIELD', message, context.soql, offsetOf(context.soql, place));
}

function isPrefix(part: string, object: ObjectSchema, alias: string | undefined): boolean {
  const name = part.toLowerCase();
  if (name === alias?.toLowerCase()) return true;
  const isRelationship = object.fields.some((field) => field.relationshipName?.toLowerCase() === name);
  return name === object.name.toLowerCase() && !isRelationship;
}
