import { dynamicQuery } from '../../database/queries/dynamic-query.ts';
import type { Bind, QueryAnswer } from '../../database/queries/query.ts';
import { dynamicQueryLocator, listOfRecords, QueryLocatorValue } from '../../database/queries/query-locator.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument, textArgument } from '../native.ts';
import type { StaticNative } from '../native.ts';

/** Called where no variables are in reach (the interpreter finds those of the place itself). */
const noVariables: Bind = (path) => {
  throw apexError('System.QueryException', `Variable does not exist: ${path}`);
};

/** The variables of a bind map, by their keys in any case. @throws ApexThrown System.QueryException */
function variablesOf(value: Value | undefined): Bind {
  if (!(value instanceof ApexMap)) throw nullArgument();
  const byName = new Map<string, Value>();
  for (const [key, bound] of value.entries.entries()) {
    if (typeof key === 'string') byName.set(key.toLowerCase(), bound);
  }
  return (path) => {
    const bound = byName.get(path.toLowerCase());
    if (bound === undefined) throw apexError('System.QueryException', `Key '${path}' does not exist in the bindMap`);
    return bound;
  };
}

function rows(answer: QueryAnswer): Value {
  return listOfRecords(answer.kind === 'records' ? answer.records : []);
}

/** @throws ApexThrown System.QueryException for a query that counts nothing */
function count(answer: QueryAnswer): Value {
  return answer.kind === 'count' ? answer.count : answer.records.length;
}

/** The queries of `System.Database`, all overloads. */
export const databaseQueries: Readonly<Record<string, StaticNative>> = {
  query: (run, args) => rows(dynamicQuery(run, textArgument(args, 0), noVariables, args[1])),
  querywithbinds: (run, args) => rows(dynamicQuery(run, textArgument(args, 0), variablesOf(args[1]), args[2])),
  countquery: (run, args) => count(dynamicQuery(run, textArgument(args, 0), noVariables, args[1])),
  countquerywithbinds: (run, args) => count(dynamicQuery(run, textArgument(args, 0), variablesOf(args[1]), args[2])),
  getquerylocator: (run, args) => {
    const [query] = args;
    if (query instanceof ApexList) return new QueryLocatorValue(undefined, [...query.items]);
    return dynamicQueryLocator(run, textArgument(args, 0), noVariables, args[1]);
  },
  getquerylocatorwithbinds: (run, args) =>
    dynamicQueryLocator(run, textArgument(args, 0), variablesOf(args[1]), args[2]),
};
