import type { Query, Subquery, WhereClause } from '@jetstreamapp/soql-parser-js';

import { notImplemented, RestError } from '../http/rest-error.ts';
import { recordAttributes } from '../records/wire-value.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../state/record-store.ts';
import { candidatesOf } from './conditions/candidates.ts';
import { conditionTree } from './conditions/condition-tree.ts';
import { whereFilter } from './conditions/filter.ts';
import { fieldExpression, functionExpression } from './expressions.ts';
import { invalidField, resolvePath } from './field-path.ts';
import { parseSoql } from './parse-soql.ts';
import type { ApiName, QueryAccess, QueryContext } from './query-context.ts';
import { queryContext } from './query-context.ts';
import { checkRestrictions, checkToolingMetadata } from './restrictions.ts';
import { aggregateRecords, isAggregateCall, isAggregateQuery } from './results/aggregate.ts';
import type { QueryRecord, QueryResult, SubqueryResult } from './results/query-record.ts';
import { selectList } from './results/select-list.ts';
import { sortItems } from './results/sort.ts';
import { urlBase } from './results/url-base.ts';
import { offsetOf, soqlError } from './soql-error.ts';

/** SOQL and SOSL reference, OFFSET. */
const MAX_OFFSET = 2000;

/**
 * Runs a query and answers all of it.
 * @param api which objects there are: the data API's or the Tooling API's
 * @throws RestError 400 MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE and others; 501 for what is not implemented
 */
export function runSoql(org: OrgState, api: ApiName, soql: string, access: QueryAccess): QueryResult {
  const query = parseSoql(soql, access.bind !== undefined);
  const context = queryContext(org, api, soql, access);
  const object = queriedObject(context, query.sObject ?? '');
  checkRestrictions(context, object, query);
  const rows = matchingRows(context, object, query);
  if (isCountQuery(query)) return { totalSize: windowOf(rows, query).length, records: [] };
  if (isAggregateQuery(query)) {
    const { records, columns } = aggregateRecords(context, object, query, rows);
    return { totalSize: records.length, records, groups: { columns, rows: rows.length } };
  }
  const records = rowRecords(context, object, query, rows);
  checkToolingMetadata(context, query, records.length);
  return { totalSize: records.length, records };
}

/** `SELECT COUNT() FROM …` answers a number and no records. */
export function isCountQuery(query: Query): boolean {
  const [only, ...others] = query.fields ?? [];
  return (
    only !== undefined &&
    others.length === 0 &&
    isAggregateCall(only) &&
    only.parameters.length === 0 &&
    only.functionName === 'COUNT'
  );
}

/** The object of a FROM clause. @throws RestError 400 INVALID_TYPE */
export function queriedObject(context: QueryContext, name: string): ObjectSchema {
  const object = context.schema.object(name);
  if (object === undefined && context.org.schema()[context.api].object(name) !== undefined) {
    // What is there and not for this user is told without a place and without a hint.
    throw soqlError('INVALID_TYPE', `sObject type '${name}' is not supported.`, context.soql, undefined);
  }
  if (object === undefined || !object.queryable) {
    const hint =
      "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";
    const message = `sObject type '${name}' is not supported. ${hint}`;
    throw soqlError('INVALID_TYPE', message, context.soql, offsetOf(context.soql, name));
  }
  return object;
}

/** @param among the rows to look at; absent: all of the object */
function matchingRows(
  context: QueryContext,
  object: ObjectSchema,
  query: Query | Subquery,
  among?: readonly StoredRecord[],
): StoredRecord[] {
  refuseUnsupported(query);
  if (query.where === undefined) return [...(among ?? context.rows(object))];
  const filter = filterOf(context, object, query.where, query.sObjectAlias);
  return (among ?? promisingRows(context, object, query.where, query.sObjectAlias)).filter(filter);
}

/** All rows of an object, or those that a WHERE clause names by their ids. */
function promisingRows(
  context: QueryContext,
  object: ObjectSchema,
  where: WhereClause,
  alias: string | undefined,
): readonly StoredRecord[] {
  const candidates = candidatesOf(context, object, conditionTree(context, where), alias);
  return candidates === undefined ? context.rows(object) : context.rowsHaving(object, candidates.field, candidates.ids);
}

function filterOf(
  context: QueryContext,
  object: ObjectSchema,
  where: WhereClause,
  alias: string | undefined,
): (row: StoredRecord) => boolean {
  return whereFilter({ context, object, alias, semiJoin: (query) => semiJoinValues(context, query) }, where);
}

/** The values a sub-query in WHERE selects: one reference or id field. */
function semiJoinValues(context: QueryContext, query: Query): ReadonlySet<FieldValue> {
  const object = queriedObject(context, query.sObject ?? '');
  const [field, ...others] = query.fields ?? [];
  if (field?.type !== 'Field' && field?.type !== 'FieldRelationship') {
    throw new RestError(400, 'MALFORMED_QUERY', 'The inner select must select one field');
  }
  if (others.length > 0) throw new RestError(400, 'MALFORMED_QUERY', 'The inner select must select only one field');
  const text = 'rawValue' in field && field.rawValue !== undefined ? field.rawValue : field.field;
  const expression = fieldExpression(context, object, text, query.sObjectAlias);
  if (expression.field.type !== 'id' && expression.field.type !== 'reference') {
    throw invalidField(context, text, `The inner select field '${text}' must be an id or a reference`);
  }
  const rows = matchingRows(context, object, query);
  return new Set(rows.map((row) => expression.value(row)));
}

function rowRecords(
  context: QueryContext,
  object: ObjectSchema,
  query: Query | Subquery,
  rows: readonly StoredRecord[],
): QueryRecord[] {
  const alias = query.sObjectAlias;
  const shown = windowOf(sortItems(rows, sortKeys(context, object, query)), query);
  const run = (subquery: Subquery): ReturnType<typeof childQuery> => childQuery(context, object, subquery, shown);
  const selections = selectList({ context, object, alias, limit: query.limit, childQuery: run }, query.fields ?? []);
  const base = urlBase(context);
  return shown.map((row) => {
    const record: QueryRecord = { attributes: recordAttributes(base, object.name, row) };
    for (const select of selections) select(row, record);
    return record;
  });
}

function sortKeys(
  context: QueryContext,
  object: ObjectSchema,
  query: Query | Subquery,
): Parameters<typeof sortItems<StoredRecord>>[1] {
  const clauses = query.orderBy === undefined ? [] : [query.orderBy].flat();
  return clauses.map((clause) => {
    const name = 'fn' in clause ? (clause.fn.rawValue ?? '') : clause.field;
    const expression =
      'fn' in clause
        ? functionExpression(context, object, clause.fn, query.sObjectAlias)
        : fieldExpression(context, object, clause.field, query.sObjectAlias);
    if (!expression.field.sortable) {
      throw invalidField(context, name, `field '${name}' can not be sorted in a query call`);
    }
    return { clause, field: expression.field, value: expression.value };
  });
}

/** LIMIT and OFFSET. */
function windowOf<T>(rows: readonly T[], query: Query | Subquery): T[] {
  const offset = query.offset ?? 0;
  if (offset > MAX_OFFSET) {
    throw new RestError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  return rows.slice(offset, query.limit === undefined ? undefined : offset + query.limit);
}

/** Prepares a child query: errors come once and at once, then it is run for each of the parents. */
function childQuery(
  context: QueryContext,
  parent: ObjectSchema,
  subquery: Subquery,
  parents: readonly StoredRecord[],
): (row: StoredRecord) => SubqueryResult | null {
  const wanted = subquery.relationshipName.toLowerCase();
  const relationship = parent.childRelationships.find((child) => child.relationshipName?.toLowerCase() === wanted);
  const child = relationship === undefined ? undefined : context.schema.object(relationship.childSObject);
  if (relationship === undefined || child === undefined) {
    const hint =
      "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.";
    const message = `Didn't understand relationship '${subquery.relationshipName}' in FROM part of query call. ${hint}`;
    throw soqlError('INVALID_TYPE', message, context.soql, offsetOf(context.soql, subquery.relationshipName));
  }
  const reference = resolvePath(context, child, relationship.field).field.name;
  const keyOf = (row: StoredRecord): FieldValue =>
    parent.name.endsWith('Definition') ? (row['DurableId'] ?? null) : row.Id;
  const keys = new Set(parents.map((row) => fieldText(keyOf(row))));
  const matching = matchingRows(context, child, subquery, context.rowsHaving(child, reference, keys));
  const byParent = Map.groupBy(matching, (row) => row[reference] ?? null);
  rowRecords(context, child, { ...subquery, limit: subquery.limit ?? 1 }, []);
  return (row) => {
    const records = rowRecords(context, child, subquery, byParent.get(keyOf(row)) ?? []);
    return records.length === 0 ? null : { totalSize: records.length, done: true, records };
  };
}

function refuseUnsupported(query: Query | Subquery): void {
  if (query.withDataCategory !== undefined) throw notImplemented('WITH DATA CATEGORY');
  if (query.update !== undefined) throw notImplemented(`UPDATE ${query.update} in SOQL`);
  if (query.for === 'VIEW' || query.for === 'REFERENCE') throw notImplemented(`FOR ${query.for} in SOQL`);
  if (query.usingScope !== undefined && query.usingScope.toLowerCase() !== 'everything') {
    throw notImplemented(`USING SCOPE ${query.usingScope}`);
  }
}
