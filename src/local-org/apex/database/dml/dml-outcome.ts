import type { SaveError } from '../../../records/save/save-error.ts';
import { rolledBackCode } from '../../../records/save/save-result.ts';
import type { SaveResult } from '../../../records/save/save-result.ts';
import { platformType } from '../../platform/platform.ts';
import { ApexThrown, ExceptionValue } from '../../values/exception.ts';
import type { SObject } from '../../values/records/sobject.ts';
import { idOfRecord } from './dml-records.ts';

export type DmlOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';

/** What became of one record of a DML operation. */
export interface DmlOutcome {
  /** Null for a record that was not saved. */
  readonly id: string | null;
  readonly success: boolean;
  /** Of an upsert. */
  readonly created: boolean;
  readonly errors: readonly SaveError[];
}

export function done(id: string | null, created: boolean): DmlOutcome {
  return { id, success: true, created, errors: [] };
}

export function failed(errors: readonly SaveError[]): DmlOutcome {
  return { id: null, success: false, created: false, errors };
}

/** The errors of a save as Apex words them: what REST calls not found is a bad reference. */
export function apexErrors(result: SaveResult | undefined): readonly SaveError[] {
  return (result?.errors ?? []).map((error) =>
    error.statusCode === 'NOT_FOUND'
      ? { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] }
      : error,
  );
}

/** Fields a user may not write: the message of the whole exception, whatever the operation. */
export const inaccessibleFields = /^Operation failed due to fields being inaccessible on Sobject /;

/**
 * The exception of an operation that was to save all or none.
 * @param name as it begins the message: `Insert`
 */
export function dmlException(name: string, records: readonly SObject[], outcomes: readonly DmlOutcome[]): ApexThrown {
  const own = (outcome: DmlOutcome): boolean => outcome.errors[0]?.statusCode !== rolledBackCode;
  const failures = outcomes.flatMap((outcome, index) => {
    const [error] = outcome.errors;
    const record = records[index];
    if (outcome.success || error === undefined || record === undefined || !own(outcome)) return [];
    return [{ index, id: idOfRecord(record), ...error }];
  });
  const [first] = failures;
  const exception = new ExceptionValue(platformType('System.DmlException'));
  exception.dml = failures;
  if (first !== undefined) {
    const { index, id, statusCode, message, fields } = first;
    const row = `row ${index}${id === null ? '' : ` with id ${id}`}`;
    exception.message = inaccessibleFields.test(message)
      ? message
      : `${name} failed. First exception on ${row}; first error: ${statusCode}, ${message}: [${fields.join(', ')}]`;
  }
  return new ApexThrown(exception);
}
