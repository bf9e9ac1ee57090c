import type { Blueprint } from '../../blueprint/blueprint.ts';
import type { Org } from '../../salesforce/org.ts';
import { readBase } from '../deploy/deployed-base.ts';
import { isApex, readOrgComponents, type OrgComponents } from '../org/org-components.ts';
import { planDeploy, type PlanItem } from '../plan/plan.ts';
import { compareApex } from './compare-apex.ts';
import { compareMetadata } from './compare-metadata.ts';
import type { UpgradeItem } from './upgrade-item.ts';

/** Old template, org and today's template compared, before anything is decided. */
export interface UpgradePlan {
  /** Today's rendering. */
  blueprint: Blueprint;
  /** What the org held when it was read. */
  components: OrgComponents;
  items: UpgradeItem[];
}

/**
 * Reads the org once, and what this folder kept of earlier deployments into it; compares. Writes nothing.
 * @param stateFolder e.g. `.opencx-sf`; it need not be there
 * @throws OpencxError as the reading of the org does
 */
export async function planUpgrade(org: Org, blueprint: Blueprint, stateFolder: string): Promise<UpgradePlan> {
  const components = await readOrgComponents(org, blueprint);
  const compare = async (item: PlanItem): Promise<UpgradeItem> => {
    const { component } = item;
    if (!isApex(component)) {
      const { type, fullName } = component;
      const existing = components.metadata.find((one) => one.type === type && one.fullName === fullName);
      return compareMetadata(item, existing);
    }
    const kept = await readBase(stateFolder, org.identity.id, component);
    const existing = components.apex.find((one) => one.id === item.existingId);
    return compareApex(item, existing, kept, blueprint.apiVersion);
  };
  return { blueprint, components, items: await Promise.all(planDeploy(blueprint, components).items.map(compare)) };
}
