import type { Blueprint, BlueprintComponent } from '../blueprint/blueprint.ts';
import { mdapiLayout } from '../blueprint/layouts.ts';
import { OpencxError } from '../errors/opencx-error.ts';
import {
  submitDeploy,
  submitQuickDeploy,
  type SubmittedDeploy,
  type TestLevel,
} from '../salesforce/metadata/deploy-request.ts';
import { packageZip } from '../salesforce/metadata/package-zip.ts';
import type { Org } from '../salesforce/org.ts';
import { deactivatedTrigger, type RivalTrigger } from './hand-made.ts';
import { checkedId, rememberDeploy } from './deploy-journal.ts';
import type { DeployApexEvent, DeployOutcome } from './deploy-outcome.ts';
import { followDeploy } from './follow-deploy.ts';
import { isApex, readOrgComponents, type OrgComponents } from './org-components.ts';
import { pendingItems, planDeploy, type DeployPlan } from './plan.ts';
import { guardProduction } from './production-guard.ts';
import { decideRivals, type RivalWishes } from './rivals.ts';
import { keepSnapshot } from './snapshot.ts';
import { selectTests } from './test-selection.ts';
import { deployApexByTooling } from './tooling-deploy.ts';

export interface DeployApexOptions {
  mode: 'deploy' | 'dry-run' | 'validate';
  transport: 'metadata' | 'tooling';
  /** Send everything, also what is unchanged. */
  force: boolean;
  /** Do not wait for the end. */
  async: boolean;
  waitMs: number;
  tests: { level?: TestLevel; none: boolean };
  yes: boolean;
  confirmOrg?: string;
  rivals: RivalWishes;
  /** Where snapshots and the journal of deployments are kept, e.g. `.opencx-sf`. */
  stateFolder: string;
  signal?: AbortSignal;
}

/**
 * The main job: compares the blueprint with the org and closes the difference, once, safely, and proves it by reading back.
 * Yields what happens as it happens; returns how it ended.
 * @throws OpencxError CONFIRMATION_REQUIRED, REFUSED_IN_PRODUCTION, and whatever the org refuses outright
 */
export async function* deployApex(
  org: Org,
  blueprint: Blueprint,
  options: DeployApexOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  yield { kind: 'org', org: org.identity, apiVersion: org.apiVersion };
  if (options.mode === 'deploy') guardProduction(org.identity, options);
  refuseToolingInProduction(org, options);
  yield { kind: 'reading' };
  const components = await readOrgComponents(org, blueprint);
  const plan = planDeploy(blueprint, components);
  yield { kind: 'plan', plan };
  if (options.mode === 'dry-run') return { kind: 'planned', plan };

  const decision = await decideRivals(plan.rivals, options.rivals, options.yes);
  for (const rival of decision.keep) yield { kind: 'kept-rival', rival };
  const sent = options.force ? blueprint.components : pendingItems(plan).map((item) => item.component);
  if (sent.length === 0 && decision.switchOff.length === 0) return { kind: 'unchanged', plan };
  if (options.transport === 'tooling')
    return yield* byTooling(org, blueprint, plan, components, sent, decision.switchOff, options);
  return yield* byMetadata(org, blueprint, plan, components, sent, decision.switchOff, options);
}

function refuseToolingInProduction(org: Org, options: DeployApexOptions): void {
  if (options.transport !== 'tooling' || org.identity.kind !== 'production') return;
  throw new OpencxError('REFUSED_IN_PRODUCTION', {
    message: `Salesforce does not let the Tooling API change Apex in a production org (${org.identity.name}).`,
    nextSteps: ['Leave --transport tooling out: the Metadata API does it, with tests.'],
  });
}

async function* byMetadata(
  org: Org,
  blueprint: Blueprint,
  plan: DeployPlan,
  components: OrgComponents,
  sent: readonly BlueprintComponent[],
  switchOff: readonly RivalTrigger[],
  options: DeployApexOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  const checkOnly = options.mode === 'validate';
  const apex = sent.some(isApex) || switchOff.length > 0;
  const testClasses = blueprint.components.filter((one) => one.role === 'test-class').map((one) => one.fullName);
  const tests = selectTests(org.identity, options.tests, testClasses, apex);
  const zip = packageZip(packageFiles(blueprint, sent, switchOff));
  const rivals = switchOff.map((one) => one.trigger);
  const snapshot = checkOnly ? undefined : await keepSnapshot(org, plan, components, rivals, options.stateFolder);
  if (snapshot !== undefined) yield { kind: 'snapshot', folder: snapshot };

  const submitted = await submitDeploy(org, zip, { checkOnly, ...tests });
  await rememberDeploy(options.stateFolder, {
    id: submitted.id,
    organizationId: org.identity.id,
    checkOnly,
    submittedAt: org.clock.now(),
    components: sent.map((one) => `${one.type} ${one.fullName}`),
    ...(snapshot === undefined ? {} : { snapshot }),
  });
  return yield* afterSubmission(org, submitted, options, {
    blueprint,
    plan,
    switchedOff: rivals.map((one) => one.name),
    ...(snapshot === undefined ? {} : { snapshot }),
  });
}

async function* byTooling(
  org: Org,
  blueprint: Blueprint,
  plan: DeployPlan,
  components: OrgComponents,
  sent: readonly BlueprintComponent[],
  switchOff: readonly RivalTrigger[],
  options: DeployApexOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  const snapshot = await keepSnapshot(org, plan, components, [], options.stateFolder);
  if (snapshot !== undefined) yield { kind: 'snapshot', folder: snapshot };
  return yield* deployApexByTooling(org, blueprint, plan, sent, switchOff, {
    checkOnly: options.mode === 'validate',
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

/** The mdapi package of what is sent, and of rival triggers switched off. */
function packageFiles(
  blueprint: Blueprint,
  sent: readonly BlueprintComponent[],
  switchOff: readonly RivalTrigger[],
): Map<string, string> {
  const rivals = switchOff.map(({ trigger }) => ({
    type: 'ApexTrigger' as const,
    fullName: trigger.name,
    files: deactivatedTrigger(trigger),
  }));
  return mdapiLayout({ apiVersion: blueprint.apiVersion, components: [...sent, ...rivals] });
}

/**
 * Deploys what an earlier `--validate` has tested.
 * @param validationId `0Af…`
 */
export async function* quickDeploy(
  org: Org,
  validationId: string,
  blueprint: Blueprint | undefined,
  options: DeployApexOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  yield { kind: 'org', org: org.identity, apiVersion: org.apiVersion };
  guardProduction(org.identity, options);
  const submitted = await submitQuickDeploy(org, checkedId(validationId));
  await rememberDeploy(options.stateFolder, {
    id: submitted.id,
    organizationId: org.identity.id,
    checkOnly: false,
    submittedAt: org.clock.now(),
    components: [],
  });
  return yield* afterSubmission(org, submitted, options, {
    switchedOff: [],
    ...(blueprint === undefined ? {} : { blueprint }),
  });
}

async function* afterSubmission(
  org: Org,
  submitted: SubmittedDeploy,
  options: DeployApexOptions,
  context: { blueprint?: Blueprint; plan?: DeployPlan; switchedOff: readonly string[]; snapshot?: string },
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  yield { kind: 'submitted', ...submitted };
  if (options.async) return { kind: 'left-running', id: submitted.id, status: undefined, left: { reason: 'async' } };
  return yield* followDeploy(org, submitted.id, submitted.protocol, {
    waitMs: options.waitMs,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...context,
  });
}
