import type { SelectItem, SoqlCondition, SoqlQuery, SoqlValue } from '../../parse/ast/ast-queries.ts';
import { listOf } from '../../platform/platform.ts';
import { runQuery } from '../../database/queries/query.ts';
import type { Code, Frame } from '../../run/frame.ts';
import type { ApexType } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import type { Value } from '../../values/value.ts';
import { textOf } from '../../values/text.ts';
import type { Emitter } from '../emitter.ts';

function childQueriesOf(query: SoqlQuery): SoqlQuery[] {
  const selected = query.select.flatMap((item: SelectItem) => (item.kind === 'subquery' ? [item.query] : []));
  return [...selected, ...conditionQueries(query.where)].flatMap((child) => [child, ...childQueriesOf(child)]);
}

function conditionQueries(condition: SoqlCondition | undefined): SoqlQuery[] {
  if (condition === undefined) return [];
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap(conditionQueries);
    case 'not':
      return conditionQueries(condition.condition);
    case 'comparison':
      return valueQueries(condition.value);
  }
}

function valueQueries(value: SoqlValue): SoqlQuery[] {
  if (value.kind === 'list') return value.values.flatMap(valueQueries);
  return value.kind === 'subquery' ? [value.query] : [];
}

/** Binds of LIMIT and OFFSET become numbers of the text; the query engine takes no others there. */
function numbersOf(query: SoqlQuery): ReadonlySet<unknown> {
  return new Set([query, ...childQueriesOf(query)].flatMap((one) => [one.limit, one.offset]));
}

/** What a query in brackets asks, with the values of its binds under the names `b0`, `b1`, …. */
export function emitQueryText(
  emitter: Emitter,
  query: SoqlQuery,
): (frame: Frame) => { readonly soql: string; readonly bind: (path: string) => Value } {
  const numbers = numbersOf(query);
  const codes = query.binds.map((bind) => ({ code: emitter.expression(bind), isNumber: numbers.has(bind) }));
  const [first = '', ...rest] = query.texts;
  return (frame) => {
    const values = codes.map(({ code }) => code(frame));
    let soql = first;
    for (const [index, text] of rest.entries()) {
      const isNumber = codes[index]?.isNumber === true;
      soql += `${isNumber ? textOf(frame.run, values[index] ?? null) : `:b${index}`}${text}`;
    }
    return { soql, bind: (path) => values[Number(path.slice(1))] ?? null };
  };
}

/** A query in brackets: a list of its rows, or a number for `SELECT COUNT()`. */
export function emitQuery(emitter: Emitter, query: SoqlQuery, type: ApexType, line: number): Code {
  const ask = emitQueryText(emitter, query);
  const listType = type.kind === 'rows' ? listOf(type.element) : undefined;
  const access = query.access === 'USER_MODE' || query.access === 'SECURITY_ENFORCED' ? 'user' : 'system';
  return (frame) => {
    const { soql, bind } = ask(frame);
    frame.line = line;
    const answer = runQuery(frame.run, soql, bind, { access, includeDeleted: query.allRows });
    if (answer.kind === 'count') return answer.count;
    return listType === undefined ? answer.records.length : new ApexList(listType, [...answer.records]);
  };
}
