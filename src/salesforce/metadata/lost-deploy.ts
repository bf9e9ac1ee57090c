import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../org.ts';
import { orgFailure } from '../org-errors.ts';

/** The user's latest deployments as they were before a submission; undefined when the org does not tell. */
export type DeploysBefore = ReadonlySet<string> | undefined;

/**
 * Remembers which deployments the org already holds, so that one whose answer gets lost can be told from older ones.
 * Not being allowed to read DeployRequest is no reason not to deploy: then a lost answer cannot be found again, and says so.
 */
export async function deploysBefore(org: Org): Promise<DeploysBefore> {
  try {
    return new Set(await deployIds(org));
  } catch (error) {
    if (error instanceof OpencxError && (error.code === 'PERMISSION_DENIED' || error.code === 'ORG_REFUSED'))
      return undefined;
    throw error;
  }
}

/**
 * Finds the deployment whose submission got no answer: the one that was not there before.
 * @param cause why there was no answer
 * @returns its id (`0Af…`)
 * @throws OpencxError NETWORK when the org surely holds none · DEPLOY_LOST_CONTACT when that cannot be known
 */
export async function recoverLostDeploy(org: Org, before: DeploysBefore, cause: unknown): Promise<string> {
  const failure = orgFailure(cause);
  const reason = `${failure.code}: ${failure.message}`;
  if (before === undefined)
    throw unknown(reason, 'this user may not read DeployRequest to see whether it arrived', cause);
  let fresh: string[];
  try {
    fresh = await freshDeploys(org, before);
  } catch (error) {
    throw unknown(
      reason,
      `the org could not be asked whether it arrived (${error instanceof Error ? error.message : String(error)})`,
      cause,
    );
  }
  const [id, another] = fresh;
  if (another !== undefined)
    throw unknown(reason, `this user started several deployments meanwhile: ${fresh.join(', ')}`, cause);
  if (id !== undefined) return id;
  throw new OpencxError('NETWORK', {
    message: `The deployment was not submitted (${reason}); the org holds no deployment of this run.`,
    details: { salesforceErrorCode: failure.code },
    nextSteps: ['Run the command again.'],
    cause,
  });
}

/** Looked for several times, because a request that broke on its way back may still be on its way in. */
async function freshDeploys(org: Org, before: ReadonlySet<string>): Promise<string[]> {
  for (let look = 1; look <= 4; look += 1) {
    await org.clock.sleep(400 * look);
    const fresh = (await deployIds(org)).filter((id) => !before.has(id));
    if (fresh.length > 0) return fresh;
  }
  return [];
}

async function deployIds(org: Org): Promise<string[]> {
  const soql = `SELECT Id FROM DeployRequest WHERE CreatedById = '${await org.userId()}' ORDER BY CreatedDate DESC LIMIT 20`;
  const rows = await org.toolingQuery<{ Id: string }>(soql, 'reading the latest deployments');
  return rows.map((row) => row.Id);
}

function unknown(reason: string, why: string, cause: unknown): OpencxError {
  return new OpencxError('DEPLOY_LOST_CONTACT', {
    message: `The answer to the submission was lost (${reason}), and ${why}.`,
    nextSteps: [
      'Look at Setup → Deployment Status in the org before running the command again.',
      'If it is there, watch it with --resume and its id.',
    ],
    cause,
  });
}
