import type { Component } from '../../state/component-store.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { rowComponent } from '../apply/row-component.ts';
import { allVersions, FLOW, flowNameOf, flowValue, versionNamed, versionNumberOf } from './flow-versions.ts';

/** A flow as a component: its latest version, or the one that the name numbers (Metadata API guide, Flow). */
export function flowComponent(org: OrgState, fullName: string): Component | undefined {
  const row = versionNamed(org, fullName);
  if (row === undefined) return undefined;
  return componentOf(org, row, flowNameOf(fullName).version === undefined ? '' : `-${versionNumberOf(row)}`);
}

/** All flows, each by its latest version. */
export function flowComponents(org: OrgState): Component[] {
  return allVersions(org).flatMap((versions) => versions.slice(-1).map((row) => componentOf(org, row, '')));
}

function componentOf(org: OrgState, row: StoredRecord, suffix: string): Component {
  return rowComponent(row, FLOW, fieldText(row['FullName']) + suffix, flowValue(org, row));
}
