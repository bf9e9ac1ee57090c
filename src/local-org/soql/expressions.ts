import type { FunctionExp } from '@jetstreamapp/soql-parser-js';

import { notImplemented } from '../http/rest-error.ts';
import type { FieldSchema, ObjectSchema } from '../schema/schema.ts';
import type { FieldValue, StoredRecord } from '../state/record-store.ts';
import { dateFunction } from './date-functions.ts';
import { pathValue, resolvePath } from './field-path.ts';
import type { QueryContext } from './query-context.ts';

/** Something a query computes of one row: a field, or a function of one. */
export interface RowExpression {
  /** The field at its heart: what decides how values are compared and shown. */
  readonly field: FieldSchema;
  /** As the query spells it, without regard to case: how GROUP BY and SELECT recognise each other. */
  readonly key: string;
  readonly value: (row: StoredRecord) => FieldValue;
  /** A date function's number or date rather than the field's own value. */
  readonly computed: boolean;
}

/** A field by its path. @throws RestError 400 INVALID_FIELD */
export function fieldExpression(
  context: QueryContext,
  object: ObjectSchema,
  text: string,
  alias: string | undefined,
): RowExpression {
  const path = resolvePath(context, object, text, alias);
  const key = [...path.steps.map((step) => step.reference.relationshipName), path.field.name].join('.').toLowerCase();
  return { field: path.field, key, value: (row) => pathValue(context, row, path), computed: false };
}

const NUMBER_FIELD: Partial<FieldSchema> = { type: 'int', referenceTo: [] };

/** A function of a field that is no aggregate, e.g. `CALENDAR_YEAR(CreatedDate)`. */
export function functionExpression(
  context: QueryContext,
  object: ObjectSchema,
  call: FunctionExp,
  alias: string | undefined,
): RowExpression {
  const name = call.functionName ?? '';
  const [parameter] = call.parameters ?? [];
  const inner =
    typeof parameter === 'string'
      ? fieldExpression(context, object, parameter, alias)
      : functionExpression(context, object, parameter ?? {}, alias);
  // A label is the value itself here: the local org has one language, and picklist labels equal their values.
  if (name.toUpperCase() === 'TOLABEL') return inner;
  // All of this org is in GMT.
  if (name.toUpperCase() === 'CONVERTTIMEZONE') return inner;
  const date = dateFunction(name);
  if (date === undefined) throw notImplemented(`the SOQL function ${name}`);
  const field = name.toUpperCase() === 'DAY_ONLY' ? { type: 'date' } : NUMBER_FIELD;
  return {
    field: { ...inner.field, ...field },
    key: `${name.toLowerCase()}(${inner.key})`,
    value: (row) => date(inner.value(row)),
    computed: true,
  };
}
