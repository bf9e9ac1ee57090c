import { PERMISSION_NAMES } from '../../schema/permission-names.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';

/** What the rows of a permission set grant, in the words of metadata and in the order of names. */
export function grantsValue(org: OrgState, set: StoredRecord): MetadataValue {
  const rows = (sobject: string): StoredRecord[] => org.records.find(sobject, { ParentId: set.Id });
  return {
    classAccesses: rows('SetupEntityAccess')
      .map((row) => fieldText(org.records.get('ApexClass', fieldText(row['SetupEntityId']))?.['Name']))
      .filter((name) => name !== '')
      .sort()
      .map((apexClass) => ({ apexClass, enabled: true })),
    fieldPermissions: sortedBy(rows('FieldPermissions'), 'Field').map((row) => ({
      editable: row['PermissionsEdit'] === true,
      field: fieldText(row['Field']),
      readable: row['PermissionsRead'] === true,
    })),
    objectPermissions: sortedBy(rows('ObjectPermissions'), 'SobjectType').map((row) => ({
      allowCreate: row['PermissionsCreate'] === true,
      allowDelete: row['PermissionsDelete'] === true,
      allowEdit: row['PermissionsEdit'] === true,
      allowRead: row['PermissionsRead'] === true,
      modifyAllRecords: row['PermissionsModifyAllRecords'] === true,
      object: fieldText(row['SobjectType']),
      viewAllFields: row['PermissionsViewAllFields'] === true,
      viewAllRecords: row['PermissionsViewAllRecords'] === true,
    })),
    userPermissions: permissionEntries(set),
  };
}

/** The user permissions that the fields of a row grant (`Permissions…`), in the order of their names. */
export function permissionEntries(row: Readonly<Record<string, unknown>>): { enabled: true; name: string }[] {
  return PERMISSION_NAMES.filter((name) => row[`Permissions${name}`] === true)
    .toSorted()
    .map((name) => ({ enabled: true, name }));
}

function sortedBy(rows: readonly StoredRecord[], field: string): StoredRecord[] {
  return rows.toSorted((one, other) => (fieldText(one[field]) < fieldText(other[field]) ? -1 : 1));
}
