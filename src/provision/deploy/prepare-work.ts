import type { Blueprint, BlueprintComponent } from '../../blueprint/blueprint.ts';
import type { Org } from '../../salesforce/org.ts';
import type { DeployApexEvent, DeployOutcome } from './deploy-outcome.ts';
import type { RivalTrigger } from '../plan/hand-made.ts';
import { readOrgComponents, type OrgComponents } from '../org/org-components.ts';
import { pendingItems, planDeploy, type DeployPlan } from '../plan/plan.ts';
import { decideRivals, type RivalWishes } from '../plan/rivals.ts';
import { selectComponents } from '../plan/select-components.ts';

/** Everything that a deployment needs to know, decided before anything is written. */
export interface Work {
  /** The blueprint, narrowed to what this run is about. */
  selected: Blueprint;
  plan: DeployPlan;
  /** What the org held when it was read. */
  components: OrgComponents;
  /** What goes into the package. */
  sent: readonly BlueprintComponent[];
  /** What the templates gave, where what is sent carries edits of the org as well; otherwise it is `selected`. */
  rendered?: readonly BlueprintComponent[];
  switchOff: readonly RivalTrigger[];
  /** Our own test classes, whether sent or already there. */
  testClasses: readonly string[];
}

export interface PrepareOptions {
  mode: 'deploy' | 'dry-run' | 'validate';
  only: readonly string[];
  force: boolean;
  yes: boolean;
  rivals: RivalWishes;
}

/**
 * Reads the org, plans, and decides about rival triggers.
 * @returns the work, or the outcome where there is none to do
 * @throws OpencxError USAGE, CONFIRMATION_REQUIRED
 */
export async function* prepareWork(
  org: Org,
  blueprint: Blueprint,
  options: PrepareOptions,
): AsyncGenerator<DeployApexEvent, { work: Work } | { outcome: DeployOutcome }> {
  const selected = selectComponents(blueprint, options.only);
  yield { kind: 'reading' };
  const components = await readOrgComponents(org, blueprint);
  const plan = planDeploy(selected, components, blueprint);
  yield { kind: 'plan', plan };
  if (options.mode === 'dry-run') return { outcome: { kind: 'planned', plan } };

  const { keep, switchOff } = await decideRivals(plan.rivals, options.rivals, options.yes);
  for (const rival of keep) yield { kind: 'kept-rival', rival };
  const sent = options.force ? selected.components : pendingItems(plan).map((item) => item.component);
  if (sent.length === 0 && switchOff.length === 0) return { outcome: { kind: 'unchanged', plan } };
  const testClasses = blueprint.components.filter((one) => one.role === 'test-class').map((one) => one.fullName);
  return { work: { selected, plan, components, sent, switchOff, testClasses } };
}

/** `type fullName` of what is sent and is not as the templates gave it. */
export function editedComponents({ sent, rendered }: Work): { edited?: string[] } {
  if (rendered === undefined) return {};
  const texts = new Map(rendered.map((one) => [nameOf(one), textOf(one)]));
  return { edited: sent.filter((one) => texts.get(nameOf(one)) !== textOf(one)).map(nameOf) };
}

function nameOf({ type, fullName }: BlueprintComponent): string {
  return `${type} ${fullName}`;
}

function textOf({ files }: BlueprintComponent): string {
  return files.map((file) => file.content).join('\n');
}
