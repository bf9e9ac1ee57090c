import { RestError } from '../http/rest-error.ts';
import type { JsonObject } from '../http/json-body.ts';
import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';

/** One write to a Tooling API object. */
export interface ToolingWrite {
  readonly org: OrgState;
  readonly userId: string;
  /** The object's proper name. */
  readonly sobject: string;
  /** Fields by their proper names, checked against the schema. */
  readonly fields: JsonObject;
}

/** What a Tooling object does on writes. A verb that is missing is one Salesforce does not offer for it. */
export interface ToolingResource {
  /** Returns the new record's id. */
  readonly create?: (write: ToolingWrite) => Promise<string> | string;
  readonly update?: (write: ToolingWrite, id: string) => Promise<void> | void;
  readonly remove?: (write: ToolingWrite, id: string) => Promise<void> | void;
}

/** @throws RestError 400 REQUIRED_FIELD_MISSING naming all that are missing */
export function requireFields(fields: JsonObject, names: readonly string[]): void {
  const missing = names.filter((name) => fields[name] === undefined || fields[name] === null || fields[name] === '');
  if (missing.length === 0) return;
  throw new RestError(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
}

/** A text field; undefined where it is not given. @throws RestError 400 JSON_PARSER_ERROR for another type */
export function textField(fields: JsonObject, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new RestError(400, 'JSON_PARSER_ERROR', `Cannot deserialize instance of string from value of ${name}`);
}

/** The record an id names. @throws RestError 404 NOT_FOUND */
export function knownRecord(org: OrgState, sobject: string, id: string): StoredRecord {
  const row = org.records.get(sobject, id);
  if (row !== undefined) return row;
  throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** A text field of a stored row; empty where it holds nothing. */
export function rowText(row: StoredRecord, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value : '';
}

/** The error of a name that is taken, as record inserts word it. */
export function duplicateValue(field: string, id: string): RestError {
  return new RestError(
    400,
    'DUPLICATE_VALUE',
    `duplicate value found: ${field} duplicates value on record with id: ${id}`,
  );
}

/**
 * Production orgs take Apex by the Metadata API alone. The sentence is Salesforce's; the code beside it is not documented.
 * @throws RestError 400 INVALID_OPERATION
 */
export function refuseProduction(org: OrgState): void {
  if (org.settings.kind === 'production') throw new RestError(400, 'INVALID_OPERATION', productionRefusal);
}

export const productionRefusal = "Can't alter metadata in an active org";
