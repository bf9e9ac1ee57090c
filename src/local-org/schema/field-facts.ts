import { PERMISSION_NAMES } from './permission-names.ts';
import { LOG_CATEGORIES } from './picklist-values.ts';

/** One field in the notation of the JSON files: `type | properties | relationship | targets`. */
export type FieldNotation = string;

/** Settings are records of one row in the Tooling API, and of these fields (its WSDL). */
const SETTINGS_FIELDS: Record<string, FieldNotation> = { FullName: 'string | GN', Metadata: 'complexvalue | UN' };

/**
 * Fields the object reference leaves out or names only by a pattern. Properties: C create, U update, F filter, G group,
 * S sort, N nillable, D defaulted on create, R restricted picklist, L idLookup, A autonumber.
 */
export const EXTRA_FIELDS: Readonly<Record<'data' | 'tooling', Record<string, Record<string, FieldNotation>>>> = {
  data: {
    Profile: permissionFields('boolean | CUF'),
    PermissionSet: permissionFields('boolean | CUFD'),
    UserPermissionAccess: permissionFields('boolean | F'),
    ApexTrigger: { TableEnumOrId: 'picklist | CFGSR' },
    SetupEntityAccess: {
      ParentId: 'reference | CFGS | Parent | PermissionSet',
      SetupEntityId: 'reference | CFGS | SetupEntity | ApexClass,OrgWideEmailAddress',
      SetupEntityType: 'picklist | FGSNR',
    },
    MessagingSession: {
      CaseId: 'reference | CUFGSN | Case | Case',
      OwnerId: 'reference | CUFGSD | Owner | Group,User',
      MessagingChannelId: 'reference | CFGS | MessagingChannel | MessagingChannel',
      MessagingEndUserId: 'reference | CFGS | MessagingEndUser | MessagingEndUser',
    },
    // What clients query of channels and the object reference's table leaves out.
    MessagingChannel: {
      SessionHandlerId: 'reference | FGSN',
      FallbackQueueId: 'reference | FGSN | FallbackQueue | Group',
    },
    // The reference has it as a field that is always set; queues without a routing configuration are common.
    Group: { QueueRoutingConfigId: 'reference | CUFGSN | QueueRoutingConfig | QueueRoutingConfig' },
    PendingServiceRouting: { GroupId: 'reference | FGSN | Group | Group' },
    QueueRoutingConfig: {
      DeveloperName: 'string | FGSL',
      MasterLabel: 'string | FGS',
      Language: 'picklist | FGSDR',
      RoutingModel: 'picklist | FGSR',
      RoutingPriority: 'int | FGS',
      CapacityWeight: 'double | FSN',
      CapacityPercentage: 'percent | FSN',
      PushTimeout: 'int | FGSN',
    },
    ExternalClientApplication: {
      DeveloperName: 'string | FGS',
      MasterLabel: 'string | FGS',
      Language: 'picklist | FGSDR',
      NamespacePrefix: 'string | FGSN',
      ContactEmail: 'email | FGSN',
      ContactPhone: 'phone | FGSN',
      Description: 'string | FGSN',
      DistributionState: 'picklist | FGSNR',
      IconUrl: 'url | FGSN',
      InfoUrl: 'url | FGSN',
      LogoUrl: 'url | FGSN',
      OrgScopedExternalApp: 'string | FGSN',
      Version: 'string | FGSN',
    },
    UserLicense: {
      Name: 'string | FGSL',
      MasterLabel: 'string | FGS',
      LicenseDefinitionKey: 'string | FGS',
      Status: 'picklist | FGSR',
      TotalLicenses: 'int | FGS',
      UsedLicenses: 'int | FGS',
    },
    UserRole: {
      Name: 'string | CUFGSL',
      DeveloperName: 'string | CUFGSD',
      ParentRoleId: 'reference | CUFGSN | ParentRole | UserRole',
      RollupDescription: 'string | CUFGSN',
    },
    OrgEmailAddressSecurity: {
      OrgWideEmailAddressId: 'reference | CFGS | OrgWideEmailAddress | OrgWideEmailAddress',
      ParentId: 'reference | CFGS | Parent | Profile',
    },
    OauthToken: {
      AccessToken: 'string | FGSN',
      AppMenuItemId: 'reference | FGSN | AppMenuItem',
      AppName: 'string | FGSN',
      CreatedDate: 'datetime | FSN',
      DeleteToken: 'string | FGSN',
      LastUsedDate: 'datetime | FSN',
      RequestToken: 'string | FGSN',
      UseCount: 'int | FGSN',
      UserId: 'reference | FGSN | User | User',
    },
    PackageLicense: { NamespacePrefix: 'string | FGSN', Status: 'picklist | FGSR', AllowedLicenses: 'int | FGSN' },
    RecordType: {
      Name: 'string | UFGS',
      DeveloperName: 'string | UFGS',
      SobjectType: 'picklist | FGSR',
      IsActive: 'boolean | UFGSD',
      Description: 'string | UFGSN',
      NamespacePrefix: 'string | FGSN',
    },
  },
  tooling: {
    ApexTrigger: {
      Name: 'string | CUFGSL',
      NamespacePrefix: 'string | FGSN',
      TableEnumOrId: 'picklist | CFGSR',
      FullName: 'string | GN',
    },
    ApexClassMember: { ContentEntityId: 'reference | CFGSN | ContentEntity | ApexClass' },
    ApexTriggerMember: { ContentEntityId: 'reference | CFGSN | ContentEntity | ApexTrigger' },
    ApexLog: { LogUserId: 'reference | FGSN | LogUser | User' },
    ApexTestQueueItem: {
      ApexClassId: 'reference | CFGS | ApexClass | ApexClass',
      TestRunResultId: 'reference | FGSN | TestRunResult | ApexTestRunResult',
    },
    ApexTestResult: {
      ApexClassId: 'reference | CFGS | ApexClass | ApexClass',
      QueueItemId: 'reference | CFGSN | QueueItem | ApexTestQueueItem',
    },
    ApexTestRunResult: { UserId: 'reference | CFGS | User | User' },
    ApexCodeCoverage: {
      ApexTestClassId: 'reference | FGSN | ApexTestClass | ApexClass',
      ApexClassOrTriggerId: 'reference | FGSN | ApexClassOrTrigger | ApexClass,ApexTrigger',
    },
    ApexCodeCoverageAggregate: {
      ApexClassOrTriggerId: 'reference | FGSN | ApexClassOrTrigger | ApexClass,ApexTrigger',
    },
    TraceFlag: {
      DebugLevelId: 'reference | CUFGSN | DebugLevel | DebugLevel',
      TracedEntityId: 'reference | CUFGS | TracedEntity | ApexClass,ApexTrigger,User',
      ...logCategories('CUFGSDR'),
    },
    DebugLevel: {
      DeveloperName: 'string | CUFGSL',
      MasterLabel: 'string | CUFGS',
      Language: 'picklist | CUFGSDR',
      ...logCategories('CUFGSDR'),
    },
    CustomField: {
      FullName: 'string | CGN',
      EntityDefinitionId: 'string | FGS | EntityDefinition | EntityDefinition',
      Description: 'string | FSN',
      Length: 'int | FGSN',
    },
    Flow: {
      ApiVersion: 'double | N',
      DefinitionId: 'reference | FGS',
      Description: 'string | FGSN',
      Environments: 'multipicklist | FN',
      FullName: 'string | CGN',
      IsTemplate: 'boolean | FGSD',
      ManageableState: 'picklist | FGSNR',
      MasterLabel: 'string | FGSL',
      Metadata: 'complexvalue | CUN',
      ProcessType: 'picklist | FGSN',
      RunInMode: 'picklist | FGSNR',
      Status: 'picklist | FGR',
      TimeZoneSidKey: 'string | N',
      VersionNumber: 'int | FGS',
    },
    FlowDefinition: {
      ActiveVersionId: 'reference | FGSN',
      Description: 'string | FGSN',
      DeveloperName: 'string | FGS',
      LatestVersionId: 'reference | FGSN',
      ManageableState: 'picklist | FGSNR',
      MasterLabel: 'string | FGS',
      Metadata: 'complexvalue | UN',
      NamespacePrefix: 'string | FGSN',
    },
    CustomObject: {
      DeveloperName: 'string | FGS',
      NamespacePrefix: 'string | FGSN',
      Description: 'string | FSN',
      ManageableState: 'picklist | FGSNR',
    },
    PermissionSet: { FullName: 'string | GN', Metadata: 'complexvalue | CUN' },
    CaseSettings: SETTINGS_FIELDS,
    ConnectedAppSettings: SETTINGS_FIELDS,
    DeploymentSettings: SETTINGS_FIELDS,
    EmailAuthorizationSettings: SETTINGS_FIELDS,
    ExternalClientAppSettings: SETTINGS_FIELDS,
    OauthOidcSettings: SETTINGS_FIELDS,
  },
};

function permissionFields(notation: FieldNotation): Record<string, FieldNotation> {
  return Object.fromEntries(PERMISSION_NAMES.map((name) => [`Permissions${name}`, notation]));
}

function logCategories(properties: string): Record<string, FieldNotation> {
  return Object.fromEntries(LOG_CATEGORIES.map((name) => [name, `picklist | ${properties}`]));
}

/** Required by the reference's properties, yet given a value by the platform when left out. */
export const DEFAULTED_FIELDS: ReadonlySet<string> = new Set([
  'Case.BusinessHoursId',
  'EmailMessage.Status',
  'User.CommunityNickname',
  'OrgWideEmailAddress.Purpose',
  'ContentVersion.ContentDocumentId',
  'ContentVersion.Title',
  'Group.QueueRoutingConfigId',
  'PermissionSetAssignment.LastDeletedByChangeId',
  'EmailMessageRelation.RelationType',
]);

/** Values a new record gets when none is given, in a new org. */
export const DEFAULT_VALUES: Readonly<Record<string, string | boolean>> = {
  'Case.Status': 'New',
  'Case.Priority': 'Medium',
  'EmailMessage.Status': '0',
  'OrgWideEmailAddress.Purpose': 'UserSelection',
  'Task.Status': 'Not Started',
  'Task.Priority': 'Normal',
  'User.HasUserVerifiedEmail': true,
  'User.IsActive': true,
  'EmailServicesAddress.IsActive': true,
  'PermissionSetAssignment.IsActive': true,
  'ContentDocumentLink.Visibility': 'AllUsers',
};

/** Lengths other than the type's usual one. Sources: the object reference; others are the describe results of any org. */
export const FIELD_LENGTHS: Readonly<Record<string, number>> = {
  'Account.Name': 255,
  'Account.Description': 32000,
  'Contact.FirstName': 40,
  'Contact.LastName': 80,
  'Contact.Description': 32000,
  'Case.CaseNumber': 30,
  'Case.Subject': 255,
  'Case.Description': 32000,
  'Case.SuppliedName': 80,
  'Case.SuppliedPhone': 40,
  'Case.SuppliedCompany': 80,
  'Case.Comments': 4000,
  'CaseComment.CommentBody': 4000,
  'EmailMessage.Subject': 3000,
  'EmailMessage.TextBody': 131072,
  'EmailMessage.HtmlBody': 131072,
  'EmailMessage.Headers': 32000,
  'EmailMessage.FromName': 1000,
  'EmailMessage.FromAddress': 1000,
  'EmailMessage.ToAddress': 4000,
  'EmailMessage.CcAddress': 4000,
  'EmailMessage.BccAddress': 4000,
  'User.Username': 80,
  'User.Alias': 8,
  'User.FirstName': 40,
  'User.LastName': 80,
  'User.Email': 128,
  'User.CommunityNickname': 40,
  'Group.Name': 40,
  'Group.DeveloperName': 80,
  'UserRole.Name': 80,
  'UserRole.DeveloperName': 80,
  'UserRole.RollupDescription': 80,
  'PermissionSet.Name': 80,
  'PermissionSet.Label': 80,
  'ApexClass.Body': 1000000,
  'ApexTrigger.Body': 1000000,
  'ApexClassMember.Body': 1000000,
  'ApexTriggerMember.Body': 1000000,
};

/** Length of a field whose own is not listed above. */
export const TYPE_LENGTHS: Readonly<Record<string, number>> = {
  string: 255,
  picklist: 255,
  multipicklist: 4099,
  combobox: 255,
  textarea: 32768,
  email: 80,
  phone: 40,
  url: 255,
  id: 18,
  reference: 18,
};

/** Relationship names of child sub-queries, by `Child.Field`. A reference not listed offers none. */
export const CHILD_RELATIONSHIP_NAMES: Readonly<Record<string, string>> = {
  'Account.ParentId': 'ChildAccounts',
  'Contact.AccountId': 'Contacts',
  'Case.AccountId': 'Cases',
  'Case.ContactId': 'Cases',
  'Case.ParentId': 'Cases',
  'CaseComment.ParentId': 'CaseComments',
  'EmailMessage.ParentId': 'EmailMessages',
  'EmailMessage.RelatedToId': 'Emails',
  'EmailMessageRelation.EmailMessageId': 'EmailMessageRelations',
  'Attachment.ParentId': 'Attachments',
  'ContentVersion.ContentDocumentId': 'ContentVersions',
  'ContentDocumentLink.ContentDocumentId': 'ContentDocumentLinks',
  'ContentDocumentLink.LinkedEntityId': 'ContentDocumentLinks',
  'Task.WhatId': 'Tasks',
  'Task.WhoId': 'Tasks',
  'FieldPermissions.ParentId': 'FieldPerms',
  'ObjectPermissions.ParentId': 'ObjectPerms',
  'PermissionSetAssignment.PermissionSetId': 'Assignments',
  'PermissionSetAssignment.AssigneeId': 'PermissionSetAssignments',
  'User.ProfileId': 'Users',
  'User.UserRoleId': 'Users',
  'GroupMember.GroupId': 'GroupMembers',
  'QueueSobject.QueueId': 'QueueSobjects',
  'OrgEmailAddressSecurity.OrgWideEmailAddressId': 'OrgEmailAddressSecurityItems',
  'SetupEntityAccess.SetupEntityId': 'SetupEntityAccessItems',
  'MessagingSession.CaseId': 'MessagingSessions',
  'MessagingSession.MessagingEndUserId': 'MessagingSessions',
  'FieldDefinition.EntityDefinitionId': 'Fields',
  'CustomField.EntityDefinitionId': 'CustomFields',
  'ApexTrigger.EntityDefinitionId': 'ApexTriggers',
};
