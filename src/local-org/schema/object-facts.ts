/** Which of the system fields an object has. */
export type AuditFields = 'full' | 'created' | 'modstamp' | 'none';

/** What holds for an object as a whole. Fields are in `data-objects.json` and `tooling-objects.json`. */
export interface ObjectFacts {
  readonly keyPrefix: string;
  readonly label: string;
  readonly labelPlural: string;
  /** Any of C (create), U (update), D (delete). */
  readonly operations: string;
  readonly audit: AuditFields;
  /** Deleted rows go to the recycle bin and carry `IsDeleted`. */
  readonly recycled?: boolean;
}

function facts(
  keyPrefix: string,
  label: string,
  labelPlural: string,
  operations: string,
  audit: AuditFields = 'full',
  recycled = false,
): ObjectFacts {
  return { keyPrefix, label, labelPlural, operations, audit, recycled };
}

/**
 * Key prefixes are Salesforce's where they are publicly known; an object without a known one has a prefix beginning with
 * `z`, which Salesforce does not use for standard objects.
 */
export const OBJECT_FACTS: Readonly<Record<string, ObjectFacts>> = {
  Account: facts('001', 'Account', 'Accounts', 'CUD', 'full', true),
  Contact: facts('003', 'Contact', 'Contacts', 'CUD', 'full', true),
  Case: facts('500', 'Case', 'Cases', 'CUD', 'full', true),
  CaseComment: facts('00a', 'Case Comment', 'Case Comments', 'CUD', 'full', true),
  CaseStatus: facts('01J', 'Case Status Value', 'Case Status Values', ''),
  EmailMessage: facts('02s', 'Email Message', 'Email Messages', 'CUD', 'full', true),
  EmailMessageRelation: facts('0CZ', 'Email Message Relation', 'Email Message Relations', 'CUD', 'full', true),
  User: facts('005', 'User', 'Users', 'CU'),
  Profile: facts('00e', 'Profile', 'Profiles', 'UD'),
  PermissionSet: facts('0PS', 'Permission Set', 'Permission Sets', 'CUD'),
  PermissionSetAssignment: facts('0Pa', 'Permission Set Assignment', 'Permission Set Assignments', 'CUD', 'modstamp'),
  FieldPermissions: facts('01k', 'Field Permissions', 'Field Permissions', 'CUD', 'modstamp'),
  ObjectPermissions: facts('110', 'Object Permissions', 'Object Permissions', 'CUD'),
  SetupEntityAccess: facts('0J0', 'Setup Entity Access', 'Setup Entity Access', 'CD', 'modstamp'),
  UserPermissionAccess: facts('z01', 'User Permission Access', 'User Permission Access', '', 'none'),
  Group: facts('00G', 'Group', 'Group', 'CUD'),
  GroupMember: facts('011', 'Group Member', 'Group Member', 'CD', 'modstamp'),
  QueueSobject: facts('03g', 'Queue Sobject', 'Queue Sobject', 'CD', 'modstamp'),
  AssignmentRule: facts('01Q', 'Assignment Rule', 'Assignment Rules', ''),
  Organization: facts('00D', 'Organization', 'Organization', 'U'),
  OrgWideEmailAddress: facts(
    '0D2',
    'Organization-wide From Email Address',
    'Organization-wide From Email Addresses',
    'CUD',
  ),
  OrgEmailAddressSecurity: facts(
    'z10',
    'Organization Email Address Security',
    'Organization Email Address Security',
    'CD',
    'modstamp',
  ),
  EmailDomainKey: facts('04t', 'Email Domain Key', 'Email Domain Keys', 'CUD'),
  EmailServicesAddress: facts('093', 'Email Services Address', 'Email Services Addresses', 'CUD'),
  EmailRoutingAddress: facts('01Y', 'Email Routing Address', 'Email Routing Addresses', 'CUD'),
  NamedCredential: facts('0XA', 'Named Credential', 'Named Credentials', ''),
  ContentVersion: facts('068', 'Content Version', 'Content Versions', 'CU', 'full', true),
  ContentDocument: facts('069', 'Content Document', 'Content Documents', 'UD', 'full', true),
  ContentDocumentLink: facts('06A', 'Content Document Link', 'Content Document Link', 'CUD', 'modstamp', true),
  Attachment: facts('00P', 'Attachment', 'Attachments', 'CUD', 'full', true),
  AsyncApexJob: facts('707', 'Apex Job', 'Apex Jobs', '', 'created'),
  CronJobDetail: facts('08a', 'Cron Job', 'Cron Jobs', '', 'none'),
  CronTrigger: facts('08e', 'Scheduled Jobs', 'Scheduled Jobs', '', 'created'),
  ApexClass: facts('01p', 'Apex Class', 'Apex Classes', ''),
  ApexTrigger: facts('01q', 'Apex Trigger', 'Apex Triggers', ''),
  ApexLog: facts('07L', 'Apex Debug Log', 'Apex Debug Logs', 'D'),
  ApexTestResult: facts('07M', 'Apex Test Result', 'Apex Test Results', '', 'modstamp'),
  ApexTestQueueItem: facts('709', 'Apex Test Queue Item', 'Apex Test Queue Items', 'CU', 'created'),
  ApexTestRunResult: facts('05m', 'Apex Test Run Result', 'Apex Test Run Result', ''),
  MessagingSession: facts('0Mw', 'Messaging Session', 'Messaging Sessions', 'CUD', 'full', true),
  MessagingEndUser: facts('0PA', 'Messaging User', 'Messaging Users', 'CUD', 'full', true),
  MessagingChannel: facts('0Mj', 'Messaging Channel', 'Messaging Channels', 'CUD', 'full', true),
  Conversation: facts('0dw', 'Conversation', 'Conversations', '', 'full', true),
  ConversationEntry: facts('z02', 'Conversation Entry', 'Conversation Entries', ''),
  ConversationParticipant: facts('z03', 'Conversation Participant', 'Conversation Participants', '', 'full', true),
  AgentWork: facts('0Bz', 'Agent Work', 'Agent Work', 'CUD', 'full', true),
  PendingServiceRouting: facts('0JR', 'Pending Service Routing', 'Pending Service Routings', 'CUD', 'full', true),
  ServiceChannel: facts('0N9', 'Service Channel', 'Service Channels', ''),
  Flow: facts('301', 'Flow', 'Flows', 'CUD'),
  QueueRoutingConfig: facts('0K9', 'Routing Configuration', 'Routing Configurations', ''),
  FlowDefinition: facts('300', 'Flow Definition', 'Flow Definitions', 'U'),
  FlowDefinitionView: facts('z04', 'Flow Definition', 'Flow Definitions', '', 'none'),
  TwoFactorMethodsInfo: facts('z05', 'Two-Factor Methods Info', 'Two-Factor Methods Info', '', 'none'),
  Task: facts('00T', 'Task', 'Tasks', 'CUD', 'full', true),
  UserLicense: facts('100', 'User License', 'User Licenses', ''),
  UserRole: facts('00E', 'Role', 'Role', 'CUD'),
  PackageLicense: facts('050', 'Package License', 'Package Licenses', ''),
  RecordType: facts('012', 'Record Type', 'Record Types', 'U'),
  ApexClassMember: facts('400', 'Apex Class Member', 'Apex Class Members', 'CUD'),
  ApexTriggerMember: facts('401', 'Apex Trigger Member', 'Apex Trigger Members', 'CUD'),
  MetadataContainer: facts('1dc', 'Metadata Container', 'Metadata Containers', 'CUD'),
  ContainerAsyncRequest: facts('1dr', 'Container Async Request', 'Container Async Requests', 'CUD'),
  ApexCodeCoverageAggregate: facts('715', 'Apex Code Coverage Aggregate', 'Apex Code Coverage Aggregates', 'D'),
  ApexCodeCoverage: facts('714', 'Apex Code Coverage', 'Apex Code Coverages', 'D'),
  ApexOrgWideCoverage: facts('716', 'Apex Org Wide Coverage', 'Apex Org Wide Coverages', ''),
  TraceFlag: facts('7tf', 'Trace Flag', 'Trace Flags', 'CUD'),
  DebugLevel: facts('7dl', 'Debug Level', 'Debug Levels', 'CUD'),
  CustomField: facts('00N', 'Custom Field', 'Custom Fields', 'CUD'),
  CustomObject: facts('01I', 'Custom Object', 'Custom Objects', ''),
  FieldDefinition: facts('z06', 'Field Definition', 'Field Definitions', '', 'none'),
  EntityDefinition: facts('4ie', 'Entity Definition', 'Entity Definitions', '', 'none'),
  DeployRequest: facts('0Af', 'Deploy Request', 'Deploy Requests', '', 'full'),
  ExternalClientApplication: facts('0xI', 'External Client Application', 'External Client Applications', ''),
  CaseSettings: facts('z80', 'Case Settings', 'Case Settings', 'U', 'none'),
  ConnectedAppSettings: facts('z81', 'Connected App Settings', 'Connected App Settings', 'U', 'none'),
  EmailAuthorizationSettings: facts('z82', 'Email Authorization Settings', 'Email Authorization Settings', 'U', 'none'),
  ExternalClientAppSettings: facts('z83', 'External Client App Settings', 'External Client App Settings', 'U', 'none'),
  OauthOidcSettings: facts(
    'z84',
    'OAuth and OpenID Connect Settings',
    'OAuth and OpenID Connect Settings',
    'U',
    'none',
  ),
  DeploymentSettings: facts('z85', 'Deployment Settings', 'Deployment Settings', 'U', 'none'),
  OauthToken: facts('z08', 'OAuth Token', 'OAuth Tokens', '', 'none'),
  EmbeddedServiceConfig: facts('0UR', 'Embedded Service Config', 'Embedded Service Configs', ''),
  AuthorizedEmailDomain: facts('z07', 'Authorized Email Domain', 'Authorized Email Domains', 'CUD'),
};

/** Operations the Tooling API offers where they differ from the data API's. */
export const TOOLING_OPERATIONS: Readonly<Record<string, string>> = {
  ApexClass: 'CUD',
  ApexTrigger: 'CUD',
  NamedCredential: 'CUD',
  PermissionSet: 'CUD',
  User: 'CU',
};
