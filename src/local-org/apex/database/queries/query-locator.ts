import { listOf, platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { sobjectType } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import type { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import { ApexValue } from '../../values/value.ts';
import { accessModeOf } from './dynamic-query.ts';
import { answerQuery } from './query.ts';
import type { Bind } from './query.ts';

/** A `Database.QueryLocator`: the rows of a query, found when it was made. */
export class QueryLocatorValue extends ApexValue {
  readonly type = platformType('Database.QueryLocator');
  /** Undefined if it was made of a query in brackets, whose text is not kept. */
  readonly query: string | undefined;
  readonly records: readonly Value[];

  constructor(query: string | undefined, records: readonly Value[]) {
    super();
    this.query = query;
    this.records = records;
  }
}

/** A `Database.QueryLocatorIterator`. */
export class QueryLocatorIteratorValue extends ApexValue {
  readonly type = platformType('Database.QueryLocatorIterator');
  readonly records: readonly Value[];
  next = 0;

  constructor(records: readonly Value[]) {
    super();
    this.records = records;
  }
}

/**
 * `Database.getQueryLocator(text)`. Its rows count against a limit of their own, in the start of a batch against none.
 * @param bind finds the variables the text names
 * @throws ApexThrown System.QueryException; System.LimitException
 */
export function dynamicQueryLocator(run: Run, soql: string, bind: Bind, accessLevel?: Value): QueryLocatorValue {
  run.limits.use('Queries');
  const answer = answerQuery(run, soql, bind, { access: accessModeOf(accessLevel) });
  if (answer.kind === 'count') return new QueryLocatorValue(soql, []);
  if (run.entry !== 'batch') run.limits.use('QueryLocatorRows', answer.rows);
  return new QueryLocatorValue(soql, answer.records);
}

/** Records of a query as the list that Apex gets: typed by what they are. */
export function listOfRecords(records: readonly SObject[]): ApexList {
  return new ApexList(listOf(records[0]?.type ?? sobjectType), [...records]);
}
