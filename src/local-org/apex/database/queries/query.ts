import type { Query } from '@jetstreamapp/soql-parser-js';

import { RestError } from '../../../http/rest-error.ts';
import type { Binding } from '../../../soql/conditions/bound-values.ts';
import { parseSoql } from '../../../soql/parse-soql.ts';
import type { QueryAccess } from '../../../soql/query-context.ts';
import type { QueryResult } from '../../../soql/results/query-record.ts';
import { isCountQuery, runSoql } from '../../../soql/run-soql.ts';
import { logEvents } from '../../logs/log-events.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import type { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import { bindingOfValue } from './bindings.ts';
import { sobjectOfGroup, sobjectOfRow } from './query-records.ts';

export type AccessMode = 'user' | 'system';

export interface QueryOptions {
  /** `user` obeys field-level security; the query's own `WITH USER_MODE` does so too. Absent: `system`. */
  readonly access?: AccessMode;
  /** Rows of the recycle bin too; the query's own `ALL ROWS` asks for them too. */
  readonly includeDeleted?: boolean;
}

export type QueryAnswer =
  | { readonly kind: 'records'; readonly records: readonly SObject[] }
  /** Of `SELECT COUNT() FROM …`. */
  | { readonly kind: 'count'; readonly count: number };

/** What a bind variable is worth, by its text without the colon. */
export type Bind = (path: string) => Value;

const allRowsClause = /\sALL\s+ROWS\s*$/i;

/**
 * Runs a query of Apex against the org, counted against the limits of the transaction.
 * @throws ApexThrown System.QueryException; System.LimitException
 */
export function runQuery(run: Run, soql: string, bind: Bind, options: QueryOptions = {}): QueryAnswer {
  run.limits.use('Queries');
  const answer = answerQuery(run, soql, bind, options);
  run.limits.use('QueryRows', answer.kind === 'count' ? 1 : answer.rows);
  return answer;
}

type Counted = QueryAnswer & { readonly rows: number };

/** As `runQuery`, but only child queries count: for queries with limits of their own (query locators). */
export function answerQuery(run: Run, soql: string, bind: Bind, options: QueryOptions): Counted {
  const text = soql.replace(allRowsClause, '');
  const query = translated(() => parseSoql(text, true));
  const childQueries = (query.fields ?? []).filter((field) => field.type === 'FieldSubquery').length;
  if (childQueries > 0) run.limits.use('AggregateQueries', childQueries);
  const access: QueryAccess = {
    userId: run.userId,
    mode: modeOf(query, options),
    includeDeleted: options.includeDeleted === true || text !== soql,
    bind: remembered(bind),
  };
  const { line, log } = run;
  logEvents.queryBegun(log, line, childQueries, text);
  const result = translated(() => secured(run, text, query, access));
  logEvents.queryEnded(log, line, result.totalSize);
  if (isCountQuery(query)) return { kind: 'count', count: result.totalSize, rows: 1 };
  return { kind: 'records', ...recordsOf(run, result) };
}

function modeOf(query: Query, { access = 'system' }: QueryOptions): AccessMode {
  if (query.withSecurityEnforced === true || query.withAccessLevel === 'USER_MODE') return 'user';
  return query.withAccessLevel === 'SYSTEM_MODE' ? 'system' : access;
}

/** A query may name one variable many times, and each is asked for more than once. */
function remembered(bind: Bind): (path: string) => Binding {
  const known = new Map<string, Binding>();
  return (path) => {
    let binding = known.get(path);
    if (binding === undefined) {
      binding = bindingOfValue(bind(path));
      known.set(path, binding);
    }
    return binding;
  };
}

/** `WITH SECURITY_ENFORCED` does not tell a field that may not be seen from one that is not there. */
function secured(run: Run, text: string, query: Query, access: QueryAccess): QueryResult {
  try {
    return runSoql(run.org, 'data', text, access);
  } catch (error) {
    if (query.withSecurityEnforced !== true || !(error instanceof RestError)) throw error;
    runSoql(run.org, 'data', text, { ...access, mode: 'system' });
    throw apexError('System.QueryException', 'Insufficient permissions: secure query included inaccessible field');
  }
}

function recordsOf(run: Run, { records, groups }: QueryResult): { records: SObject[]; rows: number } {
  if (groups !== undefined) {
    return { records: records.map((row) => sobjectOfGroup(groups.columns, row)), rows: groups.rows };
  }
  const schema = run.org.schema().data;
  const found = records.map((row) => sobjectOfRow(schema, row));
  return { records: found, rows: found.reduce((sum, record) => sum + 1 + childCount(record), 0) };
}

function childCount(record: SObject): number {
  let count = 0;
  for (const value of record.fields.values()) if (value instanceof ApexList) count += value.items.length;
  return count;
}

/**
 * The REST API's errors as Apex words them: a malformed query without its text around it. What the local org does not
 * implement stays what it is.
 */
function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RestError) || error.status === 501) throw error;
    const { errorCode, message } = error;
    const bare =
      errorCode === 'MALFORMED_QUERY' ? message.replace(/^\n[\s\S]*\nERROR at Row:\d+:Column:\d+\n/, '') : message;
    throw apexError('System.QueryException', bare);
  }
}
