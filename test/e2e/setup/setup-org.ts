import { writeFile } from 'node:fs/promises';

import { cli, startCli, temporaryFolder, type CliRun } from '../cli.ts';
import { servedOrg, type ServedOrg } from '../served-org.ts';
import type { StartLocalOrgOptions } from '../../../src/local-org/start-local-org.ts';
import { wireTap, type WireTap } from '../wire-tap.ts';

/** What a set-up of these stories says; the rest is defaults. */
export const setupInputs = [
  '--reply-to',
  'support@example.com',
  '--integration-user',
  'integration@example.com',
  '--webhook-url',
  'http://127.0.0.1:9/hook',
  '--accept-permanent',
  'email-to-case',
] as const;

/** An org over HTTP with a tap on its wire, and a folder to work in. */
export interface SetupStage {
  org: ServedOrg;
  tap: WireTap;
  cwd: string;
  /** Runs a command to its end. */
  run: (...args: string[]) => Promise<CliRun>;
  /** Starts a command, to be interrupted. */
  start: (...args: string[]) => ReturnType<typeof startCli>;
  /** Writes the configuration file: these properties, and no look-ups in DNS. */
  configure: (config: Record<string, unknown>) => Promise<void>;
}

export async function setupStage(options: StartLocalOrgOptions = {}): Promise<SetupStage> {
  const org = await servedOrg(options);
  const tap = await wireTap(org.running.url);
  const cwd = await temporaryFolder();
  const env = { ...org.env, SF_ORG_INSTANCE_URL: tap.url };
  const configure = async (config: Record<string, unknown>) => {
    const setup = (config['setup'] ?? {}) as Record<string, unknown>;
    const document = { ...config, setup: { mail: { checkDns: false }, ...setup } };
    await writeFile(`${cwd}/opencx-sf.config.json`, JSON.stringify(document));
  };
  await configure({});
  return {
    org,
    tap,
    cwd,
    configure,
    run: (...args) => cli(args, { cwd, env }),
    start: (...args) => startCli(args, { cwd, env }),
  };
}
