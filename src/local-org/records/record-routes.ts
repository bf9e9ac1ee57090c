import type { Context } from 'hono';

import { underAssignmentHeader } from '../assignment/assignment-header.ts';
import { jsonObject } from '../http/json-body.ts';
import { notImplemented, RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import { resourceNotFound } from '../http/session-guard.ts';
import type { OrgState } from '../state/org-state.ts';
import { describeObject, objectSummary } from './describe.ts';
import { externalIdField } from './external-id.ts';
import { readRecord } from './read-record.ts';
import { recordId, recordTarget, resourceBase, schemaFor } from './record-target.ts';
import type { RecordTarget } from './record-target.ts';
import { deleteRecord } from './save/delete-record.ts';
import { RecordRefused, restErrorOf } from './save/save-error.ts';
import { saveRecords } from './save/save-records.ts';
import { fieldText } from '../state/field-text.ts';

type Api = 'data' | 'tooling';

/** `sobjects` of the data and of the Tooling API: describe, and records one by one. */
export const registerRecordRoutes: RouteRegistrant = (app, org) => {
  for (const api of ['data', 'tooling'] as const) {
    const root = `/services/data/:version/${api === 'tooling' ? 'tooling/' : ''}sobjects`;
    app.get(root, (c) => listObjects(c, org, api));
    app.get(`${root}/:object`, (c) => {
      const target = recordTarget(c, org, api);
      return c.json({ objectDescribe: objectSummary(target.object, target.base), recentItems: [] });
    });
    app.post(`${root}/:object`, (c) => createRecord(c, org, recordTarget(c, org, api)));
    app.get(`${root}/:object/describe`, (c) => {
      const target = recordTarget(c, org, api);
      return c.json(describeObject(target.object, target.base));
    });
    app.get(`${root}/:object/:id`, (c) => {
      const target = recordTarget(c, org, api);
      const fields = c.req
        .query('fields')
        ?.split(',')
        .map((name) => name.trim());
      return c.json(readRecord(org, target, recordId(target, c.req.param('id')), fields));
    });
    app.patch(`${root}/:object/:id`, (c) => updateRecord(c, org, recordTarget(c, org, api)));
    app.delete(`${root}/:object/:id`, (c) => removeRecord(c, org, recordTarget(c, org, api)));
    app.get(`${root}/:object/:key/:part`, (c) => {
      const target = recordTarget(c, org, api);
      return target.object.field(c.req.param('part'))?.type === 'base64'
        ? blob(c, org, target)
        : c.json(readRecord(org, target, externalId(c, org, target), undefined));
    });
    app.patch(`${root}/:object/:key/:part`, (c) => upsertRecord(c, org, recordTarget(c, org, api)));
  }
};

function listObjects(c: Context<LocalOrgEnv>, org: OrgState, api: Api): Response {
  const base = resourceBase(c, api);
  const objects = schemaFor(org, api, c.get('session').userId).objects();
  const sorted = objects.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return c.json({
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: sorted.map((object) => objectSummary(object, base)),
  });
}

async function createRecord(c: Context<LocalOrgEnv>, org: OrgState, target: RecordTarget): Promise<Response> {
  refuseOperation(target, 'insert');
  if (/^multipart\//i.test(c.req.header('content-type') ?? '')) throw notImplemented('multipart uploads of records');
  return created(c, org, target, await jsonObject(c));
}

function created(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  target: RecordTarget,
  values: Record<string, unknown>,
  isTold = false,
): Response {
  const id = save(c, org, target, 'insert', { values });
  return c.json({ id, success: true, errors: [], ...(isTold ? { created: true } : {}) }, 201, {
    Location: `${target.base}/sobjects/${target.object.name}/${id}`,
  });
}

async function updateRecord(c: Context<LocalOrgEnv>, org: OrgState, target: RecordTarget): Promise<Response> {
  refuseOperation(target, 'update');
  const id = recordId(target, c.req.param('id') ?? '');
  save(c, org, target, 'update', { id, values: await jsonObject(c) });
  return c.body(null, 204);
}

function save(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  target: RecordTarget,
  operation: 'insert' | 'update',
  record: { id?: string; values: Record<string, unknown> },
): string {
  const { api, object, userId } = target;
  const request = { api, sobject: object.name, operation, records: [record], userId, allOrNone: true };
  const [result] = underAssignmentHeader(c, org, () => saveRecords(org, request));
  const [error] = result?.errors ?? [];
  if (error !== undefined) throw restErrorOf(error);
  return result?.id ?? '';
}

function removeRecord(c: Context<LocalOrgEnv>, org: OrgState, target: RecordTarget): Response {
  refuseOperation(target, 'delete');
  const id = recordId(target, c.req.param('id') ?? '');
  try {
    deleteRecord(org, target.object.name, id, target.userId);
  } catch (error) {
    throw error instanceof RecordRefused ? restErrorOf(error.error) : error;
  }
  return c.body(null, 204);
}

/** `PATCH …/Case/External__c/value`: updates the one record with that value, or creates it. */
async function upsertRecord(c: Context<LocalOrgEnv>, org: OrgState, target: RecordTarget): Promise<Response> {
  const values = await jsonObject(c);
  const field = externalIdField(target.object, c.req.param('key') ?? '').name;
  const value = c.req.param('part') ?? '';
  if (field in values) {
    throw new RestError(400, 'INVALID_FIELD', `The ${field} field should not be specified in the sobject data.`);
  }
  const id = externalId(c, org, target, 'may be missing');
  if (id === undefined) {
    refuseOperation(target, 'insert');
    return created(c, org, target, { ...values, ...(field === 'Id' ? {} : { [field]: value }) }, tellsCreated(c));
  }
  refuseOperation(target, 'update');
  save(c, org, target, 'update', { id, values });
  return tellsCreated(c) ? c.json({ id, success: true, errors: [], created: false }) : c.body(null, 204);
}

/** Since version 46.0 the answer to an upsert says whether the record is a new one (REST API guide, "Upsert"). */
function tellsCreated(c: Context<LocalOrgEnv>): boolean {
  return Number(c.req.param('version')?.slice(1)) >= 46;
}

function externalId(c: Context<LocalOrgEnv>, org: OrgState, target: RecordTarget): string;
function externalId(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  target: RecordTarget,
  rule: 'may be missing',
): string | undefined;
function externalId(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  target: RecordTarget,
  rule?: 'may be missing',
): string | undefined {
  const { name } = externalIdField(target.object, c.req.param('key') ?? '');
  const value = (c.req.param('part') ?? '').toLowerCase();
  const found = org.records.all(target.object.name).filter((row) => fieldText(row[name] ?? '').toLowerCase() === value);
  if (found.length > 1) {
    throw new RestError(300, 'DUPLICATE_VALUE', `${found.length} records have this value of ${name}.`);
  }
  const [only] = found;
  if (only === undefined && rule === undefined) throw resourceNotFound();
  return only?.Id;
}

/** The bytes of a file, e.g. `…/ContentVersion/<id>/VersionData`. */
function blob(c: Context<LocalOrgEnv>, org: OrgState, target: RecordTarget): Response {
  const field = target.object.field(c.req.param('part') ?? '');
  const row = org.records.get(target.object.name, recordId(target, c.req.param('key') ?? ''));
  if (row === undefined || field === undefined) throw resourceNotFound();
  const bytes = Buffer.from(fieldText(row[field.name] ?? ''), 'base64');
  return c.body(bytes, 200, { 'content-type': 'application/octetstream' });
}

const VERBS = { insert: 'createable', update: 'updateable', delete: 'deletable' } as const;
const PARTICIPLES = { insert: 'inserted', update: 'updated', delete: 'deleted' } as const;

function refuseOperation(target: RecordTarget, operation: keyof typeof VERBS): void {
  if (target.object[VERBS[operation]]) return;
  const message = `entity type cannot be ${PARTICIPLES[operation]}: ${target.object.label}`;
  throw new RestError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message);
}
