import { PERMISSION_NAMES } from '../schema/permission-names.ts';
import type { PermissionName } from '../schema/permission-names.ts';
import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import { fieldText } from '../state/field-text.ts';

/** The one row of UserPermissionAccess: what the running user may do by profile and permission sets together. */
export function userPermissionRow(org: OrgState, userId: string): StoredRecord {
  const sets = permissionSetsOf(org, userId);
  const permissions = PERMISSION_NAMES.map((name) => [`Permissions${name}`, grants(sets, name)] as const);
  return { Id: '000000000000000AAA', ...Object.fromEntries(permissions) };
}

/** True if the user has a permission, e.g. `ModifyMetadata`. */
export function userHasPermission(org: OrgState, userId: string, name: PermissionName): boolean {
  return grants(permissionSetsOf(org, userId), name);
}

/** Permission sets assigned to a user, the profile's own among them. */
function permissionSetsOf(org: OrgState, userId: string): StoredRecord[] {
  return org.records
    .find('PermissionSetAssignment', { AssigneeId: userId })
    .flatMap((row) => org.records.get('PermissionSet', fieldText(row['PermissionSetId'])) ?? []);
}

function grants(sets: readonly StoredRecord[], name: PermissionName): boolean {
  return sets.some((set) => set[`Permissions${name}`] === true);
}
