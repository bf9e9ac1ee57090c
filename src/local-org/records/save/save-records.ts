import type { ObjectSchema } from '../../schema/schema.ts';
import { visibleSchema } from '../../schema/visible-schema.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import type { RecordChange, SaveEvent } from '../../state/save-hooks.ts';
import { rulesOf } from '../rules/rules-by-object.ts';
import { checkRequired, defaultValues, readValues } from './record-values.ts';
import { checkReferences, checkUnique } from './record-checks.ts';
import { RecordRefused } from './save-error.ts';
import type { SaveError } from './save-error.ts';

/** Triggers see this many records at a time. */
const CHUNK = 200;

export interface SaveRequest {
  readonly api: 'data' | 'tooling';
  /** In any case. */
  readonly sobject: string;
  readonly operation: 'insert' | 'update';
  readonly records: readonly { readonly id?: string; readonly values: Record<string, unknown> }[];
  readonly userId: string;
  /** `system` ignores field-level security, as Apex does. Absent: `user`. */
  readonly mode?: 'user' | 'system';
  /** True keeps all records or none. */
  readonly allOrNone: boolean;
}

export interface SaveResult {
  readonly id: string | undefined;
  readonly success: boolean;
  readonly errors: readonly SaveError[];
}

/** One record on its way through the save. */
interface Draft {
  readonly index: number;
  readonly old: StoredRecord | undefined;
  readonly values: Record<string, FieldValue>;
  readonly sent: ReadonlySet<string>;
  stored: StoredRecord | undefined;
  error: SaveError | undefined;
}

/**
 * Saves records in the platform's order of execution: values read and checked for their types, defaults, hooks before
 * (triggers), the object's rules, required fields and references, the row, the rows that come with it, hooks after.
 * Runs in one transaction; a record that is refused leaves no trace.
 * @returns one result per record, in their order
 */
export function saveRecords(org: OrgState, request: SaveRequest): SaveResult[] {
  const results: SaveResult[] = [];
  const failed = new Error('rolled back');
  try {
    org.transaction(() => {
      for (let start = 0; start < request.records.length; start += CHUNK) {
        results.push(...saveChunk(org, request, request.records.slice(start, start + CHUNK)));
      }
      if (request.allOrNone && results.some((result) => !result.success)) throw failed;
    });
  } catch (error) {
    if (error !== failed) throw error;
    return results.map((result) => (result.success ? rolledBack : result));
  }
  return results;
}

export const rolledBackCode = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

/** The result of a record that was fine, and was taken back because another was not. */
export const rolledBack: SaveResult = {
  id: undefined,
  success: false,
  errors: [
    {
      statusCode: rolledBackCode,
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};

/**
 * A record that a trigger refuses after it was stored takes the whole chunk back, and the others are saved again without
 * it: they see their triggers a second time, as on the platform.
 */
function saveChunk(org: OrgState, request: SaveRequest, records: SaveRequest['records']): SaveResult[] {
  const refused = new Map<number, SaveError>();
  for (;;) {
    const drafts = draftsOf(org, request, records, refused);
    const again = new Error('refused after the save');
    try {
      org.transaction(() => {
        runChunk(org, request, drafts);
        if (drafts.some((draft) => draft.stored !== undefined && draft.error !== undefined)) throw again;
      });
    } catch (error) {
      if (error !== again) throw error;
      for (const draft of drafts) if (draft.error !== undefined) refused.set(draft.index, draft.error);
      continue;
    }
    return drafts.map((draft) =>
      draft.error === undefined ? { id: draft.stored?.Id, success: true, errors: [] } : refusal(draft.error),
    );
  }
}

function draftsOf(
  org: OrgState,
  request: SaveRequest,
  records: SaveRequest['records'],
  refused: ReadonlyMap<number, SaveError>,
): Draft[] {
  const { api, operation, mode = 'user' } = request;
  const full = org.schema()[api].object(request.sobject);
  const schema = mode === 'system' || api === 'tooling' ? org.schema()[api] : visibleSchema(org, request.userId);
  const object = schema.object(request.sobject);
  return records.map((record, index): Draft => {
    const blank = {
      index,
      old: undefined,
      values: {},
      sent: new Set<string>(),
      stored: undefined,
      error: refused.get(index),
    };
    if (blank.error !== undefined) return blank;
    try {
      if (object === undefined || full === undefined) {
        throw new RecordRefused('INVALID_TYPE', `sObject type '${request.sobject}' is not supported.`);
      }
      const old = operation === 'update' ? existing(org, object, record.id ?? '') : undefined;
      const sent = readValues({ api, schema, object, operation, mode }, record.values);
      const base = old ?? defaultValues(full);
      const values = { ...base, ...withoutUnsetDefaults(sent, base, operation) };
      return { ...blank, old, values, sent: new Set(Object.keys(sent)) };
    } catch (error) {
      if (!(error instanceof RecordRefused)) throw error;
      return { ...blank, error: error.error };
    }
  });
}

function runChunk(org: OrgState, request: SaveRequest, drafts: readonly Draft[]): void {
  const object = org.schema()[request.api].object(request.sobject);
  if (object === undefined) return;
  const live = (): Draft[] => drafts.filter((draft) => draft.error === undefined);
  org.saveHooks?.before(eventOf(request, object, live()));
  for (const draft of live()) store(org, request, object, draft);
  org.saveHooks?.after(eventOf(request, object, live()));
}

/** An insert that sends null for a field with a default gets the default. */
function withoutUnsetDefaults(
  sent: Record<string, FieldValue>,
  base: Record<string, FieldValue>,
  operation: 'insert' | 'update',
): Record<string, FieldValue> {
  if (operation === 'update') return sent;
  return Object.fromEntries(Object.entries(sent).filter(([name, value]) => value !== null || base[name] === undefined));
}

function store(org: OrgState, request: SaveRequest, object: ObjectSchema, draft: Draft): void {
  const rules = rulesOf(object.name);
  const { operation, userId } = request;
  const input = { org, operation, userId, old: draft.old, values: draft.values, sent: draft.sent };
  try {
    org.transaction(() => {
      // Required fields are looked for twice: what the rules read must be there, and what they fill in may be required.
      const changed = operation === 'insert' ? draft.values : pick(draft.values, draft.sent);
      checkRequired(object, changed, operation);
      checkReferences(org, request.api, object, draft.old, draft.values);
      rules.prepare?.(input);
      checkUnique(org, object, draft.old, draft.values);
      const values = without(draft.values, rules.transient ?? []);
      draft.stored =
        draft.old === undefined
          ? org.records.insert(object.name, values, userId)
          : org.records.update(object.name, draft.old.Id, clearing(draft.old, values), userId);
      rules.finish?.(input, draft.stored);
      draft.values['Id'] = draft.stored.Id;
    });
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error;
    draft.error = error.error;
  }
}

/** The store merges: what is gone must be sent as null. */
function clearing(old: StoredRecord, values: Record<string, FieldValue>): Record<string, FieldValue> {
  const gone = Object.keys(old).filter((name) => !(name in values));
  return { ...values, ...Object.fromEntries(gone.map((name) => [name, null])) };
}

function existing(org: OrgState, object: ObjectSchema, id: string): StoredRecord {
  const row = org.records.get(object.name, id);
  if (row !== undefined) return row;
  if (org.records.isDeleted(id)) throw new RecordRefused('ENTITY_IS_DELETED', 'entity is deleted');
  throw new RecordRefused('NOT_FOUND', 'The requested resource does not exist');
}

function eventOf(request: SaveRequest, object: ObjectSchema, drafts: readonly Draft[]): SaveEvent {
  const changes = drafts.map((draft): RecordChange => ({
    old: draft.old,
    values: draft.stored ?? draft.values,
    fail: (message, fields = []) => {
      draft.error = { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields };
    },
  }));
  return { operation: request.operation, sobject: object.name, userId: request.userId, changes };
}

function refusal(error: SaveError): SaveResult {
  return { id: undefined, success: false, errors: [error] };
}

function pick(values: Record<string, FieldValue>, names: ReadonlySet<string>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function without(values: Record<string, FieldValue>, names: readonly string[]): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
