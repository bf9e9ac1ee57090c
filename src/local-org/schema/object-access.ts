import type { PermissionName } from './permission-names.ts';

type ObjectAccess = Readonly<Record<string, readonly PermissionName[]>>;

const setup: readonly PermissionName[] = ['ViewSetup'];
/** Apex shows in Setup, and to who writes it. */
const apex: readonly PermissionName[] = ['ViewSetup', 'AuthorApex'];

/** Objects of both APIs. */
const EITHER: ObjectAccess = {
  ApexClass: apex,
  ApexTrigger: apex,
  ApexTestQueueItem: setup,
  ApexTestResult: setup,
  ApexTestRunResult: setup,
  NamedCredential: setup,
  PermissionSet: ['ViewSetup', 'AssignPermissionSets', 'ManageProfilesPermissionsets'],
};

/**
 * Objects that are not there for everybody, with the permissions of which one lets a user have them (object reference
 * and Tooling API reference, "Special Access Rules"; for Apex classes and settings, what clients report of queries).
 */
export const OBJECT_ACCESS: Readonly<Record<'data' | 'tooling', ObjectAccess>> = {
  data: {
    ...EITHER,
    AsyncApexJob: setup,
    FieldPermissions: setup,
    ObjectPermissions: setup,
    OrgEmailAddressSecurity: setup,
    OrgWideEmailAddress: setup,
    PermissionSetAssignment: ['ViewSetup', 'AssignPermissionSets', 'ManageUsers'],
    SetupEntityAccess: setup,
    TwoFactorMethodsInfo: ['ManageTwoFactor'],
  },
  tooling: {
    ...EITHER,
    ApexCodeCoverage: setup,
    ApexCodeCoverageAggregate: setup,
    ApexOrgWideCoverage: setup,
    CaseSettings: setup,
    ConnectedAppSettings: setup,
    DeploymentSettings: setup,
    EmailAuthorizationSettings: setup,
    ExternalClientAppSettings: setup,
    OauthOidcSettings: setup,
  },
};
