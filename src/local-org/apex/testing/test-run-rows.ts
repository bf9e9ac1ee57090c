import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import { outcomesOf } from './test-outcome.ts';
import type { ClassRun, TestOutcome } from './test-outcome.ts';
import type { ChosenTests } from './test-selection.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';

/** States of ApexTestQueueItem and ApexTestRunResult in which something is still to come. */
const openStatuses: ReadonlySet<FieldValue> = new Set(['Holding', 'Queued', 'Preparing', 'Processing']);

/** Whether a run or a queue item has not ended yet. */
export function isOpen(row: StoredRecord | undefined): boolean {
  return row !== undefined && openStatuses.has(row['Status'] ?? null);
}

/** The rows of a test run. */
export interface TestRun {
  /** Of its AsyncApexJob, `707…`: what clients know the run by. */
  readonly jobId: string;
  readonly userId: string;
  /** Of its ApexTestRunResult. */
  readonly resultId: string;
  /** One a class, in the order in which they are run. */
  readonly items: readonly { readonly id: string; readonly classId: string; readonly methods: readonly string[] }[];
}

/** Makes the rows of a run that has not begun. */
export function createTestRun(
  org: OrgState,
  chosen: readonly ChosenTests[],
  options: { readonly userId: string; readonly isAllTests: boolean; readonly skipCodeCoverage: boolean },
): TestRun {
  const { userId, isAllTests, skipCodeCoverage } = options;
  return org.transaction(() => {
    const { Id: jobId } = org.records.insert(
      'AsyncApexJob',
      {
        JobType: 'TestRequest',
        Status: 'Queued',
        JobItemsProcessed: 0,
        TotalJobItems: chosen.length,
        NumberOfErrors: 0,
      },
      userId,
    );
    const { Id: resultId } = org.records.insert(
      'ApexTestRunResult',
      {
        AsyncApexJobId: jobId,
        UserId: userId,
        Status: 'Queued',
        StartTime: storedDatetime(org.now()),
        IsAllTests: isAllTests,
        ClassesEnqueued: chosen.length,
        ClassesCompleted: 0,
        MethodsEnqueued: chosen.reduce((sum, { methods }) => sum + methods.length, 0),
        MethodsCompleted: 0,
        MethodsFailed: 0,
      },
      userId,
    );
    const items = chosen.map(({ testClass, methods }) => {
      const row = org.records.insert(
        'ApexTestQueueItem',
        {
          ApexClassId: testClass.id,
          ParentJobId: jobId,
          TestRunResultId: resultId,
          Status: 'Queued',
          ShouldSkipCodeCoverage: skipCodeCoverage,
        },
        userId,
      );
      return { id: row.Id, classId: testClass.id, methods: methods.map(({ method }) => method.name) };
    });
    return { jobId, userId, resultId, items };
  });
}

/** What one test method's row says. */
function resultFields(outcome: TestOutcome): Record<string, FieldValue> {
  return {
    ApexClassId: outcome.testClass.id,
    MethodName: outcome.methodName,
    Outcome: outcome.message === undefined ? 'Pass' : 'Fail',
    Message: outcome.message ?? null,
    StackTrace: outcome.stackTrace ?? null,
    RunTime: Math.round(outcome.milliseconds),
    TestTimestamp: storedDatetime(outcome.startedAt),
    TestCategory: 'Apex',
  };
}

/** Makes the ApexTestResult rows of a class, that of its setup method first. @param logOf id of a method's ApexLog */
export function storeResults(
  org: OrgState,
  run: TestRun,
  itemId: string,
  results: ClassRun,
  logOf: (outcome: TestOutcome) => string | undefined,
): void {
  for (const outcome of outcomesOf(results)) {
    const row = {
      ...resultFields(outcome),
      AsyncApexJobId: run.jobId,
      ApexTestRunResultId: run.resultId,
      QueueItemId: itemId,
      ApexLogId: logOf(outcome) ?? null,
      IsTestSetup: outcome === results.setup,
    };
    org.records.insert('ApexTestResult', row, run.userId);
  }
}

/**
 * Ends what a former process left in the middle of a run: its tests are not run again by themselves, and nobody shall wait
 * for them.
 */
export function abortLeftRuns(org: OrgState): void {
  for (const row of org.records.all('ApexTestRunResult').filter(isOpen)) {
    const jobId = fieldText(row['AsyncApexJobId']);
    const userId = fieldText(row['UserId']);
    org.transaction(() => {
      for (const item of org.records.find('ApexTestQueueItem', { ParentJobId: jobId }).filter(isOpen)) {
        org.records.update('ApexTestQueueItem', item.Id, { Status: 'Aborted' }, userId);
      }
      endTestRun(org, { jobId, resultId: row.Id, userId }, 'Aborted');
    });
  }
}

/** Notes that a run is over. */
export function endTestRun(
  org: OrgState,
  { jobId, resultId, userId }: Pick<TestRun, 'jobId' | 'resultId' | 'userId'>,
  status: 'Completed' | 'Failed' | 'Aborted',
): void {
  const now = storedDatetime(org.now());
  org.records.update('ApexTestRunResult', resultId, { Status: status, EndTime: now }, userId);
  // The job is done when its tests were run, whatever their outcome.
  const jobStatus = status === 'Aborted' ? 'Aborted' : 'Completed';
  if (org.records.get('AsyncApexJob', jobId) === undefined) return;
  org.records.update('AsyncApexJob', jobId, { Status: jobStatus, CompletedDate: now }, userId);
}
