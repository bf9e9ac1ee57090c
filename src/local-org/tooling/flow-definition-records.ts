import { RestError } from '../http/rest-error.ts';
import { FLOW, isActive, versionNumberOf } from '../metadata/flows/flow-versions.ts';
import type { ToolingResource } from './tooling-resource.ts';

/**
 * FlowDefinition of the Tooling API, which can only be updated: its `activeVersionNumber` says which version of a flow is active,
 * 0 that none is (Tooling API guide, FlowDefinition).
 */
export const flowDefinitionRecords: ToolingResource = {
  update({ org, userId, fields }, id) {
    const versions = org.records.find(FLOW, { DefinitionId: id });
    if (versions.length === 0) throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
    const number = activeVersionNumber(fields['Metadata']);
    const wanted = versions.find((row) => versionNumberOf(row) === number);
    if (number !== 0 && wanted === undefined) {
      throw new RestError(400, 'FIELD_INTEGRITY_EXCEPTION', `The flow has no version ${number}.`, ['Metadata']);
    }
    for (const row of versions.filter((one) => isActive(one) && one.Id !== wanted?.Id)) {
      org.records.update(FLOW, row.Id, { Status: 'Obsolete' }, userId);
    }
    if (wanted !== undefined) org.records.update(FLOW, wanted.Id, { Status: 'Active' }, userId);
  },
};

function activeVersionNumber(metadata: unknown): number {
  const given =
    typeof metadata === 'object' && metadata !== null && 'activeVersionNumber' in metadata
      ? metadata.activeVersionNumber
      : undefined;
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0) return given;
  throw new RestError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [activeVersionNumber]', [
    'Metadata',
  ]);
}
