import { submitDeploy, type DeployOptions } from '../../../salesforce/metadata/deploy-request.ts';
import { packageZip } from '../../../salesforce/metadata/package-zip.ts';
import type { DeployApexEvent } from '../../deploy/deploy-outcome.ts';
import { followDeploy } from '../../deploy/follow-deploy.ts';
import type { ChangeContext } from './change-context.ts';
import { deployRefusal } from './deploy-refusal.ts';

/**
 * Deploys a package that is no blueprint (something is switched off, deleted, put back) and waits for its end.
 * @param files path in the package to text, package.xml among them
 * @throws OpencxError DEPLOY_FAILED with the org's reasons, DEPLOY_STILL_RUNNING, INTERRUPTED
 */
export async function* submitPackage(
  { org, deploy, signal }: ChangeContext,
  files: ReadonlyMap<string, string>,
  tests: Pick<DeployOptions, 'testLevel' | 'runTests'>,
): AsyncGenerator<DeployApexEvent, void> {
  const submitted = await submitDeploy(org, packageZip(files), { checkOnly: false, ...tests });
  yield { kind: 'submitted', ...submitted };
  const outcome = yield* followDeploy(org, submitted.id, submitted.protocol, {
    waitMs: deploy.waitMs,
    switchedOff: [],
    ...(signal === undefined ? {} : { signal }),
  });
  const refusal = deployRefusal(outcome);
  if (refusal !== undefined) throw refusal;
}
