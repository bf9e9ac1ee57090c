import { findProfile } from '../../metadata/profiles/profile-names.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';

/** Permission sets and profiles, by name, whose users an administrator approved for an app. */
export interface ApprovedBy {
  readonly permissionSets: readonly string[];
  readonly profiles: readonly string[];
}

/** Ids of the users who are approved now: assignments count from the moment they are made. */
export function approvedUsers(org: OrgState, { permissionSets, profiles }: ApprovedBy): string[] {
  const setIds = permissionSets.flatMap((name) => permissionSetNamed(org, name) ?? []);
  const profileIds = profiles.flatMap((name) => profileNamed(org, name) ?? []);
  return [
    ...org.records
      .findAny('PermissionSetAssignment', 'PermissionSetId', setIds)
      .map((row) => fieldText(row['AssigneeId'])),
    ...org.records.findAny('User', 'ProfileId', profileIds).map((user) => user.Id),
  ];
}

/** Id of a permission set by its name. */
export function permissionSetNamed(org: OrgState, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return org.records.all('PermissionSet').find((row) => fieldText(row['Name']).toLowerCase() === wanted)?.Id;
}

/** Id of a profile by its label or by the name metadata has for it. */
export function profileNamed(org: OrgState, name: string): string | undefined {
  return findProfile(org, name)?.Id;
}
