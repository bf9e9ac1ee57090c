import { startLocalOrg, type RunningOrg, type StartLocalOrgOptions } from '../../src/local-org/start-local-org.ts';
import { onTestFinished } from 'vitest';

/** A local org that a story reaches as it would reach Salesforce: by URL and token, with a control door for faults. */
export interface ServedOrg {
  running: RunningOrg;
  /** Environment that makes it the target. */
  env: Record<string, string>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Method and path of every request so far, the control API's left out. */
  requests(): Promise<{ method: string; path: string; status: number }[]>;
}

export async function servedOrg(options: StartLocalOrgOptions = {}): Promise<ServedOrg> {
  const running = await startLocalOrg(options);
  onTestFinished(() => running.close());
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${running.url}/_local${path}`, {
      method,
      headers: { 'x-local-org-control': 'test', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : await response.json();
  };
  return {
    running,
    env: { SF_ORG_INSTANCE_URL: running.url, SF_ACCESS_TOKEN: running.issueAccessToken() },
    control,
    requests: async () => {
      const log = (await control('GET', '/requests')) as {
        requests: { method: string; path: string; status: number }[];
      };
      return log.requests.filter((request) => !request.path.startsWith('/_local'));
    },
  };
}
