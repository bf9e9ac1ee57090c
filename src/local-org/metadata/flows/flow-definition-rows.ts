import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import { flagOf, listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { allVersions, flowValue, isActive, versionNumberOf } from './flow-versions.ts';

/** Names of the tools that make flows, by their name in the file. */
const BUILDERS: Readonly<Record<string, string>> = {
  CloudFlowDesigner: 'Cloud Flow Designer',
  LightningFlowBuilder: 'Flow Builder',
};

/** Rows of FlowDefinitionView: one a flow, telling of its active version, or of the latest where none is active. */
export function flowDefinitionRows(org: OrgState): StoredRecord[] {
  return allVersions(org).flatMap((versions) => {
    const latest = versions.at(-1);
    return latest === undefined ? [] : [definitionRow(org, latest, versions.find(isActive))];
  });
}

/** Rows of FlowDefinition of the Tooling API: the same flows, by which a version is made the active one. */
export function flowDefinitionRecordRows(org: OrgState): StoredRecord[] {
  return allVersions(org).flatMap((versions) => {
    const latest = versions.at(-1);
    if (latest === undefined) return [];
    const active = versions.find(isActive);
    return [
      {
        Id: fieldText(latest['DefinitionId']),
        ActiveVersionId: active?.Id ?? null,
        Description: latest['Description'] ?? null,
        DeveloperName: latest['FullName'] ?? null,
        LatestVersionId: latest.Id,
        ManageableState: latest['ManageableState'] ?? null,
        MasterLabel: latest['MasterLabel'] ?? null,
        Metadata: { activeVersionNumber: versionNumberOf(active) },
        NamespacePrefix: null,
      },
    ];
  });
}

function definitionRow(org: OrgState, latest: StoredRecord, active: StoredRecord | undefined): StoredRecord {
  const row = active ?? latest;
  const value = flowValue(org, row);
  const apiVersion = row['ApiVersion'];
  return {
    Id: '000000000000000AAA',
    DurableId: row['DefinitionId'] ?? null,
    ApiName: row['FullName'] ?? null,
    Label: row['MasterLabel'] ?? null,
    Description: row['Description'] ?? null,
    ProcessType: row['ProcessType'] ?? null,
    Environments: row['Environments'] ?? null,
    IsTemplate: row['IsTemplate'] ?? false,
    ManageableState: row['ManageableState'] ?? null,
    ApiVersion: typeof apiVersion === 'number' ? apiVersion.toFixed(1) : null,
    ActiveVersionId: active?.Id ?? null,
    LatestVersionId: latest.Id,
    VersionNumber: versionNumberOf(row),
    // The latest version is the active one (object reference): a draft over an active version makes it false.
    IsActive: active?.Id === latest.Id,
    IsOutOfDate: active !== undefined && active.Id !== latest.Id,
    IsOverridable: flagOf(value, 'isOverridable', false),
    Builder: builderOf(value),
    LastModifiedBy: org.records.get('User', fieldText(latest['LastModifiedById']))?.['Name'] ?? null,
    TriggerOrder: typeof value['triggerOrder'] === 'number' ? value['triggerOrder'] : null,
    ...startFields(org, listOf(value, 'start')[0] ?? {}),
  };
}

/** What starts a flow, where it starts by itself. */
function startFields(org: OrgState, start: MetadataValue): Record<string, FieldValue> {
  const trigger = textOf(start, 'triggerType');
  const object = org.schema().data.object(textOf(start, 'object') ?? '');
  return {
    TriggerType: trigger === 'None' ? null : (trigger ?? null),
    RecordTriggerType: textOf(start, 'recordTriggerType') ?? null,
    TriggerObjectOrEventId: object?.name ?? null,
    TriggerObjectOrEventLabel: object?.label ?? null,
    HasAsyncAfterCommitPath: listOf(start, 'scheduledPaths').some(
      (path) => textOf(path, 'pathType') === 'AsyncAfterCommit',
    ),
  };
}

function builderOf(value: MetadataValue): string {
  const entry = listOf(value, 'processMetadataValues').find((one) => textOf(one, 'name') === 'BuilderType');
  const name = listOf(entry ?? {}, 'value').flatMap((one) => textOf(one, 'stringValue') ?? [])[0];
  return BUILDERS[name ?? ''] ?? 'Flow Builder';
}
