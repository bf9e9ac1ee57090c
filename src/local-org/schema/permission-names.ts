/** User permissions as fields spell them (`Permissions…`), those this org knows. */
export const PERMISSION_NAMES = [
  'ApiEnabled',
  'ApiUserOnly',
  'ApproveUninstalledConnectedApps',
  'AssignPermissionSets',
  'AuthorApex',
  'BulkApiHardDelete',
  'CustomizeApplication',
  'DelegatedTwoFactor',
  'EditCaseComments',
  'EditReadonlyFields',
  'EditTask',
  'EmailSingle',
  'ExternalClientAppAdmin',
  'ExternalClientAppDeveloper',
  'ExternalClientAppViewer',
  'FreezeUsers',
  'ManageCases',
  'ManageInternalUsers',
  'ManageIpAddresses',
  'ManageLoginAccessPolicies',
  'ManagePasswordPolicies',
  'ManageProfilesPermissionsets',
  'ManageRoles',
  'ManageSharing',
  'ManageTwoFactor',
  'ManageUsers',
  'ModifyAllData',
  'ModifyMetadata',
  'MonitorLoginHistory',
  'PasswordNeverExpires',
  'QueryAllFiles',
  'RunReports',
  'TransferAnyCase',
  'TransferAnyEntity',
  'ViewAllData',
  'ViewAllUsers',
  'ViewClientSecret',
  'ViewRoles',
  'ViewSetup',
] as const;

export type PermissionName = (typeof PERMISSION_NAMES)[number];

const NOT_OF_ADMINISTRATORS: ReadonlySet<string> = new Set([
  'ApiUserOnly',
  'BulkApiHardDelete',
  // Manage MFA in API: profiles of real orgs, retrieved, do not have it.
  'ManageTwoFactor',
  'QueryAllFiles',
  'ViewClientSecret',
]);

/** What the standard System Administrator profile of a new org has of these. */
export const ADMINISTRATOR_PERMISSIONS: ReadonlySet<string> = new Set(
  PERMISSION_NAMES.filter((name) => !NOT_OF_ADMINISTRATORS.has(name) && !name.startsWith('ExternalClientApp')),
);

/** What the standard Standard User profile of a new org has of these. */
export const STANDARD_USER_PERMISSIONS: ReadonlySet<string> = new Set([
  'ApiEnabled',
  'EditTask',
  'EmailSingle',
  'RunReports',
  'ViewSetup',
]);
