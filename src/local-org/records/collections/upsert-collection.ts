import type { Context } from 'hono';

import { underAssignmentHeader } from '../../assignment/assignment-header.ts';
import { jsonObject } from '../../http/json-body.ts';
import type { LocalOrgEnv } from '../../http/route.ts';
import type { FieldSchema } from '../../schema/schema.ts';
import type { OrgState } from '../../state/org-state.ts';
import { externalIdField, upsertPlans } from '../external-id.ts';
import type { UpsertPlan } from '../external-id.ts';
import { recordTarget } from '../record-target.ts';
import type { RecordTarget } from '../record-target.ts';
import { saveTransaction } from '../save/save-chunks.ts';
import { saveRecords } from '../save/save-records.ts';
import { abortedResults, refused, takenBack } from '../save/save-result.ts';
import type { SaveResult } from '../save/save-result.ts';
import { recordsOf, wireResult } from './collection-body.ts';
import type { JsonObject } from './collection-body.ts';

interface PlannedRecord {
  readonly plan: UpsertPlan;
  readonly values: JsonObject;
}

/** `PATCH …/composite/sobjects/Account/External__c`: updates the records with those values, and creates the others. */
export async function upsertCollection(c: Context<LocalOrgEnv>, org: OrgState): Promise<Response> {
  const target = recordTarget(c, org, 'data');
  const field = externalIdField(target.object, c.req.param('field') ?? '');
  const body = await jsonObject(c);
  const planned = plannedRecords(org, target, field, recordsOf(body));
  const results = underAssignmentHeader(c, org, () => save(org, target, planned, body['allOrNone'] === true));
  return c.json(
    results.map((result, index) => ({
      ...wireResult(result),
      created: result.success && operationOf(planned[index]) === 'insert',
    })),
  );
}

function plannedRecords(
  org: OrgState,
  { object }: RecordTarget,
  field: FieldSchema,
  records: readonly JsonObject[],
): PlannedRecord[] {
  const isKey = (name: string): boolean => name.toLowerCase() === field.name.toLowerCase();
  const keys = records.map((record) => {
    const key = Object.entries(record).find(([name]) => isKey(name))?.[1];
    return typeof key === 'string' || typeof key === 'number' ? String(key) : '';
  });
  const isId = field.type === 'id';
  const plans = isId ? keys.map(planById) : upsertPlans(org, object, field, keys);
  return plans.map((plan, index) => {
    const others = Object.entries(records[index] ?? {}).filter(([name]) => !isKey(name));
    return { plan, values: { ...Object.fromEntries(others), ...(isId ? {} : { [field.name]: keys[index] }) } };
  });
}

/** By the records' own ids, one without an id is a new one. */
function planById(id: string): UpsertPlan {
  return id === '' ? { operation: 'insert' } : { operation: 'update', id };
}

function operationOf(planned: PlannedRecord | undefined): 'insert' | 'update' | undefined {
  return planned !== undefined && 'operation' in planned.plan ? planned.plan.operation : undefined;
}

function save(
  org: OrgState,
  { object, userId }: RecordTarget,
  planned: readonly PlannedRecord[],
  allOrNone: boolean,
): SaveResult[] {
  const results = planned.map(({ plan }) => ('refused' in plan ? refused([plan.refused]) : undefined));
  const rollback = new Error('all or none');
  const isEnd = (): boolean => allOrNone && results.some((result) => result?.success === false);
  try {
    saveTransaction(org, [object.name], userId, () => {
      for (const operation of ['insert', 'update'] as const) {
        if (isEnd()) throw rollback;
        const places = [...planned.keys()].filter((place) => operationOf(planned[place]) === operation);
        if (places.length === 0) continue;
        const records = places.map((place) => recordToSave(planned[place]));
        const request = { api: 'data', sobject: object.name, operation, records, userId, allOrNone } as const;
        for (const [index, result] of saveRecords(org, request).entries()) results[places[index] ?? 0] = result;
      }
      if (isEnd()) throw rollback;
    });
  } catch (error) {
    return error === rollback ? takenBack(planned.length, results) : abortedResults(planned.length, error);
  }
  return results.map((result) => result ?? refused([]));
}

function recordToSave(planned: PlannedRecord | undefined): { id?: string; values: JsonObject } {
  const { plan, values = {} } = planned ?? {};
  return plan !== undefined && 'id' in plan ? { id: plan.id, values } : { values };
}
