import { assignOwner } from '../../assignment/assign-owner.ts';
import { assignmentInForce } from '../../assignment/assignment.ts';
import type { Assignment } from '../../assignment/assignment.ts';
import type { ObjectSchema } from '../../schema/schema.ts';
import { visibleSchema } from '../../schema/visible-schema.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import type { SaveEvent } from '../../state/save-hooks.ts';
import type { RuleInput } from '../rules/object-rules.ts';
import { rulesOf } from '../rules/rules-by-object.ts';
import { checkLengths, checkRequired, defaultValues, readValues } from './record-values.ts';
import { checkReferences, checkUnique } from './record-checks.ts';
import { recordChange } from './record-change.ts';
import { saveInChunks } from './save-chunks.ts';
import type { Draft } from './save-chunks.ts';
import { RecordRefused } from './save-error.ts';
import type { SaveResult } from './save-result.ts';

export interface RecordToSave {
  /** Of an update. */
  readonly id?: string;
  readonly values: Record<string, unknown>;
  /** The assignment rule it goes by, unless the whole transaction has one. */
  readonly assignment?: Assignment | undefined;
}

export interface SaveRequest {
  readonly api: 'data' | 'tooling';
  /** In any case. */
  readonly sobject: string;
  readonly operation: 'insert' | 'update';
  readonly records: readonly RecordToSave[];
  readonly userId: string;
  /** `system` ignores field-level security, as Apex does. Absent: `user`. */
  readonly mode?: 'user' | 'system';
  /** True keeps all records or none. */
  readonly allOrNone: boolean;
  /** True cuts text that is too long instead of refusing it. */
  readonly truncate?: boolean;
}

interface SaveDraft extends Draft {
  readonly assignment: Assignment | undefined;
  readonly old: StoredRecord | undefined;
  readonly values: Record<string, FieldValue>;
  readonly sent: ReadonlySet<string>;
  stored: StoredRecord | undefined;
}

/**
 * Saves records in the platform's order of execution: values read and checked for their types, defaults, hooks before
 * (triggers), the object's rules, required fields, lengths and references, the row, the rows that come with it, hooks
 * after, assignment rules. Runs in one transaction; a record that is refused leaves no trace.
 * @returns one result per record, in their order
 */
export function saveRecords(org: OrgState, request: SaveRequest): SaveResult[] {
  const object = org.schema()[request.api].object(request.sobject);
  const seen = visibleObject(org, request);
  return saveInChunks(org, {
    sobject: object?.name ?? request.sobject,
    userId: request.userId,
    records: request.records,
    allOrNone: request.allOrNone,
    draft: (record): SaveDraft => draftOf(org, request, object, seen, record),
    save: (drafts) => {
      if (object !== undefined) saveDrafts(org, request, object, drafts);
    },
  });
}

/** The object with the fields that whoever saves may see. */
function visibleObject(org: OrgState, { api, mode = 'user', sobject, userId }: SaveRequest): ObjectSchema | undefined {
  const schema = mode === 'system' ? org.schema()[api] : visibleSchema(org, userId, api);
  return schema.object(sobject);
}

function draftOf(
  org: OrgState,
  request: SaveRequest,
  full: ObjectSchema | undefined,
  seen: ObjectSchema | undefined,
  record: RecordToSave,
): SaveDraft {
  const { api, operation, mode = 'user' } = request;
  const assignment = api === 'data' ? (assignmentInForce(org) ?? record.assignment) : undefined;
  const blank = { id: undefined, old: undefined, values: {}, sent: new Set<string>(), stored: undefined, assignment };
  try {
    if (full === undefined || seen === undefined) {
      throw new RecordRefused('INVALID_TYPE', `sObject type '${request.sobject}' is not supported.`);
    }
    const old = operation === 'update' ? existing(org, full, record.id ?? '') : undefined;
    const schema = org.schema()[api];
    const sent = readValues({ api, schema, object: seen, operation, mode }, record.values);
    const base = old ?? defaultValues(full);
    const values = { ...base, ...withoutUnsetDefaults(sent, base, operation) };
    return { ...blank, old, values, sent: new Set(Object.keys(sent)), errors: [] };
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error;
    return { ...blank, errors: [error.error] };
  }
}

function saveDrafts(org: OrgState, request: SaveRequest, object: ObjectSchema, drafts: readonly SaveDraft[]): void {
  const live = (): SaveDraft[] => drafts.filter((draft) => draft.errors.length === 0);
  const hooks = org.saveHooks?.concerns(object.name) === true ? org.saveHooks : undefined;
  for (const draft of live()) rulesOf(object.name).initialize?.(ruleInput(org, request, draft));
  hooks?.before(eventOf(request, object, live()));
  for (const draft of live()) store(org, request, object, draft);
  // One refusal takes all back: there is nothing to be seen afterwards.
  if (request.allOrNone && live().length < drafts.length) return;
  hooks?.after(eventOf(request, object, live()));
  for (const { id, assignment } of live()) {
    if (id !== undefined && assignment !== undefined) assignOwner(org, object.name, id, assignment, request.userId);
  }
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

function ruleInput(org: OrgState, { operation, userId }: SaveRequest, draft: SaveDraft): RuleInput {
  return { org, operation, userId, old: draft.old, values: draft.values, sent: draft.sent };
}

function store(org: OrgState, request: SaveRequest, object: ObjectSchema, draft: SaveDraft): void {
  const rules = rulesOf(object.name);
  const { operation, userId } = request;
  const input = ruleInput(org, request, draft);
  try {
    org.transaction(() => {
      // Required fields are looked for twice: what the rules read must be there, and what they fill in may be required.
      checkRequired(object, operation === 'insert' ? draft.values : changedValues(draft), operation);
      checkLengths(object, draft.old, draft.values, request.truncate ?? false);
      checkReferences(org, request.api, object, draft.old, draft.values);
      rules.prepare?.(input);
      checkUnique(org, object, draft.old, draft.values);
      const values = without(draft.values, rules.transient ?? []);
      const stored =
        draft.old === undefined
          ? org.records.insert(object.name, values, userId)
          : org.records.update(object.name, draft.old.Id, clearing(draft.old, values), userId);
      rules.finish?.(input, stored);
      draft.id = stored.Id;
      draft.values['Id'] = stored.Id;
      // The rows that come with a record may have changed it again.
      draft.stored = org.records.get(object.name, stored.Id) ?? stored;
    });
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error;
    draft.errors = [error.error];
  }
}

/** What an update changes: what was sent, and what a trigger wrote. */
function changedValues({ old, values, sent }: SaveDraft): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => sent.has(name) || value !== old?.[name]));
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

function eventOf(request: SaveRequest, object: ObjectSchema, drafts: readonly SaveDraft[]): SaveEvent {
  const { operation, userId } = request;
  const changes = drafts.map((draft) => recordChange(draft, draft.old, draft.stored ?? draft.values));
  return { operation, sobject: object.name, userId, changes };
}

function without(values: Record<string, FieldValue>, names: readonly string[]): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
