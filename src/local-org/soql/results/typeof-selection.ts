import type { FieldTypeOf } from '@jetstreamapp/soql-parser-js';

import { fieldValue } from '../../records/field-value.ts';
import { recordAttributes, wireValue } from '../../records/wire-value.ts';
import type { ObjectSchema } from '../../schema/schema.ts';
import { polymorphicValue, resolvePath, resolveStep } from '../field-path.ts';
import { nameObject } from '../name-object.ts';
import type { QueryContext } from '../query-context.ts';
import type { QueryRecord } from './query-record.ts';
import type { Selection } from './select-list.ts';
import { urlBase } from './url-base.ts';

/** `TYPEOF Owner WHEN User THEN … ELSE … END`: which fields are shown depends on the object the reference leads to. */
export function typeofSelection(context: QueryContext, object: ObjectSchema, clause: FieldTypeOf): Selection {
  const step = resolveStep(context, object, clause.field, clause.field);
  const fieldsOf = new Map<string, readonly string[]>();
  for (const condition of clause.conditions) {
    const target =
      condition.type === 'ELSE' ? nameObject(context.schema) : context.schema.object(condition.objectType ?? '');
    const checked =
      target ?? resolveStep(context, object, condition.objectType ?? '', condition.objectType ?? '').targets[0];
    if (checked === undefined) continue;
    const names = condition.fieldList.map((name) => resolvePath(context, checked, name).field.name);
    fieldsOf.set(checked.name, names);
  }
  const name = step.reference.relationshipName ?? step.reference.name;
  return (row, record) => {
    const id = row[step.reference.name];
    const found = typeof id === 'string' ? context.referenced(step.targets, id) : undefined;
    record[name] = null;
    if (found === undefined) return;
    const related: QueryRecord = { attributes: recordAttributes(urlBase(context), found.object.name, found.row) };
    const own = fieldsOf.get(found.object.name);
    for (const fieldName of own ?? fieldsOf.get('Name') ?? []) {
      const field = (own === undefined ? nameObject(context.schema) : found.object).field(fieldName);
      if (field === undefined) continue;
      const value = own === undefined ? polymorphicValue(found.object, found.row, field) : fieldValue(found.row, field);
      related[field.name] = wireValue(value, field);
    }
    record[name] = related;
  };
}
