import { platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { primitives } from '../../types/type.ts';
import { apexError } from '../exception.ts';
import { ApexList } from '../collections/list.ts';
import { platformConstant } from '../enums/platform-enums.ts';
import { PlatformObject } from '../platform-object.ts';
import type { RecordError, SObject } from './sobject.ts';

function addError(record: SObject, error: RecordError): void {
  // Rows of a query and old records of an update will not be saved: an error on them would be lost.
  if (!record.allowsErrors || record.origin === 'queried') {
    throw apexError('System.FinalException', 'SObject row does not allow errors');
  }
  record.errors.push(error);
}

/**
 * `record.Subject.addError('…')`.
 * @param field as the schema writes it
 * @throws ApexThrown System.FinalException for a record that is not being saved
 */
export function addFieldError(record: SObject, field: string, message: string): void {
  addError(record, { message, field });
}

/** `record.addError('…')`. @throws ApexThrown System.FinalException for a record that is not being saved */
export function addRecordError(record: SObject, message: string): void {
  addError(record, { message, field: undefined });
}

function errorObject(error: RecordError): PlatformObject {
  return new PlatformObject(platformType('Database.Error'), [
    ['fields', ApexList.of(primitives.String, error.field === undefined ? [] : [error.field])],
    ['message', error.message],
    ['statusCode', platformConstant('System.StatusCode', 'FIELD_CUSTOM_VALIDATION_EXCEPTION')],
  ]);
}

/** What `getErrors` gives: a `Database.Error` for each `addError`. */
export function recordErrors(_run: Run, record: SObject): ApexList {
  return ApexList.of(platformType('Database.Error'), record.errors.map(errorObject));
}
