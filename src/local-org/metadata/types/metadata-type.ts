/** How one metadata type lies in a package, and which record stands for a component of it. */
export interface MetadataType {
  /** XML name, e.g. `ApexClass`. */
  readonly name: string;
  /** Folder in an mdapi package. */
  readonly folder: string;
  /** File suffix without the dot. */
  readonly suffix: string;
  /** True where the file is a body and the metadata lies beside it in `<file>-meta.xml`. */
  readonly metaFile: boolean;
  /** Parts that have full names of their own (`Case.Case_From__c`) but lie in this type's files. */
  readonly children: readonly MetadataChildType[];
}

export interface MetadataChildType {
  readonly name: string;
  /** The element of the parent's file that holds one of them. */
  readonly element: string;
}

/** XML namespace of all metadata files and of the SOAP Metadata API. */
export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

/**
 * The types the local org supports. Order is the order of processing: a type may refer to those above it.
 * Folders and suffixes as in the Metadata API guide's describeMetadata().
 */
export const metadataTypes = [
  {
    name: 'CustomObject',
    folder: 'objects',
    suffix: 'object',
    metaFile: false,
    children: [{ name: 'CustomField', element: 'fields' }],
  },
  {
    name: 'QueueRoutingConfig',
    folder: 'queueRoutingConfigs',
    suffix: 'queueRoutingConfig',
    metaFile: false,
    children: [],
  },
  { name: 'Queue', folder: 'queues', suffix: 'queue', metaFile: false, children: [] },
  {
    name: 'AssignmentRules',
    folder: 'assignmentRules',
    suffix: 'assignmentRules',
    metaFile: false,
    children: [{ name: 'AssignmentRule', element: 'assignmentRule' }],
  },
  { name: 'Settings', folder: 'settings', suffix: 'settings', metaFile: false, children: [] },
  { name: 'RemoteSiteSetting', folder: 'remoteSiteSettings', suffix: 'remoteSite', metaFile: false, children: [] },
  {
    name: 'ExternalCredential',
    folder: 'externalCredentials',
    suffix: 'externalCredential',
    metaFile: false,
    children: [],
  },
  { name: 'NamedCredential', folder: 'namedCredentials', suffix: 'namedCredential', metaFile: false, children: [] },
  { name: 'ApexClass', folder: 'classes', suffix: 'cls', metaFile: true, children: [] },
  { name: 'ApexTrigger', folder: 'triggers', suffix: 'trigger', metaFile: true, children: [] },
  { name: 'Flow', folder: 'flows', suffix: 'flow', metaFile: false, children: [] },
  // Folders and suffixes of keys, keysets and deployments begin with a capital letter.
  {
    name: 'PublicKeyCertificate',
    folder: 'PublicKeyCertificate',
    suffix: 'PublicKeyCertificate',
    metaFile: false,
    children: [],
  },
  {
    name: 'PublicKeyCertificateSet',
    folder: 'PublicKeyCertificateSet',
    suffix: 'PublicKeyCertificateSet',
    metaFile: false,
    children: [],
  },
  { name: 'MessagingChannel', folder: 'messagingChannels', suffix: 'messagingChannel', metaFile: false, children: [] },
  {
    name: 'EmbeddedServiceConfig',
    folder: 'EmbeddedServiceConfig',
    suffix: 'EmbeddedServiceConfig',
    metaFile: false,
    children: [],
  },
  { name: 'PermissionSet', folder: 'permissionsets', suffix: 'permissionset', metaFile: false, children: [] },
  { name: 'Profile', folder: 'profiles', suffix: 'profile', metaFile: false, children: [] },
  { name: 'ConnectedApp', folder: 'connectedApps', suffix: 'connectedApp', metaFile: false, children: [] },
  { name: 'ExternalClientApplication', folder: 'externalClientApps', suffix: 'eca', metaFile: false, children: [] },
  {
    name: 'ExtlClntAppOauthSettings',
    folder: 'extlClntAppOauthSettings',
    suffix: 'ecaOauth',
    metaFile: false,
    children: [],
  },
  {
    name: 'ExtlClntAppGlobalOauthSettings',
    folder: 'extlClntAppGlobalOauthSets',
    suffix: 'ecaGlblOauth',
    metaFile: false,
    children: [],
  },
  {
    name: 'ExtlClntAppOauthSecuritySettings',
    folder: 'extlClntAppOauthSecuritySettings',
    suffix: 'ecaOauthSecurity',
    metaFile: false,
    children: [],
  },
  {
    name: 'ExtlClntAppConfigurablePolicies',
    folder: 'extlClntAppPolicies',
    suffix: 'ecaPlcy',
    metaFile: false,
    children: [],
  },
  {
    name: 'ExtlClntAppOauthConfigurablePolicies',
    folder: 'extlClntAppOauthPolicies',
    suffix: 'ecaOauthPlcy',
    metaFile: false,
    children: [],
  },
] as const satisfies readonly MetadataType[];

const byName = new Map<string, MetadataType>(metadataTypes.map((type) => [type.name, type]));
const byFolder = new Map<string, MetadataType>(metadataTypes.map((type) => [type.folder, type]));
const byChild = new Map<string, MetadataType>(
  (metadataTypes as readonly MetadataType[]).flatMap((type) =>
    type.children.map((child): [string, MetadataType] => [child.name, type]),
  ),
);

const positions = new Map<string, number>(metadataTypes.map((type, index) => [type.name, index]));

/** Where a type stands in the order of processing; a child type stands with its parent. */
export function positionOf(typeName: string): number {
  return positions.get(byChild.get(typeName)?.name ?? typeName) ?? positions.size;
}

/** A top type by its XML name; type names are case-sensitive, as in Salesforce. */
export function metadataTypeNamed(name: string): MetadataType | undefined {
  return byName.get(name);
}

export function metadataTypeOfFolder(folder: string): MetadataType | undefined {
  return byFolder.get(folder);
}

/** The top type whose files hold components of this child type, e.g. `CustomObject` for `CustomField`. */
export function parentTypeOf(childName: string): MetadataType | undefined {
  return byChild.get(childName);
}

/** An object that a deployment made: unlike a standard one, its file says something of the object itself. */
export function isCustomObject({ type, fullName }: { readonly type: string; readonly fullName: string }): boolean {
  return type === 'CustomObject' && fullName.toLowerCase().endsWith('__c');
}

/** True for a type whose files hold components of its child types: all but custom objects keep nothing of their own. */
export function isContainerType(name: string): boolean {
  return (byName.get(name)?.children.length ?? 0) > 0;
}

/** True for top types and child types alike: what a manifest may name here. */
export function isSupportedType(name: string): boolean {
  return byName.has(name) || byChild.has(name);
}
