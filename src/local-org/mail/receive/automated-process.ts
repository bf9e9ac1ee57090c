import { findUser } from '../../records/find-user.ts';
import { emailToCaseOf } from '../../settings/email-to-case.ts';
import type { OrgState } from '../../state/org-state.ts';

/** The Automated Case User of the Support Settings: who is named there, else the system's own user. */
export function automatedCaseUser(org: OrgState): string {
  const { defaultCaseUser, systemUserIsCaseUser } = emailToCaseOf(org);
  const named = systemUserIsCaseUser || defaultCaseUser === undefined ? undefined : findUser(org, defaultCaseUser);
  return named?.['IsActive'] === true ? named.Id : automatedProcessUser(org);
}

/** The user in whose name Email-to-Case works: every org has it, and nobody can log in as it. Made when first needed. */
export function automatedProcessUser(org: OrgState): string {
  const known = org.records.find('User', { UserType: 'AutomatedProcess' })[0];
  if (known !== undefined) return known.Id;
  const username = `autoproc@${org.settings.organizationId.toLowerCase()}`;
  const row = {
    Username: username,
    LastName: 'Automated Process',
    Name: 'Automated Process',
    Email: username,
    Alias: 'autoproc',
    CommunityNickname: 'autoproc',
    IsActive: true,
    HasUserVerifiedEmail: true,
    UserType: 'AutomatedProcess',
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
  };
  return org.records.insert('User', row, org.settings.adminUserId).Id;
}
