import type { OrgState } from '../../state/org-state.ts';
import type { DeployOptions, TestLevel } from './deploy-options.ts';

/** RunTestsResult of the Metadata API: what was run, and how much of the Apex it covered. Times in milliseconds. */
export interface RunTestsResult {
  readonly numTestsRun: number;
  readonly numFailures: number;
  readonly totalTime: number;
  readonly successes: readonly RunTestSuccess[];
  readonly failures: readonly RunTestFailure[];
  readonly codeCoverage: readonly CodeCoverageResult[];
  readonly codeCoverageWarnings: readonly CodeCoverageWarning[];
}

export interface RunTestSuccess {
  readonly id: string;
  readonly methodName: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly seeAllData: boolean;
  readonly time: number;
}

export interface RunTestFailure extends RunTestSuccess {
  readonly message: string;
  readonly packageName: string;
  readonly stackTrace: string;
  readonly type: string;
}

export interface CodeCoverageResult {
  readonly id: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly type: string;
  readonly numLocations: number;
  readonly numLocationsNotCovered: number;
  readonly locationsNotCovered: readonly { line: number; column: number; numExecutions: number; time: number }[];
}

export interface CodeCoverageWarning {
  readonly id: string;
  readonly name: string | null;
  readonly namespace: string | null;
  readonly message: string;
}

export interface TestRequest {
  readonly level: Exclude<TestLevel, 'NoTestRun'>;
  /** Test classes, for `RunSpecifiedTests`. */
  readonly classNames: readonly string[];
  /** Apex the deployment brings: what coverage is asked of. */
  readonly deployed: readonly { readonly type: string; readonly fullName: string }[];
}

/** How far the tests of a deployment are. */
export interface TestProgress {
  readonly total: number;
  /** Those that passed. */
  readonly completed: number;
  readonly errors: number;
  readonly stateDetail: string;
}

/** A deployment whose tests are run. */
export interface DeployStage {
  /** Runs work with the deployment's components in place, and takes back all that was done. */
  inPlace<T>(work: () => T): T;
  onProgress(progress: TestProgress): void;
  isCanceled(): boolean;
}

/**
 * Runs Apex tests with a deployment's components in place; all the tests do is rolled back.
 * @throws MetadataFault for tests that cannot be run
 */
export type RunTests = (
  org: OrgState,
  request: TestRequest,
  userId: string,
  stage: DeployStage,
) => Promise<RunTestsResult>;

/** What a deployment without tests reports. */
export const noTestsRun: RunTestsResult = {
  numTestsRun: 0,
  numFailures: 0,
  totalTime: 0,
  successes: [],
  failures: [],
  codeCoverage: [],
  codeCoverageWarnings: [],
};

/** What results count as completed: tests that failed are counted as errors and not here. */
export function testsPassed({ numTestsRun, numFailures }: RunTestsResult): number {
  return numTestsRun - numFailures;
}

/**
 * The tests a deployment asks for; undefined for none. Without a level, production runs local tests as soon as Apex is
 * in the package, other orgs run none (Metadata API guide, "Running Tests in a Deployment").
 */
export function testsFor(
  options: DeployOptions,
  production: boolean,
  deployed: TestRequest['deployed'],
): TestRequest | undefined {
  const level = options.testLevel ?? (production && deployed.length > 0 ? 'RunLocalTests' : 'NoTestRun');
  return level === 'NoTestRun' ? undefined : { level, classNames: options.runTests, deployed };
}
