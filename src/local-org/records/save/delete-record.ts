import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import type { RecordChange } from '../../state/save-hooks.ts';
import { rulesOf } from '../rules/rules-by-object.ts';
import { RecordRefused } from './save-error.ts';

/**
 * Deletes a record with the rows that go with it, and clears the references of those that stay.
 * @throws RecordRefused ENTITY_IS_DELETED, NOT_FOUND, or what a trigger says
 */
export function deleteRecord(org: OrgState, sobject: string, id: string, userId: string): void {
  org.transaction(() => {
    const row = org.records.get(sobject, id);
    if (row === undefined) {
      if (org.records.isDeleted(id)) throw new RecordRefused('ENTITY_IS_DELETED', 'entity is deleted');
      throw new RecordRefused('NOT_FOUND', 'The requested resource does not exist');
    }
    const change: RecordChange = {
      old: row,
      values: undefined,
      fail: (message, fields) => {
        throw new RecordRefused('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields);
      },
    };
    const event = { operation: 'delete', sobject, userId, changes: [change] } as const;
    org.saveHooks?.before(event);
    deleteWithChildren(org, sobject, row, userId);
    org.saveHooks?.after(event);
  });
}

function deleteWithChildren(org: OrgState, sobject: string, row: StoredRecord, userId: string): void {
  const cascade = rulesOf(sobject).cascade ?? [];
  for (const { sobject: child, field } of cascade) {
    for (const childRow of org.records.find(child, { [field]: row.Id }))
      deleteWithChildren(org, child, childRow, userId);
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
  org.records.delete(sobject, row.Id);
}
