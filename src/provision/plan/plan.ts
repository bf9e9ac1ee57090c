import type { Blueprint, BlueprintComponent } from '../../blueprint/blueprint.ts';
import { readMarker } from '../../blueprint/marker.ts';
import { metadataValues, missingFrom, type MetadataValues } from '../../salesforce/metadata/metadata-xml.ts';
import { bodyOf, metaOf } from '../org/component-files.ts';
import { findRivals, type RivalTrigger } from './hand-made.ts';
import { isApex, type OrgApex, type OrgComponents } from '../org/org-components.ts';

export type PlanAction = 'create' | 'update' | 'adopt' | 'unchanged';

/** One component's difference between blueprint and org. */
export interface PlanItem {
  component: BlueprintComponent;
  /** `adopt`: the org has one of that name which this product did not write; it is replaced, a copy is kept. */
  action: PlanAction;
  /** What differs, e.g. `body`, `status`, `endpoint`; empty for `create` and `unchanged`. */
  differences: string[];
  existingId?: string;
  /** Nothing tells what the org holds of it. */
  unread?: boolean;
}

/** Blueprint minus org. The same object is shown by --dry-run and carried out by a deployment. */
export interface DeployPlan {
  items: PlanItem[];
  rivals: RivalTrigger[];
}

/**
 * Compares what is wanted with what the org holds. Pure: every read was done by {@link OrgComponents}.
 * @param whole the blueprint before it was narrowed: its triggers are no rivals of it
 */
export function planDeploy(blueprint: Blueprint, components: OrgComponents, whole: Blueprint = blueprint): DeployPlan {
  return {
    items: blueprint.components.map((component) =>
      isApex(component) ? apexItem(component, components) : metadataItem(component, components),
    ),
    rivals: findRivals(whole, components),
  };
}

/** The items that a deployment would change. */
export function pendingItems(plan: DeployPlan): PlanItem[] {
  return plan.items.filter((item) => item.action !== 'unchanged');
}

function apexItem(component: BlueprintComponent, components: OrgComponents): PlanItem {
  const existing = components.apex.find(
    (one) => one.type === component.type && one.name.toLowerCase() === component.fullName.toLowerCase(),
  );
  if (existing === undefined) return { component, action: 'create', differences: [] };
  const differences = apexDifferences(component, existing);
  if (differences.length === 0) return { component, action: 'unchanged', differences, existingId: existing.id };
  return {
    component,
    action: readMarker(existing.body) === undefined ? 'adopt' : 'update',
    differences,
    existingId: existing.id,
  };
}

function apexDifferences(component: BlueprintComponent, existing: OrgApex): string[] {
  const differences: string[] = [];
  if (sourceText(bodyOf(component)) !== sourceText(existing.body)) differences.push('body');
  const meta = metadataValues(metaOf(component));
  if (Number(meta['apiVersion']) !== Number(existing.apiVersion)) differences.push('apiVersion');
  if (meta['status'] !== undefined && meta['status'] !== existing.status) differences.push('status');
  return differences;
}

/** Orgs may store other line ends and drop the last one; neither is a difference. */
function sourceText(source: string): string {
  return source.replaceAll('\r\n', '\n').trimEnd();
}

function metadataItem(component: BlueprintComponent, components: OrgComponents): PlanItem {
  const existing = components.metadata.find(
    (one) => one.type === component.type && one.fullName === component.fullName,
  );
  const unread = components.unread.has(`${component.type} ${component.fullName}`);
  if (unread) return { component, action: 'update', differences: ['cannot be read'], unread };
  if (existing === undefined) return { component, action: 'create', differences: [] };
  const wanted = wantedValues(component);
  const differences = missingFrom(existing.values, wanted);
  return {
    component,
    action: differences.length === 0 ? 'unchanged' : 'update',
    differences,
    existingId: existing.id,
  };
}

/** A component's metadata as plain data. A field's file is an object with that field alone; its name is known already. */
export function wantedValues(component: BlueprintComponent): MetadataValues {
  const values = metadataValues(bodyOf(component));
  const { fullName: _, ...wanted } = (component.type === 'CustomField' ? values['fields'] : values) as MetadataValues;
  if (component.type !== 'Flow') return wanted;
  // Production may take an active flow as a draft; whether it is active is looked at by itself.
  const { status: __, ...flow } = wanted;
  return flow;
}
