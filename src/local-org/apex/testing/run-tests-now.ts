import type { RunTestsResult } from '../../metadata/deploy/run-tests.ts';
import type { OrgState } from '../../state/org-state.ts';
import { apexOf } from '../runtime.ts';
import { coverageOf, mergeHits } from './coverage.ts';
import { runTestClass } from './run-test-class.ts';
import { outcomesOf } from './test-outcome.ts';
import { storeCoverage } from './store-coverage.ts';
import { testClassesOf } from './test-classes.ts';
import { KeptTestLogs } from './test-logs.ts';
import { coverageResult, resultsOf } from './test-results.ts';
import { chooseTests } from './test-selection.ts';
import type { TestRunRequest } from './test-selection.ts';

/** RunTestsResult of the Tooling API. */
export interface SynchronousResult extends RunTestsResult {
  /** Null where no trace flag asked for a log. */
  readonly apexLogId: string | null;
  readonly flowCoverage: readonly [];
  readonly flowCoverageWarnings: readonly [];
}

/**
 * Runs the tests of one class at once. No rows are made but those of its coverage.
 * @throws RestError for tests that there are not
 */
export async function runTestsNow(
  org: OrgState,
  request: TestRunRequest,
  runner: { readonly userId: string; readonly operation: string },
): Promise<SynchronousResult> {
  const apex = apexOf(org);
  await apex.ready();
  const program = apex.program();
  const { userId } = runner;
  const { failuresToStop, skipCodeCoverage } = request;
  const logs = new KeptTestLogs(org, runner);
  const runs = chooseTests(testClassesOf(org, program), request).map((chosen) =>
    runTestClass(org, chosen, { program, userId, logs, ...(failuresToStop === undefined ? {} : { failuresToStop }) }),
  );
  const outcomes = runs.flatMap(outcomesOf);
  const logIds = outcomes.flatMap(({ testClass, methodName }) => logs.store(testClass, methodName) ?? []);
  if (!skipCodeCoverage) for (const run of runs) storeCoverage(org, program, run, userId);
  const coverages = skipCodeCoverage ? [] : coverageOf(org, program, mergeHits(outcomes.map(({ hits }) => hits)));
  return {
    apexLogId: logIds.at(-1) ?? null,
    ...resultsOf(runs),
    codeCoverage: coverages.filter(({ coveredLines }) => coveredLines.length > 0).map(coverageResult),
    codeCoverageWarnings: [],
    flowCoverage: [],
    flowCoverageWarnings: [],
  };
}
