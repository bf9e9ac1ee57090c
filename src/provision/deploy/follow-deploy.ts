import type { Blueprint } from '../../blueprint/blueprint.ts';
import { requestCancel, type DeployProtocol } from '../../salesforce/metadata/deploy-request.ts';
import type { DeployStatus } from '../../salesforce/metadata/deploy-status.ts';
import { explainFailure } from '../../salesforce/metadata/explain-failure.ts';
import { watchDeploy, type WatchOutcome } from '../../salesforce/metadata/watch-deploy.ts';
import type { Org } from '../../salesforce/org.ts';
import type { DeployApexEvent, DeployOutcome, LeftRunning } from './deploy-outcome.ts';
import type { DeployPlan } from '../plan/plan.ts';
import { readBack } from './read-back.ts';

export interface FollowOptions {
  waitMs: number;
  signal?: AbortSignal;
  /** What was deployed, to be read back; without it (a deployment of another machine) only the status is told. */
  blueprint?: Blueprint;
  plan?: DeployPlan;
  /** This run has sent the deployment, so it may mend what the deployment left undone. */
  repair?: boolean;
  switchedOff: readonly string[];
  snapshot?: string;
}

/** Watches a deployment to its end and reads back what it did. Also the whole of `--resume`. */
export async function* followDeploy(
  org: Org,
  id: string,
  protocol: DeployProtocol,
  options: FollowOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  const watched = yield* watchDeploy(org, id, protocol, options);
  if (watched.kind !== 'done')
    return { kind: 'left-running', id, status: watched.status, left: leftBy(watched, options) };
  const { status } = watched;
  if (status.state === 'Canceled') return { kind: 'canceled', id, status };
  if (status.state !== 'Succeeded') return failed(id, status, options.snapshot);
  if (status.checkOnly) return { kind: 'validated', id, status, quickDeployable: status.tests.completed > 0 };
  const outcome = {
    kind: 'succeeded' as const,
    id,
    status,
    messages: status.componentSuccesses,
    ...(options.plan === undefined ? {} : { plan: options.plan }),
    ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
  };
  if (options.blueprint === undefined || options.blueprint.components.length === 0) return outcome;
  yield { kind: 'reading-back' };
  return { ...outcome, readBack: await readBack(org, options.blueprint, options.switchedOff, options.repair) };
}

function leftBy(watched: Exclude<WatchOutcome, { kind: 'done' }>, options: FollowOptions): LeftRunning {
  switch (watched.kind) {
    case 'wait-over':
      return { reason: 'wait-over', waitedMs: options.waitMs };
    case 'interrupted':
      return { reason: 'interrupted' };
    case 'lost-contact':
      return { reason: 'lost-contact', code: watched.code, message: watched.message };
    case 'refused':
      return { reason: 'refused', error: watched.error };
  }
}

function failed(id: string, status: DeployStatus, snapshot: string | undefined): DeployOutcome {
  return {
    kind: 'failed',
    id,
    status,
    reasons: explainFailure(status),
    messages: status.componentFailures,
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}

/** Asks the org to cancel and watches until it says how that ended. */
export async function* cancelDeploy(
  org: Org,
  id: string,
  options: FollowOptions,
): AsyncGenerator<DeployApexEvent, DeployOutcome> {
  yield { kind: 'org', org: org.identity, apiVersion: org.apiVersion };
  await requestCancel(org, id);
  return yield* followDeploy(org, id, 'rest', options);
}
