import { deleteRecords } from '../../../records/save/delete-record.ts';
import { saveTransaction } from '../../../records/save/save-chunks.ts';
import { takenBack } from '../../../records/save/save-result.ts';
import type { SaveResult } from '../../../records/save/save-result.ts';
import { undeleteRecords } from '../../../records/save/undelete-records.ts';
import { logEvents } from '../../logs/log-events.ts';
import type { Run } from '../../run/run.ts';
import { setField } from '../../values/records/sobject-access.ts';
import type { SObject } from '../../values/records/sobject.ts';
import { apexErrors, dmlException, done, failed } from './dml-outcome.ts';
import type { DmlOutcome } from './dml-outcome.ts';
import { checkRecords, dmlRecords, idOfRecord, stretchesOf } from './dml-records.ts';
import type { Stretch } from './dml-records.ts';
import type { DmlRequest } from './dml-request.ts';
import { saveStretch } from './dml-save.ts';
import { checkMixedDml } from './setup-objects.ts';

const missingId = (operation: string): DmlOutcome =>
  failed([{ statusCode: 'MISSING_ARGUMENT', message: `Id not specified in an ${operation} call`, fields: [] }]);

/**
 * A DML operation of Apex, counted against the limits of the transaction. New records get their ids.
 * @returns one outcome per record, in their order; none of an empty list, which does not count
 * @throws ApexThrown System.DmlException where all or none were to be saved; System.ListException,
 * System.NullPointerException and System.TypeException for lists that cannot be; System.LimitException
 */
export function executeDml(run: Run, request: DmlRequest): DmlOutcome[] {
  const { operation, allOrNone } = request;
  const records = dmlRecords(request.records);
  if (records.length === 0) return [];
  checkRecords(operation, records);
  const stretches = stretchesOf(run, operation, records);
  run.limits.use('DmlStatements');
  run.limits.use('DmlRows', records.length);
  run.hasPendingWork = true;
  const { line, log } = run;
  const name = operation.charAt(0).toUpperCase() + operation.slice(1);
  logEvents.dmlBegun(log, line, name, stretches[0]?.object.name ?? 'SObject', records.length);
  const outcomes = runStretches(run, request, records, stretches);
  logEvents.dmlEnded(log, line);
  if (allOrNone && outcomes.some((outcome) => !outcome.success)) {
    throw dmlException(name, records, outcomes);
  }
  if (operation === 'insert' || operation === 'upsert') {
    for (const [index, record] of records.entries()) {
      const outcome = outcomes[index];
      if (outcome?.success === true && idOfRecord(record) === null) setField(record, 'Id', outcome.id);
    }
  }
  return outcomes;
}

function runStretches(
  run: Run,
  request: DmlRequest,
  records: readonly SObject[],
  stretches: readonly Stretch[],
): DmlOutcome[] {
  const outcomes: DmlOutcome[] = [];
  const rollback = new Error('all or none');
  const objects = stretches.map((stretch) => stretch.object.name);
  try {
    saveTransaction(run.org, objects, run.userId, () => {
      for (const stretch of stretches) {
        const results = runStretch(run, request, stretch);
        for (const [place, { index }] of stretch.rows.entries()) outcomes[index] = results[place] ?? failed([]);
        if (request.allOrNone && results.some((result) => !result.success)) throw rollback;
      }
    });
    return outcomes;
  } catch (error) {
    if (error !== rollback) throw error;
    const results = outcomes.map(({ id, success, errors }): SaveResult => ({ id: id ?? undefined, success, errors }));
    return takenBack(records.length, results).map(({ errors }) => failed(errors));
  }
}

function runStretch(run: Run, request: DmlRequest, stretch: Stretch): DmlOutcome[] {
  const { operation, allOrNone } = request;
  const mixed = checkMixedDml(run, operation, stretch);
  if (mixed !== undefined) return stretch.rows.map(() => failed([mixed]));
  if (operation !== 'delete' && operation !== 'undelete') return saveStretch(run, request, stretch);
  const sobject = stretch.object.name;
  const ids = stretch.rows.map(({ record }) => idOfRecord(record));
  const known = ids.filter((id) => id !== null);
  if (allOrNone && known.length < ids.length) {
    return takenBackBut(ids, missingId(operation));
  }
  const work = { sobject, ids: known, userId: run.userId, allOrNone };
  const results = operation === 'delete' ? deleteRecords(run.org, work) : undeleteRecords(run.org, work);
  let next = 0;
  return ids.map((id) => {
    if (id === null) return missingId(operation);
    const result = results[next];
    next += 1;
    return result?.success === true ? done(id, false) : failed(apexErrors(result));
  });
}

/** A list of which nothing was tried, because some records have no id. */
function takenBackBut(ids: readonly (string | null)[], failure: DmlOutcome): DmlOutcome[] {
  const results = ids.map((id): SaveResult => ({ id: id ?? undefined, success: id !== null, errors: [] }));
  return takenBack(ids.length, results).map(({ errors }, index) => (ids[index] === null ? failure : failed(errors)));
}
