import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import type { SaveEvent } from '../../state/save-hooks.ts';
import { rulesOf } from '../rules/rules-by-object.ts';
import { recordChange } from './record-change.ts';
import { saveInChunks } from './save-chunks.ts';
import type { Draft } from './save-chunks.ts';
import { RecordRefused } from './save-error.ts';
import type { SaveResult } from './save-result.ts';

export interface DeleteRequest {
  /** As the schema writes it. */
  readonly sobject: string;
  readonly ids: readonly string[];
  readonly userId: string;
  /** True deletes all records or none. */
  readonly allOrNone: boolean;
}

interface DeleteDraft extends Draft {
  readonly row: StoredRecord | undefined;
}

/**
 * Deletes a record with the rows that go with it, and clears the references of those that stay.
 * @throws RecordRefused ENTITY_IS_DELETED, NOT_FOUND, or what a trigger says
 */
export function deleteRecord(org: OrgState, sobject: string, id: string, userId: string): void {
  const [result] = deleteRecords(org, { sobject, ids: [id], userId, allOrNone: true });
  const [error] = result?.errors ?? [];
  if (error !== undefined) throw new RecordRefused(error.statusCode, error.message, error.fields);
}

/**
 * Deletes records as `deleteRecord` does, with triggers seeing up to 200 at a time. Only the records asked for have
 * triggers, not those that go with them (Apex Developer Guide, "Operations That Don't Invoke Triggers").
 * @returns one result per id, in their order
 */
export function deleteRecords(org: OrgState, request: DeleteRequest): SaveResult[] {
  const { sobject, userId, ids, allOrNone } = request;
  return saveInChunks(org, {
    sobject,
    userId,
    records: ids,
    allOrNone,
    draft: (id): DeleteDraft => draftOf(org, sobject, id),
    save: (drafts) => {
      const live = (): DeleteDraft[] => drafts.filter((draft) => draft.errors.length === 0);
      const hooks = org.saveHooks?.concerns(sobject) === true ? org.saveHooks : undefined;
      const event = (): SaveEvent => {
        const changes = live().map((draft) => recordChange(draft, draft.row, undefined));
        return { operation: 'delete', sobject, userId, changes };
      };
      hooks?.before(event());
      for (const draft of live()) remove(org, sobject, draft, userId);
      if (allOrNone && live().length < drafts.length) return;
      hooks?.after(event());
    },
  });
}

function draftOf(org: OrgState, sobject: string, id: string): DeleteDraft {
  const row = org.records.get(sobject, id);
  if (row !== undefined) return { id: row.Id, row, errors: [] };
  const error = org.records.isDeleted(id)
    ? { statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }
    : { statusCode: 'NOT_FOUND', message: 'The requested resource does not exist', fields: [] };
  return { id: undefined, row, errors: [error] };
}

function remove(org: OrgState, sobject: string, draft: DeleteDraft, userId: string): void {
  const { row } = draft;
  if (row === undefined) return;
  try {
    rulesOf(sobject).refuseDelete?.(org, row);
    deleteWithChildren(org, sobject, row, userId, row.Id);
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error;
    draft.errors = [error.error];
  }
}

/** @param root the record whose deletion takes this one along; its own id for that record itself */
function deleteWithChildren(org: OrgState, sobject: string, row: StoredRecord, userId: string, root: string): void {
  const { cascade = [], removed } = rulesOf(sobject);
  for (const { sobject: child, field } of cascade) {
    for (const childRow of org.records.find(child, { [field]: row.Id }))
      deleteWithChildren(org, child, childRow, userId, root);
  }
  const cascaded = new Set(cascade.map(({ sobject: child, field }) => `${child}.${field}`));
  for (const child of org.schema().data.object(sobject)?.childRelationships ?? []) {
    if (cascaded.has(`${child.childSObject}.${child.field}`)) continue;
    const field = org.schema().data.object(child.childSObject)?.field(child.field);
    if (field?.nillable !== true) continue;
    for (const childRow of org.records.find(child.childSObject, { [child.field]: row.Id })) {
      org.records.update(child.childSObject, childRow.Id, { [child.field]: null }, userId);
    }
  }
  org.records.delete(sobject, row.Id, root);
  removed?.(org, row);
}
