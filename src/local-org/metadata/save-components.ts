import { applyComponent, removeComponent } from './apply/apply-component.ts';
import { compileApex } from './apex/compiler.ts';
import { checkPackage } from './deploy/check-package.ts';
import type { CheckedPackage } from './deploy/check-package.ts';
import { withMetadataLock } from './metadata-lock.ts';
import type { DeployPackage, PackageComponent } from './package/deploy-package.ts';
import type { OrgState } from '../state/org-state.ts';

const nothing: DeployPackage = { components: [], deletions: [], problems: [], manifests: [] };

/**
 * Checks components by all the rules of a deployment and saves them in one transaction, unless only asked to check.
 * @returns what was decided; nothing is saved if there is a failure in it
 */
export async function saveComponents(
  org: OrgState,
  components: readonly PackageComponent[],
  options: { readonly userId: string; readonly checkOnly: boolean },
): Promise<CheckedPackage> {
  return await withMetadataLock(org, async () => {
    const checked = await checkPackage(org, { ...nothing, components }, compileApex);
    if (checked.failures.length > 0 || options.checkOnly) return checked;
    org.transaction(() => {
      for (const component of checked.components) applyComponent(org, component, options.userId);
    });
    return checked;
  });
}

/** Deletes one component, if nothing that stays needs it. */
export async function deleteComponent(org: OrgState, type: string, fullName: string): Promise<CheckedPackage> {
  return await withMetadataLock(org, async () => {
    const deletion = { type, fullName, when: 'before' as const, fileName: '' };
    const checked = await checkPackage(org, { ...nothing, deletions: [deletion] }, compileApex);
    if (checked.failures.length > 0) return checked;
    org.transaction(() => {
      removeComponent(org, type, fullName);
    });
    return checked;
  });
}
