import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';

/**
 * Whether a user may send from an organization-wide address: it is open to all profiles, or to the user's by an
 * OrgEmailAddressSecurity row, or to one of the user's permission sets by SetupEntityAccess. The automated process has no
 * profile, and sends from open addresses alone.
 */
export function maySendFrom(org: OrgState, address: StoredRecord, userId: string): boolean {
  if (address['IsAllowAllProfiles'] === true) return true;
  const ProfileId = org.records.get('User', userId)?.['ProfileId'] ?? null;
  const byProfile = { OrgWideEmailAddressId: address.Id, ParentId: ProfileId };
  if (ProfileId !== null && org.records.find('OrgEmailAddressSecurity', byProfile).length > 0) return true;
  const assignments = org.records.find('PermissionSetAssignment', { AssigneeId: userId });
  const sets = new Set(assignments.map((row) => row['PermissionSetId']));
  return org.records
    .find('SetupEntityAccess', { SetupEntityId: address.Id })
    .some((row) => sets.has(row['ParentId'] ?? null));
}
