import { upsertPlans } from '../../../records/external-id.ts';
import type { UpsertPlan } from '../../../records/external-id.ts';
import { RecordRefused } from '../../../records/save/save-error.ts';
import type { SaveError } from '../../../records/save/save-error.ts';
import { saveRecords } from '../../../records/save/save-records.ts';
import type { RecordToSave } from '../../../records/save/save-records.ts';
import { refused, rolledBack } from '../../../records/save/save-result.ts';
import type { SaveResult } from '../../../records/save/save-result.ts';
import { fieldText } from '../../../state/field-text.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import type { SObject } from '../../values/records/sobject.ts';
import { storedValue } from '../../values/records/stored-record.ts';
import { dmlOptionsOf } from './dml-options.ts';
import { apexErrors, done, failed } from './dml-outcome.ts';
import type { DmlOutcome } from './dml-outcome.ts';
import { idOfRecord } from './dml-records.ts';
import type { Stretch } from './dml-records.ts';
import type { DmlRequest } from './dml-request.ts';
import { sentValues } from './dml-values.ts';

/** Inserts, updates or upserts records of one type. */
export function saveStretch(run: Run, request: DmlRequest, stretch: Stretch): DmlOutcome[] {
  const plans = plansOf(run, request, stretch);
  const outcomes = plans.map((plan) => ('refused' in plan ? failed([plan.refused]) : undefined));
  if (request.allOrNone && outcomes.some((outcome) => outcome !== undefined)) {
    return outcomes.map((outcome) => outcome ?? failed(rolledBack.errors));
  }
  for (const operation of ['insert', 'update'] as const) {
    const places = plans.flatMap((plan, place) => ('operation' in plan && plan.operation === operation ? [place] : []));
    const chosen = places.map((place) => ({ plan: plans[place], record: stretch.rows[place]?.record }));
    const results = save(run, request, stretch, operation, chosen);
    for (const [index, place] of places.entries()) {
      const result = results[index];
      outcomes[place] =
        result?.success === true ? done(result.id ?? null, operation === 'insert') : failed(apexErrors(result));
    }
  }
  return outcomes.map((outcome) => outcome ?? failed([]));
}

function save(
  run: Run,
  request: DmlRequest,
  { object }: Stretch,
  operation: 'insert' | 'update',
  chosen: readonly { readonly plan: UpsertPlan | undefined; readonly record: SObject | undefined }[],
): SaveResult[] {
  const { access, allOrNone, options } = request;
  const context = { run, object, operation, access };
  const prepared = chosen.map(({ plan, record }): RecordToSave | RecordRefused => {
    const id = plan !== undefined && 'id' in plan ? plan.id : undefined;
    const old = id === undefined ? undefined : run.org.records.get(object.name, id);
    try {
      const values = record === undefined ? {} : sentValues(context, record, old);
      const { assignment } = options ?? dmlOptionsOf(record?.options) ?? {};
      return { ...(id === undefined ? {} : { id }), values, assignment };
    } catch (error) {
      if (error instanceof RecordRefused) return error;
      throw error;
    }
  });
  const refusals = prepared.filter((one) => one instanceof RecordRefused);
  const ready = prepared.flatMap((one) => (one instanceof RecordRefused ? [] : [one]));
  if (allOrNone && refusals.length > 0) {
    return prepared.map((one) => (one instanceof RecordRefused ? refused([one.error]) : rolledBack));
  }
  const truncate = options?.truncate ?? optionsOfRecords(chosen);
  const results =
    ready.length === 0
      ? []
      : saveRecords(run.org, {
          api: 'data',
          sobject: object.name,
          operation,
          records: ready,
          userId: run.userId,
          mode: access,
          allOrNone,
          truncate,
        });
  let next = 0;
  return prepared.map((one) => {
    if (one instanceof RecordRefused) return refused([one.error]);
    next += 1;
    return results[next - 1] ?? refused([]);
  });
}

/** `record.setOptions(…)` speaks for the operation it takes part in. */
function optionsOfRecords(chosen: readonly { readonly record: SObject | undefined }[]): boolean {
  return chosen.some(({ record }) => dmlOptionsOf(record?.options)?.truncate === true);
}

function plansOf(run: Run, { operation, externalIdField }: DmlRequest, stretch: Stretch): UpsertPlan[] {
  const key = operation === 'upsert' && externalIdField?.toLowerCase() !== 'id' ? externalIdField : undefined;
  if (key !== undefined) return plansByExternalId(run, stretch, key);
  return stretch.rows.map(({ record }): UpsertPlan => {
    const id = idOfRecord(record);
    if (operation === 'insert') {
      return id === null ? { operation } : { refused: error('INVALID_FIELD_FOR_INSERT_UPDATE', idInInsert, 'Id') };
    }
    if (id !== null) return { operation: 'update', id };
    if (operation === 'upsert') return { operation: 'insert' };
    return { refused: error('MISSING_ARGUMENT', 'Id not specified in an update call') };
  });
}

const idInInsert = 'cannot specify Id in an insert call';

function error(statusCode: string, message: string, ...fields: string[]): SaveError {
  return { statusCode, message, fields };
}

/** @throws ApexThrown System.SObjectException for a field that identifies nothing */
function plansByExternalId(run: Run, { object, rows }: Stretch, name: string): UpsertPlan[] {
  const field = object.field(name);
  if (field === undefined || !(field.idLookup || field.externalId)) {
    throw apexError(
      'System.SObjectException',
      `Invalid field for upsert, must be an External Id custom or standard indexed field: ${name}`,
    );
  }
  const valueOf = (record: SObject): string => fieldText(storedValue(record.fields.get(field.name) ?? null));
  return upsertPlans(
    run.org,
    object,
    field,
    rows.map(({ record }) => valueOf(record)),
  );
}
