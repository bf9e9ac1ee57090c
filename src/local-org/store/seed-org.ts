import { authorizedDomain } from '../mail/authorized-domains.ts';
import { ADMINISTRATOR_PERMISSIONS, PERMISSION_NAMES, STANDARD_USER_PERMISSIONS } from '../schema/permission-names.ts';
import type { DocumentStore } from '../state/document-store.ts';
import type { OrgKind } from '../state/org-settings.ts';
import type { FieldValue, RecordStore } from '../state/record-store.ts';
import { makeId, makeOrganizationId } from './record-id.ts';
import type { Sequences } from './sequences.ts';
import { saveSettings } from './stored-settings.ts';

/** Highest API version offered: Winter '27, the release of this org's facts. */
const API_VERSION = '68.0';

/** Mail flows in a new org: `example.com`, the domain of all examples, stands for the customer's verified one. */
const VERIFIED_DOMAINS = ['example.com', 'local-org.test'];

const CASE_STATUSES = [
  { MasterLabel: 'New', IsDefault: true, IsClosed: false },
  { MasterLabel: 'Working', IsDefault: false, IsClosed: false },
  { MasterLabel: 'Escalated', IsDefault: false, IsClosed: false },
  { MasterLabel: 'Closed', IsDefault: false, IsClosed: true },
];

/** Licences of a new org, the first that of its profiles; how many there are is counted and not enforced. */
const LICENSES = [
  { name: 'Salesforce', LicenseDefinitionKey: 'SFDC', TotalLicenses: 100 },
  { name: 'Salesforce Platform', LicenseDefinitionKey: 'AUL', TotalLicenses: 3 },
  { name: 'Salesforce Integration', LicenseDefinitionKey: 'SFDC_INTEGRATION', TotalLicenses: 5 },
  { name: 'Identity', LicenseDefinitionKey: 'IDENTITY_USER', TotalLicenses: 10 },
  { name: 'Chatter Free', LicenseDefinitionKey: 'PID_CHATTER', TotalLicenses: 5000 },
];

export interface SeedOptions {
  readonly records: RecordStore;
  readonly documents: DocumentStore;
  readonly sequences: Sequences;
  readonly kind: OrgKind;
  readonly name: string;
  readonly random: () => number;
}

/** Puts in what a new Developer Edition has: the organization, its profiles, one administrator, the case statuses. */
export function seedOrg({ records, documents, sequences, kind, name, random }: SeedOptions): void {
  const organizationId = makeOrganizationId(random);
  const adminUserId = makeId('005', sequences.next('005'));
  saveSettings(documents, {
    organizationId,
    name,
    apiVersion: API_VERSION,
    adminUserId,
    kind,
    deployPace: { queueMs: 0, componentMs: 0 },
    metadataRestEnabled: true,
    activationDelayMs: 0,
  });
  const insert = (sobject: string, values: Record<string, FieldValue>): string =>
    records.insert(sobject, values, adminUserId).Id;

  insert('Organization', organizationRow(organizationId, name));
  const [licenseId] = LICENSES.map(({ name: license, ...values }) =>
    insert('UserLicense', { ...values, Name: license, MasterLabel: license, Status: 'Active' }),
  );
  const addProfile = (profileName: string, permissions: ReadonlySet<string>): { profileId: string; setId: string } => {
    const granted = permissionValues(permissions);
    const profile = { Name: profileName, UserLicenseId: licenseId ?? null, UserType: 'Standard', IsSsoEnabled: false };
    const profileId = insert('Profile', { ...profile, ...granted });
    const setId = insert('PermissionSet', {
      Name: `X${profileId}`,
      Label: `X${profileId}`,
      IsOwnedByProfile: true,
      IsCustom: false,
      ProfileId: profileId,
      Type: 'Profile',
      ...granted,
    });
    return { profileId, setId };
  };
  const administrator = addProfile('System Administrator', ADMINISTRATOR_PERMISSIONS);
  addProfile('Standard User', STANDARD_USER_PERMISSIONS);
  // It grants what permission sets add to it, and nothing of its own that this org knows.
  addProfile('Minimum Access - Salesforce', new Set());
  const username = `admin@${organizationId.slice(6, 15).toLowerCase()}.local-org.test`;
  insert('User', adminRow(adminUserId, username, administrator.profileId));
  insert('PermissionSetAssignment', {
    AssigneeId: adminUserId,
    PermissionSetId: administrator.setId,
    IsActive: true,
    IsRevoked: false,
  });
  for (const domain of VERIFIED_DOMAINS) insert('AuthorizedEmailDomain', authorizedDomain(domain));
  seedServiceChannels(records, adminUserId);
  for (const [index, status] of CASE_STATUSES.entries()) {
    insert('CaseStatus', { ...status, ApiName: status.MasterLabel, SortOrder: index + 1 });
  }
}

/** Service channels of every org, of those that the platform makes itself. */
const SERVICE_CHANNELS = [
  { DeveloperName: 'sfdc_livemessage', MasterLabel: 'Messaging', RelatedEntity: 'MessagingSession' },
];

/** Puts in the standard service channels that are missing: an org made before they were known has none. */
export function seedServiceChannels(records: RecordStore, adminUserId: string): void {
  for (const channel of SERVICE_CHANNELS) {
    if (records.find('ServiceChannel', { DeveloperName: channel.DeveloperName }).length > 0) continue;
    records.insert('ServiceChannel', { ...channel, Language: 'en_US' }, adminUserId);
  }
}

function permissionValues(permissions: ReadonlySet<string>): Record<string, boolean> {
  return Object.fromEntries(PERMISSION_NAMES.map((name) => [`Permissions${name}`, permissions.has(name)]));
}

/** `OrganizationType`, `IsSandbox` and `TrialExpirationDate` follow the org's kind when read: see `soql/`. */
function organizationRow(organizationId: string, name: string): Record<string, FieldValue> {
  return {
    Id: organizationId,
    Name: name,
    InstanceName: 'LOCAL',
    LanguageLocaleKey: 'en_US',
    DefaultLocaleSidKey: 'en_US',
    TimeZoneSidKey: 'GMT',
    FiscalYearStartMonth: 1,
    UsesStartDateAsFiscalYearName: false,
    ReceivesInfoEmails: true,
    ReceivesAdminInfoEmails: true,
    DefaultCaseAccess: 'ReadEditTransfer',
    DefaultContactAccess: 'ControlledByParent',
    DefaultAccountAccess: 'Edit',
  };
}

function adminRow(id: string, username: string, profileId: string): Record<string, FieldValue> {
  return {
    Id: id,
    Username: username,
    FirstName: 'Local',
    LastName: 'Administrator',
    Name: 'Local Administrator',
    Email: 'admin@local-org.test',
    Alias: 'admin',
    CommunityNickname: 'admin',
    IsActive: true,
    ProfileId: profileId,
    UserType: 'Standard',
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    HasUserVerifiedEmail: true,
  };
}
