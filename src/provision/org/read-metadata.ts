import type { BlueprintComponent } from '../../blueprint/blueprint.ts';
import type { Org } from '../../salesforce/org.ts';
import { readAppComponent } from '../app/read-app-component.ts';
import { bodyOf } from './component-files.ts';
import type { OrgMetadata } from './org-components.ts';
import { quoted } from './soql-literal.ts';

/**
 * Reads one component that is not Apex.
 * @returns undefined if the org has none of that name; `unread` if this session cannot tell
 */
export async function readMetadata(
  org: Org,
  component: BlueprintComponent,
): Promise<OrgMetadata | 'unread' | undefined> {
  const reader = readers[component.type];
  return reader === undefined ? 'unread' : await reader(org, component);
}

type Reader = (org: Org, component: BlueprintComponent) => Promise<OrgMetadata | 'unread' | undefined>;

/** How each type is read: over REST where an API tells it, which works with every kind of token. */
const readers: Partial<Record<BlueprintComponent['type'], Reader>> = {
  NamedCredential: (org, { type, fullName }) =>
    toolingMetadata(
      org,
      type,
      fullName,
      `SELECT Id, Metadata FROM NamedCredential WHERE DeveloperName = ${quoted([fullName])}`,
    ),
  CustomField: (org, { type, fullName }) => {
    const [object = '', field = ''] = fullName.split('.');
    const name = field.replace(/__c$/, '');
    return toolingMetadata(
      org,
      type,
      fullName,
      `SELECT Id, Metadata FROM CustomField WHERE DeveloperName = ${quoted([name])} AND TableEnumOrId = ${quoted([object])} AND NamespacePrefix = null`,
    );
  },
  // The Tooling API tells of its fields, and not of the setting itself.
  CustomObject: readBySoap,
  PermissionSet: readPermissionSet,
  ExternalCredential: readBySoap,
  ExternalClientApplication: readAppComponent,
  ExtlClntAppGlobalOauthSettings: readAppComponent,
  ExtlClntAppOauthSettings: readAppComponent,
  ExtlClntAppOauthConfigurablePolicies: readAppComponent,
  PublicKeyCertificate: readBySoap,
  PublicKeyCertificateSet: readBySoap,
  QueueRoutingConfig: readBySoap,
  Queue: readBySoap,
  Flow: readBySoap,
  MessagingChannel: readBySoap,
  EmbeddedServiceConfig: readBySoap,
};

/** Tooling gives `Metadata` for one row only, so each is a query of its own. */
async function toolingMetadata(
  org: Org,
  type: string,
  fullName: string,
  soql: string,
): Promise<OrgMetadata | undefined> {
  const rows = await org.toolingQuery<{ Id: string; Metadata: Record<string, unknown> | null }>(
    soql,
    `reading ${type} ${fullName}`,
  );
  const row = rows[0];
  return row === undefined ? undefined : { type, fullName, id: row.Id, values: row.Metadata ?? {} };
}

interface PermissionSetRow {
  Id: string;
  Label: string;
  Description: string | null;
  HasActivationRequired: boolean;
}

interface FieldPermissionRow {
  Field: string;
  PermissionsRead: boolean;
  PermissionsEdit: boolean;
}

interface ObjectPermissionRow {
  SobjectType: string;
  PermissionsRead: boolean;
  PermissionsCreate: boolean;
  PermissionsEdit: boolean;
  PermissionsDelete: boolean;
  PermissionsViewAllRecords: boolean;
  PermissionsModifyAllRecords: boolean;
}

/** A permission set is put together from its rows: PermissionSet has no `Metadata` in the Tooling API. */
async function readPermissionSet(org: Org, component: BlueprintComponent): Promise<OrgMetadata | 'unread' | undefined> {
  const { type, fullName } = component;
  // The grant of a credential's principal stands in no row that a query gives, and user permissions in a hundred columns:
  // the Metadata API itself tells both.
  if (/<(?:externalCredentialPrincipalAccesses|userPermissions)>/.test(bodyOf(component)))
    return await readBySoap(org, component);
  const parent = `Parent.Name = ${quoted([fullName])} AND Parent.NamespacePrefix = null`;
  const doing = `reading permission set ${fullName}`;
  const [sets, fields, objects] = await Promise.all([
    org.query<PermissionSetRow>(
      `SELECT Id, Label, Description, HasActivationRequired FROM PermissionSet WHERE Name = ${quoted([fullName])} AND NamespacePrefix = null`,
      doing,
    ),
    org.query<FieldPermissionRow>(
      `SELECT Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE ${parent}`,
      doing,
    ),
    org.query<ObjectPermissionRow>(
      'SELECT SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete, ' +
        `PermissionsViewAllRecords, PermissionsModifyAllRecords FROM ObjectPermissions WHERE ${parent}`,
      doing,
    ),
  ]);
  const row = sets[0];
  if (row === undefined) return undefined;
  return {
    type,
    fullName,
    id: row.Id,
    values: {
      label: row.Label,
      description: row.Description,
      hasActivationRequired: row.HasActivationRequired,
      fieldPermissions: fields.map((one) => ({
        field: one.Field,
        readable: one.PermissionsRead,
        editable: one.PermissionsEdit,
      })),
      objectPermissions: objects.map((one) => ({
        object: one.SobjectType,
        allowRead: one.PermissionsRead,
        allowCreate: one.PermissionsCreate,
        allowEdit: one.PermissionsEdit,
        allowDelete: one.PermissionsDelete,
        viewAllRecords: one.PermissionsViewAllRecords,
        modifyAllRecords: one.PermissionsModifyAllRecords,
      })),
    },
  };
}

/** Over SOAP, for what no REST resource tells. SOAP refuses tokens in JWT format: then it stays unread. */
async function readBySoap(
  org: Org,
  { type, fullName }: BlueprintComponent,
): Promise<OrgMetadata | 'unread' | undefined> {
  if (!org.hasOpaqueToken()) return 'unread';
  const values = await org.readMetadata(type, fullName, `reading ${type} ${fullName}`);
  return values === undefined ? undefined : { type, fullName, id: `${type} ${fullName}`, values };
}
