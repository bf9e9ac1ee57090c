import type {
  ConditionalExpressionContext,
  FieldExpressionContext,
  FieldNameContext,
  GroupByClauseContext,
  LimitClauseContext,
  LogicalExpressionContext,
  OffsetClauseContext,
  OrderByClauseContext,
  SoqlFunctionContext,
  SubQueryContext,
  ValueContext,
  WhereClauseContext,
  WhereConditionalExpressionContext,
  WhereLogicalExpressionContext,
} from '@apexdevtools/apex-parser';
import type { Expression } from '../ast/ast-expressions.ts';
import type { SoqlCondition, SoqlField, SoqlFunction, SoqlOrder, SoqlQuery, SoqlValue } from '../ast/ast-queries.ts';
import { unescapeString } from './read-literals.ts';
import { optional } from '../tree.ts';
import type { ExpressionReader } from '../tree.ts';

/** Readers of the parts a clause may hold; the file that has them imports this one. */
export interface ClauseReaders {
  readonly expression: ExpressionReader;
  readonly subquery: (node: SubQueryContext) => SoqlQuery;
  readonly column: (field: FieldNameContext | undefined, call: SoqlFunctionContext) => SoqlField | SoqlFunction;
}

type LiteralKind = Extract<SoqlValue, { kind: 'literal' }>['type'];

const literalAccessors = [
  ['NULL', 'null'],
  ['BooleanLiteral', 'boolean'],
  ['signedNumber', 'number'],
  ['DateLiteral', 'date'],
  ['TimeLiteral', 'time'],
  ['DateTimeLiteral', 'datetime'],
  ['dateFormula', 'dateFormula'],
] as const satisfies readonly (readonly [keyof ValueContext, LiteralKind])[];

function readValue(node: ValueContext, readers: ClauseReaders): SoqlValue {
  const bind = optional(node.boundExpression());
  if (bind !== undefined) return { kind: 'bind', expression: readers.expression(bind.expression()) };
  const subquery = optional(node.subQuery());
  if (subquery !== undefined) return { kind: 'subquery', query: readers.subquery(subquery) };
  const list = optional(node.valueList());
  if (list !== undefined) return { kind: 'list', values: list.value_list().map((one) => readValue(one, readers)) };
  const text = optional(node.StringLiteral()) ?? optional(node.MultilineStringLiteral());
  if (text !== undefined) return { kind: 'literal', type: 'string', text: unescapeString(text.getText()) };
  const found = literalAccessors.find(([accessor]) => optional(node[accessor]()) !== undefined);
  return { kind: 'literal', type: found === undefined ? 'currency' : found[1], text: node.getText() };
}

function readComparison(node: FieldExpressionContext, readers: ClauseReaders): SoqlCondition {
  const operator = node.comparisonOperator();
  return {
    kind: 'comparison',
    left: readers.column(optional(node.fieldName()), node.soqlFunction()),
    operator: (operator.children ?? [])
      .map((child) => child.getText().toUpperCase())
      .join(/^not/i.test(operator.getText()) ? ' ' : ''),
    value: readValue(node.value(), readers),
  };
}

function join(kind: 'and' | 'or', conditions: readonly SoqlCondition[]): SoqlCondition {
  const [first, ...rest] = conditions;
  return first !== undefined && rest.length === 0 ? first : { kind, conditions };
}

function readWhereCondition(node: WhereConditionalExpressionContext, readers: ClauseReaders): SoqlCondition {
  const group = optional(node.whereLogicalExpression());
  if (group !== undefined) return readWhereLogical(group, readers);
  const field = node.whereFieldExpression();
  const comparison = optional(field.fieldExpression());
  if (comparison !== undefined) return readComparison(comparison, readers);
  return {
    kind: 'comparison',
    left: {
      kind: 'function',
      at: { line: field.start.line, column: field.start.column + 1 },
      name: 'FORMULA',
      field: undefined,
      inner: undefined,
      binds: [],
    },
    operator: field.comparisonOperator().getText().toUpperCase(),
    value: readValue(field.value(), readers),
  };
}

function readWhereLogical(node: WhereLogicalExpressionContext, readers: ClauseReaders): SoqlCondition {
  const parts = node.whereConditionalExpression_list().map((one) => readWhereCondition(one, readers));
  const [first] = parts;
  if (optional(node.NOT()) && first !== undefined) return { kind: 'not', condition: first };
  return join(node.SOQLOR_list().length > 0 ? 'or' : 'and', parts);
}

function readCondition(node: ConditionalExpressionContext, readers: ClauseReaders): SoqlCondition {
  const group = optional(node.logicalExpression());
  return group === undefined ? readComparison(node.fieldExpression(), readers) : readLogical(group, readers);
}

function readLogical(node: LogicalExpressionContext, readers: ClauseReaders): SoqlCondition {
  const parts = node.conditionalExpression_list().map((one) => readCondition(one, readers));
  const [first] = parts;
  if (optional(node.NOT()) && first !== undefined) return { kind: 'not', condition: first };
  return join(node.SOQLOR_list().length > 0 ? 'or' : 'and', parts);
}

export function readWhere(node: WhereClauseContext | undefined, readers: ClauseReaders): SoqlCondition | undefined {
  return node === undefined ? undefined : readWhereLogical(node.whereLogicalExpression(), readers);
}

export function readHaving(node: GroupByClauseContext | undefined, readers: ClauseReaders): SoqlCondition | undefined {
  const having = node === undefined ? undefined : optional(node.logicalExpression());
  return having === undefined ? undefined : readLogical(having, readers);
}

export function readOrder(node: OrderByClauseContext | undefined, readers: ClauseReaders): SoqlOrder[] {
  if (node === undefined) return [];
  return node
    .fieldOrderList()
    .fieldOrder_list()
    .map((order) => ({
      value: readers.column(optional(order.fieldName()), order.soqlFunction()),
      descending: optional(order.DESC()) !== undefined,
      nulls: optional(order.NULLS()) === undefined ? undefined : optional(order.FIRST()) ? 'first' : 'last',
    }));
}

/** LIMIT or OFFSET: a number, or the bound expression. */
export function readLimit(
  node: LimitClauseContext | OffsetClauseContext | undefined,
  read: ExpressionReader,
): number | Expression | undefined {
  if (node === undefined) return undefined;
  const bind = optional(node.boundExpression());
  return bind === undefined ? Number(node.IntegerLiteral().getText()) : read(bind.expression());
}
