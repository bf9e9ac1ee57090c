import { isJsonObject } from '../../http/json-body.ts';
import { RestError } from '../../http/rest-error.ts';
import type { SaveResult } from '../save/save-result.ts';

export type JsonObject = Record<string, unknown>;

/** Records a request may carry (REST API guide, sObject Collections and sObject Tree). */
const MAX_RECORDS = 200;

/** The records of a body. @throws RestError 400 JSON_PARSER_ERROR, EXCEEDED_ID_LIMIT */
export function recordsOf(body: JsonObject): JsonObject[] {
  const records = body['records'];
  if (!Array.isArray(records) || !records.every(isJsonObject)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'records must be a list of JSON objects');
  }
  checkCount(records.length);
  return records;
}

/** @throws RestError 400 EXCEEDED_ID_LIMIT */
export function checkCount(count: number, max = MAX_RECORDS): void {
  if (count <= max) return;
  throw new RestError(
    400,
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${max} records into this call`,
  );
}

/** The object that a record of a body says it belongs to; empty if it says none. */
export function typeOf(record: JsonObject | undefined): string {
  const attributes = record?.['attributes'];
  return isJsonObject(attributes) ? textOf(attributes['type']) : '';
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A result as the collection resources answer it. */
export function wireResult({ id, success, errors }: SaveResult): JsonObject {
  return { ...(id === undefined ? {} : { id }), success, errors };
}
