import type { Context } from 'hono';

import { underAssignmentHeader } from '../assignment/assignment-header.ts';
import { isJsonObject, jsonObject } from '../http/json-body.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import type { OrgState } from '../state/org-state.ts';
import { toId18 } from '../store/record-id.ts';
import { checkCount, recordsOf, textOf, typeOf, wireResult } from './collections/collection-body.ts';
import type { JsonObject } from './collections/collection-body.ts';
import { retrieveByBody, retrieveByQuery } from './collections/retrieve-collection.ts';
import { upsertCollection } from './collections/upsert-collection.ts';
import { recordTarget, resourceBase, schemaFor } from './record-target.ts';
import { deleteRecords } from './save/delete-record.ts';
import { saveTransaction } from './save/save-chunks.ts';
import { saveRecords } from './save/save-records.ts';
import { abortedResults, refused, rolledBackCode, takenBack } from './save/save-result.ts';
import type { SaveResult } from './save/save-result.ts';

/** Many records a request: `composite/sobjects` and `composite/tree`. */
export const registerCollectionRoutes: RouteRegistrant = (app, org) => {
  const root = '/services/data/:version/composite';
  app.post(`${root}/sobjects`, (c) => saveCollection(c, org, 'insert'));
  app.patch(`${root}/sobjects`, (c) => saveCollection(c, org, 'update'));
  app.delete(`${root}/sobjects`, (c) => deleteCollection(c, org));
  app.get(`${root}/sobjects/:object`, (c) => retrieveByQuery(c, org));
  app.post(`${root}/sobjects/:object`, (c) => retrieveByBody(c, org));
  app.patch(`${root}/sobjects/:object/:field`, (c) => upsertCollection(c, org));
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
  const { userId } = c.get('session');
  const results = underAssignmentHeader(c, org, () => saveMixed(org, records, operation, userId, allOrNone));
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
  const names = records.map((record) => org.schema().data.object(typeOf(record))?.name ?? '');
  try {
    saveTransaction(org, [...new Set(names)], userId, () => {
      for (const { start, end } of stretches(names)) {
        const stretch = records.slice(start, end).map((record) => splitRecord(record, operation));
        const sobject = typeOf(records[start]);
        results.push(...saveRecords(org, { api: 'data', sobject, operation, records: stretch, userId, allOrNone }));
        if (allOrNone && results.some((result) => !result.success)) throw rollback;
      }
    });
    return results;
  } catch (error) {
    return error === rollback ? takenBack(records.length, results) : abortedResults(records.length, error);
  }
}

/** Where the same name stands again and again. */
function stretches(names: readonly string[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const [index, name] of names.entries()) {
    const last = found.at(-1);
    if (last !== undefined && names[last.start] === name) last.end = index + 1;
    else found.push({ start: index, end: index + 1 });
  }
  return found;
}

function deleteCollection(c: Context<LocalOrgEnv>, org: OrgState): Response {
  const ids = (c.req.query('ids') ?? '').split(',').filter((id) => id !== '');
  checkCount(ids.length);
  const { userId } = c.get('session');
  const schema = schemaFor(org, 'data', userId);
  const allOrNone = c.req.query('allOrNone') === 'true';
  const known = ids.map((text) => toId18(text));
  const names = known.map((id) => {
    const object = id === undefined ? undefined : schema.objectByKeyPrefix(id.slice(0, 3));
    return object?.deletable === true ? object.name : '';
  });
  const rollback = new Error('all or none');
  const results: SaveResult[] = [];
  try {
    saveTransaction(org, [...new Set(names)], userId, () => {
      for (const { start, end } of stretches(names)) {
        const sobject = names[start] ?? '';
        const stretch = known.slice(start, end).map((id) => id ?? '');
        results.push(
          ...(sobject === ''
            ? ids.slice(start, end).map(malformedId)
            : deleteRecords(org, { sobject, ids: stretch, userId, allOrNone })),
        );
        if (allOrNone && results.some((result) => !result.success)) throw rollback;
      }
    });
  } catch (error) {
    const ended = error === rollback ? takenBack(ids.length, results) : abortedResults(ids.length, error);
    return c.json(ended.map(wireResult));
  }
  return c.json(results.map(wireResult));
}

function malformedId(id: string): SaveResult {
  return refused([{ statusCode: 'MALFORMED_ID', message: `bad id ${id}`, fields: [] }]);
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
  const results = underAssignmentHeader(c, org, () => saveMixed(org, typed, 'insert', target.userId, true));
  const failed = results.some((result) => !result.success);
  const answers = results.map((result, index) => {
    const referenceId = references[index] ?? '';
    return result.success ? { referenceId, id: result.id } : { referenceId, errors: result.errors };
  });
  const own = failed ? answers.filter((_, index) => results[index]?.errors[0]?.statusCode !== rolledBackCode) : answers;
  return c.json({ hasErrors: failed, results: own }, failed ? 400 : 201, { Location: resourceBase(c, 'data') });
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
