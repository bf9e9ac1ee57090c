import type { BlueprintComponent, Blueprint } from '../../blueprint/blueprint.ts';
import type { Org } from '../../salesforce/org.ts';
import { readMetadata } from './read-metadata.ts';
import { quoted } from './soql-literal.ts';

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
  /** ISO 8601. */
  lastModifiedDate: string;
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
  /** `type fullName` of what this session has no way to read: deployed each time, and never claimed as read back. */
  unread: ReadonlySet<string>;
}

interface ApexRow {
  Id: string;
  Name: string;
  Body: string | null;
  ApiVersion: number;
  Status: string;
  IsValid: boolean;
  LastModifiedDate: string;
  TableEnumOrId?: string;
}

/**
 * Reads the org once, in parallel: all triggers, the classes of the blueprint's names, and the
 * other components by name. About one request a component type.
 * @throws OpencxError as {@link Org.toolingQuery} does
 */
export async function readOrgComponents(org: Org, blueprint: Blueprint): Promise<OrgComponents> {
  const others = blueprint.components.filter((one) => !isApex(one));
  const [triggers, classes, ...metadata] = await Promise.all([
    readTriggers(org),
    readClasses(org, blueprint),
    ...others.map((one) => readMetadata(org, one)),
  ]);
  return {
    apex: [...classes, ...triggers],
    metadata: metadata.filter((one) => typeof one === 'object'),
    unread: new Set(
      others.filter((_, index) => metadata[index] === 'unread').map((one) => `${one.type} ${one.fullName}`),
    ),
  };
}

export function isApex(component: BlueprintComponent): boolean {
  return component.type === 'ApexClass' || component.type === 'ApexTrigger';
}

/** All of them: any may call OpenCX's class or mail customers. */
async function readTriggers(org: Org): Promise<OrgApex[]> {
  const soql =
    'SELECT Id, Name, Body, ApiVersion, Status, IsValid, LastModifiedDate, TableEnumOrId FROM ApexTrigger WHERE NamespacePrefix = null';
  return (await org.toolingQuery<ApexRow>(soql, 'reading Apex triggers')).map((row) => apex('ApexTrigger', row));
}

async function readClasses(org: Org, blueprint: Blueprint): Promise<OrgApex[]> {
  const names = blueprint.components.filter((one) => one.type === 'ApexClass').map((one) => one.fullName);
  if (names.length === 0) return [];
  const soql = `SELECT Id, Name, Body, ApiVersion, Status, IsValid, LastModifiedDate FROM ApexClass WHERE NamespacePrefix = null AND Name IN (${quoted(names)})`;
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
    lastModifiedDate: row.LastModifiedDate,
    ...(row.TableEnumOrId === undefined ? {} : { object: row.TableEnumOrId }),
  };
}
