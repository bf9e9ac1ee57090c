import type { LineHits } from '../run/transaction.ts';
import type { TestClass } from './test-classes.ts';

/** How one test method ended, or the setup method of a class. */
export interface TestOutcome {
  readonly testClass: TestClass;
  readonly methodName: string;
  readonly seesAllData: boolean;
  /** `System.AssertException: Assertion Failed: …`; undefined if it passed. */
  readonly message: string | undefined;
  readonly stackTrace: string | undefined;
  readonly startedAt: Date;
  readonly milliseconds: number;
  /** Lines it ran, by unit. */
  readonly hits: LineHits;
}

/** What was run of a class. */
export interface ClassRun {
  /** Undefined for a class without a setup method. */
  readonly setup: TestOutcome | undefined;
  /** In the order in which they were run. */
  readonly tests: readonly TestOutcome[];
}

/** All that was run of a class, its setup method first. */
export function outcomesOf({ setup, tests }: ClassRun): readonly TestOutcome[] {
  return setup === undefined ? tests : [setup, ...tests];
}
