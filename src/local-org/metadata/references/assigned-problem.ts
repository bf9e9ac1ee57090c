import type { OrgState } from '../../state/org-state.ts';

/** Salesforce does not delete a permission set that users have; its sentence is not documented. */
export function assignedProblem(org: OrgState, permissionSetId: string): string | undefined {
  const count = org.records.find('PermissionSetAssignment', { PermissionSetId: permissionSetId }).length;
  return count === 0 ? undefined : `Cannot delete the permission set because it is assigned to ${count} user(s).`;
}
