import { fieldText } from '../../../state/field-text.ts';
import type { OrgState } from '../../../state/org-state.ts';
import type { FieldValue } from '../../../state/record-store.ts';
import { isEmailAddress } from '../../save/coerce-value.ts';
import { RecordRefused } from '../../save/save-error.ts';
import { caseOwnerUse } from '../case-owner-uses.ts';
import type { CaseOwnerUse } from '../case-owner-uses.ts';
import type { ObjectRules, RuleInput } from '../object-rules.ts';
import { fullName } from '../people-rules.ts';

export const userRules: ObjectRules = {
  prepare: (input) => {
    const { org, old, values } = input;
    const username = fieldText(values['Username']);
    if (!isEmailAddress(username)) {
      const message = 'The Username must be in the form of an email address (for example, john@acme.com)';
      throw new RecordRefused('INVALID_EMAIL_ADDRESS', message, ['Username']);
    }
    if (isTaken(org, 'Username', username, old?.Id)) {
      const message =
        'Duplicate Username.<br>Another user has already selected this username.<br>Please select another.';
      throw new RecordRefused('DUPLICATE_USERNAME', message, ['Username']);
    }
    values['Username'] = username.toLowerCase();
    values['CommunityNickname'] ??= freeNickname(org, username);
    if (isTaken(org, 'CommunityNickname', fieldText(values['CommunityNickname']), old?.Id)) {
      const message =
        'Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select another.';
      throw new RecordRefused('DUPLICATE_COMM_NICKNAME', message, ['CommunityNickname']);
    }
    checkTimeZone(fieldText(values['TimeZoneSidKey']));
    values['UserType'] ??= 'Standard';
    values['Name'] = fullName(values);
    if (old?.['IsActive'] === true && values['IsActive'] !== true) checkDeactivation(input);
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

function isTaken(org: OrgState, field: string, value: string, ownId: string | undefined): boolean {
  const wanted = value.toLowerCase();
  return org.records.all('User').some((user) => user.Id !== ownId && fieldText(user[field]).toLowerCase() === wanted);
}

/** The nickname of a user who is given none: what stands before the `@`, with a number if somebody has that. */
function freeNickname(org: OrgState, username: string): string {
  const base = username.slice(0, username.indexOf('@')).slice(0, 30);
  for (let number = 1; ; number++) {
    const nickname = number === 1 ? base : `${base}${number}`;
    if (!isTaken(org, 'CommunityNickname', nickname, undefined)) return nickname;
  }
}

function checkTimeZone(timeZone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone });
  } catch {
    const message = `Time Zone: bad value for restricted picklist field: ${timeZone}`;
    throw new RecordRefused('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, ['TimeZoneSidKey']);
  }
}

/** Salesforce's sentences where its help has them; that one cannot switch oneself off is ours. */
const DEACTIVATION_REFUSALS: Readonly<Record<CaseOwnerUse, string>> = {
  'default case owner':
    'You cannot deactivate this user. You cannot deactivate a user who is the default owner of cases',
  'automated case user':
    'You cannot deactivate this user. You cannot deactivate a user who is the automated user of cases',
  'routing address':
    'You cannot deactivate this user. You cannot deactivate a user who is the owner of cases of an email routing address',
  'assignment rule':
    'You cannot deactivate this user. You cannot deactivate a user who is receiving cases or notifications as part of your case assignment/escalation rules.',
};

function checkDeactivation({ org, userId, old }: RuleInput): void {
  if (old?.Id === userId) {
    throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', 'You cannot deactivate yourself.', ['IsActive']);
  }
  const use = caseOwnerUse(org, fieldText(old?.['Username']), 'User');
  if (use !== undefined) throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', DEACTIVATION_REFUSALS[use], ['IsActive']);
}

/** Roles are known by a name that queries and metadata use, made of their label if none is given. */
export const userRoleRules: ObjectRules = {
  prepare: ({ org, old, values }) => {
    values['DeveloperName'] ??= fieldText(values['Name'])
      .replaceAll(/\W+/g, '_')
      .replaceAll(/^_+|_+$/g, '');
    const name = fieldText(values['DeveloperName']).toLowerCase();
    const twin = org.records
      .all('UserRole')
      .find((role) => role.Id !== old?.Id && fieldText(role['DeveloperName']).toLowerCase() === name);
    if (twin === undefined) return;
    const message = `The developer name you entered is already in use. Please use another one.: Role Name: duplicate developer name`;
    throw new RecordRefused('DUPLICATE_DEVELOPER_NAME', message, ['DeveloperName']);
  },
  refuseDelete: (org, role) => {
    const isHeld = org.records.find('User', { UserRoleId: role.Id }).length > 0;
    const hasBelow = org.records.find('UserRole', { ParentRoleId: role.Id }).length > 0;
    if (!isHeld && !hasBelow) return;
    const why = isHeld ? 'users are assigned to it' : 'other roles report to it';
    throw new RecordRefused('DELETE_FAILED', `The role cannot be deleted because ${why}`);
  },
};
