import type { OrderByClause } from '@jetstreamapp/soql-parser-js';

import type { FieldSchema } from '../../schema/schema.ts';
import type { FieldValue } from '../../state/record-store.ts';
import { fieldText } from '../../state/field-text.ts';

/** One criterion of ORDER BY on whatever is sorted. */
export interface SortKey<T> {
  readonly clause: Pick<OrderByClause, 'order' | 'nulls'>;
  readonly field: Pick<FieldSchema, 'type' | 'picklistValues'>;
  readonly value: (item: T) => FieldValue;
}

const collator = new Intl.Collator('en', { sensitivity: 'base' });

/**
 * Sorts as SOQL does: text without case, picklists by the order of their values, nulls first unless told otherwise, and
 * equal items in the order they came in.
 */
export function sortItems<T>(items: readonly T[], keys: readonly SortKey<T>[]): T[] {
  if (keys.length === 0) return [...items];
  const decorated = items.map((item) => ({ item, values: keys.map((key) => key.value(item)) }));
  decorated.sort((left, right) => {
    for (const [index, key] of keys.entries()) {
      const difference = compareKeys(left.values[index] ?? null, right.values[index] ?? null, key);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return decorated.map(({ item }) => item);
}

function compareKeys<T>(left: FieldValue, right: FieldValue, { clause, field }: SortKey<T>): number {
  if (left === null || right === null) {
    if (left === right) return 0;
    const nullsLast = clause.nulls === 'LAST' ? 1 : -1;
    return left === null ? nullsLast : -nullsLast;
  }
  const sign = clause.order === 'DESC' ? -1 : 1;
  return sign * compareValues(left, right, field);
}

function compareValues(
  left: FieldValue,
  right: FieldValue,
  field: Pick<FieldSchema, 'type' | 'picklistValues'>,
): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  const [one, other] = [fieldText(left), fieldText(right)];
  if (field.type === 'picklist' && field.picklistValues.length > 0) {
    const difference = rank(field.picklistValues, one) - rank(field.picklistValues, other);
    if (difference !== 0) return difference;
  }
  if (field.type === 'id' || field.type === 'reference') return one < other ? -1 : one > other ? 1 : 0;
  return collator.compare(one, other);
}

/** Values that are none of the picklist's come after them. */
function rank(values: readonly string[], value: string): number {
  const index = values.indexOf(value);
  return index === -1 ? values.length : index;
}
