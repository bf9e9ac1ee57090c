import type { OrgState } from '../../state/org-state.ts';
import type { CheckedPackage } from './check-package.ts';
import type { DeployJob } from './deploy-job.ts';
import type { DeployMessage } from './deploy-message.ts';
import { noTestsRun } from './run-tests.ts';
import type { RunTestsResult } from './run-tests.ts';
import type { TestsEnd } from './test-package.ts';
import { savePackage } from './save-package.ts';

/** How a deployment ended, as it goes into the job. */
export interface Outcome {
  readonly status: 'Succeeded' | 'SucceededPartial' | 'Failed';
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly runTestsEnabled: boolean;
  readonly runTestResult: RunTestsResult;
  /** With the ids of what was created. */
  readonly successes: readonly DeployMessage[];
}

/** Thrown to roll back what the outcome says is not kept. */
class NotKept extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('rolled back');
    this.outcome = outcome;
  }
}

/**
 * Saves a checked package in one transaction, or keeps nothing: on failure with rollbackOnError, when only checking, and
 * when tests fail. `finish` is called inside the transaction with the outcome, so that the job's end and its effect are
 * kept together or not at all.
 */
export function commitPackage(
  org: OrgState,
  job: DeployJob,
  checked: CheckedPackage,
  tests: TestsEnd,
  finish: (outcome: Outcome) => void,
): void {
  try {
    org.transaction(() => {
      const outcome = saved(org, job, checked, tests);
      if (outcome.status === 'Failed' || job.options.checkOnly) throw new NotKept(outcome);
      finish(outcome);
    });
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    finish(error.outcome);
  }
}

/** Whether a package has nothing that could be saved, or may not be saved in part. */
export function isHopeless({ options }: DeployJob, { components, deletions, failures }: CheckedPackage): boolean {
  return failures.length > 0 && (options.rollbackOnError || components.length + deletions.length === 0);
}

function saved(org: OrgState, job: DeployJob, checked: CheckedPackage, tests: TestsEnd): Outcome {
  const without = { runTestsEnabled: tests.enabled, runTestResult: noTestsRun, successes: checked.successes };
  if (isHopeless(job, checked)) return { ...without, status: 'Failed' };
  if (tests.refusal !== undefined) {
    // Tests that could not be run are not tests that passed: nothing is kept, and the reason is told by name.
    const { code, message } = tests.refusal;
    return { ...without, status: 'Failed', errorStatusCode: code, errorMessage: `${code}: ${message}` };
  }
  const { result = noTestsRun } = tests;
  const successes = savePackage(org, job, checked);
  // Too little coverage fails a deployment with tests in orgs of any kind, not in production alone.
  const failed = result.numFailures > 0 || result.codeCoverageWarnings.length > 0;
  return {
    ...without,
    successes,
    runTestResult: withStoredIds(org, result),
    status: failed ? 'Failed' : checked.failures.length > 0 ? 'SucceededPartial' : 'Succeeded',
  };
}

/** While tests ran, what the deployment creates had other ids than it has now. */
function withStoredIds(org: OrgState, result: RunTestsResult): RunTestsResult {
  const idOf = (type: string, name: string | null, id: string): string =>
    (name === null ? undefined : org.components.get(type, name)?.recordId) ?? id;
  const ofClass = <T extends { id: string; name: string }>(test: T): T => ({
    ...test,
    id: idOf('ApexClass', test.name, test.id),
  });
  const types = new Map(result.codeCoverage.map(({ id, type }) => [id, `Apex${type}`]));
  return {
    ...result,
    successes: result.successes.map(ofClass),
    failures: result.failures.map(ofClass),
    codeCoverage: result.codeCoverage.map((one) => ({ ...one, id: idOf(`Apex${one.type}`, one.name, one.id) })),
    codeCoverageWarnings: result.codeCoverageWarnings.map((one) => ({
      ...one,
      id: idOf(types.get(one.id) ?? 'ApexClass', one.name, one.id),
    })),
  };
}
