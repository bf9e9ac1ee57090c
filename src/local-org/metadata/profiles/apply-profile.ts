import { PERMISSION_NAMES } from '../../schema/permission-names.ts';
import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import { withoutTrace } from '../../state/without-trace.ts';
import { writePermissionRows } from '../apply/permission-rows.ts';
import { flagOf, listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { mergedGrants } from './merged-grants.ts';
import { profileComponent, profileValue } from './profile-component.ts';
import { findProfile, permissionSetOf, PROFILE, profileNameOf } from './profile-names.ts';

/** The licence of a profile whose file names none. */
export const DEFAULT_LICENSE = 'Salesforce';

/** Makes a profile, or changes one by what a checked value mentions. Call it within a transaction. */
export function applyProfile(org: OrgState, fullName: string, value: MetadataValue, userId: string): Component {
  const row = findProfile(org, fullName) ?? insertProfile(org, fullName, value, userId);
  const wanted = mergedGrants(profileValue(org, row), value);
  const granted = grantedPermissions(wanted);
  const set = permissionSetOf(org, row.Id);
  if (set === undefined) throw new Error(`The profile ${fullName} has no permission set.`);
  org.records.update(PROFILE, row.Id, { ...granted, Description: textOf(wanted, 'description') ?? null }, userId);
  org.records.update('PermissionSet', set.Id, granted, userId);
  writePermissionRows(org, set.Id, wanted, userId);
  const component = profileComponent(org, fullName);
  if (component === undefined) throw new Error(`The profile ${fullName} was saved without a row.`);
  return component;
}

/** Whether a profile that is there would be another afterwards. */
export function wouldChangeProfile(org: OrgState, fullName: string, value: MetadataValue): boolean {
  const before = profileComponent(org, fullName)?.xml;
  return withoutTrace(org, () => applyProfile(org, fullName, value, org.settings.adminUserId).xml) !== before;
}

/** Removes a profile that nobody has, with its permission set and what hangs on that. */
export function removeProfile(org: OrgState, fullName: string): void {
  const row = findProfile(org, fullName);
  if (row === undefined) return;
  const set = permissionSetOf(org, row.Id);
  const deleteBelow = (sobject: string, ParentId: string | null): void => {
    for (const grant of org.records.find(sobject, { ParentId })) org.records.delete(sobject, grant.Id);
  };
  for (const sobject of ['FieldPermissions', 'ObjectPermissions', 'SetupEntityAccess']) {
    deleteBelow(sobject, set?.Id ?? null);
  }
  deleteBelow('OrgEmailAddressSecurity', row.Id);
  if (set !== undefined) org.records.delete('PermissionSet', set.Id);
  org.records.delete(PROFILE, row.Id);
}

function insertProfile(org: OrgState, fullName: string, value: MetadataValue, userId: string): StoredRecord {
  const license = org.records.find('UserLicense', { Name: textOf(value, 'userLicense') ?? DEFAULT_LICENSE })[0];
  const row = org.records.insert(
    PROFILE,
    { Name: profileNameOf(fullName), UserLicenseId: license?.Id ?? null, UserType: 'Standard', IsSsoEnabled: false },
    userId,
  );
  // The permission set stands for the profile wherever permissions are asked for.
  const name = `X${row.Id}`;
  const set = { Name: name, Label: name, IsOwnedByProfile: true, IsCustom: true, ProfileId: row.Id, Type: 'Profile' };
  org.records.insert('PermissionSet', set, userId);
  return row;
}

function grantedPermissions(value: MetadataValue): Record<string, FieldValue> {
  const granted = new Set(
    listOf(value, 'userPermissions')
      .filter((entry) => flagOf(entry, 'enabled', false))
      .map((entry) => textOf(entry, 'name') ?? ''),
  );
  return Object.fromEntries(PERMISSION_NAMES.map((name) => [`Permissions${name}`, granted.has(name)]));
}
