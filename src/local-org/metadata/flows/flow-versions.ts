import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';

/** The metadata type, and the Tooling API's object whose rows are the versions. */
export const FLOW = 'Flow';

/** `processType` of Omni-Channel flows, the only ones that run here. */
export const ROUTING_FLOW = 'RoutingFlow';

/** What the file of a version said, by the id of its row. */
const KIND = 'flow-version';

/** The name of a flow, with the number of one of its versions where it is given: `Route_Case-3`. */
export interface FlowName {
  readonly name: string;
  readonly version: number | undefined;
}

export function flowNameOf(fullName: string): FlowName {
  const match = /^(.+)-(\d+)$/.exec(fullName);
  return { name: match?.[1] ?? fullName, version: match === null ? undefined : Number(match[2]) };
}

export function versionNumberOf(row: StoredRecord | undefined): number {
  return Number(row?.['VersionNumber'] ?? 0);
}

/** The versions of a flow, the oldest first; none where there is no such flow. */
export function versionsOf(org: OrgState, name: string): StoredRecord[] {
  const wanted = name.toLowerCase();
  return inOrder(org.records.all(FLOW).filter((row) => fieldText(row['FullName']).toLowerCase() === wanted));
}

/** The versions of each flow, flow by flow. */
export function allVersions(org: OrgState): StoredRecord[][] {
  const byName = Map.groupBy(org.records.all(FLOW), (row) => fieldText(row['FullName']).toLowerCase());
  return Array.from(byName.values(), inOrder);
}

/** The version that a full name means: the one it numbers, else the latest. */
export function versionNamed(org: OrgState, fullName: string): StoredRecord | undefined {
  const { name, version } = flowNameOf(fullName);
  const versions = versionsOf(org, name);
  return version === undefined ? versions.at(-1) : versions.find((row) => versionNumberOf(row) === version);
}

export function isActive(row: StoredRecord): boolean {
  return row['Status'] === 'Active';
}

/** What a version says, with the status it has now. A row that was not deployed says what its fields say. */
export function flowValue(org: OrgState, row: StoredRecord): MetadataValue {
  const filed = org.documents.get(KIND, row.Id) as MetadataValue | undefined;
  const planted = { label: fieldText(row['MasterLabel']), processType: fieldText(row['ProcessType']) };
  return { ...(filed ?? planted), status: fieldText(row['Status']) };
}

export function keepFlowValue(org: OrgState, id: string, value: MetadataValue): void {
  org.documents.put(KIND, id, value);
}

export function forgetFlowValue(org: OrgState, id: string): void {
  org.documents.delete(KIND, id);
}

function inOrder(rows: readonly StoredRecord[]): StoredRecord[] {
  return rows.toSorted((one, other) => versionNumberOf(one) - versionNumberOf(other));
}
