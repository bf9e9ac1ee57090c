import type { Context } from 'hono';

import { isJsonObject, jsonObject } from '../http/json-body.ts';
import { RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import type { OrgState } from '../state/org-state.ts';
import { toId18 } from '../store/record-id.ts';
import { readRecord } from './read-record.ts';
import { recordTarget, resourceBase, schemaFor } from './record-target.ts';
import { deleteRecord } from './save/delete-record.ts';
import { RecordRefused } from './save/save-error.ts';
import type { SaveResult } from './save/save-records.ts';
import { rolledBack, rolledBackCode, saveRecords } from './save/save-records.ts';

/** Records a request may carry (REST API guide, sObject Collections and sObject Tree). */
const MAX_RECORDS = 200;

type JsonObject = Record<string, unknown>;

/** Many records a request: `composite/sobjects` and `composite/tree`. */
export const registerCollectionRoutes: RouteRegistrant = (app, org) => {
  const root = '/services/data/:version/composite';
  app.post(`${root}/sobjects`, (c) => saveCollection(c, org, 'insert'));
  app.patch(`${root}/sobjects`, (c) => saveCollection(c, org, 'update'));
  app.delete(`${root}/sobjects`, (c) => deleteCollection(c, org));
  app.get(`${root}/sobjects/:object`, (c) => {
    const target = recordTarget(c, org, 'data');
    const ids = (c.req.query('ids') ?? '').split(',').flatMap((id) => toId18(id) ?? []);
    const fields = c.req.query('fields')?.split(',');
    const known = ids.map((id) => (org.records.get(target.object.name, id) === undefined ? undefined : id));
    return c.json(known.map((id) => (id === undefined ? null : readRecord(org, target, id, fields))));
  });
  app.post(`${root}/tree/:object`, (c) => saveTree(c, org));
};

async function saveCollection(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  operation: 'insert' | 'update',
): Promise<Response> {
  const body = await jsonObject(c);
  const records = recordsOf(body);
  const allOrNone = body['allOrNone'] === true;
  const results = saveMixed(org, records, operation, c.get('session').userId, allOrNone);
  return c.json(results.map(wireResult));
}

/** Records of several objects are saved object by object, in stretches of the same one, as the platform chunks them. */
function saveMixed(
  org: OrgState,
  records: readonly JsonObject[],
  operation: 'insert' | 'update',
  userId: string,
  allOrNone: boolean,
): SaveResult[] {
  const rollback = new Error('all or none');
  const results: SaveResult[] = [];
  const run = (): void => {
    for (let start = 0; start < records.length;) {
      const sobject = typeOf(records[start]);
      let end = start;
      while (end < records.length && typeOf(records[end]) === sobject) end += 1;
      const stretch = records.slice(start, end).map((record) => splitRecord(record, operation));
      results.push(...saveRecords(org, { api: 'data', sobject, operation, records: stretch, userId, allOrNone }));
      if (allOrNone && results.some((result) => !result.success)) throw rollback;
      start = end;
    }
  };
  try {
    org.transaction(run);
    return results;
  } catch (error) {
    if (error !== rollback) throw error;
    return records.map((_, index) => (results[index]?.success === false ? results[index] : rolledBack));
  }
}

function deleteCollection(c: Context<LocalOrgEnv>, org: OrgState): Response {
  const ids = (c.req.query('ids') ?? '').split(',').filter((id) => id !== '');
  checkCount(ids.length);
  const { userId } = c.get('session');
  const schema = schemaFor(org, 'data', userId);
  const results = ids.map((text): SaveResult => {
    const id = toId18(text);
    const object = id === undefined ? undefined : schema.objectByKeyPrefix(id.slice(0, 3));
    try {
      if (id === undefined || object?.deletable !== true) throw new RecordRefused('MALFORMED_ID', `bad id ${text}`);
      deleteRecord(org, object.name, id, userId);
      return { id, success: true, errors: [] };
    } catch (error) {
      if (!(error instanceof RecordRefused)) throw error;
      return { id, success: false, errors: [error.error] };
    }
  });
  return c.json(results.map(wireResult));
}

/** Flat trees, as `sf data import tree` sends them one object at a time. All or none. */
async function saveTree(c: Context<LocalOrgEnv>, org: OrgState): Promise<Response> {
  const target = recordTarget(c, org, 'data');
  const records = recordsOf(await jsonObject(c));
  const references = records.map((record) => {
    const attributes = record['attributes'];
    return isJsonObject(attributes) ? textOf(attributes['referenceId']) : '';
  });
  const typed = records.map((record) => ({ ...record, attributes: { type: target.object.name } }));
  const results = saveMixed(org, typed, 'insert', target.userId, true);
  const failed = results.some((result) => !result.success);
  const answers = results.map((result, index) => {
    const referenceId = references[index] ?? '';
    return result.success ? { referenceId, id: result.id } : { referenceId, errors: result.errors };
  });
  const own = failed ? answers.filter((_, index) => results[index]?.errors[0]?.statusCode !== rolledBackCode) : answers;
  return c.json({ hasErrors: failed, results: own }, failed ? 400 : 201, { Location: resourceBase(c, 'data') });
}

function recordsOf(body: JsonObject): JsonObject[] {
  const records = body['records'];
  if (!Array.isArray(records) || !records.every(isJsonObject)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'records must be a list of JSON objects');
  }
  checkCount(records.length);
  return records;
}

function checkCount(count: number): void {
  if (count <= MAX_RECORDS) return;
  throw new RestError(
    400,
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${MAX_RECORDS} records into this call`,
  );
}

/** The values of a sent record without what says which record it is. */
function splitRecord(
  record: JsonObject,
  operation: 'insert' | 'update',
): { id?: string; values: Record<string, unknown> } {
  const isId = ([name]: [string, unknown]): boolean => name.toLowerCase() === 'id';
  const entries = Object.entries(record);
  if (operation === 'insert') return { values: record };
  const id = entries.find(isId)?.[1];
  return { id: textOf(id), values: Object.fromEntries(entries.filter((entry) => !isId(entry))) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function typeOf(record: JsonObject | undefined): string {
  const attributes = record?.['attributes'];
  return isJsonObject(attributes) ? textOf(attributes['type']) : '';
}

function wireResult({ id, success, errors }: SaveResult): JsonObject {
  return { ...(id === undefined ? {} : { id }), success, errors };
}
