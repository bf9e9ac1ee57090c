import type { BlueprintComponent } from '../../blueprint/blueprint.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { componentReason } from '../../salesforce/metadata/explain-failure.ts';
import { toOpencxError } from '../../salesforce/org-errors.ts';
import type { Org } from '../../salesforce/org.ts';
import { saveApex, type ApexSource, type ContainerOutcome } from '../../salesforce/tooling/container-deploy.ts';
import type { DeployApexEvent, DeployOutcome } from './deploy-outcome.ts';
import { isApex } from '../org/org-components.ts';
import { bodyOf } from '../org/component-files.ts';
import type { DeployPlan } from '../plan/plan.ts';
import type { Work } from './prepare-work.ts';
import { readBack } from './read-back.ts';
import { keepSnapshot } from './snapshot.ts';

/**
 * Saves Apex by the Tooling API, for quick work in sandboxes and developer orgs. It carries Apex alone and runs no tests.
 * @throws OpencxError USAGE if something else is needed first
 */
export async function* deployByToolingApi(
  org: Org,
  work: Work,
  options: ToolingOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  refuseWhatToolingCannot(work, options);
  const snapshot = await keepSnapshot(org, work, options.stateFolder);
  if (snapshot !== undefined) yield { kind: 'snapshot', folder: snapshot };
  const kept = snapshot === undefined ? {} : { snapshot };
  const sources = work.sent.map((component) => apexSource(component, work.plan));
  const outcome = await saved(org, sources.sort(classesFirst), options.signal);
  if (!outcome.success) return { kind: 'failed', reasons: reasonsOf(outcome), messages: outcome.messages, ...kept };
  yield { kind: 'reading-back' };
  const { selected, plan } = work;
  const apexOnly = { ...selected, components: selected.components.filter(isApex) };
  return { kind: 'succeeded', messages: outcome.messages, plan, readBack: await readBack(org, apexOnly, []), ...kept };
}

interface ToolingOptions {
  mode: 'deploy' | 'dry-run' | 'validate';
  async: boolean;
  stateFolder: string;
  signal?: AbortSignal;
}

async function saved(org: Org, sources: ApexSource[], signal: AbortSignal | undefined): Promise<ContainerOutcome> {
  try {
    return await saveApex(org, sources, signal);
  } catch (error) {
    if (signal?.aborted !== true) throw toOpencxError(error, 'saving Apex by the Tooling API');
    throw new OpencxError('INTERRUPTED', {
      message: 'Stopped. What the Tooling API had saved by then stays; it has no transaction.',
      nextSteps: ['Run the same command again: it saves only what still differs.'],
    });
  }
}

function reasonsOf(outcome: ContainerOutcome): string[] {
  const failures = outcome.messages.filter((one) => one.state === 'failed').map(componentReason);
  return outcome.errorMessage === undefined ? failures : [...failures, outcome.errorMessage];
}

function refuseWhatToolingCannot({ sent, switchOff }: Work, options: ToolingOptions): void {
  const others = sent.filter((one) => !isApex(one)).map((one) => `${one.type} ${one.fullName}`);
  const reasons = [
    ...(others.length === 0 ? [] : [`it carries Apex only, and these differ too: ${others.join(', ')}`]),
    ...(switchOff.length === 0
      ? []
      : [`triggers are switched off by the Metadata API: ${switchOff.map((one) => one.trigger.name).join(', ')}`]),
    ...(options.mode === 'validate' ? ['it cannot run the tests of a validation'] : []),
    ...(options.async ? ['it has no deployment to be left running (--async)'] : []),
  ];
  if (reasons.length === 0) return;
  throw new OpencxError('USAGE', {
    message: `--transport tooling does not fit: ${reasons.join('; ')}.`,
    nextSteps: ['Run once without --transport tooling, or narrow it: --only ApexClass --only ApexTrigger'],
  });
}

function apexSource(component: BlueprintComponent, plan: DeployPlan): ApexSource {
  const item = plan.items.find((one) => one.component === component);
  const meta = component.files.find((file) => file.path.endsWith('-meta.xml'))?.content ?? '';
  return {
    type: component.type === 'ApexTrigger' ? 'ApexTrigger' : 'ApexClass',
    name: component.fullName,
    body: bodyOf(component),
    apiVersion: /<apiVersion>([\d.]+)</.exec(meta)?.[1] ?? '',
    ...(component.object === undefined ? {} : { object: component.object }),
    ...(item?.existingId === undefined ? {} : { existingId: item.existingId }),
  };
}

/** A new trigger compiles only once the class it calls is there; the test class needs both. */
function classesFirst(a: ApexSource, b: ApexSource): number {
  return rank(a) - rank(b);
}

function rank(source: ApexSource): number {
  if (source.type === 'ApexTrigger') return 1;
  return /@istest/i.test(source.body) ? 2 : 0;
}
