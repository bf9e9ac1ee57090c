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
    const failure = orgFailure(error);
    if (failure.network || failure.html) throw error;
    return undefined;
  }
}

/**
 * Finds the deployment whose submission got no answer: one that was not there before. Looked for several times, because a
 * request that broke on its way back may still be on its way in.
 * @returns its id (`0Af…`); undefined when the org holds none
 */
export async function findLostDeploy(org: Org, before: ReadonlySet<string>): Promise<string | undefined> {
  for (let look = 1; look <= 4; look += 1) {
    await org.clock.sleep(400 * look);
    const fresh = (await deployIds(org)).find((id) => !before.has(id));
    if (fresh !== undefined) return fresh;
  }
  return undefined;
}

async function deployIds(org: Org): Promise<string[]> {
  const { user_id: userId } = await org.connection.identity();
  const soql = `SELECT Id FROM DeployRequest WHERE CreatedById = '${userId}' ORDER BY CreatedDate DESC LIMIT 20`;
  const rows = await org.toolingQuery<{ Id: string }>(soql, 'reading the latest deployments');
  return rows.map((row) => row.Id);
}
