import { RestError } from '../http/rest-error.ts';
import type { JsonObject } from '../http/json-body.ts';
import { isJsonObject } from '../http/json-body.ts';
import { pathOf } from '../metadata/apply/component-path.ts';
import { writeMetadataFile } from '../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../metadata/elements/metadata-value.ts';
import { readComponentXml } from '../metadata/package/component-xml.ts';
import type { PackageComponent } from '../metadata/package/deploy-package.ts';
import { deleteComponent, saveComponents } from '../metadata/save-components.ts';
import { throwFailure } from './save-failure.ts';
import { duplicateValue, knownRecord, requireFields, textField, rowText } from './tooling-resource.ts';
import type { ToolingResource } from './tooling-resource.ts';

/**
 * Objects of the Tooling API that are written by `FullName` and `Metadata`. A PATCH carries the whole metadata: what it
 * leaves out is gone, unlike an updateMetadata call.
 */
export const metadataRecords: ToolingResource = {
  async create({ org, userId, sobject, fields }) {
    requireFields(fields, ['FullName', 'Metadata']);
    const fullName = textField(fields, 'FullName') ?? '';
    const taken = org.components.get(sobject, fullName)?.recordId;
    if (taken !== undefined) throw duplicateValue('DeveloperName', taken);
    const component = metadataComponent(sobject, fullName, fields);
    throwFailure(await saveComponents(org, [component], { userId, checkOnly: false }));
    const id = org.components.get(sobject, fullName)?.recordId;
    if (id === undefined) throw new Error(`${sobject} ${fullName} was saved without a record`);
    return id;
  },
  async update({ org, userId, sobject, fields }, id) {
    const fullName = rowText(knownRecord(org, sobject, id), 'FullName');
    const given = textField(fields, 'FullName');
    if (given !== undefined && given !== fullName) {
      throw new RestError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: FullName', [
        'FullName',
      ]);
    }
    requireFields(fields, ['Metadata']);
    const component = metadataComponent(sobject, fullName, fields);
    throwFailure(await saveComponents(org, [component], { userId, checkOnly: false }));
  },
  async remove({ org, sobject }, id) {
    throwFailure(await deleteComponent(org, sobject, rowText(knownRecord(org, sobject, id), 'FullName')));
  },
};

function metadataComponent(type: string, fullName: string, fields: JsonObject): PackageComponent {
  const metadata = fields['Metadata'];
  if (!isJsonObject(metadata)) throw new RestError(400, 'JSON_PARSER_ERROR', 'Metadata must be an object');
  const path = type === 'CustomField' && !fullName.includes('.') ? '' : pathOf(type, fullName);
  // By way of a file, so that unknown elements and wrong values are refused by the same table, in the same words.
  const read = readComponentXml(writeMetadataFile(type, metadata as MetadataValue), type);
  if ('problem' in read)
    throw new RestError(400, 'FIELD_INTEGRITY_EXCEPTION', read.problem.message.replace(/^Error parsing file: /, ''));
  const ownName = type === 'CustomField' ? { fullName: fullName.slice(fullName.indexOf('.') + 1) } : {};
  return {
    type,
    fullName,
    fileName: path,
    path,
    body: undefined,
    value: { ...read.value, ...ownName },
    place: undefined,
  };
}
