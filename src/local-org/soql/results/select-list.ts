import type { FieldFunctionExpression, FieldType, Subquery } from '@jetstreamapp/soql-parser-js';

import { notImplemented, RestError } from '../../http/rest-error.ts';
import { recordAttributes, wireValue } from '../../records/wire-value.ts';
import type { ObjectSchema } from '../../schema/schema.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { functionExpression } from '../expressions.ts';
import { invalidField, pathValue, polymorphicValue, resolvePath } from '../field-path.ts';
import type { FieldPath, PathStep } from '../field-path.ts';
import type { QueryContext } from '../query-context.ts';
import type { QueryRecord, SubqueryResult } from './query-record.ts';
import { typeofSelection } from './typeof-selection.ts';
import { urlBase } from './url-base.ts';

/** Puts one selected thing of a row into the record being built. */
export type Selection = (row: StoredRecord, record: QueryRecord) => void;

export interface SelectOptions {
  readonly context: QueryContext;
  readonly object: ObjectSchema;
  readonly alias: string | undefined;
  readonly limit: number | undefined;
  /** Runs a child query for a parent row; checked once, run for each row. */
  readonly childQuery: (subquery: Subquery) => (parent: StoredRecord) => SubqueryResult | null;
}

/** FIELDS(ALL) and FIELDS(CUSTOM) are unbounded, and allowed only in small answers. */
const MAX_FIELDS_LIMIT = 200;

/**
 * Builds the selections of a SELECT list without aggregates.
 * @throws RestError 400 INVALID_FIELD
 */
export function selectList(options: SelectOptions, fields: readonly FieldType[]): Selection[] {
  const { context, object, alias } = options;
  const seen = new Set<string>();
  const once = (name: string): void => {
    const key = name.toLowerCase();
    if (seen.has(key)) throw invalidField(context, name, `duplicate field selected: ${name}`);
    seen.add(key);
  };
  return fields.flatMap((field): Selection[] => {
    switch (field.type) {
      case 'Field':
      case 'FieldRelationship': {
        const text = 'rawValue' in field && field.rawValue !== undefined ? field.rawValue : field.field;
        once(text);
        return [pathSelection(context, object, resolvePath(context, object, text, alias))];
      }
      case 'FieldSubquery': {
        const run = options.childQuery(field.subquery);
        const name = childName(object, field.subquery.relationshipName);
        return [
          (row, record) => {
            record[name] = run(row);
          },
        ];
      }
      case 'FieldTypeof':
        return [typeofSelection(context, object, field)];
      case 'FieldFunctionExpression':
        return field.functionName.toUpperCase() === 'FIELDS'
          ? allFields(options, field).map((name) => pathSelection(context, object, resolvePath(context, object, name)))
          : [functionSelection(options, field)];
    }
  });
}

/** A relationship spelled as the schema does. */
function childName(object: ObjectSchema, name: string): string {
  const found = object.childRelationships.find((child) => child.relationshipName?.toLowerCase() === name.toLowerCase());
  return found?.relationshipName ?? name;
}

function functionSelection({ context, object, alias }: SelectOptions, call: FieldFunctionExpression): Selection {
  const expression = functionExpression(context, object, call, alias);
  if (expression.computed) {
    throw new RestError(400, 'MALFORMED_QUERY', `Date function must be grouped: ${call.rawValue ?? call.functionName}`);
  }
  const name = call.alias ?? expression.field.name;
  return (row, record) => {
    record[name] = wireValue(expression.value(row), expression.field);
  };
}

function allFields({ context, object, limit }: SelectOptions, call: FieldFunctionExpression): string[] {
  const [group] = call.parameters;
  const kind = typeof group === 'string' ? group.toUpperCase() : '';
  if (kind !== 'STANDARD' && (limit === undefined || limit > MAX_FIELDS_LIMIT)) {
    throw new RestError(400, 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  if (!['ALL', 'STANDARD', 'CUSTOM'].includes(kind)) throw notImplemented(`FIELDS(${kind})`);
  if (context.api === 'tooling') throw notImplemented('FIELDS() in the Tooling API');
  return object.fields
    .filter((field) => kind === 'ALL' || field.custom === (kind === 'CUSTOM'))
    .map((field) => field.name);
}

function pathSelection(context: QueryContext, object: ObjectSchema, path: FieldPath): Selection {
  if (path.steps.length === 0) {
    if (path.field.type === 'junctionidlist' || path.field.name === 'Comments') throw unreadable(context, object, path);
    return (row, record) => {
      record[path.field.name] = wireValue(pathValue(context, row, path), path.field);
    };
  }
  return (row, record) => {
    selectRelated(context, row, record, path, path.steps);
  };
}

/** `Case.Comments` and junction lists can be written and not read. */
function unreadable(context: QueryContext, object: ObjectSchema, path: FieldPath): RestError {
  const message = `No such column '${path.field.name}' on entity '${object.name}'.`;
  return invalidField(context, path.text, message);
}

/** Goes up the relationships, making a nested record for each; several fields of one relationship share it. */
function selectRelated(
  context: QueryContext,
  row: StoredRecord,
  record: QueryRecord,
  path: FieldPath,
  steps: readonly PathStep[],
): void {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  const name = step.reference.relationshipName ?? step.reference.name;
  const id = row[step.reference.name];
  const found = typeof id === 'string' ? context.referenced(step.targets, id) : undefined;
  if (found === undefined) {
    record[name] = null;
    return;
  }
  const existing = record[name];
  const related = isRecord(existing) ? existing : relatedRecord(context, step, found.object, found.row);
  record[name] = related;
  if (rest.length > 0) selectRelated(context, found.row, related, path, rest);
  else {
    const value = step.polymorphic
      ? polymorphicValue(found.object, found.row, path.field)
      : pathValue(context, found.row, { ...path, steps: [] });
    related[path.field.name] = wireValue(value, path.field);
  }
}

function relatedRecord(context: QueryContext, step: PathStep, object: ObjectSchema, row: StoredRecord): QueryRecord {
  const attributes = recordAttributes(urlBase(context), object.name, row);
  return { attributes: step.polymorphic ? { ...attributes, type: 'Name' } : attributes };
}

function isRecord(value: unknown): value is QueryRecord {
  return typeof value === 'object' && value !== null && 'attributes' in value;
}
