import type {
  FieldNameContext,
  FromNameListContext,
  QueryContext,
  SelectEntryContext,
  SoqlFunctionContext,
  SoslLiteralContext,
  SubFieldEntryContext,
  SubQueryContext,
  TypeOfContext,
} from '@apexdevtools/apex-parser';
import { BoundExpressionContext, ExpressionContext } from '@apexdevtools/apex-parser';
import type { ApexParserRuleContext } from '@apexdevtools/apex-parser';
import type { Expression } from '../ast/ast-expressions.ts';
import type {
  FieldPath,
  SelectItem,
  SoqlField,
  SoqlFrom,
  SoqlFunction,
  SoqlQuery,
  SoslSearch,
} from '../ast/ast-queries.ts';
import { readHaving, readLimit, readOrder, readWhere } from './read-query-clauses.ts';
import type { ClauseReaders } from './read-query-clauses.ts';
import { identifierOf, optional, positionOf, sourceOf } from '../tree.ts';
import type { ExpressionReader } from '../tree.ts';

function readPath(node: FieldNameContext): FieldPath {
  return node.soqlId_list().map(identifierOf);
}

/** Every `:expression` below a rule, those of sub-queries included. */
function bindsBelow(node: ApexParserRuleContext, read: ExpressionReader): Expression[] {
  if (node instanceof BoundExpressionContext) return [read(node.expression())];
  if (node instanceof ExpressionContext) return [];
  return (node.children ?? []).flatMap((child) =>
    'children' in child ? bindsBelow(child as ApexParserRuleContext, read) : [],
  );
}

function boundNodes(node: ApexParserRuleContext): BoundExpressionContext[] {
  if (node instanceof BoundExpressionContext) return [node];
  return (node.children ?? []).flatMap((child) =>
    'children' in child ? boundNodes(child as ApexParserRuleContext) : [],
  );
}

/** The source of a rule cut at its binds. */
function cutAtBinds(node: ApexParserRuleContext, read: ExpressionReader): Pick<SoqlQuery, 'texts' | 'binds'> {
  const stream = node.start.getInputStream();
  const last = (node.stop ?? node.start).stop;
  const texts: string[] = [];
  let from = node.start.start;
  const bounds = boundNodes(node);
  for (const bound of bounds) {
    texts.push(bound.start.start > from ? stream.getText(from, bound.start.start - 1) : '');
    from = (bound.stop ?? bound.start).stop + 1;
  }
  texts.push(from <= last ? stream.getText(from, last) : '');
  return { texts, binds: bounds.map((bound) => read(bound.expression())) };
}

/** Reads each expression once, so that whoever meets it again meets the same. */
function once(read: ExpressionReader): ExpressionReader {
  const known = new Map<unknown, Expression>();
  return (node) => {
    const expression = known.get(node) ?? read(node);
    known.set(node, expression);
    return expression;
  };
}

function readFunction(node: SoqlFunctionContext, read: ExpressionReader): SoqlFunction {
  const inner = optional(node.soqlFunction());
  const dateField = optional(node.dateFieldName());
  const field = optional(node.fieldName()) ?? (dateField === undefined ? undefined : optional(dateField.fieldName()));
  return {
    kind: 'function',
    at: positionOf(node),
    name: node.start.text.toUpperCase(),
    field: field === undefined ? undefined : readPath(field),
    inner: inner === undefined ? undefined : readFunction(inner, read),
    binds: bindsBelow(node, read),
  };
}

function readFieldOrFunction(
  field: FieldNameContext | undefined,
  call: SoqlFunctionContext,
  read: ExpressionReader,
): SoqlField | SoqlFunction {
  return field === undefined ? readFunction(call, read) : { kind: 'field', path: readPath(field) };
}

function readTypeof(node: TypeOfContext): SelectItem {
  const otherwise = optional(node.elseClause());
  return {
    kind: 'typeof',
    field: readPath(node.fieldName()),
    whens: node.whenClause_list().map((when) => ({
      object: readPath(when.fieldName()),
      fields: when.fieldNameList().fieldName_list().map(readPath),
    })),
    otherwise: otherwise === undefined ? [] : otherwise.fieldNameList().fieldName_list().map(readPath),
  };
}

function readSelectItem(node: SelectEntryContext | SubFieldEntryContext, read: ExpressionReader): SelectItem {
  const subquery = optional(node.subQuery());
  if (subquery !== undefined) return { kind: 'subquery', query: readSubQuery(subquery, read) };
  const typeOf = optional(node.typeOf());
  if (typeOf !== undefined) return readTypeof(typeOf);
  const alias = optional(node.soqlId());
  return {
    kind: 'column',
    value: readFieldOrFunction(optional(node.fieldName()), node.soqlFunction(), read),
    alias: alias === undefined ? undefined : identifierOf(alias),
  };
}

/** `FROM Account a, a.Contacts c`: the grammar lists names and aliases apart, so they are paired by their order in the text. */
function readFrom(node: FromNameListContext): SoqlFrom[] {
  const names = node.fieldName_list();
  const aliases = node.soqlId_list();
  return names.map((name, index) => {
    const next = names[index + 1];
    const alias = aliases.find(
      (one) => one.start.start > name.start.start && (next === undefined || one.start.start < next.start.start),
    );
    return { path: readPath(name), alias: alias === undefined ? undefined : identifierOf(alias) };
  });
}

/** What the clauses need of this file and of the reader of expressions. */
function readers(read: ExpressionReader): ClauseReaders {
  return {
    expression: read,
    subquery: (node) => readSubQuery(node, read),
    column: (field, call) => readFieldOrFunction(field, call, read),
  };
}

function readSubQuery(node: SubQueryContext, read: ExpressionReader): SoqlQuery {
  return {
    at: positionOf(node),
    text: sourceOf(node),
    ...cutAtBinds(node, read),
    select: node
      .subFieldList()
      .subFieldEntry_list()
      .map((one) => readSelectItem(one, read)),
    from: readFrom(node.fromNameList()),
    where: readWhere(optional(node.whereClause()), readers(read)),
    groupBy: [],
    groupKind: 'plain',
    having: undefined,
    orderBy: readOrder(optional(node.orderByClause()), readers(read)),
    limit: readLimit(optional(node.limitClause()), read),
    offset: undefined,
    access: undefined,
    allRows: false,
    forClauses: [],
  };
}

export function readQuery(node: QueryContext, readAnew: ExpressionReader): SoqlQuery {
  const read = once(readAnew);
  const group = optional(node.groupByClause());
  const withClause = optional(node.withClause());
  const fieldGroups = group === undefined ? undefined : optional(group.fieldGroupByList());
  const forClauses = optional(node.forClauses());
  return {
    at: positionOf(node),
    text: sourceOf(node),
    ...cutAtBinds(node, read),
    select: node
      .selectList()
      .selectEntry_list()
      .map((one) => readSelectItem(one, read)),
    from: readFrom(node.fromNameList()),
    where: readWhere(optional(node.whereClause()), readers(read)),
    groupBy:
      fieldGroups === undefined
        ? []
        : fieldGroups
            .fieldGroupBy_list()
            .map((one) => readFieldOrFunction(optional(one.fieldName()), one.soqlFunction(), read)),
    groupKind:
      group === undefined ? 'plain' : optional(group.ROLLUP()) ? 'rollup' : optional(group.CUBE()) ? 'cube' : 'plain',
    having: readHaving(group, readers(read)),
    orderBy: readOrder(optional(node.orderByClause()), readers(read)),
    limit: readLimit(optional(node.limitClause()), read),
    offset: readLimit(optional(node.offsetClause()), read),
    access:
      withClause === undefined
        ? undefined
        : (
            optional(withClause.SECURITY_ENFORCED()) ??
            optional(withClause.USER_MODE()) ??
            optional(withClause.SYSTEM_MODE())
          )
            ?.getText()
            .toUpperCase(),
    allRows: optional(node.allRowsClause()) !== undefined,
    forClauses:
      forClauses === undefined
        ? []
        : (forClauses.children ?? []).map((child) => child.getText().toUpperCase()).filter((word) => word !== 'FOR'),
  };
}

export function readSearch(node: SoslLiteralContext, read: ExpressionReader): SoslSearch {
  return { at: positionOf(node), text: sourceOf(node), binds: bindsBelow(node, read) };
}
