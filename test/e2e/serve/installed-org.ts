import { expect } from 'vitest';

import { cli, inputs, temporaryFolder, type CliRun } from '../cli.ts';
import { servedOrg, type ServedOrg } from '../served-org.ts';
import { API, userOf, type OrgUser } from '../story/org-user.ts';
import { startServeWith, type ServeProcess } from './serve-process.ts';

/** Where the Named Credential points after the integration was deployed. */
export const original = 'http://127.0.0.1:9/hook';

/** A tunnel whose end nobody calls. */
export const publicUrl = ['--public-url', 'http://127.0.0.1:9'] as const;

/** An org that has the integration, and is reached as any Salesforce org is: by its URL and a token. */
export interface InstalledOrg extends ServedOrg {
  readonly cwd: string;
  readonly admin: OrgUser;
  /** Flags and stdin that log in to it. */
  readonly login: { readonly flags: readonly string[]; readonly stdin: string };
  serve(...args: string[]): Promise<ServeProcess>;
  /** `serve` to its end, in a folder. */
  run(cwd: string, ...args: string[]): Promise<CliRun>;
  /** URL of the Named Credential. */
  webhookUrl(): Promise<string>;
  setWebhookUrl(url: string): Promise<void>;
}

export async function installedOrg(): Promise<InstalledOrg> {
  const org = await servedOrg({ kind: 'sandbox' });
  const cwd = await temporaryFolder();
  const deployed = await cli(['deploy-apex', ...inputs, '--no-tests', '--json'], { cwd, env: org.env });
  expect(deployed.exitCode, deployed.stdout + deployed.stderr).toBe(0);
  const token = org.running.issueAccessToken();
  const admin = await userOf(org.running.url, token);
  const [permissionSet] = await admin.query("SELECT Id FROM PermissionSet WHERE Name = 'OpenCX_Integration'");
  await admin.create('PermissionSetAssignment', { AssigneeId: admin.id, PermissionSetId: permissionSet?.['Id'] });
  const login = { flags: ['--instance-url', org.running.url, '--access-token-stdin'], stdin: token };
  const read = async () => {
    const soql = encodeURIComponent(
      "SELECT Id, Metadata FROM NamedCredential WHERE DeveloperName = 'OpenCX_Integration'",
    );
    const { records } = await admin.call<{ records: { Id: string; Metadata: Record<string, unknown> }[] }>(
      'GET',
      `${API}/tooling/query?q=${soql}`,
    );
    const [row] = records;
    if (row === undefined) throw new Error('the org has no Named Credential');
    return row;
  };
  return {
    ...org,
    cwd,
    admin,
    login,
    serve: (...args) => startServeWith({ cwd, stdin: login.stdin }, ...login.flags, ...args),
    run: (folder, ...args) =>
      cli(['serve', '--port', '0', '--json', ...login.flags, ...args], { cwd: folder, stdin: login.stdin }),
    webhookUrl: async () => String((await read()).Metadata['endpoint']),
    setWebhookUrl: async (url) => {
      const { Id, Metadata } = await read();
      await admin.call('PATCH', `${API}/tooling/sobjects/NamedCredential/${Id}`, {
        Metadata: { ...Metadata, endpoint: url },
      });
    },
  };
}
