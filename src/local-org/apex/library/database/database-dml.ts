import { executeDml } from '../../database/dml/dml.ts';
import type { DmlOperation } from '../../database/dml/dml-outcome.ts';
import { emptyRecycleBin } from '../../database/dml/recycle-bin.ts';
import { executeMerge } from '../../database/dml/merge.ts';
import { platformType } from '../../platform/platform.ts';
import { primitives } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import type { Value } from '../../values/value.ts';
import type { StaticNative } from '../native.ts';
import { dmlArguments, recordsByIds } from './dml-arguments.ts';
import { resultOf } from './results.ts';
import type { ResultName } from './results.ts';

/** One result for one record, a list for a list. */
function answer(given: Value, name: ResultName, results: readonly Value[]): Value {
  if (!(given instanceof ApexList)) return results[0] ?? null;
  return ApexList.of(platformType(`Database.${name}Result`), [...results]);
}

function operation(kind: DmlOperation, name: ResultName): StaticNative {
  return (run, args) => {
    const [given = null] = args;
    const outcomes = executeDml(run, { operation: kind, records: recordsByIds(run, given), ...dmlArguments(args) });
    return answer(
      given,
      name,
      outcomes.map((outcome) => resultOf(name, outcome)),
    );
  };
}

/** The DML of `System.Database`, all overloads. */
export const databaseDml: Readonly<Record<string, StaticNative>> = {
  insert: operation('insert', 'Save'),
  update: operation('update', 'Save'),
  upsert: operation('upsert', 'Upsert'),
  delete: operation('delete', 'Delete'),
  undelete: operation('undelete', 'Undelete'),
  merge: (run, args) => {
    const [master = null, duplicates = null] = args;
    const { allOrNone, access } = dmlArguments(args.slice(1));
    const request = { master, duplicates: recordsByIds(run, duplicates), allOrNone, access };
    const results = executeMerge(run, request).map(({ mergedIds, relatedIds, ...outcome }) => {
      const result = resultOf('Merge', outcome);
      result.set('MergedRecordIds', ApexList.of(primitives.Id, [...mergedIds]));
      result.set('UpdatedRelatedIds', ApexList.of(primitives.Id, [...relatedIds]));
      return result;
    });
    return answer(duplicates, 'Merge', results);
  },
  emptyrecyclebin: (run, args) => {
    const [given = null] = args;
    const outcomes = emptyRecycleBin(run, recordsByIds(run, given));
    return answer(
      given,
      'EmptyRecycleBin',
      outcomes.map((outcome) => resultOf('EmptyRecycleBin', outcome)),
    );
  },
};
