import type {
  FieldFunctionExpression,
  FieldType,
  FunctionExp,
  GroupByClause,
  Query,
} from '@jetstreamapp/soql-parser-js';

import { notImplemented, RestError } from '../../http/rest-error.ts';
import { wireValue } from '../../records/wire-value.ts';
import type { FieldSchema, ObjectSchema } from '../../schema/schema.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import { conditionTree } from '../conditions/condition-tree.ts';
import { treeFilter, valueTest } from '../conditions/filter.ts';
import { fieldExpression, functionExpression } from '../expressions.ts';
import type { RowExpression } from '../expressions.ts';
import { invalidField } from '../field-path.ts';
import type { QueryContext } from '../query-context.ts';
import type { QueryRecord } from './query-record.ts';
import { sortItems } from './sort.ts';
import { fieldText } from '../../state/field-text.ts';

const AGGREGATES = new Set(['COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX', 'SUM', 'AVG']);
/** A grouped query answers at most this many groups, and cannot be continued (SOQL reference, GROUP BY). */
const MAX_GROUPS = 2000;

interface Group {
  readonly keys: readonly FieldValue[];
  readonly rows: readonly StoredRecord[];
}

/** Something computed of a group: one of its keys, or an aggregate over its rows. */
interface GroupExpression {
  readonly field: FieldSchema;
  readonly value: (group: Group) => FieldValue;
}

/** True if a query asks for groups rather than rows. */
export function isAggregateQuery(query: Query): boolean {
  return query.groupBy !== undefined || (query.fields ?? []).some((field) => isAggregateCall(field));
}

export function isAggregateCall(call: FieldType | FunctionExp): call is FieldFunctionExpression {
  return 'functionName' in call && AGGREGATES.has((call.functionName ?? '').toUpperCase());
}

/**
 * Answers a query with aggregates or GROUP BY, from the rows its WHERE clause left.
 * @throws RestError 400 MALFORMED_QUERY, INVALID_FIELD
 */
export function aggregateRecords(
  context: QueryContext,
  object: ObjectSchema,
  query: Query,
  rows: readonly StoredRecord[],
): { readonly records: QueryRecord[]; readonly columns: ReadonlyMap<string, FieldSchema> } {
  const alias = query.sObjectAlias;
  const grouping = groupClauses(query).map((clause) => groupKey(context, object, clause, alias));
  const expressionOf = (item: string | FunctionExp): GroupExpression =>
    typeof item !== 'string' && isAggregateCall(item)
      ? aggregateOf(context, object, item, alias)
      : keyOf(context, object, item, alias, grouping);
  let unnamed = 0;
  const selections = (query.fields ?? []).map((field) => {
    if (field.type !== 'Field' && field.type !== 'FieldRelationship' && field.type !== 'FieldFunctionExpression') {
      throw new RestError(400, 'MALFORMED_QUERY', 'Grouped query cannot use child relationships in the SELECT list');
    }
    const item = field.type === 'FieldFunctionExpression' ? field : (rawName(field) ?? field.field);
    const expression = expressionOf(item);
    const own = field.type === 'FieldFunctionExpression' ? undefined : expression.field.name;
    const name = ('alias' in field ? field.alias : undefined) ?? own ?? `expr${unnamed++}`;
    return { name, expression };
  });
  let groups = groupsOf(grouping, rows);
  if (query.having !== undefined) {
    const having = treeFilter<Group>(conditionTree(context, query.having), (comparison) => {
      const item = 'fn' in comparison ? comparison.fn : comparison.field;
      const expression = expressionOf(item);
      const name = typeof item === 'string' ? item : (item.rawValue ?? '');
      const test = valueTest(context, expression, name, comparison, () => {
        throw new RestError(400, 'MALFORMED_QUERY', 'Nested queries are not allowed in the HAVING clause');
      });
      return (group) => test(expression.value(group));
    });
    groups = groups.filter(having);
  }
  const orderBy = query.orderBy === undefined ? [] : [query.orderBy].flat();
  const sorted = sortItems(
    groups,
    orderBy.map((clause) => {
      const expression = expressionOf('fn' in clause ? clause.fn : clause.field);
      return { clause, field: expression.field, value: expression.value };
    }),
  );
  const from = query.offset ?? 0;
  const records = sorted.slice(from, from + Math.min(query.limit ?? MAX_GROUPS, MAX_GROUPS)).map((group) => {
    const record: QueryRecord = { attributes: { type: 'AggregateResult' } };
    for (const { name, expression } of selections) record[name] = wireValue(expression.value(group), expression.field);
    return record;
  });
  return { records, columns: new Map(selections.map(({ name, expression }) => [name, expression.field])) };
}

function rawName(field: { field: string } | { rawValue?: string }): string | undefined {
  return 'rawValue' in field ? field.rawValue : undefined;
}

function groupClauses(query: Query): GroupByClause[] {
  return query.groupBy === undefined ? [] : [query.groupBy].flat();
}

function groupKey(
  context: QueryContext,
  object: ObjectSchema,
  clause: GroupByClause,
  alias: string | undefined,
): RowExpression {
  if ('fn' in clause) {
    const name = (clause.fn.functionName ?? '').toUpperCase();
    if (name === 'ROLLUP' || name === 'CUBE') throw notImplemented(`GROUP BY ${name}`);
    return functionExpression(context, object, clause.fn, alias);
  }
  const expression = fieldExpression(context, object, clause.field, alias);
  if (!expression.field.groupable) {
    throw invalidField(context, clause.field, `field '${clause.field}' can not be grouped in a query call`);
  }
  return expression;
}

function groupsOf(grouping: readonly RowExpression[], rows: readonly StoredRecord[]): Group[] {
  // Without GROUP BY all rows are one group, even if there is no row.
  if (grouping.length === 0) return [{ keys: [], rows }];
  const groups = new Map<string, { keys: FieldValue[]; rows: StoredRecord[] }>();
  for (const row of rows) {
    const keys = grouping.map((expression) => expression.value(row));
    const id = JSON.stringify(keys.map((key) => (typeof key === 'string' ? key.toLowerCase() : key)));
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { keys, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()];
}

function keyOf(
  context: QueryContext,
  object: ObjectSchema,
  item: string | FunctionExp,
  alias: string | undefined,
  grouping: readonly RowExpression[],
): GroupExpression {
  const expression =
    typeof item === 'string'
      ? fieldExpression(context, object, item, alias)
      : functionExpression(context, object, item, alias);
  const index = grouping.findIndex((key) => key.key === expression.key);
  if (index === -1) {
    const name = typeof item === 'string' ? item : (item.rawValue ?? '');
    throw new RestError(400, 'MALFORMED_QUERY', `Field must be grouped or aggregated: ${name}`);
  }
  return { field: expression.field, value: (group) => group.keys[index] ?? null };
}

function aggregateOf(
  context: QueryContext,
  object: ObjectSchema,
  call: FunctionExp,
  alias: string | undefined,
): GroupExpression {
  const name = (call.functionName ?? '').toUpperCase();
  const [parameter] = call.parameters ?? [];
  const id = object.field('Id');
  if (parameter === undefined) {
    if (name !== 'COUNT' || id === undefined)
      throw new RestError(400, 'MALFORMED_QUERY', `unexpected token: '${name}'`);
    return { field: { ...id, type: 'int' }, value: (group) => group.rows.length };
  }
  const expression =
    typeof parameter === 'string'
      ? fieldExpression(context, object, parameter, alias)
      : functionExpression(context, object, parameter, alias);
  const numeric = ['int', 'double', 'currency', 'percent', 'long'].includes(expression.field.type);
  if ((name === 'SUM' || name === 'AVG') && !numeric) {
    throw invalidField(
      context,
      call.rawValue ?? name,
      `field ${expression.field.name} does not support aggregate operator ${name}`,
    );
  }
  const counts = name === 'COUNT' || name === 'COUNT_DISTINCT';
  const computed = counts ? 'int' : name === 'SUM' || name === 'AVG' ? 'double' : undefined;
  const field = computed === undefined ? expression.field : { ...expression.field, type: computed };
  return {
    field,
    value: (group) =>
      aggregate(
        name,
        group.rows.map((row) => expression.value(row)),
      ),
  };
}

/** Nulls count for nothing; of no values there is neither least, greatest, sum nor mean. */
function aggregate(name: string, all: readonly FieldValue[]): FieldValue {
  const values = all.filter((value) => value !== null);
  if (name === 'COUNT') return values.length;
  if (name === 'COUNT_DISTINCT') return new Set(values.map((value) => fieldText(value).toLowerCase())).size;
  if (values.length === 0) return null;
  if (name === 'MIN' || name === 'MAX') {
    const sign = name === 'MIN' ? 1 : -1;
    return values.reduce((best, value) => (sign * order(value, best) < 0 ? value : best));
  }
  const sum = values.reduce((total: number, value) => total + Number(value), 0);
  return name === 'SUM' ? sum : sum / values.length;
}

function order(left: FieldValue, right: FieldValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return fieldText(left).localeCompare(fieldText(right), 'en');
}
