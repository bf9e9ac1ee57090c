import type {
  CodeCoverageResult,
  RunTestFailure,
  RunTestsResult,
  RunTestSuccess,
} from '../../metadata/deploy/run-tests.ts';
import type { UnitCoverage } from './coverage.ts';
import type { ClassRun, TestOutcome } from './test-outcome.ts';

function successOf({ testClass, methodName, seesAllData, milliseconds }: TestOutcome): RunTestSuccess {
  return {
    id: testClass.id,
    methodName,
    name: testClass.symbol.name,
    namespace: null,
    seeAllData: seesAllData,
    time: Math.round(milliseconds),
  };
}

function failureOf(outcome: TestOutcome): RunTestFailure {
  const { name } = outcome.testClass.symbol;
  const { message = '', stackTrace = '' } = outcome;
  return { ...successOf(outcome), message, packageName: name, stackTrace, type: 'Class' };
}

/** How much of a class or trigger was run, as CodeCoverageResult. */
export function coverageResult(coverage: UnitCoverage): CodeCoverageResult {
  return {
    id: coverage.id,
    name: coverage.name,
    namespace: null,
    type: coverage.type,
    numLocations: coverage.coveredLines.length + coverage.uncoveredLines.length,
    numLocationsNotCovered: coverage.uncoveredLines.length,
    locationsNotCovered: coverage.uncoveredLines.map((line) => ({ line, column: 0, numExecutions: 0, time: -1 })),
  };
}

/** Outcomes of several classes as RunTestsResult has them; setup methods are no tests. */
export function resultsOf(
  runs: readonly ClassRun[],
): Pick<RunTestsResult, 'numTestsRun' | 'numFailures' | 'totalTime' | 'successes' | 'failures'> {
  const outcomes = runs.flatMap(({ tests }) => tests);
  const setups = runs.flatMap(({ setup }) => setup ?? []);
  const failures = outcomes.filter((outcome) => outcome.message !== undefined);
  return {
    numTestsRun: outcomes.length,
    numFailures: failures.length,
    totalTime: Math.round([...setups, ...outcomes].reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
    successes: outcomes.filter((outcome) => outcome.message === undefined).map(successOf),
    failures: failures.map(failureOf),
  };
}
