import { applyComponent, removeComponent } from '../apply/apply-component.ts';
import { MetadataFault } from '../metadata-fault.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { CheckedPackage } from './check-package.ts';
import type { DeployJob } from './deploy-job.ts';
import type { DeployMessage } from './deploy-message.ts';
import { noTestsRun, runTests, testsFor } from './run-tests.ts';
import type { RunTestsResult } from './run-tests.ts';

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
  finish: (outcome: Outcome) => void,
): void {
  try {
    org.transaction(() => {
      const outcome = saveAndTest(org, job, checked);
      if (outcome.status === 'Failed' || job.options.checkOnly) throw new NotKept(outcome);
      finish(outcome);
    });
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    finish(error.outcome);
  }
}

function saveAndTest(org: OrgState, job: DeployJob, checked: CheckedPackage): Outcome {
  const { options } = job;
  const tests =
    job.validatedDeployRequestId === undefined
      ? testsFor(options, org.settings.kind === 'production', checked.apex)
      : undefined;
  const without = { runTestsEnabled: tests !== undefined, runTestResult: noTestsRun, successes: checked.successes };
  if (checked.failures.length > 0 && options.rollbackOnError) return { ...without, status: 'Failed' };
  if (checked.failures.length > 0 && checked.components.length + checked.deletions.length === 0) {
    return { ...without, status: 'Failed' };
  }
  const successes = save(org, job, checked);
  const saved: Outcome = {
    ...without,
    successes,
    status: checked.failures.length > 0 ? 'SucceededPartial' : 'Succeeded',
  };
  if (tests === undefined) return saved;
  try {
    const runTestResult = runTests(org, tests);
    const failed = runTestResult.numFailures > 0 || runTestResult.codeCoverageWarnings.length > 0;
    return { ...saved, runTestResult, status: failed ? 'Failed' : saved.status };
  } catch (error) {
    // Tests that could not be run are not tests that passed: nothing is kept, and the reason is told by name.
    if (!(error instanceof MetadataFault)) throw error;
    return {
      ...without,
      status: 'Failed',
      errorStatusCode: error.code,
      errorMessage: `${error.code}: ${error.message}`,
    };
  }
}

function save(org: OrgState, job: DeployJob, checked: CheckedPackage): DeployMessage[] {
  for (const deletion of checked.deletions.filter(({ when }) => when === 'before')) {
    removeComponent(org, deletion.type, deletion.fullName);
  }
  const ids = new Map<string, string>();
  for (const component of checked.components) {
    const stored = applyComponent(org, component, job.userId);
    if (stored?.recordId !== undefined) ids.set(`${component.type}\n${component.fullName}`, stored.recordId);
  }
  for (const deletion of checked.deletions.filter(({ when }) => when === 'after')) {
    removeComponent(org, deletion.type, deletion.fullName);
  }
  return checked.successes.map((message) => {
    const id = message.id ?? ids.get(`${message.componentType}\n${message.fullName}`);
    // A check keeps nothing, so what it would create has no id that lasts.
    return id === undefined || (job.options.checkOnly && message.created) ? message : { ...message, id };
  });
}
