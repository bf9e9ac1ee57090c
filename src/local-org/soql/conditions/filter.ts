import type { Query, WhereClause } from '@jetstreamapp/soql-parser-js';

import type { ObjectSchema } from '../../schema/schema.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import { fieldExpression, functionExpression } from '../expressions.ts';
import type { RowExpression } from '../expressions.ts';
import type { QueryContext } from '../query-context.ts';
import { offsetOf, soqlError } from '../soql-error.ts';
import { compare, likePattern } from './compare.ts';
import { conditionTree } from './condition-tree.ts';
import type { Comparison, ConditionTree } from './condition-tree.ts';
import { expectationOf } from './literals.ts';
import type { Operand } from './literals.ts';
import { isBoundList, operandsOf, textsOf } from './right-side.ts';
import { fieldText } from '../../state/field-text.ts';

/** The values of a sub-query's one field. */
export type SemiJoin = (query: Query) => ReadonlySet<FieldValue>;
/** A filter of whatever a query filters: rows in WHERE, groups in HAVING. */
export type Filter<T> = (item: T) => boolean;

interface FilterOptions {
  readonly context: QueryContext;
  readonly object: ObjectSchema;
  readonly alias: string | undefined;
  readonly semiJoin: SemiJoin;
}

/**
 * Builds the filter of a WHERE clause.
 * @throws RestError 400 INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR, MALFORMED_QUERY
 */
export function whereFilter(options: FilterOptions, clause: WhereClause): Filter<StoredRecord> {
  return treeFilter(conditionTree(options.context, clause), (comparison) => rowFilter(options, comparison));
}

/** Puts a tree of conditions together from filters of the single comparisons. */
export function treeFilter<T>(tree: ConditionTree, leaf: (comparison: Comparison) => Filter<T>): Filter<T> {
  if (tree.kind === 'compare') return leaf(tree.comparison);
  if (tree.kind === 'not') {
    const inner = treeFilter(tree.term, leaf);
    return (item) => !inner(item);
  }
  const terms = tree.terms.map((term) => treeFilter(term, leaf));
  return tree.kind === 'and' ? (item) => terms.every((term) => term(item)) : (item) => terms.some((term) => term(item));
}

function rowFilter({ context, object, alias, semiJoin }: FilterOptions, comparison: Comparison): Filter<StoredRecord> {
  const expression =
    'fn' in comparison
      ? functionExpression(context, object, comparison.fn, alias)
      : fieldExpression(context, object, comparison.field, alias);
  const name = 'fn' in comparison ? (comparison.fn.rawValue ?? '') : comparison.field;
  if (!expression.field.filterable) {
    const message = `field '${name}' can not be filtered in a query call`;
    throw soqlError('INVALID_FIELD', message, context.soql, offsetOf(context.soql, name));
  }
  const test = valueTest(context, expression, name, comparison, semiJoin);
  return (row) => test(expression.value(row));
}

/** A test of values against one comparison's right-hand side. */
export function valueTest(
  context: QueryContext,
  expression: Pick<RowExpression, 'field'>,
  name: string,
  comparison: Comparison,
  semiJoin: SemiJoin,
): Filter<FieldValue> {
  const { field } = expression;
  const { operator } = comparison;
  if ('valueQuery' in comparison) {
    const values = semiJoin(comparison.valueQuery);
    if (operator === 'IN') return (value) => value !== null && values.has(value);
    if (operator === 'NOT IN') return (value) => !values.has(value);
    throw invalidOperator(context, name);
  }
  if (operator === 'LIKE') {
    const patterns = expectationOf(field) === 'text' ? textsOf(context, comparison, true) : undefined;
    if (patterns === undefined) throw invalidOperator(context, name);
    const expressions = patterns.map(likePattern);
    return (value) => value !== null && expressions.some((pattern) => pattern.test(fieldText(value)));
  }
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    const choices = field.type === 'multipicklist' ? textsOf(context, comparison, false) : undefined;
    if (choices === undefined) throw invalidOperator(context, name);
    return includesTest(choices, operator === 'INCLUDES');
  }
  const operands = operandsOf(context, field, name, comparison);
  const list = isBoundList(context, comparison);
  if (operator === 'IN' || (list && operator === '=')) return membership(operands);
  if (operator === 'NOT IN' || (list && operator === '!=')) {
    const isMember = membership(operands);
    return (value) => !isMember(value);
  }
  const [only] = operands;
  const ordered = !['=', '!='].includes(operator);
  if (only === undefined || list || (ordered && (expectationOf(field) === 'boolean' || only.kind === 'null'))) {
    throw invalidOperator(context, name);
  }
  return (value) => compare(value, operator, only);
}

/** Whether a value is one of a list; long lists of ids and texts are looked up, not gone through. */
function membership(operands: readonly Operand[]): Filter<FieldValue> {
  const ids = new Set(operands.flatMap((one) => (one.kind === 'id' && one.value !== '' ? [one.value] : [])));
  const texts = new Set(operands.flatMap((one) => (one.kind === 'text' && one.value !== '' ? [one.value] : [])));
  const rest = operands.filter((one) => (one.kind !== 'id' && one.kind !== 'text') || one.value === '');
  return (value) => {
    if (typeof value === 'string' && ids.size > 0 && ids.has(value)) return true;
    if (value !== null && texts.size > 0 && texts.has(fieldText(value).toLowerCase())) return true;
    return rest.some((one) => compare(value, '=', one));
  };
}

function includesTest(choices: readonly string[], wanted: boolean): Filter<FieldValue> {
  const all = choices.map((choice) => choice.toLowerCase().split(';'));
  return (value) => {
    const chosen = new Set(fieldText(value).toLowerCase().split(';'));
    return all.some((every) => every.every((one) => chosen.has(one))) === wanted;
  };
}

function invalidOperator(context: QueryContext, name: string): Error {
  const message = `invalid operator on ${name} field`;
  return soqlError('INVALID_QUERY_FILTER_OPERATOR', message, context.soql, offsetOf(context.soql, name));
}
