import type { Identifier, Position } from '../../parse/ast/ast.ts';
import type {
  FieldPath,
  SelectItem,
  SoqlCondition,
  SoqlField,
  SoqlFunction,
  SoqlQuery,
  SoqlValue,
} from '../../parse/ast/ast-queries.ts';
import { findSObjectType } from '../../symbols/program.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import type { SObjectField } from '../../types/sobject-fields.ts';
import type { ApexType, SObjectType } from '../../types/type.ts';
import { aggregateResultType, isCollection, primitives, rowsType, sobjectType } from '../../types/type.ts';
import { checkGrouping, isAggregate } from './soql-grouping.ts';
import { checkLiteral } from './soql-literals.ts';
import type { Scope } from '../scope.ts';

/** Names a query may use before a dot, and what they are. */
interface QueryNames {
  readonly object: SObjectType;
  readonly aliases: ReadonlyMap<string, SObjectType>;
  /** Aliases of columns, which ORDER BY and HAVING may name. */
  readonly columns: ReadonlySet<string>;
}

function report(name: Identifier, message: string, scope: Scope): undefined {
  scope.context.report(name.at, message);
  return undefined;
}

function parentOf(type: SObjectType, name: Identifier, scope: Scope): SObjectType | 'unknown' | undefined {
  const field = findSObjectField(type, name.text, scope.context.program.schema);
  if (field === undefined) {
    return report(
      name,
      `Didn't understand relationship '${name.text}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
      scope,
    );
  }
  if (field.type.kind === 'unknown') return 'unknown';
  // A compound field (BillingAddress) holds its parts only in Apex, not in a query.
  return field.kind === 'parent' && field.type.kind === 'sobject'
    ? field.type
    : report(name, `Didn't understand relationship '${name.text}' in field path.`, scope);
}

/** Follows a path to its field; reports the name that is not there. */
function checkPath(path: FieldPath, names: QueryNames, scope: Scope): SObjectField | undefined {
  const [first, ...others] = path;
  if (first === undefined) return undefined;
  if (others.length === 0 && names.columns.has(first.text.toLowerCase())) return undefined;
  const alias = others.length === 0 ? undefined : names.aliases.get(first.text.toLowerCase());
  let type = alias ?? names.object;
  const steps = alias === undefined ? path : others;
  for (const step of steps.slice(0, -1)) {
    const parent = parentOf(type, step, scope);
    if (parent === undefined || parent === 'unknown') return undefined;
    type = parent;
  }
  const last = steps.at(-1);
  if (last === undefined) return undefined;
  const field = findSObjectField(type, last.text, scope.context.program.schema);
  if (field === undefined || field.kind !== 'scalar') {
    return report(
      last,
      `No such column '${last.text}' on entity '${type.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
      scope,
    );
  }
  return field;
}

function checkValue(value: SoqlField | SoqlFunction, names: QueryNames, scope: Scope): SObjectField | undefined {
  if (value.kind === 'field') return checkPath(value.path, names, scope);
  for (const bind of value.binds) scope.context.check(bind, scope);
  if (value.inner !== undefined) checkValue(value.inner, names, scope);
  if (value.field !== undefined) checkPath(value.field, names, scope);
  return undefined;
}

function checkRightSide(
  value: SoqlValue,
  field: SObjectField | undefined,
  left: SoqlField | SoqlFunction,
  scope: Scope,
): void {
  switch (value.kind) {
    case 'bind':
      scope.context.check(value.expression, scope);
      break;
    case 'list':
      for (const one of value.values) checkRightSide(one, field, left, scope);
      break;
    case 'subquery':
      checkObjectQuery(value.query, undefined, scope);
      break;
    case 'literal':
      if (left.kind === 'field' && field !== undefined) {
        const problem = checkLiteral(value, field);
        const name = left.path.at(-1);
        if (problem !== undefined && name !== undefined) report(name, problem, scope);
      }
      break;
  }
}

function checkCondition(condition: SoqlCondition, names: QueryNames, scope: Scope): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      for (const one of condition.conditions) checkCondition(one, names, scope);
      break;
    case 'not':
      checkCondition(condition.condition, names, scope);
      break;
    case 'comparison':
      checkRightSide(condition.value, checkValue(condition.left, names, scope), condition.left, scope);
      break;
  }
}

/** Does any comparison, however it is joined, filter on one of these fields? */
function filtersOn(condition: SoqlCondition | undefined, fields: readonly string[]): boolean {
  if (condition === undefined) return false;
  if ('conditions' in condition) return condition.conditions.some((one) => filtersOn(one, fields));
  if (condition.kind === 'not') return filtersOn(condition.condition, fields);
  const last = condition.left.kind === 'field' ? condition.left.path.at(-1) : undefined;
  return last !== undefined && fields.includes(last.text.toLowerCase());
}

const linkFilters = ['contentdocumentid', 'linkedentityid', 'id'];

function checkContentDocumentLink(query: SoqlQuery, object: SObjectType, scope: Scope): void {
  const name = query.from[0]?.path.at(-1);
  if (name === undefined || object.name !== 'ContentDocumentLink' || filtersOn(query.where, linkFilters)) return;
  report(
    name,
    "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.",
    scope,
  );
}

/** The further objects of a FROM (`FROM Account a, a.Contacts c`) and every alias. */
function aliasesOf(query: SoqlQuery, object: SObjectType, scope: Scope): Map<string, SObjectType> {
  const aliases = new Map<string, SObjectType>([[object.name.toLowerCase(), object]]);
  for (const [index, from] of query.from.entries()) {
    let type: ApexType = object;
    const steps = index === 0 ? [] : from.path;
    for (const [step, name] of steps.entries()) {
      const alias = step === 0 ? aliases.get(name.text.toLowerCase()) : undefined;
      const field: SObjectField | undefined =
        alias === undefined && type.kind === 'sobject'
          ? findSObjectField(type, name.text, scope.context.program.schema)
          : undefined;
      const next: ApexType | undefined = alias ?? field?.type;
      type =
        next !== undefined && isCollection(next, 'List') ? (next.arguments[0] ?? sobjectType) : (next ?? sobjectType);
    }
    const name = from.alias ?? from.path.at(-1);
    if (name !== undefined && type.kind === 'sobject') aliases.set(name.text.toLowerCase(), type);
  }
  return aliases;
}

function checkSelect(item: SelectItem, names: QueryNames, scope: Scope): void {
  switch (item.kind) {
    case 'column':
      checkValue(item.value, names, scope);
      break;
    case 'subquery':
      checkChildQuery(item.query, names.object, scope);
      break;
    case 'typeof':
      for (const when of item.whens) {
        const name = when.object.at(-1);
        const type = name === undefined ? undefined : findSObjectType(name.text, scope.context.program);
        if (type?.kind !== 'sobject') continue;
        for (const path of when.fields) checkPath(path, { ...names, object: type, aliases: new Map() }, scope);
      }
      break;
  }
}

/** The grammar takes a keyword without its clause for an alias: `FROM Contact WHERE]`. */
const clauseKeywords = new Set([
  'where',
  'order',
  'group',
  'having',
  'limit',
  'offset',
  'with',
  'for',
  'using',
  'from',
]);

function checkAliases(query: SoqlQuery, scope: Scope): void {
  const aliases = [
    ...query.from.map((one) => one.alias),
    ...query.select.map((one) => (one.kind === 'column' ? one.alias : undefined)),
  ];
  for (const alias of aliases) {
    if (alias !== undefined && clauseKeywords.has(alias.text.toLowerCase()))
      report(alias, `Unexpected token '${alias.text}'.`, scope);
  }
}

function checkClauses(query: SoqlQuery, object: SObjectType, scope: Scope): void {
  checkAliases(query, scope);
  const aliases = aliasesOf(query, object, scope);
  const columns = new Set(
    query.select.flatMap((item) =>
      item.kind === 'column' && item.alias !== undefined ? [item.alias.text.toLowerCase()] : [],
    ),
  );
  const names: QueryNames = { object, aliases, columns: new Set() };
  for (const item of query.select) checkSelect(item, names, scope);
  if (query.where !== undefined) checkCondition(query.where, names, scope);
  for (const group of query.groupBy) checkValue(group, { ...names, columns }, scope);
  if (query.having !== undefined) checkCondition(query.having, { ...names, columns }, scope);
  for (const order of query.orderBy) checkValue(order.value, { ...names, columns }, scope);
  for (const ungrouped of checkGrouping(query))
    report(ungrouped, `Field must be grouped or aggregated: ${ungrouped.text}`, scope);
  checkContentDocumentLink(query, object, scope);
  for (const bound of [query.limit, query.offset]) {
    if (bound !== undefined && typeof bound !== 'number') scope.context.check(bound, scope);
  }
}

function checkChildQuery(query: SoqlQuery, parent: SObjectType, scope: Scope): void {
  const name = query.from[0]?.path.at(-1);
  if (name === undefined) return;
  const field = findSObjectField(parent, name.text, scope.context.program.schema);
  const child = field?.kind === 'children' && isCollection(field.type, 'List') ? field.type.arguments[0] : undefined;
  if (child?.kind !== 'sobject') {
    report(
      name,
      `Didn't understand relationship '${name.text}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
      scope,
    );
    return;
  }
  if (child.schema !== undefined) checkClauses(query, child, scope);
}

/** The object of a query that stands on its own; reports one that is none. */
function checkObjectQuery(query: SoqlQuery, at: Position | undefined, scope: Scope): SObjectType | undefined {
  const name = query.from[0]?.path.at(-1);
  if (name === undefined) return undefined;
  const type = findSObjectType(name.text, scope.context.program);
  if (type?.kind !== 'sobject' || type.schema === undefined) {
    // The compiler knows the object of the outermost query as a type; names inside a query are the query engine's.
    if (at === undefined) return report(name, `sObject type '${name.text}' is not supported.`, scope);
    scope.context.report(at, `Invalid type: Schema.${name.text}`);
    return undefined;
  }
  checkClauses(query, type, scope);
  return type;
}

/** The type of a query in brackets: rows of its object, AggregateResults, or an Integer for a bare COUNT(). */
export function checkQuery(query: SoqlQuery, at: Position, scope: Scope): ApexType {
  const object = checkObjectQuery(query, at, scope);
  const [only] = query.select;
  const isCount =
    query.select.length === 1 &&
    only?.kind === 'column' &&
    only.value.kind === 'function' &&
    only.value.name === 'COUNT' &&
    only.value.field === undefined;
  if (isCount) return primitives.Integer;
  if (isAggregate(query)) return rowsType(aggregateResultType);
  return rowsType(object ?? sobjectType);
}
