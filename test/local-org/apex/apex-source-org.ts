import { compilePackage } from '../../../src/local-org/metadata/apex/compile-package.ts';
import { compileApex } from '../../../src/local-org/metadata/apex/compiler.ts';
import { applyComponent } from '../../../src/local-org/metadata/apply/apply-component.ts';
import { apexOf } from '../../../src/local-org/apex/runtime.ts';
import type { CandidateComponent } from '../../../src/local-org/metadata/rules/rule-context.ts';
import type { OrgState } from '../../../src/local-org/state/org-state.ts';

interface Sources {
  readonly classes?: Readonly<Record<string, string>>;
  readonly triggers?: Readonly<Record<string, string>>;
}

function candidates(
  type: 'ApexClass' | 'ApexTrigger',
  sources: Readonly<Record<string, string>>,
): CandidateComponent[] {
  return Object.entries(sources).map(([fullName, body]) => ({
    type,
    fullName,
    body,
    value: { apiVersion: '66.0', status: 'Active' },
  }));
}

/**
 * Puts classes and triggers into an org as a deployment does, without the deployment.
 * @throws Error with what does not compile
 */
export async function apexSourceOrg(org: OrgState, { classes = {}, triggers = {} }: Sources): Promise<void> {
  const components = [...candidates('ApexClass', classes), ...candidates('ApexTrigger', triggers)];
  const compilation = await compilePackage(compileApex, org, components, () => false, org.schema().data);
  for (const [component, problem] of compilation.problems) {
    throw new Error(`${component.fullName} ${problem.line}:${problem.column} ${problem.message}`);
  }
  org.transaction(() => {
    for (const component of components) applyComponent(org, component, org.settings.adminUserId);
  });
  await apexOf(org).ready();
}
