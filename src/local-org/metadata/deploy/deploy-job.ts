import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { DeployMessage } from './deploy-message.ts';
import type { DeployOptions } from './deploy-options.ts';
import { testsPassed } from './run-tests.ts';
import type { RunTestsResult } from './run-tests.ts';

export type DeployStatus =
  | 'Pending'
  | 'InProgress'
  | 'Succeeded'
  | 'SucceededPartial'
  | 'Failed'
  | 'Canceling'
  | 'Canceled';

/** A deployment as it is kept: answers about it are given after a restart too. Dates are ISO 8601, UTC. */
export interface DeployJob {
  readonly id: string;
  readonly userId: string;
  readonly options: DeployOptions;
  readonly status: DeployStatus;
  readonly createdDate: string;
  readonly lastModifiedDate: string;
  readonly startDate?: string;
  readonly completedDate?: string;
  readonly canceledBy?: string;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly stateDetail?: string;
  readonly numberComponentsTotal: number;
  readonly numberComponentsDeployed: number;
  readonly numberComponentErrors: number;
  readonly numberFiles: number;
  /** Bytes. */
  readonly zipSize: number;
  /** Whether tests are part of it. */
  readonly runTestsEnabled: boolean;
  readonly failures: readonly DeployMessage[];
  readonly successes: readonly DeployMessage[];
  readonly runTestResult?: RunTestsResult;
  /** The validation a quick deployment stands on: its tests are not run again. */
  readonly validatedDeployRequestId?: string;
}

const jobs = 'deploy-job';
const zips = 'deploy-zip';

const finalStatuses: ReadonlySet<DeployStatus> = new Set(['Succeeded', 'SucceededPartial', 'Failed', 'Canceled']);

/** True once nothing about the job will change. */
export function isDone(job: DeployJob): boolean {
  return finalStatuses.has(job.status);
}

/** A job by its 15- or 18-character id. */
export function findJob(org: OrgState, id: string): DeployJob | undefined {
  const row = org.records.get('DeployRequest', id);
  return row === undefined ? undefined : (org.documents.get(jobs, row.Id) as DeployJob | undefined);
}

/** All jobs, oldest first. */
function allJobs(org: OrgState): DeployJob[] {
  return org.documents.list(jobs).map(({ value }) => value as DeployJob);
}

/** Jobs that a former process left unfinished, oldest first. */
export function unfinishedJobs(org: OrgState): DeployJob[] {
  return allJobs(org).filter((job) => !isDone(job));
}

/** Whether something was deployed after a validation had ended. */
export function hasDeployedSince(org: OrgState, validation: DeployJob): boolean {
  const all = allJobs(org);
  // Jobs run in the order in which they were made.
  const later = all.slice(all.findIndex(({ id }) => id === validation.id) + 1);
  return later.some(({ options, status }) => !options.checkOnly && status.startsWith('Succeeded'));
}

/** Makes the job's DeployRequest row, whose id is the job's, and keeps its zip until it is done. */
export function createJob(
  org: OrgState,
  zip: Uint8Array,
  start: Pick<DeployJob, 'userId' | 'options' | 'validatedDeployRequestId'>,
): DeployJob {
  const time = org.now().toISOString();
  return org.transaction(() => {
    const blank = {
      ...start,
      status: 'Pending' as const,
      createdDate: time,
      lastModifiedDate: time,
      numberComponentsTotal: 0,
      numberComponentsDeployed: 0,
      numberComponentErrors: 0,
      numberFiles: 0,
      zipSize: zip.length,
      runTestsEnabled: false,
      failures: [],
      successes: [],
    };
    const row = org.records.insert('DeployRequest', rowFields({ ...blank, id: '' }), start.userId);
    const job: DeployJob = { ...blank, id: row.Id };
    org.documents.put(jobs, job.id, job);
    org.documents.put(zips, job.id, Buffer.from(zip).toString('base64'));
    return job;
  });
}

/** Saves a job's next state, with its DeployRequest row. */
export function saveJob(org: OrgState, job: DeployJob, change: Partial<DeployJob>): DeployJob {
  const saved: DeployJob = { ...job, ...change, lastModifiedDate: org.now().toISOString() };
  org.transaction(() => {
    org.documents.put(jobs, saved.id, saved);
    org.records.update('DeployRequest', saved.id, rowFields(saved), saved.userId);
    // A validation's zip is kept for a quick deployment; no other job needs its own again.
    if (isDone(saved) && !(saved.options.checkOnly && saved.status === 'Succeeded'))
      org.documents.delete(zips, saved.id);
  });
  return saved;
}

/** The zip a job was made with; undefined once it is done. */
export function zipOf(org: OrgState, id: string): Uint8Array | undefined {
  const base64 = org.documents.get(zips, id);
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : undefined;
}

/** Fields of the Tooling API's DeployRequest. */
function rowFields(job: DeployJob): Record<string, FieldValue> {
  const { options } = job;
  return {
    AllowMissingFiles: options.allowMissingFiles,
    AutoUpdatePackage: options.autoUpdatePackage,
    CanceledById: job.canceledBy ?? null,
    CheckOnly: options.checkOnly,
    CompletedDate: job.completedDate ?? null,
    ErrorMessage: job.errorMessage ?? null,
    ErrorStatusCode: job.errorStatusCode ?? null,
    IgnoreWarnings: options.ignoreWarnings,
    NumberComponentErrors: job.numberComponentErrors,
    NumberComponentsDeployed: job.numberComponentsDeployed,
    NumberComponentsTotal: job.numberComponentsTotal,
    NumberTestErrors: job.runTestResult?.numFailures ?? 0,
    NumberTestsCompleted: job.runTestResult === undefined ? 0 : testsPassed(job.runTestResult),
    NumberTestsTotal: job.runTestResult?.numTestsRun ?? 0,
    PurgeOnDelete: options.purgeOnDelete,
    RollbackOnError: options.rollbackOnError,
    RunTestsEnabled: job.runTestsEnabled,
    SinglePackage: options.singlePackage,
    StartDate: job.startDate ?? null,
    StateDetail: job.stateDetail ?? null,
    Status: job.status,
    TestLevel: options.testLevel ?? null,
    Type: 'Api',
  };
}
