import { isJsonObject } from '../http/json-body.ts';
import { RestError } from '../http/rest-error.ts';
import { writeMetadataFile } from '../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../metadata/elements/metadata-value.ts';
import { readComponentXml } from '../metadata/package/component-xml.ts';
import { saveComponents } from '../metadata/save-components.ts';
import { SETTINGS, settingsTypeNamed } from '../metadata/settings/settings-types.ts';
import { throwFailure } from './save-failure.ts';
import { requireFields } from './tooling-resource.ts';
import type { ToolingResource } from './tooling-resource.ts';

/**
 * Settings by their `Metadata`. As with updateMetadata, what a PATCH leaves out or has as null stays as it is, but for the
 * list of routing addresses, which is the whole of them.
 */
export const settingsRecords: ToolingResource = {
  async update({ org, userId, sobject, fields }, id) {
    const type = settingsTypeNamed(sobject);
    if (type === undefined || type.id.slice(0, 15) !== id.slice(0, 15)) {
      throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    requireFields(fields, ['Metadata']);
    const metadata = fields['Metadata'];
    if (!isJsonObject(metadata)) throw new RestError(400, 'JSON_PARSER_ERROR', 'Metadata must be an object');
    // By way of a file, so that unknown elements and wrong values are refused by the same table, in the same words.
    const read = readComponentXml(writeMetadataFile(type.name, metadata as MetadataValue), type.name);
    if ('problem' in read) {
      const message = read.problem.message.replace(/^Error parsing file: /, '');
      throw new RestError(400, 'FIELD_INTEGRITY_EXCEPTION', message);
    }
    const path = `settings/${type.member}.settings`;
    const component = {
      type: SETTINGS,
      fullName: type.member,
      fileName: path,
      path,
      body: undefined,
      place: undefined,
    };
    throwFailure(await saveComponents(org, [{ ...component, value: read.value }], { userId, checkOnly: false }));
  },
};
