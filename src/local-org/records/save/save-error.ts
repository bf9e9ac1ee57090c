import { RestError } from '../../http/rest-error.ts';

/** Why one record was not saved, as the `errors` of a save result say it. */
export interface SaveError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** Thrown by whatever refuses one record. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';
  readonly error: SaveError;

  constructor(statusCode: string, message: string, fields: readonly string[] = []) {
    super(message);
    this.error = { statusCode, message, fields };
  }
}

/** Thrown when a save fails as a whole: each of its records is answered with the error. */
export class SaveAborted extends Error {
  override readonly name = 'SaveAborted';
  readonly error: SaveError;

  constructor(error: SaveError) {
    super(error.message);
    this.error = error;
  }
}

/** The REST answer to a single record that was refused. */
export function restErrorOf(error: SaveError): RestError {
  const status = error.statusCode === 'ENTITY_IS_DELETED' || error.statusCode === 'NOT_FOUND' ? 404 : 400;
  return new RestError(status, error.statusCode, error.message, error.fields);
}
