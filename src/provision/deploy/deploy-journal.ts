import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { OpencxError } from '../../errors/opencx-error.ts';
import { writePrivateFile } from '../../atomic-files.ts';
import { isMissingFile } from '../../missing-file.ts';

/** What is remembered of a deployment, so that another run can take it up again and read back what it did. */
export interface DeployRecord {
  /** `0Af…` */
  id: string;
  organizationId: string;
  checkOnly: boolean;
  /** Milliseconds since 1970. */
  submittedAt: number;
  /** `type fullName` of what was sent; undefined for a quick deploy, whose validation knows. */
  components?: string[];
  /** Those of them that carried edits of the org: no rendering tells what the org must hold of them. */
  edited?: string[];
  /** Names of rival triggers that were switched off along with it. */
  switchedOff: string[];
  snapshot?: string;
}

/** Files are named by the deployment's id, one each; the state folder is private. */
function fileOf(stateFolder: string, id: string): string {
  return join(stateFolder, 'deploys', `${id}.json`);
}

/** Written before the first look at the deployment, so that a killed process leaves its id behind. */
export async function rememberDeploy(stateFolder: string, record: DeployRecord): Promise<void> {
  await writePrivateFile(fileOf(stateFolder, record.id), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * @param id `0Af…`, 15 or 18 characters
 * @returns undefined if this folder knows nothing of it (it was started on another machine)
 */
export async function recallDeploy(stateFolder: string, id: string): Promise<DeployRecord | undefined> {
  let text: string;
  try {
    text = await readFile(fileOf(stateFolder, checkedId(id)), 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
  return readRecord(text, fileOf(stateFolder, checkedId(id)));
}

/** @throws OpencxError CONFIG_INVALID if the file is no record; the deployment itself is known to the org all the same */
function readRecord(text: string, path: string): DeployRecord {
  try {
    const record = JSON.parse(text) as DeployRecord;
    if (typeof record.id === 'string' && Array.isArray(record.switchedOff)) return record;
  } catch (error) {
    throw damaged(path, error);
  }
  throw damaged(path, undefined);
}

function damaged(path: string, cause: unknown): OpencxError {
  return new OpencxError('CONFIG_INVALID', {
    message: `${path} is no record of a deployment.`,
    nextSteps: ['Remove that file and run the same command with the id: --resume 0Af…; the org knows it.'],
    cause,
  });
}

/** The latest deployment into an org that this folder remembers. */
export async function latestDeploy(stateFolder: string, organizationId: string): Promise<DeployRecord | undefined> {
  let names: string[];
  try {
    names = await readdir(join(stateFolder, 'deploys'));
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
  const ids = names.flatMap((name) => /^(0Af\w{12,15})\.json$/.exec(name)?.[1] ?? []);
  const records = await Promise.all(ids.map((id) => recallDeploy(stateFolder, id)));
  return records
    .filter((one) => one?.organizationId === organizationId)
    .sort((a, b) => (b?.submittedAt ?? 0) - (a?.submittedAt ?? 0))[0];
}

/** Deployment ids become file names and URLs, so anything else is refused. @throws OpencxError USAGE */
export function checkedId(id: string): string {
  const trimmed = id.trim();
  if (/^0Af[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(trimmed)) return trimmed;
  throw new OpencxError('USAGE', {
    message: `"${trimmed.slice(0, 40)}" is no deployment id: it has 15 or 18 letters and digits and begins with 0Af.`,
    nextSteps: ['The id is printed when a deployment starts; Setup → Deployment Status in the org shows it too.'],
  });
}
