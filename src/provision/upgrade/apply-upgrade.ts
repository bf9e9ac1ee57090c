import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../../salesforce/org.ts';
import { deployWork, type WorkOptions } from '../deploy/deploy-apex.ts';
import type { DeployApexEvent, DeployOutcome } from '../deploy/deploy-outcome.ts';
import { keepBases } from '../deploy/deployed-base.ts';
import type { Work } from '../deploy/prepare-work.ts';
import { isApex } from '../org/org-components.ts';
import { pendingItems, planDeploy } from '../plan/plan.ts';
import type { UpgradeDecision } from './decide-upgrade.ts';
import type { UpgradePlan } from './plan-upgrade.ts';
import { targetComponent } from './target-component.ts';

export type ApplyUpgradeOptions = Omit<WorkOptions, 'mode' | 'transport' | 'async'>;

/**
 * Carries out an upgrade that is decided: one deployment, with tests, a copy of what it replaces, read back. Afterwards the
 * base is what the template gave, also where edits of the org went along: they are edits of that.
 * @throws OpencxError NOT_INSTALLED if the tests are to run and their class is not there; and as {@link deployWork} does
 */
export async function* applyUpgrade(
  org: Org,
  plan: UpgradePlan,
  decisions: readonly UpgradeDecision[],
  options: ApplyUpgradeOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  const { blueprint, components } = plan;
  const targets = decisions.flatMap((decision) => targetComponent(decision) ?? []);
  const selected = { ...blueprint, components: targets };
  const deployPlan = planDeploy(selected, components, blueprint);
  const rendered = decisions
    .filter(({ item, action }) => action !== 'leave' || item.settled)
    .map(({ item }) => item.component);
  const sent = pendingItems(deployPlan).map((item) => item.component);
  if (sent.length === 0) {
    await keepBases(options.stateFolder, org.identity.id, rendered);
    return { kind: 'unchanged', plan: deployPlan };
  }
  const work: Work = {
    selected,
    plan: deployPlan,
    components,
    sent,
    rendered,
    switchOff: [],
    testClasses: blueprint.components.filter((one) => one.role === 'test-class').map((one) => one.fullName),
  };
  refuseWithoutTestClass(work, options);
  yield { kind: 'plan', plan: deployPlan };
  return yield* deployWork(org, work, { ...options, mode: 'deploy', transport: 'metadata', async: false });
}

/** The tests are named in the request, and the org would refuse a name that it does not know. */
function refuseWithoutTestClass({ sent, components, testClasses }: Work, { tests }: ApplyUpgradeOptions): void {
  if (tests.none || (tests.level ?? 'RunSpecifiedTests') !== 'RunSpecifiedTests' || !sent.some(isApex)) return;
  const there = new Set([...components.apex.map((one) => one.name), ...sent.map((one) => one.fullName)]);
  const missing = testClasses.filter((name) => !there.has(name));
  if (missing.length === 0) return;
  throw new OpencxError('NOT_INSTALLED', {
    message: `The org has no class ${missing.join(', ')}, whose tests are to run with this upgrade; nothing was sent.`,
    nextSteps: missing.map((name) => `--take-new ${name} installs it along with the upgrade.`),
  });
}
