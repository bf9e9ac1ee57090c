import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../org.ts';
import { orgFailure, toOpencxError } from '../org-errors.ts';
import { isTransient } from '../retry.ts';
import { lookAtDeploy, type DeployProtocol } from './deploy-request.ts';
import { UnknownDeployStatus, type ComponentMessage, type DeployStatus, type TestFailure } from './deploy-status.ts';

/** What is seen while a deployment runs, each as soon as it is known. */
export type DeployEvent =
  | { kind: 'status'; status: DeployStatus }
  | { kind: 'component-failure'; failure: ComponentMessage }
  | { kind: 'test-failure'; failure: TestFailure }
  /** The org could not be asked; `attempt` of `budget` failures in a row. */
  | { kind: 'trouble'; code: string; message: string; attempt: number; budget: number };

/** How watching ended. Only `done` says anything about the deployment itself. */
export type WatchOutcome =
  | { kind: 'done'; status: DeployStatus }
  | { kind: 'wait-over'; status: DeployStatus | undefined }
  | { kind: 'interrupted'; status: DeployStatus | undefined }
  | { kind: 'lost-contact'; status: DeployStatus | undefined; code: string; message: string }
  /** The org refuses the question itself (session expired, no permission); asking again cannot help. */
  | { kind: 'refused'; status: DeployStatus | undefined; error: OpencxError };

export interface WatchOptions {
  /** How long to watch, in milliseconds. The org goes on working after that. */
  waitMs: number;
  /** Aborted by Ctrl-C: watching ends, the deployment does not. */
  signal?: AbortSignal;
}

/** Failures in a row after which contact counts as lost: with the growing delays below, about four minutes. */
const errorBudget = 12;
const firstLookMs = 200;
const slowestLookMs = 10_000;
const slowestRetryMs = 30_000;

/**
 * Watches a deployment to its end: first look after 200 ms, then ever slower, with jitter. Broken connections, 420, 503,
 * pages of HTML and unknown statuses are tolerated up to a budget of consecutive failures; a good answer resets it.
 * @param id `0Af…`
 */
export async function* watchDeploy(
  org: Org,
  id: string,
  protocol: DeployProtocol,
  options: WatchOptions,
): AsyncGenerator<DeployEvent, WatchOutcome> {
  const { clock } = org;
  const deadline = clock.now() + options.waitMs;
  const told = new Set<string>();
  let door = protocol;
  let last: DeployStatus | undefined;
  let failures = 0;
  let looked = false;
  let delay = firstLookMs;
  for (;;) {
    const left = deadline - clock.now();
    if (left <= 0 && looked) return { kind: 'wait-over', status: last };
    looked = true;
    if (!(await slept(org, Math.max(0, Math.min(jittered(delay, org), left)), options.signal)))
      return { kind: 'interrupted', status: last };
    try {
      const look = await lookAtDeploy(org, id, door);
      failures = 0;
      door = look.protocol;
      last = look.status;
      yield { kind: 'status', status: last };
      yield* newFailures(last, told);
      if (last.done) return { kind: 'done', status: last };
      delay = Math.min(delay * 1.4, slowestLookMs);
    } catch (error) {
      const trouble = tolerated(error);
      if (trouble instanceof OpencxError) return { kind: 'refused', status: last, error: trouble };
      failures += 1;
      if (failures >= errorBudget) return { kind: 'lost-contact', status: last, ...trouble };
      yield { kind: 'trouble', ...trouble, attempt: failures, budget: errorBudget };
      delay = Math.min(firstLookMs * 2 ** failures, slowestRetryMs);
    }
  }
}

function* newFailures(status: DeployStatus, told: Set<string>): Generator<DeployEvent> {
  for (const failure of status.componentFailures) {
    const key = `component ${failure.type} ${failure.fullName} ${failure.line ?? ''} ${failure.problem ?? ''}`;
    if (told.has(key)) continue;
    told.add(key);
    yield { kind: 'component-failure', failure };
  }
  for (const failure of status.testFailures) {
    const key = `test ${failure.className}.${failure.methodName}`;
    if (told.has(key)) continue;
    told.add(key);
    yield { kind: 'test-failure', failure };
  }
}

/** What is sat out; an error where asking again cannot help. */
function tolerated(error: unknown): { code: string; message: string } | OpencxError {
  if (error instanceof UnknownDeployStatus) return { code: 'UNKNOWN_STATUS', message: error.message };
  const failure = orgFailure(error);
  if (!isTransient(failure)) return toOpencxError(error, 'asking how the deployment goes');
  return { code: failure.code, message: failure.message };
}

function jittered(ms: number, org: Org): number {
  return ms * (0.8 + 0.4 * org.clock.random());
}

/** @returns false if the wait was ended by the signal */
async function slept(org: Org, ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  const aborted = () => signal?.aborted === true;
  if (aborted()) return false;
  try {
    await org.clock.sleep(ms, signal);
    return true;
  } catch (error) {
    if (aborted()) return false;
    throw error;
  }
}
