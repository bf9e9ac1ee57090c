import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writePrivateFile } from '../../atomic-files.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { OrgSession } from '../../salesforce/auth/org-session.ts';
import { prepareStateFolder, stateFolder } from '../state-folder.ts';
import { isMissingFile } from '../../missing-file.ts';

/** What a started local org leaves beside its data for other commands to find it: a private file. */
export interface RunningLocalOrg {
  url: string;
  /** Where Live Messaging answers: an origin of its own. */
  scrtUrl: string;
  pid: number;
  accessToken: string;
}

/** Where the local org of a project keeps its data. */
export function localOrgFolder(cwd: string): string {
  return join(stateFolder(cwd), 'local-org');
}

export function runningFile(dataDir: string): string {
  return join(dataDir, 'running.json');
}

/** A way into the local org. */
export interface LocalOrg {
  session: OrgSession;
  scrtUrl: string;
}

/**
 * The local org: the one that `org start` runs for this folder, otherwise one started in this process,
 * which ends with the command and keeps its data.
 * @param onEnd registers what ends it
 * @param isShared whether other commands of this folder find it while this one runs: one that lasts
 */
export async function openLocalOrg(
  cwd: string,
  onEnd: (undo: () => Promise<void>) => void,
  isShared: boolean,
): Promise<LocalOrg> {
  const dataDir = localOrgFolder(cwd);
  const running = await findRunning(dataDir);
  if (running !== undefined) {
    const { accessToken, scrtUrl, url } = running;
    return { session: { instanceUrl: url, accessToken, source: 'local-org' }, scrtUrl };
  }
  await prepareStateFolder(cwd);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { startLocalOrg } = await import('../../local-org/start-local-org.ts');
  try {
    const org = await startLocalOrg({ port: 0, dataDir });
    onEnd(() => org.close());
    const { scrtUrl, url: instanceUrl, username } = org;
    const accessToken = org.issueAccessToken();
    if (isShared) {
      await announceLocalOrg(dataDir, { url: instanceUrl, scrtUrl, pid: process.pid, accessToken });
      onEnd(() => rm(runningFile(dataDir), { force: true }));
    }
    return { session: { instanceUrl, accessToken, username, source: 'local-org' }, scrtUrl };
  } catch (error) {
    throw new OpencxError('LOCAL_ORG_UNAVAILABLE', {
      message: `The local org could not be started in ${dataDir}: ${error instanceof Error ? error.message : String(error)}`,
      nextSteps: ['opencx-sf org status tells what is there; another command may be using it at this moment.'],
      cause: error,
    });
  }
}

/** Lets other commands find a local org that runs. */
export async function announceLocalOrg(dataDir: string, running: RunningLocalOrg): Promise<void> {
  await writePrivateFile(runningFile(dataDir), `${JSON.stringify(running)}\n`);
}

/** The local org that runs for this folder, if it still answers. */
export async function findRunning(dataDir: string): Promise<RunningLocalOrg | undefined> {
  let text: string;
  try {
    text = await readFile(runningFile(dataDir), 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
  const running = readRunning(text);
  return running !== undefined && (await answers(running)) ? running : undefined;
}

/** What a damaged or foreign file says is as good as none: nothing of it can be reached. */
function readRunning(text: string): RunningLocalOrg | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { url, scrtUrl, pid, accessToken } = value as Record<string, unknown>;
  if (!isLoopback(url) || !isLoopback(scrtUrl)) return undefined;
  if (typeof pid !== 'number' || typeof accessToken !== 'string') return undefined;
  return { url, scrtUrl, pid, accessToken };
}

function isLoopback(url: unknown): url is string {
  return typeof url === 'string' && /^http:\/\/127\.0\.0\.1:\d+$/.test(url);
}

/** A file of a process that was killed stays behind; only an answer with our token proves that it is ours and alive. */
async function answers(running: RunningLocalOrg): Promise<boolean> {
  try {
    const response = await fetch(`${running.url}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${running.accessToken}` },
      signal: AbortSignal.timeout(2000),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
