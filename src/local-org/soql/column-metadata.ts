import type { FieldType, Query, Subquery } from '@jetstreamapp/soql-parser-js';

import type { FieldSchema, ObjectSchema } from '../schema/schema.ts';
import type { OrgState } from '../state/org-state.ts';
import { resolvePath } from './field-path.ts';
import { parseSoql } from './parse-soql.ts';
import type { ApiName, QueryAccess, QueryContext } from './query-context.ts';
import { queryContext } from './query-context.ts';
import { isAggregateCall } from './results/aggregate.ts';
import { isCountQuery, queriedObject } from './run-soql.ts';

/** A column of a query's answer, as `…/query?columns=true` tells it. */
export interface ColumnMetadata {
  aggregate: boolean;
  apexType: string | null;
  booleanType: boolean;
  columnName: string;
  custom: boolean;
  displayName: string;
  foreignKeyName: string | null;
  insertable: boolean;
  joinColumns: ColumnMetadata[];
  numberType: boolean;
  textType: boolean;
  updatable: boolean;
}

/** What the answer to `columns=true` is: the query's columns, not its rows. The official CLI draws its tables from it. */
export interface ColumnsAnswer {
  columnMetadata: ColumnMetadata[];
  entityName: string;
  groupBy: boolean;
  idSelected: boolean;
  keyPrefix: string;
}

/** Describes the columns of a query. @throws RestError as the query itself would */
export function columnMetadata(org: OrgState, api: ApiName, soql: string, access: QueryAccess): ColumnsAnswer {
  const query = parseSoql(soql);
  const context = queryContext(org, api, soql, access);
  const object = queriedObject(context, query.sObject ?? '');
  const columns = isCountQuery(query) ? [] : columnsOf(context, object, query);
  return {
    columnMetadata: columns,
    entityName: object.name,
    groupBy: query.groupBy !== undefined,
    idSelected: columns.some((one) => one.columnName === 'Id'),
    keyPrefix: object.keyPrefix,
  };
}

function columnsOf(context: QueryContext, object: ObjectSchema, query: Query | Subquery): ColumnMetadata[] {
  const columns: ColumnMetadata[] = [];
  let unnamed = 0;
  for (const field of query.fields ?? []) {
    if (field.type === 'Field' || field.type === 'FieldRelationship') addPath(context, object, query, field, columns);
    else if (field.type === 'FieldSubquery') columns.push(childColumn(context, object, field.subquery));
    else if (field.type === 'FieldTypeof') columns.push(column(field.field, undefined));
    else {
      const aggregate = isAggregateCall(field);
      const [parameter] = field.parameters;
      const plain = typeof parameter === 'string' ? resolvePath(context, object, parameter).field : undefined;
      const name = field.alias ?? (aggregate || plain === undefined ? `expr${unnamed++}` : plain.name);
      const displayName = field.alias ?? (field.rawValue ?? name).toLowerCase();
      columns.push({ ...column(name, plain), aggregate: true, displayName });
    }
  }
  return columns;
}

function addPath(
  context: QueryContext,
  object: ObjectSchema,
  query: Query | Subquery,
  field: FieldType & { field: string },
  columns: ColumnMetadata[],
): void {
  const text = 'rawValue' in field && typeof field.rawValue === 'string' ? field.rawValue : field.field;
  const path = resolvePath(context, object, text, query.sObjectAlias);
  let into = columns;
  for (const step of path.steps) {
    const name = step.reference.relationshipName ?? step.reference.name;
    let parent = into.find((one) => one.columnName === name);
    if (parent === undefined) {
      parent = { ...column(name, undefined), foreignKeyName: step.reference.name };
      into.push(parent);
    }
    into = parent.joinColumns;
  }
  into.push(column(path.field.name, path.field));
}

function childColumn(context: QueryContext, object: ObjectSchema, subquery: Subquery): ColumnMetadata {
  const wanted = subquery.relationshipName.toLowerCase();
  const relationship = object.childRelationships.find((child) => child.relationshipName?.toLowerCase() === wanted);
  const child = queriedObject(context, relationship?.childSObject ?? subquery.relationshipName);
  const name = relationship?.relationshipName ?? subquery.relationshipName;
  return { ...column(name, undefined), aggregate: true, joinColumns: columnsOf(context, child, subquery) };
}

const NUMBERS = new Set(['int', 'double', 'currency', 'percent', 'long']);

function column(name: string, field: FieldSchema | undefined): ColumnMetadata {
  const numberType = NUMBERS.has(field?.type ?? '');
  const booleanType = field?.type === 'boolean';
  return {
    aggregate: false,
    apexType: field === undefined ? null : (APEX_TYPES[field.type] ?? 'String'),
    booleanType,
    columnName: name,
    custom: field?.custom ?? false,
    displayName: name,
    foreignKeyName: null,
    insertable: field?.createable ?? false,
    joinColumns: [],
    numberType,
    textType: field !== undefined && !numberType && !booleanType,
    updatable: field?.updateable ?? false,
  };
}

const APEX_TYPES: Readonly<Record<string, string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Decimal',
  percent: 'Decimal',
  long: 'Long',
  date: 'Date',
  datetime: 'Datetime',
  base64: 'Blob',
};
