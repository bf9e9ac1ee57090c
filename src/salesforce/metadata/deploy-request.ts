import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../org.ts';
import { orgFailure, toOpencxError, type OrgFailure } from '../org-errors.ts';
import { isTransient } from '../retry.ts';
import { readDeployStatus, type DeployStatus } from './deploy-status.ts';
import { deploysBefore, recoverLostDeploy } from './lost-deploy.ts';

export type TestLevel = 'NoTestRun' | 'RunSpecifiedTests' | 'RunLocalTests' | 'RunAllTestsInOrg';

/** What the Metadata API is told beside the zip. @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm */
export interface DeployOptions {
  /** Validate only: nothing is kept. */
  checkOnly: boolean;
  testLevel?: TestLevel;
  /** Test classes, for RunSpecifiedTests. */
  runTests?: readonly string[];
}

/** The two doors to the Metadata API. REST is tried first: SOAP refuses tokens in JWT format. */
export type DeployProtocol = 'rest' | 'soap';

export interface SubmittedDeploy {
  id: string;
  protocol: DeployProtocol;
  /** The answer to the submission was lost and the deployment was found again among the org's own. */
  recovered: boolean;
}

/**
 * Hands a package to the org. When the answer is lost on the way the org is asked whether the deployment arrived, so that
 * it is never submitted twice.
 * @param zip an mdapi package with package.xml at its root
 * @throws OpencxError PERMISSION_DENIED, ORG_REFUSED, NETWORK (surely not submitted), DEPLOY_LOST_CONTACT (unknown)
 */
export async function submitDeploy(org: Org, zip: Buffer, options: DeployOptions): Promise<SubmittedDeploy> {
  return await submitOnce(org, 'submitting the deployment', (protocol) => submitBy(protocol, org, zip, options));
}

/**
 * Deploys what an earlier validation has tested (quick deploy); a lost answer is looked up as by {@link submitDeploy}.
 * @param validationId `0Af…` of a validation of the last ten days that ran tests and passed
 */
export async function submitQuickDeploy(org: Org, validationId: string): Promise<SubmittedDeploy> {
  const { metadata } = org.connection;
  return await submitOnce(org, `quick-deploying ${validationId}`, (protocol) =>
    metadata.deployRecentValidation({ id: validationId, rest: protocol === 'rest' }),
  );
}

/** Sends by REST, or by SOAP where the org has no REST door; whatever else goes wrong is looked up, never sent again. */
async function submitOnce(
  org: Org,
  doing: string,
  send: (protocol: DeployProtocol) => Promise<string>,
): Promise<SubmittedDeploy> {
  const before = await deploysBefore(org);
  let protocol: DeployProtocol = 'rest';
  for (;;) {
    try {
      return { id: await send(protocol), protocol, recovered: false };
    } catch (error) {
      const failure = orgFailure(error);
      if (protocol === 'rest' && refusesRest(failure)) protocol = 'soap';
      else if (isTransient(failure))
        return { id: await recoverLostDeploy(org, before, error), protocol, recovered: true };
      else throw toOpencxError(error, protocol === 'rest' ? doing : `${doing} by SOAP, since REST is refused`);
    }
  }
}

async function submitBy(protocol: DeployProtocol, org: Org, zip: Buffer, options: DeployOptions): Promise<string> {
  const body = {
    rollbackOnError: true,
    ignoreWarnings: true,
    singlePackage: true,
    checkOnly: options.checkOnly,
    ...(options.testLevel === undefined ? {} : { testLevel: options.testLevel }),
    ...(options.runTests === undefined ? {} : { runTests: [...options.runTests] }),
  };
  const { metadata } = org.connection;
  const answer = protocol === 'rest' ? await metadata.deployRest(zip, body) : await metadata.deploy(zip, body);
  const { id } = answer;
  if (typeof id !== 'string' || id === '') {
    throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
      message: 'The org accepted the deployment but gave no id for it.',
    });
  }
  return id;
}

/** The org answers, but has no REST door to the Metadata API (or keeps it shut). */
function refusesRest(failure: OrgFailure): boolean {
  return (
    !failure.network &&
    !failure.html &&
    ['NOT_FOUND', 'ERROR_HTTP_404', 'METHOD_NOT_ALLOWED', 'ERROR_HTTP_405', 'FUNCTIONALITY_NOT_ENABLED'].includes(
      failure.code,
    )
  );
}

/** One look at a deployment, with its details. Errors are thrown raw: the poll loop weighs them. */
export async function lookAtDeploy(
  org: Org,
  id: string,
  protocol: DeployProtocol,
): Promise<{ status: DeployStatus; protocol: DeployProtocol }> {
  const { metadata } = org.connection;
  if (protocol === 'soap')
    return { status: readDeployStatus(await metadata.checkDeployStatus(id, true, false)), protocol };
  try {
    return { status: readDeployStatus(await metadata.checkDeployStatus(id, true, true)), protocol };
  } catch (error) {
    if (!refusesRest(orgFailure(error))) throw error;
    return { status: readDeployStatus(await metadata.checkDeployStatus(id, true, false)), protocol: 'soap' };
  }
}

/**
 * Asks the org to stop a deployment; it may still end well if it was nearly done.
 * SOAP first, whose operation is documented to the letter; SOAP refuses JWT-format tokens, then REST.
 */
export async function requestCancel(org: Org, id: string): Promise<void> {
  const opaqueToken = org.connection.accessToken?.includes('!') === true;
  try {
    if (opaqueToken) {
      await org.connection.metadata.cancelDeploy(id);
      return;
    }
    await org.connection.request({
      method: 'PATCH',
      url: `${org.connection.instanceUrl}/services/data/v${org.apiVersion}/metadata/deployRequest/${encodeURIComponent(id)}`,
      body: JSON.stringify({ deployResult: { status: 'Canceling' } }),
      headers: { 'content-type': 'application/json' },
    });
  } catch (error) {
    throw toOpencxError(error, `cancelling ${id}`);
  }
}
