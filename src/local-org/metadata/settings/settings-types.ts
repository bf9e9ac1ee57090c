import { settingsMembers } from '../../settings/settings-documents.ts';
import type { SettingsMember } from '../../settings/settings-documents.ts';
import { makeId } from '../../store/record-id.ts';

/**
 * One settings component. A package names it as member of the type `Settings`; its file and the CRUD calls know it by a
 * type of its own (Metadata API guide, "Settings").
 */
export interface SettingsType {
  readonly member: SettingsMember;
  /** E.g. `CaseSettings`: the root of the file, the type of readMetadata, the object of the Tooling API. */
  readonly name: string;
  /** Stands for the row of the Tooling API. */
  readonly id: string;
}

/** The type that packages know all settings by. */
export const SETTINGS = 'Settings';

export const settingsTypes: readonly SettingsType[] = settingsMembers.map((member, index) => ({
  member,
  name: `${member}${SETTINGS}`,
  id: makeId(`z8${index}`, 1),
}));

/** By the name of the member, e.g. `Case`, in any case. */
export function settingsTypeOfMember(fullName: string): SettingsType | undefined {
  return settingsTypes.find(({ member }) => member.toLowerCase() === fullName.toLowerCase());
}

/** By the name of its own type, e.g. `CaseSettings`. */
export function settingsTypeNamed(name: string): SettingsType | undefined {
  return settingsTypes.find((type) => type.name === name);
}
