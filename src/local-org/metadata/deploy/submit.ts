import { MetadataFault, notImplementedFault } from '../metadata-fault.ts';
import { zipLimits } from '../package/zip-limits.ts';
import { readDirectory } from '../package/zip-directory.ts';
import type { OrgState } from '../../state/org-state.ts';
import { createJob, findJob, hasDeployedSince, zipOf } from './deploy-job.ts';
import type { DeployJob } from './deploy-job.ts';
import type { DeployOptions } from './deploy-options.ts';

/** Days for which a validation can be deployed without its tests (Metadata API guide, deployRecentValidation()). */
const quickDeployDays = 10;

/**
 * Takes a deployment in. What Salesforce refuses at once is refused here; everything else the job's result tells.
 * @throws MetadataFault INVALID_OPERATION, LIMIT_EXCEEDED
 */
export function submitDeployment(org: OrgState, zip: Uint8Array, options: DeployOptions, userId: string): DeployJob {
  refuseOptions(org, options);
  refuseZip(zip);
  return createJob(org, zip, { userId, options });
}

/**
 * Takes in the quick deployment of a validation that ran tests and passed within the last ten days. Any deployment since
 * then has taken that away from it (Salesforce Help, "Quick Deployments").
 * @throws MetadataFault INVALID_ID_FIELD for any other id, the code the official CLI looks for
 */
export function submitQuickDeployment(org: OrgState, validationId: string, userId: string): DeployJob {
  const validation = findJob(org, validationId);
  const zip = validation === undefined ? undefined : zipOf(org, validation.id);
  if (validation === undefined || zip === undefined || !isQuickDeployable(org, validation)) {
    throw new MetadataFault(
      'INVALID_ID_FIELD',
      `Cannot quick deploy ${validationId}: it is not a recent validation with passed tests`,
    );
  }
  return createJob(org, zip, {
    userId,
    options: { ...validation.options, checkOnly: false },
    validatedDeployRequestId: validation.id,
  });
}

function isQuickDeployable(org: OrgState, job: DeployJob): boolean {
  const age = org.now().getTime() - Date.parse(job.completedDate ?? '');
  return (
    job.options.checkOnly &&
    job.status === 'Succeeded' &&
    (job.runTestResult?.numTestsRun ?? 0) > 0 &&
    age <= quickDeployDays * 24 * 60 * 60 * 1000 &&
    !hasDeployedSince(org, job)
  );
}

function refuseOptions(org: OrgState, options: DeployOptions): void {
  const production = org.settings.kind === 'production';
  const refuse = (message: string): never => {
    throw new MetadataFault('INVALID_OPERATION', message);
  };
  if (options.performRetrieve) throw notImplementedFault('performRetrieve of DeployOptions');
  if (production && options.testLevel === 'NoTestRun') {
    refuse('testLevel of NoTestRun cannot be used in production organizations');
  }
  if (production && !options.rollbackOnError) {
    // The guide demands it; Salesforce's sentence is not documented.
    refuse('rollbackOnError must be true for deployments to production organizations');
  }
  if (production && options.purgeOnDelete) refuse('purgeOnDelete option can only be used on a non-active org');
  if (options.runTests.length > 0 && options.testLevel !== 'RunSpecifiedTests') {
    refuse('runTests can be used only with a testLevel of RunSpecifiedTests.');
  }
  if (options.runTests.length === 0 && options.testLevel === 'RunSpecifiedTests') {
    refuse('runTests must not be empty when a testLevel of RunSpecifiedTests is used');
  }
}

/** Sizes and directory are looked at now; the files themselves when the job runs. */
function refuseZip(zip: Uint8Array): void {
  if (zip.length === 0) throw new MetadataFault('INVALID_OPERATION', 'No zip file content passed in');
  if (zip.length > zipLimits.compressedBytes) {
    throw new MetadataFault(
      'LIMIT_EXCEEDED',
      `Maximum size of request reached. Maximum size of request is ${zipLimits.requestBytes} bytes.`,
    );
  }
  if (readDirectory(zip).length > zipLimits.files)
    throw new MetadataFault('INVALID_OPERATION', 'Too many files in zip');
}
