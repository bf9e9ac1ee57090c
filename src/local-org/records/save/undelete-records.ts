import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { rulesOf } from '../rules/rules-by-object.ts';
import type { DeleteRequest } from './delete-record.ts';
import { recordChange } from './record-change.ts';
import { saveInChunks } from './save-chunks.ts';
import type { Draft } from './save-chunks.ts';
import type { SaveResult } from './save-result.ts';

interface UndeleteDraft extends Draft {
  readonly target: string;
  row: StoredRecord | undefined;
}

/**
 * Takes records out of the recycle bin, with the rows that were deleted along with them. References that a deletion
 * cleared in other rows stay cleared.
 * @returns one result per id, in their order
 */
export function undeleteRecords(org: OrgState, request: DeleteRequest): SaveResult[] {
  const { sobject, userId, ids, allOrNone } = request;
  return saveInChunks(org, {
    sobject,
    userId,
    records: ids,
    allOrNone,
    draft: (target): UndeleteDraft => ({ id: undefined, target, row: undefined, errors: [] }),
    save: (drafts) => {
      for (const draft of drafts.filter((one) => one.errors.length === 0)) restore(org, sobject, draft);
      if (allOrNone && drafts.some((draft) => draft.errors.length > 0)) return;
      if (org.saveHooks?.concerns(sobject) !== true) return;
      const live = drafts.filter((draft) => draft.errors.length === 0);
      const changes = live.map((draft) => recordChange(draft, undefined, draft.row));
      org.saveHooks.after({ operation: 'undelete', sobject, userId, changes });
    },
  });
}

function restore(org: OrgState, sobject: string, draft: UndeleteDraft): void {
  const row = org.records.undelete(sobject, draft.target);
  if (row === undefined) {
    draft.errors = [{ statusCode: 'UNDELETE_FAILED', message: 'Entity is not in the recycle bin', fields: [] }];
    return;
  }
  draft.id = row.Id;
  draft.row = row;
  restoreChildren(org, sobject, row.Id, new Set());
}

function restoreChildren(org: OrgState, sobject: string, root: string, seen: Set<string>): void {
  for (const { sobject: child } of rulesOf(sobject).cascade ?? []) {
    if (seen.has(child)) continue;
    seen.add(child);
    for (const id of org.records.deletedTogether(child, root)) org.records.undelete(child, id);
    restoreChildren(org, child, root, seen);
  }
}
