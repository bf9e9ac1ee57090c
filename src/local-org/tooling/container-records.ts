import { RestError } from '../http/rest-error.ts';
import type { JsonObject } from '../http/json-body.ts';
import type { OrgState } from '../state/org-state.ts';
import type { FieldValue } from '../state/record-store.ts';
import { duplicateValue, knownRecord, requireFields, textField, rowText } from './tooling-resource.ts';
import type { ToolingResource } from './tooling-resource.ts';

const memberObjects = ['ApexClassMember', 'ApexTriggerMember'] as const;

/** MetadataContainer: a named working copy. Deleting it deletes its members and requests (Tooling API guide). */
export const metadataContainers: ToolingResource = {
  create({ org, userId, fields }) {
    requireFields(fields, ['Name']);
    const name = textField(fields, 'Name') ?? '';
    refuseTakenName(org, name, undefined);
    return org.records.insert('MetadataContainer', { Name: name }, userId).Id;
  },
  update({ org, userId, fields }, id) {
    const { Id } = knownRecord(org, 'MetadataContainer', id);
    requireFields(fields, ['Name']);
    const name = textField(fields, 'Name') ?? '';
    refuseTakenName(org, name, Id);
    org.records.update('MetadataContainer', Id, { Name: name }, userId);
  },
  remove({ org }, id) {
    const { Id } = knownRecord(org, 'MetadataContainer', id);
    org.transaction(() => {
      for (const sobject of [...memberObjects, 'ContainerAsyncRequest']) {
        for (const row of org.records.find(sobject, { MetadataContainerId: Id })) org.records.delete(sobject, row.Id);
      }
      org.records.delete('MetadataContainer', Id);
    });
  },
};

function refuseTakenName(org: OrgState, name: string, own: string | undefined): void {
  const taken = org.records.find('MetadataContainer', { Name: name }).find(({ Id }) => Id !== own);
  if (taken !== undefined) throw duplicateValue('Name', taken.Id);
}

/**
 * ApexClassMember and ApexTriggerMember: a body to be compiled, of an existing component (ContentEntityId) or of a new
 * one (FullName). Once deployed a member belongs to its request and cannot be changed.
 */
export const containerMembers: ToolingResource = {
  create({ org, userId, sobject, fields }) {
    requireFields(fields, ['Body', 'MetadataContainerId']);
    const container = textField(fields, 'MetadataContainerId') ?? '';
    const containerId = org.records.get('MetadataContainer', container)?.Id;
    if (containerId === undefined) throw badReference('MetadataContainerId', container);
    const component = componentOf(org, sobject, fields);
    const twin = org.records
      .find(sobject, { MetadataContainerId: containerId })
      .find((row) => rowText(row, 'FullName').toLowerCase() === component.fullName.toLowerCase());
    if (twin !== undefined) throw duplicateValue('ContentEntityId', twin.Id);
    const row: Record<string, FieldValue> = {
      MetadataContainerId: containerId,
      ContentEntityId: component.recordId ?? null,
      FullName: component.fullName,
      Body: textField(fields, 'Body') ?? '',
      Content: component.body ?? null,
      Metadata: (fields['Metadata'] ?? null) as FieldValue,
      LastSyncDate: org.now().toISOString(),
    };
    return org.records.insert(sobject, row, userId).Id;
  },
  update({ org, userId, sobject, fields }, id) {
    const member = knownRecord(org, sobject, id);
    if (org.records.get('MetadataContainer', rowText(member, 'MetadataContainerId')) === undefined) {
      throw new RestError(400, 'INVALID_OPERATION', 'A member that has been deployed cannot be changed');
    }
    requireFields(fields, ['Body']);
    org.records.update(sobject, member.Id, { Body: textField(fields, 'Body') ?? '' }, userId);
  },
  remove({ org, sobject }, id) {
    org.records.delete(sobject, knownRecord(org, sobject, id).Id);
  },
};

function componentOf(
  org: OrgState,
  member: string,
  fields: JsonObject,
): { fullName: string; recordId: string | undefined; body: string | undefined } {
  const type = member.replace(/Member$/, '');
  const contentId = textField(fields, 'ContentEntityId');
  if (contentId !== undefined) {
    const row = org.records.get(type, contentId);
    if (row === undefined) throw badReference('ContentEntityId', contentId);
    return { fullName: rowText(row, 'Name'), recordId: row.Id, body: rowText(row, 'Body') };
  }
  const fullName = textField(fields, 'FullName');
  if (fullName === undefined) {
    throw new RestError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [ContentEntityId]', [
      'ContentEntityId',
    ]);
  }
  const stored = org.components.get(type, fullName);
  return { fullName, recordId: stored?.recordId, body: stored?.body };
}

function badReference(field: string, id: string): RestError {
  return new RestError(400, 'INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: ${id}`, [field]);
}
