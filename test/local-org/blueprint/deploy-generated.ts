import { setTimeout as delay } from 'node:timers/promises';

import type { Layout } from '../../../src/blueprint/layouts.ts';
import { findJob, isDone } from '../../../src/local-org/metadata/deploy/deploy-job.ts';
import type { DeployJob } from '../../../src/local-org/metadata/deploy/deploy-job.ts';
import type { DeployOptions } from '../../../src/local-org/metadata/deploy/deploy-options.ts';
import { deployQueueOf } from '../../../src/local-org/metadata/deploy/deploy-queue.ts';
import { submitDeployment } from '../../../src/local-org/metadata/deploy/submit.ts';
import type { OrgKind } from '../../../src/local-org/state/org-settings.ts';
import { openOrgState } from '../../../src/local-org/state/open-org.ts';
import type { OrgState } from '../../../src/local-org/state/org-state.ts';
import { zipOf } from '../metadata/package-zip.ts';

/** A line of a class or trigger that no test ran. */
export interface UncoveredLine {
  readonly component: string;
  readonly line: number;
  /** The source there, without blanks at its ends. */
  readonly text: string;
}

/** How a deployment of generated Apex with its tests ended. */
export interface GeneratedOutcome {
  /** Why it could not be deployed: compile errors and the like. */
  readonly problems: readonly string[];
  readonly passed: readonly string[];
  /** `method: message` of each test that failed. */
  readonly failures: readonly string[];
  /** Classes and triggers whose coverage was measured. */
  readonly measured: readonly string[];
  readonly uncovered: readonly UncoveredLine[];
}

const options: DeployOptions = {
  allowMissingFiles: false,
  autoUpdatePackage: false,
  checkOnly: false,
  ignoreWarnings: false,
  performRetrieve: false,
  purgeOnDelete: false,
  rollbackOnError: true,
  singlePackage: true,
  runTests: [],
  testLevel: 'RunLocalTests',
};

/** What a new org is before the deployment. */
export interface Circumstances {
  /** Absent: developer. */
  readonly kind?: OrgKind;
  readonly prepare?: (org: OrgState) => void;
}

/** Deploys a package with its tests into a new org in memory, by the queue that deployments of clients go through. */
export async function deployGenerated(files: Layout, { kind, prepare }: Circumstances = {}): Promise<GeneratedOutcome> {
  const opened = openOrgState(kind === undefined ? {} : { kind });
  try {
    prepare?.(opened.state);
    return outcomeOf(await deployed(opened.state, files), files);
  } finally {
    opened.close();
  }
}

async function deployed(org: OrgState, files: Layout): Promise<DeployJob> {
  const { id } = submitDeployment(org, zipOf(Object.fromEntries(files)), options, org.settings.adminUserId);
  const queue = deployQueueOf(org);
  const submitted = findJob(org, id);
  if (submitted === undefined) throw new Error('The deployment was not stored.');
  queue.enqueue(submitted);
  for (;;) {
    const job = findJob(org, id);
    if (job !== undefined && isDone(job)) return job;
    await delay(2);
  }
}

function outcomeOf(job: DeployJob, files: Layout): GeneratedOutcome {
  const { successes = [], failures = [], codeCoverage = [] } = job.runTestResult ?? {};
  return {
    problems: [
      ...job.failures.map(({ fullName, lineNumber, problem }) => `${fullName}:${lineNumber}: ${problem}`),
      ...(job.errorMessage === undefined ? [] : [job.errorMessage]),
    ],
    passed: successes.map(({ methodName }) => methodName),
    failures: failures.map(({ methodName, message }) => `${methodName}: ${message}`),
    measured: codeCoverage.map(({ name }) => name),
    uncovered: codeCoverage.flatMap(({ name, locationsNotCovered }) =>
      locationsNotCovered.map(({ line }) => ({ component: name, line, text: sourceLine(files, name, line) })),
    ),
  };
}

function sourceLine(files: Layout, name: string, line: number): string {
  const source = files.get(`classes/${name}.cls`) ?? files.get(`triggers/${name}.trigger`) ?? '';
  return source.split('\n')[line - 1]?.trim() ?? '';
}
