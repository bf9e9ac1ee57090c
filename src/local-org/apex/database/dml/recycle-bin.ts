import type { Run } from '../../run/run.ts';
import type { Value } from '../../values/value.ts';
import { done, failed } from './dml-outcome.ts';
import type { DmlOutcome } from './dml-outcome.ts';
import { dmlRecords, idOfRecord } from './dml-records.ts';

/** `Database.emptyRecycleBin`: what is in the recycle bin is gone for good. Record by record, never all or none. */
export function emptyRecycleBin(run: Run, value: Value): DmlOutcome[] {
  const records = dmlRecords(value);
  if (records.length === 0) return [];
  run.limits.use('DmlStatements');
  run.limits.use('DmlRows', records.length);
  run.hasPendingWork = true;
  return records.map((record) => {
    const id = idOfRecord(record);
    if (id !== null && run.org.records.purge(id)) return done(id, false);
    const error = { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] };
    return failed([error]);
  });
}
