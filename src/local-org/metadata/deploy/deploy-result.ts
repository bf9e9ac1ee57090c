import type { OrgState } from '../../state/org-state.ts';
import { isDone } from './deploy-job.ts';
import type { DeployJob } from './deploy-job.ts';
import type { DeployMessage } from './deploy-message.ts';
import type { DeployProgress } from './deploy-queue.ts';
import { noTestsRun, testsPassed } from './run-tests.ts';
import type { RunTestsResult } from './run-tests.ts';

/** The Metadata API's DeployResult; missing keys are what Salesforce leaves out. Dates are ISO 8601, UTC. */
export interface DeployResult {
  readonly canceledBy?: string;
  readonly canceledByName?: string;
  readonly checkOnly: boolean;
  readonly completedDate?: string;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly details?: {
    readonly componentFailures: readonly DeployMessage[];
    readonly componentSuccesses: readonly DeployMessage[];
    readonly runTestResult: RunTestsResult;
  };
  readonly done: boolean;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly id: string;
  readonly ignoreWarnings: boolean;
  readonly lastModifiedDate: string;
  readonly numberComponentErrors: number;
  readonly numberComponentsDeployed: number;
  readonly numberComponentsTotal: number;
  readonly numberFiles: number;
  readonly numberTestErrors: number;
  readonly numberTestsCompleted: number;
  readonly numberTestsTotal: number;
  readonly rollbackOnError: boolean;
  readonly runTestsEnabled: boolean;
  readonly startDate?: string;
  readonly stateDetail?: string;
  readonly status: string;
  readonly success: boolean;
  readonly zipSize: number;
}

/** A job as clients see it, with what is known of it while it runs. */
export function deployResult(
  org: OrgState,
  job: DeployJob,
  progress: DeployProgress | undefined,
  includeDetails: boolean,
): DeployResult {
  const running = isDone(job) ? undefined : progress;
  const failures = running?.failures ?? job.failures;
  const successes = running?.successes ?? job.successes;
  const tests = job.runTestResult ?? noTestsRun;
  const stateDetail = running?.stateDetail ?? job.stateDetail;
  return {
    ...(job.canceledBy === undefined
      ? {}
      : { canceledBy: job.canceledBy, canceledByName: userName(org, job.canceledBy) }),
    checkOnly: job.options.checkOnly,
    ...(job.completedDate === undefined ? {} : { completedDate: job.completedDate }),
    createdBy: job.userId,
    createdByName: userName(org, job.userId),
    createdDate: job.createdDate,
    ...(includeDetails
      ? { details: { componentFailures: failures, componentSuccesses: successes, runTestResult: tests } }
      : {}),
    done: isDone(job),
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
    ...(job.errorStatusCode === undefined ? {} : { errorStatusCode: job.errorStatusCode }),
    id: job.id,
    ignoreWarnings: job.options.ignoreWarnings,
    lastModifiedDate: job.lastModifiedDate,
    numberComponentErrors: running === undefined ? job.numberComponentErrors : running.failures.length,
    numberComponentsDeployed:
      running === undefined
        ? job.numberComponentsDeployed
        : running.successes.filter((message) => message.componentType !== '').length,
    numberComponentsTotal: running?.total ?? job.numberComponentsTotal,
    numberFiles: job.numberFiles,
    numberTestErrors: running?.tests?.errors ?? tests.numFailures,
    numberTestsCompleted: running?.tests?.completed ?? testsPassed(tests),
    numberTestsTotal: running?.tests?.total ?? tests.numTestsRun,
    rollbackOnError: job.options.rollbackOnError,
    runTestsEnabled: running?.tests !== undefined || job.runTestsEnabled,
    ...(job.startDate === undefined ? {} : { startDate: job.startDate }),
    ...(stateDetail === undefined ? {} : { stateDetail }),
    status: job.status,
    success: job.status === 'Succeeded' || job.status === 'SucceededPartial',
    zipSize: job.zipSize,
  };
}

/** A user's full name, as results show it beside the id. */
export function userName(org: OrgState, userId: string): string {
  const name = org.records.get('User', userId)?.['Name'];
  return typeof name === 'string' ? name : '';
}
