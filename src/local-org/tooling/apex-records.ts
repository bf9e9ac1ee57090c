import { RestError } from '../http/rest-error.ts';
import type { JsonObject } from '../http/json-body.ts';
import { pathOf } from '../metadata/apply/component-path.ts';
import { storedValue } from '../metadata/apply/stored-value.ts';
import { declaredTypeName, readTriggerHeader } from '../metadata/apex/trigger-header.ts';
import type { MetadataValue } from '../metadata/elements/metadata-value.ts';
import type { PackageComponent } from '../metadata/package/deploy-package.ts';
import { deleteComponent, saveComponents } from '../metadata/save-components.ts';
import type { OrgState } from '../state/org-state.ts';
import { throwFailure } from './save-failure.ts';
import {
  duplicateValue,
  knownRecord,
  refuseProduction,
  requireFields,
  textField,
  rowText,
} from './tooling-resource.ts';
import type { ToolingResource } from './tooling-resource.ts';

/** ApexClass and ApexTrigger of the Tooling API: new ones by POST, a new body or status by PATCH; never in production. */
export const apexRecords: ToolingResource = {
  async create({ org, userId, sobject, fields }) {
    refuseProduction(org);
    requireFields(fields, sobject === 'ApexTrigger' ? ['Body', 'TableEnumOrId'] : ['Body']);
    const component = apexComponent(org, sobject, fields, undefined);
    const taken = org.components.get(sobject, component.fullName)?.recordId;
    if (taken !== undefined) throw duplicateValue('Name', taken);
    throwFailure(await saveComponents(org, [component], { userId, checkOnly: false }));
    return idOf(org, component);
  },
  async update({ org, userId, sobject, fields }, id) {
    refuseProduction(org);
    const name = rowText(knownRecord(org, sobject, id), 'Name');
    const component = apexComponent(org, sobject, fields, name);
    throwFailure(await saveComponents(org, [component], { userId, checkOnly: false }));
  },
  async remove({ org, sobject }, id) {
    refuseProduction(org);
    throwFailure(await deleteComponent(org, sobject, rowText(knownRecord(org, sobject, id), 'Name')));
  },
};

function idOf(org: OrgState, { type, fullName }: PackageComponent): string {
  const id = org.components.get(type, fullName)?.recordId;
  if (id === undefined) throw new Error(`${type} ${fullName} was saved without a record`);
  return id;
}

/**
 * Apex as the fields of a record give it, over what is stored under that name.
 * @param stored name of the record being changed; undefined for a new one, which is named as its body declares
 */
export function apexComponent(
  org: OrgState,
  type: string,
  fields: JsonObject,
  stored: string | undefined,
): PackageComponent {
  const existing = stored === undefined ? undefined : org.components.get(type, stored);
  const body = textField(fields, 'Body') ?? existing?.body ?? '';
  const declared = type === 'ApexClass' ? declaredTypeName(body) : readTriggerHeader(body)?.name;
  const given = textField(fields, 'FullName') ?? textField(fields, 'Name');
  const fullName = stored ?? given ?? declared;
  if (fullName === undefined)
    throw new RestError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name']);
  const before = existing === undefined ? {} : storedValue(existing);
  const path = pathOf(type, fullName);
  return { type, fullName, fileName: path, path, body, value: apexValue(org, before, fields), place: undefined };
}

function apexValue(org: OrgState, before: MetadataValue, fields: JsonObject): MetadataValue {
  const metadata = (fields['Metadata'] ?? {}) as { apiVersion?: unknown; status?: unknown };
  const version = fields['ApiVersion'] ?? metadata.apiVersion ?? before['apiVersion'] ?? org.settings.apiVersion;
  const status = fields['Status'] ?? metadata.status ?? before['status'] ?? 'Active';
  return { apiVersion: Number(version), status: typeof status === 'string' ? status : 'Active' };
}
