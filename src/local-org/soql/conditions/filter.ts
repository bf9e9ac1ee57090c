import type { Query, WhereClause } from '@jetstreamapp/soql-parser-js';

import { notImplemented } from '../../http/rest-error.ts';
import type { FieldSchema, ObjectSchema } from '../../schema/schema.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import { fieldExpression, functionExpression } from '../expressions.ts';
import type { RowExpression } from '../expressions.ts';
import type { QueryContext } from '../query-context.ts';
import { offsetOf, soqlError } from '../soql-error.ts';
import { compare, likePattern } from './compare.ts';
import { conditionTree } from './condition-tree.ts';
import type { Comparison, ConditionTree } from './condition-tree.ts';
import { expectationOf, operand, unquote } from './literals.ts';
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
  const texts = Array.isArray(comparison.value) ? comparison.value : [comparison.value];
  const literals = texts.map((_, index) => literalType(comparison.literalType, index));
  if (operator === 'LIKE') return likeTest(context, field, name, texts, literals);
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    if (field.type !== 'multipicklist') throw invalidOperator(context, name);
    const wanted = texts.map((text) => unquote(text).toLowerCase().split(';'));
    return (value) => {
      const chosen = new Set(
        fieldText(value ?? '')
          .toLowerCase()
          .split(';'),
      );
      const found = wanted.some((all) => all.every((one) => chosen.has(one)));
      return found === (operator === 'INCLUDES');
    };
  }
  const operands = texts.map((text, index) => operand(context, field, name, text, literals[index] ?? 'STRING'));
  if (operator === 'IN') return (value) => operands.some((one) => compare(value, '=', one));
  if (operator === 'NOT IN') return (value) => !operands.some((one) => compare(value, '=', one));
  const [only] = operands;
  const ordered = !['=', '!='].includes(operator);
  if (only === undefined || (ordered && (expectationOf(field) === 'boolean' || only.kind === 'null'))) {
    throw invalidOperator(context, name);
  }
  return (value) => compare(value, operator, only);
}

function likeTest(
  context: QueryContext,
  field: FieldSchema,
  name: string,
  texts: readonly string[],
  literals: readonly string[],
): Filter<FieldValue> {
  if (expectationOf(field) !== 'text' || literals.some((literal) => literal !== 'STRING')) {
    throw invalidOperator(context, name);
  }
  const patterns = texts.map((text) => likePattern(unquote(text, true)));
  return (value) => value !== null && patterns.some((pattern) => pattern.test(fieldText(value)));
}

function literalType(types: string | readonly string[] | undefined, index: number): string {
  if (types === undefined) return 'STRING';
  if (typeof types === 'string') {
    if (types === 'APEX_BIND_VARIABLE') throw notImplemented('bind variables outside Apex');
    return types;
  }
  return types[index] ?? 'STRING';
}

function invalidOperator(context: QueryContext, name: string): Error {
  const message = `invalid operator on ${name} field`;
  return soqlError('INVALID_QUERY_FILTER_OPERATOR', message, context.soql, offsetOf(context.soql, name));
}
