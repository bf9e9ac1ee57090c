import { OpencxError } from '../../errors/opencx-error.ts';
import type { DeployOptions, TestLevel } from '../../salesforce/metadata/deploy-request.ts';
import type { OrgIdentity } from '../../salesforce/org.ts';

export interface TestWish {
  /** `--test-level`; undefined leaves the choice to the product. */
  level?: TestLevel;
  /** `--no-tests`. */
  none: boolean;
}

/**
 * Which tests a deployment runs. Ours alone, by name, unless told otherwise: RunLocalTests in production fails on the
 * customer's own untested code, and RunRelevantTests (beta) has run no tests at all.
 * @param testClasses names of the blueprint's test classes
 * @param apex whether the package holds Apex; without it Salesforce needs no tests
 * @throws OpencxError REFUSED_IN_PRODUCTION
 */
export function selectTests(
  org: OrgIdentity,
  wish: TestWish,
  testClasses: readonly string[],
  apex: boolean,
): Pick<DeployOptions, 'testLevel' | 'runTests'> {
  const level = wish.none ? 'NoTestRun' : (wish.level ?? 'RunSpecifiedTests');
  if (level === 'NoTestRun') {
    if (org.kind === 'production' && apex) {
      throw new OpencxError('REFUSED_IN_PRODUCTION', {
        message: `Salesforce does not deploy Apex into a production org without running tests (${org.name}).`,
        nextSteps: [
          'Leave --no-tests (or --test-level NoTestRun) out: the test class made for this is deployed along and run.',
        ],
      });
    }
    return { testLevel: 'NoTestRun' };
  }
  if (level !== 'RunSpecifiedTests') return { testLevel: level };
  return apex ? { testLevel: level, runTests: testClasses } : {};
}
