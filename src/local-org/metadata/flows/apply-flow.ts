import type { Component } from '../../state/component-store.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { ComponentChange } from '../apply/apply-component.ts';
import { notRunKinds } from '../../messaging/routing/flow-elements.ts';
import { newId } from '../apply/new-id.ts';
import { flagOf, textOf, writeMetadataFile } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { notImplementedProblem } from '../rules/not-implemented.ts';
import { flowComponent } from './flow-component.ts';
import {
  FLOW,
  flowValue,
  forgetFlowValue,
  isActive,
  keepFlowValue,
  ROUTING_FLOW,
  versionNamed,
  versionNumberOf,
  versionsOf,
} from './flow-versions.ts';

/** Key prefix of the definition that a flow's versions share. */
const DEFINITION = '300';

/** What saving a flow would do: each save that changes something makes a new version. */
export function flowChange(org: OrgState, fullName: string, given: MetadataValue): ComponentChange {
  const latest = versionsOf(org, fullName).at(-1);
  if (latest === undefined) return 'created';
  return textFor(savedValue(org, given)) === textFor(flowValue(org, latest)) ? 'unchanged' : 'changed';
}

/** Saves a flow as a new version, which ends the one that was active if it is active itself. */
export function applyFlow(org: OrgState, fullName: string, given: MetadataValue, userId: string): Component {
  if (flowChange(org, fullName, given) !== 'unchanged') addVersion(org, fullName, savedValue(org, given), userId);
  const component = flowComponent(org, fullName);
  if (component === undefined) throw new Error(`The flow ${fullName} was saved without a row.`);
  return component;
}

/** Removes one version of a flow; with the last one the flow is gone. */
export function removeFlowVersion(org: OrgState, fullName: string): void {
  const row = versionNamed(org, fullName);
  if (row === undefined) return;
  org.records.delete(FLOW, row.Id);
  forgetFlowValue(org, row.Id);
}

/**
 * What is to be said of an active flow that the local org does not run as Salesforce would; undefined for Omni-Channel flows of
 * parts that it runs.
 */
export function flowWarning(org: OrgState, value: MetadataValue): string | undefined {
  if (savedValue(org, value)['status'] !== 'Active') return undefined;
  if (textOf(value, 'processType') !== ROUTING_FLOW) return notImplementedProblem('running flows');
  const notRun = notRunKinds(value);
  return notRun.length === 0 ? undefined : notImplementedProblem(`running these parts of flows: ${notRun.join(', ')}`);
}

/**
 * A flow as it is saved: a draft if its file does not say otherwise. Production takes flows as inactive as long as
 * nobody has switched "Deploy processes and flows as active" on (Metadata API guide, FlowSettings), which cannot be done
 * here.
 */
function savedValue(org: OrgState, given: MetadataValue): MetadataValue {
  const status = textOf(given, 'status') ?? 'Draft';
  return { ...given, status: status === 'Active' && org.settings.kind === 'production' ? 'Draft' : status };
}

function addVersion(org: OrgState, fullName: string, value: MetadataValue, userId: string): void {
  const versions = versionsOf(org, fullName);
  const latest = versions.at(-1);
  if (value['status'] === 'Active') {
    for (const row of versions.filter(isActive)) org.records.update(FLOW, row.Id, { Status: 'Obsolete' }, userId);
  }
  const definition = {
    FullName: latest === undefined ? fullName : fieldText(latest['FullName']),
    DefinitionId: latest?.['DefinitionId'] ?? newId(org, DEFINITION),
    VersionNumber: versionNumberOf(latest) + 1,
  };
  const row = org.records.insert(FLOW, { ...definition, ...versionFields(value) }, userId);
  keepFlowValue(org, row.Id, value);
}

function versionFields(value: MetadataValue): Record<string, FieldValue> {
  const environments = value['environments'];
  return {
    ApiVersion: typeof value['apiVersion'] === 'number' ? value['apiVersion'] : null,
    Description: textOf(value, 'description') ?? null,
    Environments: Array.isArray(environments) ? environments.join(';') : null,
    IsTemplate: flagOf(value, 'isTemplate', false),
    ManageableState: 'unmanaged',
    MasterLabel: textOf(value, 'label') ?? null,
    ProcessType: textOf(value, 'processType') ?? null,
    RunInMode: textOf(value, 'runInMode') ?? null,
    Status: textOf(value, 'status') ?? null,
    TimeZoneSidKey: textOf(value, 'timeZoneSidKey') ?? null,
  };
}

function textFor(value: MetadataValue): string {
  return writeMetadataFile(FLOW, value);
}
