import type { OrgState } from '../../state/org-state.ts';
import { withoutTrace } from '../../state/without-trace.ts';
import { runTestJobs } from '../async/test-jobs.ts';
import { hideOrgData } from '../database/test-isolation.ts';
import type { RunnableProgram } from '../run/code.ts';
import { codeOf, initialize, runCode } from '../run/calls/invoke.ts';
import { newTestState } from '../run/test-state.ts';
import { thrownText } from '../run/thrown-text.ts';
import type { LineHits, Transaction } from '../run/transaction.ts';
import { apexOf } from '../runtime.ts';
import { ApexThrown } from '../values/exception.ts';
import type { TestClass, TestMethod } from './test-classes.ts';
import type { ClassRun, TestOutcome } from './test-outcome.ts';
import { noTestLogs } from './test-logs.ts';
import type { TestLogs } from './test-logs.ts';

export interface TestRunOptions {
  readonly program: RunnableProgram;
  readonly userId: string;
  /** Failures after which no further method is run; absent: all are run. */
  readonly failuresToStop?: number;
  /** Where methods write their debug logs; absent: nowhere. */
  readonly logs?: TestLogs;
}

/** Runs a method of a test class with the jobs it leaves. @throws ApexThrown */
function runMethod(run: Transaction, { method }: TestMethod): void {
  apexOf(run.org).within(run, () => {
    initialize(run, method.owner);
    runCode(run, codeOf(run, method), null, []);
    if (run.test !== undefined) run.test.limits = undefined;
    runTestJobs(run);
  });
}

/**
 * Runs a method as a test of its own.
 * @param around what to do with the store's changes: keep them for the tests that follow, or take them back
 */
function outcomeOf(
  org: OrgState,
  testClass: TestClass,
  test: TestMethod,
  options: TestRunOptions,
  around: (work: () => void) => void,
): TestOutcome {
  const { program, userId, logs = noTestLogs } = options;
  const { name: methodName } = test.method;
  const hits: LineHits = new Map();
  const log = logs.open(testClass, methodName);
  const state = newTestState(test.seesAllData);
  const run = apexOf(org).newTransaction('test', userId, { program, hits, log: log.debugLog, test: state });
  const startedAt = org.now();
  const start = performance.now();
  const ended = (message?: string, stackTrace?: string): TestOutcome => {
    log.end(run, message, stackTrace);
    const milliseconds = performance.now() - start;
    return { testClass, methodName, seesAllData: test.seesAllData, message, stackTrace, startedAt, milliseconds, hits };
  };
  try {
    around(() => {
      runMethod(run, test);
    });
    return ended();
  } catch (error) {
    if (!(error instanceof ApexThrown)) throw error;
    return ended(thrownText(run, error.exception), error.exception.stackTrace ?? '');
  }
}

/** A setup method that throws fails every test of its class. */
function failAll(tests: readonly TestMethod[], setup: TestOutcome): TestOutcome[] {
  return tests.map(({ method, seesAllData }) => ({
    ...setup,
    methodName: method.name,
    seesAllData,
    milliseconds: 0,
    hits: new Map(),
  }));
}

function runTests(
  org: OrgState,
  testClass: TestClass,
  tests: readonly TestMethod[],
  options: TestRunOptions,
  failuresBefore: number,
): TestOutcome[] {
  const { failuresToStop = Infinity } = options;
  const outcomes: TestOutcome[] = [];
  let failures = failuresBefore;
  for (const test of tests) {
    if (failures >= failuresToStop) break;
    const outcome = outcomeOf(org, testClass, test, options, (work) => {
      withoutTrace(org, work);
    });
    outcomes.push(outcome);
    if (outcome.message !== undefined) failures += 1;
  }
  return outcomes;
}

function runIsolated(
  org: OrgState,
  testClass: TestClass,
  tests: readonly TestMethod[],
  options: TestRunOptions,
): ClassRun {
  return withoutTrace(org, () => {
    hideOrgData(org);
    if (testClass.setup === undefined) {
      return { setup: undefined, tests: runTests(org, testClass, tests, options, 0) };
    }
    const setup = outcomeOf(org, testClass, testClass.setup, options, (work) => {
      work();
    });
    const failed = setup.message !== undefined;
    return { setup, tests: failed ? failAll(tests, setup) : runTests(org, testClass, tests, options, 0) };
  });
}

/**
 * Runs methods of a test class one after the other. Each begins with what the class's setup method made and leaves
 * nothing behind; only tests with SeeAllData see the org's records, and those have no setup.
 * @throws what is no fault of the Apex
 */
export function runTestClass(
  org: OrgState,
  { testClass, methods }: { readonly testClass: TestClass; readonly methods: readonly TestMethod[] },
  options: TestRunOptions,
): ClassRun {
  const isolated = methods.filter((test) => !test.seesAllData);
  const open = methods.filter((test) => test.seesAllData);
  const first =
    isolated.length === 0 ? { setup: undefined, tests: [] } : runIsolated(org, testClass, isolated, options);
  const failures = first.tests.filter(({ message }) => message !== undefined).length;
  return { setup: first.setup, tests: [...first.tests, ...runTests(org, testClass, open, options, failures)] };
}
