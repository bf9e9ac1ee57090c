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

/** What the standard System Administrator profile of a new org has of these. */
export const ADMINISTRATOR_PERMISSIONS: ReadonlySet<string> = new Set(
  PERMISSION_NAMES.filter(
    (name) =>
      !['ApiUserOnly', 'BulkApiHardDelete', 'QueryAllFiles', 'ViewClientSecret'].includes(name) &&
      !name.startsWith('ExternalClientApp'),
  ),
);

/** What the standard Standard User profile of a new org has of these. */
export const STANDARD_USER_PERMISSIONS: ReadonlySet<string> = new Set([
  'ApiEnabled',
  'EditTask',
  'EmailSingle',
  'RunReports',
  'ViewSetup',
]);
