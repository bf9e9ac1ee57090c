import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { publishTestResult } from '../../streaming/system-topics.ts';
import { apexOf } from '../runtime.ts';
import { runTestClass } from './run-test-class.ts';
import type { ClassRun } from './test-outcome.ts';
import { storeCoverage } from './store-coverage.ts';
import { testClassesOf } from './test-classes.ts';
import { KeptTestLogs } from './test-logs.ts';
import { createTestRun, endTestRun, isOpen, storeResults } from './test-run-rows.ts';
import type { TestRun } from './test-run-rows.ts';
import { chooseTests, methodsNamed } from './test-selection.ts';
import type { TestRunRequest } from './test-selection.ts';

type Limits = Pick<TestRunRequest, 'failuresToStop' | 'skipCodeCoverage'>;

/** Runs of one org wait for each other. */
const tails = new WeakMap<OrgState, Promise<void>>();

/**
 * Takes in a test run, which begins once the caller has been answered. Between two classes other requests are served.
 * @returns id of its AsyncApexJob
 * @throws RestError for tests that there are not
 */
export async function startTestRun(org: OrgState, request: TestRunRequest, userId: string): Promise<string> {
  const apex = apexOf(org);
  await apex.ready();
  const chosen = chooseTests(testClassesOf(org, apex.program()), request);
  const { skipCodeCoverage } = request;
  const run = createTestRun(org, chosen, { userId, isAllTests: request.wanted === undefined, skipCodeCoverage });
  const before = tails.get(org) ?? Promise.resolve();
  const mine = before
    .then(async () => await runToItsEnd(org, run, request))
    .catch((error: unknown) => {
      endBroken(org, run, error);
    })
    // One that cannot even note its failure means that the org was closed under it: it is ended at the next start.
    .catch(() => undefined);
  tails.set(org, mine);
  return run.jobId;
}

/** Nobody waits for a run in a request: what is no fault of the Apex is told where the client looks. */
function endBroken(org: OrgState, run: TestRun, error: unknown): void {
  const ExtendedStatus = error instanceof Error ? error.message : String(error);
  org.transaction(() => {
    for (const { id } of run.items) {
      if (!isOpen(org.records.get('ApexTestQueueItem', id))) continue;
      org.records.update('ApexTestQueueItem', id, { Status: 'Failed', ExtendedStatus }, run.userId);
    }
    if (isOpen(org.records.get('ApexTestRunResult', run.resultId))) endTestRun(org, run, 'Failed');
  });
  publishTestResult(org, run.jobId);
}

async function nextTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

async function runToItsEnd(org: OrgState, run: TestRun, limits: Limits): Promise<void> {
  const { userId } = run;
  await nextTurn();
  let failed = 0;
  for (const item of run.items) {
    if (!isOpen(org.records.get('ApexTestRunResult', run.resultId))) return;
    if (limits.failuresToStop !== undefined && failed >= limits.failuresToStop) {
      if (isOpen(org.records.get('ApexTestQueueItem', item.id))) {
        org.records.update('ApexTestQueueItem', item.id, { Status: 'Aborted' }, userId);
      }
      continue;
    }
    await apexOf(org).ready();
    const failuresToStop = limits.failuresToStop === undefined ? undefined : limits.failuresToStop - failed;
    failed += runItem(org, run, item, { ...limits, failuresToStop });
    publishTestResult(org, run.jobId);
    await nextTurn();
  }
  if (!isOpen(org.records.get('ApexTestRunResult', run.resultId))) return;
  const items = org.records.find('ApexTestQueueItem', { ParentJobId: run.jobId });
  const has = (status: string): boolean => items.some((item) => item['Status'] === status);
  const failure = failed > 0 || has('Failed');
  org.transaction(() => {
    endTestRun(org, run, failure ? 'Failed' : has('Aborted') ? 'Aborted' : 'Completed');
  });
  publishTestResult(org, run.jobId);
}

/** Runs the tests of one class, if nobody has aborted them. @returns how many failed */
function runItem(org: OrgState, run: TestRun, item: TestRun['items'][number], limits: Limits): number {
  const { userId } = run;
  if (!isOpen(org.records.get('ApexTestQueueItem', item.id))) return 0;
  const noteItem = (values: Record<string, string>): void => {
    org.records.update('ApexTestQueueItem', item.id, values, userId);
  };
  org.transaction(() => {
    noteItem({ Status: 'Processing' });
    org.records.update('ApexTestRunResult', run.resultId, { Status: 'Processing' }, userId);
    org.records.update('AsyncApexJob', run.jobId, { Status: 'Processing' }, userId);
  });
  const program = apexOf(org).program();
  const testClass = testClassesOf(org, program).find(({ id }) => id === item.classId);
  if (testClass === undefined) {
    noteItem({ Status: 'Failed', ExtendedStatus: 'The class is not there any more, or has no tests any more.' });
    return 0;
  }
  const logs = new KeptTestLogs(org, { userId, operation: 'ApexTestHandler' });
  const { failuresToStop } = limits;
  const chosen = { testClass, methods: methodsNamed(testClass, item.methods) };
  const stop = failuresToStop === undefined ? {} : { failuresToStop };
  const results = runTestClass(org, chosen, { program, userId, logs, ...stop });
  const failures = results.tests.filter(({ message }) => message !== undefined).length;
  org.transaction(() => {
    storeResults(org, run, item.id, results, (outcome) => logs.store(outcome.testClass, outcome.methodName));
    if (!limits.skipCodeCoverage) storeCoverage(org, program, results, userId);
    noteItem({ Status: 'Completed', ExtendedStatus: `(${results.tests.length - failures}/${results.tests.length})` });
    countClass(org, run, results, failures);
  });
  return failures;
}

function countClass(org: OrgState, run: TestRun, { setup, tests }: ClassRun, failures: number): void {
  const row = org.records.get('ApexTestRunResult', run.resultId);
  const job = org.records.get('AsyncApexJob', run.jobId);
  if (row === undefined || job === undefined) return;
  const plus = (of: typeof row, field: string, more: number): number => Number(fieldText(of[field])) + Math.round(more);
  const testTime = tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  org.records.update(
    'ApexTestRunResult',
    row.Id,
    {
      ClassesCompleted: plus(row, 'ClassesCompleted', 1),
      MethodsCompleted: plus(row, 'MethodsCompleted', tests.length),
      MethodsFailed: plus(row, 'MethodsFailed', failures),
      TestTime: plus(row, 'TestTime', testTime),
      TestSetupTime: plus(row, 'TestSetupTime', setup?.milliseconds ?? 0),
    },
    run.userId,
  );
  const counts = {
    JobItemsProcessed: plus(job, 'JobItemsProcessed', 1),
    NumberOfErrors: plus(job, 'NumberOfErrors', failures),
  };
  org.records.update('AsyncApexJob', job.Id, counts, run.userId);
}
