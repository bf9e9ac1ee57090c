import { MetadataFault } from '../metadata-fault.ts';
import type { OrgState } from '../../state/org-state.ts';
import { withoutTrace } from '../../state/without-trace.ts';
import type { CheckedPackage } from './check-package.ts';
import type { DeployJob } from './deploy-job.ts';
import { testsFor } from './run-tests.ts';
import type { DeployStage, RunTestsResult } from './run-tests.ts';
import { savePackage } from './save-package.ts';

/** How the tests of a deployment ended. */
export interface TestsEnd {
  /** Whether tests are part of it. */
  readonly enabled: boolean;
  /** Undefined where none were run. */
  readonly result?: RunTestsResult;
  /** Why they could not be run. */
  readonly refusal?: MetadataFault;
}

/** The tests a deployment asks for; a quick one stands on those of its validation. */
function requestOf(org: OrgState, job: DeployJob, checked: CheckedPackage): ReturnType<typeof testsFor> {
  if (job.validatedDeployRequestId !== undefined) return undefined;
  return testsFor(job.options, org.settings.kind === 'production', checked.apex);
}

/**
 * Runs the tests of a checked package, with its components in place for as long as each class of them runs. The metadata
 * of the org must not change meanwhile; nothing of the package is there when this resolves.
 * @param isHopeless whether nothing will be saved anyway
 */
export async function testPackage(
  org: OrgState,
  job: DeployJob,
  checked: CheckedPackage,
  isHopeless: boolean,
  watch: Pick<DeployStage, 'onProgress' | 'isCanceled'>,
): Promise<TestsEnd> {
  const request = requestOf(org, job, checked);
  if (request === undefined) return { enabled: false };
  if (isHopeless) return { enabled: true };
  const inPlace = <T>(work: () => T): T =>
    withoutTrace(org, () => {
      savePackage(org, job, checked);
      return work();
    });
  // The interpreter is the heaviest part of the local org after the grammar, and most deployments want no tests.
  const { runDeployTests } = await import('../../apex/testing/deploy-tests.ts');
  try {
    return { enabled: true, result: await runDeployTests(org, request, job.userId, { ...watch, inPlace }) };
  } catch (error) {
    if (!(error instanceof MetadataFault)) throw error;
    return { enabled: true, refusal: error };
  }
}
