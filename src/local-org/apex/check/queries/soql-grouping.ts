import type { Identifier } from '../../parse/ast/ast.ts';
import type { SoqlField, SoqlFunction, SoqlQuery } from '../../parse/ast/ast-queries.ts';

const aggregates = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);
/** Functions that change how a column is shown, not what it is grouped by. */
const presentations = new Set(['FIELDS', 'GROUPING', 'TOLABEL', 'FORMAT', 'CONVERTCURRENCY', 'DISTANCE']);

function textOf(value: SoqlField | SoqlFunction): string {
  const path = (value.kind === 'field' ? value.path : (value.field ?? [])).map((one) => one.text).join('.');
  return (value.kind === 'field' ? path : `${value.name}(${path})`).toLowerCase();
}

function columnsOf(query: SoqlQuery): (SoqlField | SoqlFunction)[] {
  return query.select.flatMap((item) => (item.kind === 'column' ? [item.value] : []));
}

/** Whether a query gives AggregateResults: it groups, or applies an aggregate function. */
export function isAggregate(query: SoqlQuery): boolean {
  return (
    query.groupBy.length > 0 || columnsOf(query).some((one) => one.kind === 'function' && aggregates.has(one.name))
  );
}

/** Columns of an aggregate query that are neither grouped nor aggregated. */
export function checkGrouping(query: SoqlQuery): Identifier[] {
  if (!isAggregate(query)) return [];
  const grouped = new Set(query.groupBy.map(textOf));
  return columnsOf(query).flatMap((column) => {
    if (column.kind === 'function' && (aggregates.has(column.name) || presentations.has(column.name))) return [];
    if (grouped.has(textOf(column))) return [];
    const last = (column.kind === 'field' ? column.path : (column.field ?? [])).at(-1);
    return last === undefined ? [] : [last];
  });
}
