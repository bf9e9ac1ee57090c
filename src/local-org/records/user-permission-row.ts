import { PERMISSION_NAMES } from '../schema/permission-names.ts';
import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import { fieldText } from '../state/field-text.ts';

/** The one row of UserPermissionAccess: what the running user may do by profile and permission sets together. */
export function userPermissionRow(org: OrgState, userId: string): StoredRecord {
  const sets = org.records
    .find('PermissionSetAssignment', { AssigneeId: userId })
    .flatMap((row) => org.records.get('PermissionSet', fieldText(row['PermissionSetId'])) ?? []);
  const permissions = PERMISSION_NAMES.map((name) => {
    const field = `Permissions${name}`;
    return [field, sets.some((set) => set[field] === true)] as const;
  });
  return { Id: '000000000000000AAA', ...Object.fromEntries(permissions) };
}

/** True if the user has a permission, e.g. `ModifyMetadata`. */
export function userHasPermission(org: OrgState, userId: string, name: (typeof PERMISSION_NAMES)[number]): boolean {
  return userPermissionRow(org, userId)[`Permissions${name}`] === true;
}
