import type { LimitCounters } from './limits.ts';
import type { Value } from '../values/value.ts';

/** What a test method has set up for itself. */
export interface TestState {
  /** By lower-case name of the interface, `httpcalloutmock`. */
  readonly mocks: Map<string, Value>;
  phase: 'before' | 'started' | 'stopped';
  /** Between `startTest` and `stopTest`. */
  limits: LimitCounters | undefined;
  readonly seesAllData: boolean;
  /** Page of `Test.setCurrentPage` and what else a test sets by name. */
  readonly settings: Map<string, Value>;
}

export function newTestState(seesAllData: boolean): TestState {
  return { mocks: new Map(), phase: 'before', limits: undefined, seesAllData, settings: new Map() };
}
