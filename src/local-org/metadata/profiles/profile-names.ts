import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';

export const PROFILE = 'Profile';

/** What metadata calls the standard profiles whose records have another name. */
const API_NAMES: Readonly<Record<string, string>> = { 'System Administrator': 'Admin', 'Standard User': 'Standard' };

/** The full name of a profile: its own name, but for some standard ones, with special characters as in a URL. */
export function profileFullName(name: string): string {
  return API_NAMES[name] ?? name.replaceAll(/[^\p{L}\p{N} _-]/gu, encoded);
}

/** The name that a profile of this full name has, or would have. */
export function profileNameOf(fullName: string): string {
  const standard = Object.keys(API_NAMES).find((name) => API_NAMES[name]?.toLowerCase() === fullName.toLowerCase());
  if (standard !== undefined) return standard;
  try {
    return decodeURIComponent(fullName);
  } catch {
    // A lone percent sign is no code: the name is what it is.
    return fullName;
  }
}

/** The row of a profile by the full name that metadata has for it, or by its own name; both in any case. */
export function findProfile(org: OrgState, fullName: string): StoredRecord | undefined {
  const wanted = new Set([profileNameOf(fullName).toLowerCase(), fullName.toLowerCase()]);
  return org.records.all(PROFILE).find((row) => wanted.has(fieldText(row['Name']).toLowerCase()));
}

/** The permission set that holds what a profile grants. */
export function permissionSetOf(org: OrgState, profileId: string): StoredRecord | undefined {
  return org.records.find('PermissionSet', { ProfileId: profileId, IsOwnedByProfile: true })[0];
}

/** Standard profiles are the platform's own: they are neither deleted nor granted other user permissions. */
export function isCustomProfile(org: OrgState, profileId: string): boolean {
  return permissionSetOf(org, profileId)?.['IsCustom'] === true;
}

function encoded(character: string): string {
  return `%${character.codePointAt(0)?.toString(16).toUpperCase().padStart(2, '0') ?? ''}`;
}
