import { Connection } from 'jsforce';

import { cli, temporaryFolder, type CliRun } from '../../cli.ts';
import { servedOrg, type ServedOrg } from '../../served-org.ts';
import { wireTap, type WireTap } from '../../wire-tap.ts';
import type { StartLocalOrgOptions } from '../../../../src/local-org/start-local-org.ts';
import { manifest, zipOf, type PackageFiles } from '../../../local-org/metadata/package-zip.ts';

export const issuer = 'https://opencx.example.com/?a=1&b=2';

/** An org, a tap on its wire, and a folder with a key in it. */
export interface RegisterStage {
  org: ServedOrg;
  tap: WireTap;
  cwd: string;
  connection: Connection;
  /** Runs any command against the org. */
  run: (...args: string[]) => Promise<CliRun>;
  /** Runs `messaging register` to its end, with --json. */
  register: (...args: string[]) => Promise<CliRun>;
  /** Deploys what somebody else has made. */
  deploy: (members: Record<string, string[]>, files: PackageFiles) => Promise<void>;
  /** Metadata as the org gives it. */
  read: (type: string, name: string) => Promise<Record<string, unknown>>;
}

export async function registerStage(options: StartLocalOrgOptions = {}): Promise<RegisterStage> {
  const org = await servedOrg(options);
  const tap = await wireTap(org.running.url);
  const cwd = await temporaryFolder();
  const env = { ...org.env, SF_ORG_INSTANCE_URL: tap.url };
  const connection = new Connection({
    instanceUrl: org.running.url,
    accessToken: org.running.issueAccessToken(),
    version: '68.0',
  });
  connection.metadata.pollInterval = 10;
  const run = (...args: string[]) => cli(args, { cwd, env });
  const made = await run('messaging', 'keys', 'generate', '--issuer', issuer);
  if (made.exitCode !== 0) throw new Error(made.stderr);
  return {
    org,
    tap,
    cwd,
    connection,
    run,
    register: (...args) => run('messaging', 'register', ...args, '--json'),
    deploy: async (members, files) => {
      const zip = zipOf({ 'package.xml': manifest(members), ...files });
      const { success, details } = await connection.metadata.deploy(zip, { singlePackage: true }).complete(true);
      if (!success) throw new Error(JSON.stringify(details));
    },
    read: async (type, name) => ({ ...(await connection.metadata.read(type as 'Queue', name)) }),
  };
}

/** Ids of the manual tasks of a result. */
export function tasksOf(run: CliRun): string[] {
  return (run.json().result as { manual: { id: string }[] }).manual.map(({ id }) => id);
}
