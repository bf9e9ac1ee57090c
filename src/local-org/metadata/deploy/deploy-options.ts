/** Test levels of a deployment (Metadata API guide, deploy()). */
export const testLevels = [
  'NoTestRun',
  'RunSpecifiedTests',
  'RunLocalTests',
  'RunAllTestsInOrg',
  'RunRelevantTests',
] as const;

export type TestLevel = (typeof testLevels)[number];

/** DeployOptions of the Metadata API, with its defaults filled in. */
export interface DeployOptions {
  readonly allowMissingFiles: boolean;
  readonly autoUpdatePackage: boolean;
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly performRetrieve: boolean;
  readonly purgeOnDelete: boolean;
  readonly rollbackOnError: boolean;
  readonly singlePackage: boolean;
  readonly runTests: readonly string[];
  /** Undefined where the caller leaves the choice to the platform. */
  readonly testLevel: TestLevel | undefined;
}

export function isTestLevel(text: string): text is TestLevel {
  return (testLevels as readonly string[]).includes(text);
}
