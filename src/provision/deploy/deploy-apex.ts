import type { Blueprint } from '../../blueprint/blueprint.ts';
import { mdapiLayout } from '../../blueprint/layouts.ts';
import {
  submitDeploy,
  submitQuickDeploy,
  type SubmittedDeploy,
  type TestLevel,
} from '../../salesforce/metadata/deploy-request.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { packageZip } from '../../salesforce/metadata/package-zip.ts';
import type { Org } from '../../salesforce/org.ts';
import { checkedId, rememberDeploy } from './deploy-journal.ts';
import type { DeployApexEvent, DeployOutcome } from './deploy-outcome.ts';
import { withBasesKept } from './deployed-base.ts';
import { followDeploy } from './follow-deploy.ts';
import { deactivatedTrigger } from '../plan/hand-made.ts';
import { isApex } from '../org/org-components.ts';
import { editedComponents, prepareWork, type Work } from './prepare-work.ts';
import { guardProduction, refuseToolingInProduction } from './production-guard.ts';
import type { RivalWishes } from '../plan/rivals.ts';
import { keepSnapshot } from './snapshot.ts';
import { selectTests } from './test-selection.ts';
import { deployByToolingApi } from './tooling-deploy.ts';

export interface DeployApexOptions {
  mode: 'deploy' | 'dry-run' | 'validate';
  transport: 'metadata' | 'tooling';
  /** Types and names; empty for everything. */
  only: readonly string[];
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

/** How work that is decided upon is carried out. */
export type WorkOptions = Pick<
  DeployApexOptions,
  'mode' | 'transport' | 'async' | 'waitMs' | 'tests' | 'stateFolder' | 'signal'
>;

/**
 * The main job: compares the blueprint with the org and closes the difference, once, safely, and proves it by reading back.
 * Yields what happens as it happens; returns how it ended.
 * @throws OpencxError CONFIRMATION_REQUIRED, REFUSED_IN_PRODUCTION, USAGE, and whatever the org refuses outright
 */
export async function* deployApex(
  org: Org,
  blueprint: Blueprint,
  options: DeployApexOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  yield { kind: 'org', org: org.identity, apiVersion: org.apiVersion };
  if (options.mode === 'deploy') guardProduction(org.identity, options);
  if (options.transport === 'tooling') refuseToolingInProduction(org.identity);
  const prepared = yield* prepareWork(org, blueprint, options);
  if ('outcome' in prepared) return prepared.outcome;
  return yield* deployWork(org, prepared.work, options);
}

/**
 * Carries out what was decided: one deployment, watched and read back; what the templates gave is kept for a later upgrade.
 * @throws OpencxError INTERRUPTED, REFUSED_IN_PRODUCTION, USAGE
 */
export async function* deployWork(
  org: Org,
  work: Work,
  options: WorkOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  stopIfInterrupted(options.signal);
  const outcome =
    options.transport === 'tooling'
      ? yield* deployByToolingApi(org, work, options)
      : yield* deployByMetadataApi(org, work, options);
  return await withBasesKept(org, outcome, work.rendered ?? work.selected.components, options.stateFolder);
}

async function* deployByMetadataApi(
  org: Org,
  work: Work,
  options: WorkOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  const checkOnly = options.mode === 'validate';
  const apex = work.sent.some(isApex) || work.switchOff.length > 0;
  const tests = selectTests(org.identity, options.tests, work.testClasses, apex);
  const zip = packageZip(packageFiles(work));
  const snapshot = checkOnly ? undefined : await keepSnapshot(org, work, options.stateFolder);
  if (snapshot !== undefined) yield { kind: 'snapshot', folder: snapshot };

  stopIfInterrupted(options.signal);
  const submitted = await submitDeploy(org, zip, { checkOnly, ...tests });
  await rememberDeploy(options.stateFolder, {
    id: submitted.id,
    organizationId: org.identity.id,
    checkOnly,
    submittedAt: org.clock.now(),
    components: work.sent.map((one) => `${one.type} ${one.fullName}`),
    ...editedComponents(work),
    switchedOff: work.switchOff.map((one) => one.trigger.name),
    ...(snapshot === undefined ? {} : { snapshot }),
  });
  return yield* afterSubmission(org, submitted, options, {
    blueprint: work.selected,
    plan: work.plan,
    repair: true,
    switchedOff: work.switchOff.map((one) => one.trigger.name),
    ...(snapshot === undefined ? {} : { snapshot }),
  });
}

/** @throws OpencxError INTERRUPTED: up to the submission Ctrl-C leaves the org as it was */
function stopIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new OpencxError('INTERRUPTED', { message: 'Stopped before anything was sent; the org is as it was.' });
}

/** The mdapi package of what is sent, and of rival triggers switched off. */
function packageFiles(work: Work): Map<string, string> {
  const rivals = work.switchOff.map(({ trigger }) => ({
    type: 'ApexTrigger' as const,
    fullName: trigger.name,
    files: deactivatedTrigger(trigger),
  }));
  return mdapiLayout({ apiVersion: work.selected.apiVersion, components: [...work.sent, ...rivals] });
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
  stopIfInterrupted(options.signal);
  const submitted = await submitQuickDeploy(org, checkedId(validationId));
  await rememberDeploy(options.stateFolder, {
    id: submitted.id,
    organizationId: org.identity.id,
    checkOnly: false,
    submittedAt: org.clock.now(),
    switchedOff: [],
  });
  const context = { switchedOff: [], ...(blueprint === undefined ? {} : { blueprint }) };
  const outcome = yield* afterSubmission(org, submitted, options, context);
  return await withBasesKept(org, outcome, blueprint?.components ?? [], options.stateFolder);
}

async function* afterSubmission(
  org: Org,
  submitted: SubmittedDeploy,
  options: WorkOptions,
  context: Omit<Parameters<typeof followDeploy>[3], 'waitMs' | 'signal'>,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  yield { kind: 'submitted', ...submitted };
  if (options.async) return { kind: 'left-running', id: submitted.id, status: undefined, left: { reason: 'async' } };
  return yield* followDeploy(org, submitted.id, submitted.protocol, {
    waitMs: options.waitMs,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...context,
  });
}
