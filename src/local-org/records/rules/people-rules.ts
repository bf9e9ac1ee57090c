import type { FieldValue } from '../../state/record-store.ts';
import { isEmailAddress } from '../save/coerce-value.ts';
import { RecordRefused } from '../save/save-error.ts';
import type { ObjectRules } from './object-rules.ts';
import { ownedByUser } from './ownership.ts';
import { fieldText } from '../../state/field-text.ts';

export const accountRules: ObjectRules = {
  initialize: ownedByUser,
  cascade: [{ sobject: 'Contact', field: 'AccountId' }],
};

export const contactRules: ObjectRules = {
  initialize: ownedByUser,
  prepare: ({ values }) => {
    values['Name'] = fullName(values);
  },
};

export const userRules: ObjectRules = {
  prepare: ({ org, old, values }) => {
    const username = fieldText(values['Username']);
    if (!isEmailAddress(username)) {
      const message = 'The Username must be in the form of an email address (for example, john@acme.com)';
      throw new RecordRefused('INVALID_EMAIL_ADDRESS', message, ['Username']);
    }
    const taken = org.records
      .all('User')
      .some((user) => user.Id !== old?.Id && fieldText(user['Username']).toLowerCase() === username.toLowerCase());
    if (taken) {
      const message =
        'Duplicate Username.<br>Another user has already selected this username.<br>Please select another.';
      throw new RecordRefused('DUPLICATE_USERNAME', message, ['Username']);
    }
    values['Username'] = username.toLowerCase();
    values['CommunityNickname'] ??= username.split('@')[0]?.slice(0, 40) ?? username;
    values['UserType'] ??= 'Standard';
    values['Name'] = fullName(values);
  },
  // A user has the permissions of their profile through the profile's own permission set.
  finish: ({ org, userId, old, values }, record) => {
    if (old?.['ProfileId'] === values['ProfileId']) return;
    const profileSetOf = (profileId: FieldValue): string | undefined =>
      org.records.find('PermissionSet', { IsOwnedByProfile: true, ProfileId: profileId })[0]?.Id;
    const before = old === undefined ? undefined : profileSetOf(old['ProfileId'] ?? null);
    for (const row of org.records.find('PermissionSetAssignment', {
      AssigneeId: record.Id,
      PermissionSetId: before ?? '',
    })) {
      org.records.delete('PermissionSetAssignment', row.Id);
    }
    const after = profileSetOf(values['ProfileId'] ?? null);
    if (after === undefined) return;
    const assignment = { AssigneeId: record.Id, PermissionSetId: after, IsActive: true, IsRevoked: false };
    org.records.insert('PermissionSetAssignment', assignment, userId);
  },
};

function fullName(values: Record<string, FieldValue>): string {
  const names = [values['FirstName'], values['MiddleName'], values['LastName'], values['Suffix']];
  return names.filter((name) => typeof name === 'string').join(' ');
}
