import type { Component } from '../../state/component-store.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { grantsValue } from '../apply/permission-values.ts';
import { rowComponent } from '../apply/row-component.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { findProfile, permissionSetOf, PROFILE, profileFullName } from './profile-names.ts';

/** A profile as a component. Nothing is stored of it but its rows: what is granted by them is what it says. */
export function profileComponent(org: OrgState, fullName: string): Component | undefined {
  const row = findProfile(org, fullName);
  return row === undefined ? undefined : componentOf(org, row);
}

export function profileComponents(org: OrgState): Component[] {
  return org.records.all(PROFILE).map((row) => componentOf(org, row));
}

/** What a profile grants, in the words of metadata: permissions it has, in the order of their names. */
export function profileValue(org: OrgState, row: StoredRecord): MetadataValue {
  const set = permissionSetOf(org, row.Id);
  const license = org.records.get('UserLicense', fieldText(row['UserLicenseId']));
  const description = fieldText(row['Description']);
  return {
    ...(set === undefined ? {} : grantsValue(org, set)),
    custom: set?.['IsCustom'] === true,
    ...(description === '' ? {} : { description }),
    userLicense: fieldText(license?.['Name']),
  };
}

function componentOf(org: OrgState, row: StoredRecord): Component {
  return rowComponent(row, PROFILE, profileFullName(fieldText(row['Name'])), profileValue(org, row));
}
