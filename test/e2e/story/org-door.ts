import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, onTestFinished } from 'vitest';

import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import type { RunningOrg, StartLocalOrgOptions } from '../../../src/local-org/start-local-org.ts';
import { ended, startCli } from '../cli.ts';

/** How a story gets into an org: nothing but its URL and the administrator's token. */
export interface OrgDoor {
  readonly url: string;
  readonly accessToken: string;
}

/** A local org in this very process, which must end without a bug. */
export async function orgInProcess(options: StartLocalOrgOptions = {}): Promise<OrgDoor & { running: RunningOrg }> {
  const bugs: unknown[] = [];
  const running = await startLocalOrg({ kind: 'sandbox', ...options, onError: (error) => bugs.push(error) });
  onTestFinished(async () => {
    await running.close();
    expect(bugs).toEqual([]);
  });
  return { running, url: running.url, accessToken: running.issueAccessToken() };
}

/** A process of its own that serves an org, and may be killed. */
export interface OrgProcess extends OrgDoor {
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

/** A local org as `opencx-sf org start` serves it for a folder, in a process of its own. */
export async function orgOfItsOwn(cwd: string): Promise<OrgProcess> {
  const file = join(cwd, '.opencx-sf', 'local-org', 'running.json');
  const former = await readFile(file, 'utf8').catch(() => '');
  const child = startCli(['org', 'start', '--kind', 'sandbox'], { cwd });
  const end = ended(child);
  const stop = async (signal: 'SIGINT' | 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await end;
  };
  onTestFinished(() => stop('SIGINT'));
  for (let look = 0; look < 800; look += 1) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '' && text !== former) return { ...(JSON.parse(text) as OrgDoor), kill: () => stop('SIGKILL') };
    await delay(25);
  }
  throw new Error(`the org did not start: ${(await end).stderr}`);
}
