import type { BlueprintComponent, Blueprint } from '../blueprint/blueprint.ts';
import type { Org } from '../salesforce/org.ts';

/** An Apex class or trigger as the org holds it. */
export interface OrgApex {
  id: string;
  type: 'ApexClass' | 'ApexTrigger';
  name: string;
  body: string;
  apiVersion: string;
  /** `Active`, `Inactive` or `Deleted`. */
  status: string;
  /** False only means that the org wants to compile it again. */
  isValid: boolean;
  /** The trigger's object. */
  object?: string;
}

/** Metadata of a component that is not Apex, as plain data; `undefined` where the org has none of that name. */
export interface OrgMetadata {
  type: string;
  fullName: string;
  id: string;
  values: Record<string, unknown>;
}

/** What the org holds that a plan must know of: one reading, taken before anything is decided. */
export interface OrgComponents {
  apex: OrgApex[];
  metadata: OrgMetadata[];
}

interface ApexRow {
  Id: string;
  Name: string;
  Body: string | null;
  ApiVersion: number;
  Status: string;
  IsValid: boolean;
  TableEnumOrId?: string;
}

/** Objects whose triggers can mail a customer or call OpenCX; all their triggers are read. */
const watchedObjects = ['Case', 'EmailMessage'];

/**
 * Reads the org once, in parallel: all triggers on Case and EmailMessage, the classes of the blueprint's names, and the
 * other components by name. About one request a component type.
 * @throws OpencxError as {@link Org.toolingQuery} does
 */
export async function readOrgComponents(org: Org, blueprint: Blueprint): Promise<OrgComponents> {
  const [triggers, classes, ...metadata] = await Promise.all([
    readTriggers(org, blueprint),
    readClasses(org, blueprint),
    ...blueprint.components.filter((one) => !isApex(one)).map((one) => readMetadata(org, one)),
  ]);
  return { apex: [...classes, ...triggers], metadata: metadata.filter((one) => one !== undefined) };
}

export function isApex(component: BlueprintComponent): boolean {
  return component.type === 'ApexClass' || component.type === 'ApexTrigger';
}

async function readTriggers(org: Org, blueprint: Blueprint): Promise<OrgApex[]> {
  const names = blueprint.components.filter((one) => one.type === 'ApexTrigger').map((one) => one.fullName);
  // SOQL knows no empty list.
  const named = names.length === 0 ? '' : ` OR Name IN (${quoted(names)})`;
  const soql =
    'SELECT Id, Name, Body, ApiVersion, Status, IsValid, TableEnumOrId FROM ApexTrigger WHERE NamespacePrefix = null ' +
    `AND (TableEnumOrId IN (${quoted(watchedObjects)})${named})`;
  return (await org.toolingQuery<ApexRow>(soql, 'reading Apex triggers')).map((row) => apex('ApexTrigger', row));
}

async function readClasses(org: Org, blueprint: Blueprint): Promise<OrgApex[]> {
  const names = blueprint.components.filter((one) => one.type === 'ApexClass').map((one) => one.fullName);
  if (names.length === 0) return [];
  const soql = `SELECT Id, Name, Body, ApiVersion, Status, IsValid FROM ApexClass WHERE NamespacePrefix = null AND Name IN (${quoted(names)})`;
  return (await org.toolingQuery<ApexRow>(soql, 'reading Apex classes')).map((row) => apex('ApexClass', row));
}

function apex(type: OrgApex['type'], row: ApexRow): OrgApex {
  return {
    id: row.Id,
    type,
    name: row.Name,
    body: row.Body ?? '',
    apiVersion: row.ApiVersion.toFixed(1),
    status: row.Status,
    isValid: row.IsValid,
    ...(row.TableEnumOrId === undefined ? {} : { object: row.TableEnumOrId }),
  };
}

async function readMetadata(org: Org, component: BlueprintComponent): Promise<OrgMetadata | undefined> {
  const reader = readers[component.type];
  return reader === undefined ? undefined : await reader(org, component);
}

type Reader = (org: Org, component: BlueprintComponent) => Promise<OrgMetadata | undefined>;

/** How each type is read over REST; a type without a reader is deployed every time. */
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
  PermissionSet: readPermissionSet,
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
async function readPermissionSet(org: Org, { type, fullName }: BlueprintComponent): Promise<OrgMetadata | undefined> {
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

/** Names as SOQL string literals. They are checked identifiers, but a quote must not end a literal all the same. */
function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`).join(', ');
}
