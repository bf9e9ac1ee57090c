import type { Blueprint } from '../../blueprint/blueprint.ts';
import type { Org } from '../../salesforce/org.ts';
import { readOrgComponents, type OrgComponents } from '../org/org-components.ts';
import { pendingItems, planDeploy, wantedValues, type PlanItem } from '../plan/plan.ts';

/** What the org holds after a deployment, compared with what it was given. */
export interface ReadBack {
  ok: boolean;
  /** `type fullName: what differs`, one a component that is not as deployed. */
  mismatches: string[];
  /** Things that work but that somebody should know. */
  warnings: string[];
}

/**
 * Reads everything again and compares it with the blueprint: bodies, trigger status, endpoint, fields and their permissions.
 * An endpoint that a deployment left as it was is set by the Tooling API, which has been seen to be needed when only
 * the endpoint changes.
 * @param switchedOff names of triggers that must be inactive now
 * @param repair whether a stale endpoint is set; only for the deployment that this very run has sent
 */
export async function readBack(
  org: Org,
  blueprint: Blueprint,
  switchedOff: readonly string[],
  repair = false,
): Promise<ReadBack> {
  let components = await readOrgComponents(org, blueprint);
  let pending = pendingItems(planDeploy(blueprint, components));
  const staleEndpoint = pending.find(
    (item) => item.component.type === 'NamedCredential' && item.differences.includes('endpoint'),
  );
  if (repair && staleEndpoint !== undefined) {
    await setEndpoint(org, staleEndpoint, components);
    components = await readOrgComponents(org, blueprint);
    pending = pendingItems(planDeploy(blueprint, components));
  }
  const readable = pending.filter((item) => item.unread !== true);
  const mismatches = readable.map(describe);
  for (const name of switchedOff) {
    const trigger = components.apex.find((one) => one.type === 'ApexTrigger' && one.name === name);
    if (trigger?.status === 'Active') mismatches.push(`ApexTrigger ${name}: is still Active`);
  }
  const unread = pending.filter((item) => !readable.includes(item)).map(unreadWarning);
  return {
    ok: mismatches.length === 0,
    mismatches,
    warnings: [...recompileWarnings(blueprint, components), ...unread],
  };
}

function describe(item: PlanItem): string {
  const what = item.action === 'create' ? 'is missing' : `differs in ${item.differences.join(', ')}`;
  return `${item.component.type} ${item.component.fullName}: ${what}`;
}

function unreadWarning(item: PlanItem): string {
  return `${item.component.type} ${item.component.fullName} was deployed; nothing tells this session what the org holds of it.`;
}

async function setEndpoint(org: Org, item: PlanItem, components: OrgComponents): Promise<void> {
  const actual = components.metadata.find((one) => one.id === item.existingId);
  if (actual === undefined) return;
  const { endpoint } = wantedValues(item.component);
  const path = `/tooling/sobjects/NamedCredential/${actual.id}`;
  await org.rest('PATCH', path, 'setting the endpoint of the Named Credential', {
    Metadata: { ...actual.values, endpoint },
  });
}

/** `IsValid` false means that the org wants to compile it again before its next run, which it does by itself. */
function recompileWarnings(blueprint: Blueprint, components: OrgComponents): string[] {
  const own = new Set(blueprint.components.map((one) => `${one.type} ${one.fullName}`));
  return components.apex
    .filter((one) => own.has(`${one.type} ${one.name}`) && !one.isValid)
    .map(
      (one) =>
        `${one.type} ${one.name} is marked for recompilation (IsValid is false); Setup → Apex Classes → Compile all classes does it now.`,
    );
}
