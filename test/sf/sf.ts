import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { onTestFinished } from 'vitest';

const binFolder = process.env['TEST_SF_BIN'];
if (binFolder === undefined) {
  throw new Error('These stories need the Salesforce CLI: start them by `npm run test:sf`, which installs it.');
}

/** The JSON document of one run of `sf`, as far as every command prints the same. */
export interface SfDocument {
  status: number;
  name?: string;
  message?: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- each story knows the shape of the command it runs
  result: any;
}

export interface SfRun {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** stdout as the document that `--json` promises. */
  json: () => SfDocument;
}

/** A command that goes on until it is stopped, at the latest at the end of the story. */
export interface RunningSf {
  /** What it has printed so far, stdout and stderr together. */
  output(): string;
  stop(): Promise<void>;
}

/** The official CLI with a home of its own: no login, no settings, no alias of this machine. */
export interface SalesforceCli {
  /** What the CLI and whoever calls it need to find this home and this `sf`. */
  env: Record<string, string>;
  folder: string;
  run(args: readonly string[], options?: { cwd?: string; env?: Record<string, string> }): Promise<SfRun>;
  /** Starts a command that does not end by itself. */
  start(args: readonly string[]): RunningSf;
  /** With `--json`, and with exit code 0, or the story ends here. */
  result(
    args: readonly string[],
    options?: { cwd?: string; env?: Record<string, string> },
  ): Promise<SfDocument['result']>;
}

/** Settings and proxies of this machine. The CLI sends everything through a proxy, loopback too; NODE_ENV=test, which vitest
 * sets, makes it look for TypeScript sources. */
const cleared = /^(?:NODE_ENV$|VITEST|SF_|SFDX_|NO_COLOR$|FORCE_COLOR$|CLICOLOR|(?:HTTPS?|ALL|NO)_PROXY$)/i;

/** No telemetry or update process, no log worker, no keychain, and no tracking of a scratch org. */
const quiet = {
  SF_DISABLE_TELEMETRY: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_HIDE_RELEASE_NOTES: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_SOURCE_MEMBER_POLLING: 'true',
  NO_COLOR: '1',
};

/** Opens a new home for the CLI, removed at the end of the story. */
export async function salesforceCli(): Promise<SalesforceCli> {
  const folder = await mkdtemp(join(tmpdir(), 'opencx-sf-cli-'));
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  const home = join(folder, 'home');
  await mkdir(home);
  // `sf` starts with `#!/usr/bin/env node`: this Node stands first.
  const path = [dirname(process.execPath), binFolder, process.env['PATH'] ?? ''].join(delimiter);
  const env = { ...quiet, HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: join(home, '.config'), PATH: path };
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !cleared.test(name)));

  const launch = (args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}) =>
    spawn('sf', args, {
      cwd: options.cwd ?? folder,
      env: { ...kept, ...env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  const run: SalesforceCli['run'] = async (args, options = {}) => {
    const child = launch(args, options);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const exitCode = await new Promise<number | null>((done, failed) => {
      child.on('error', failed);
      child.on('close', done);
    });
    return { exitCode, stdout, stderr, json: () => JSON.parse(stdout) as SfDocument };
  };
  const start: SalesforceCli['start'] = (args) => {
    const child = launch(args);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    const ended = new Promise((done) => child.on('close', done));
    const stop = async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    };
    onTestFinished(stop);
    return { output: () => output, stop };
  };
  return {
    env,
    folder,
    run,
    start,
    async result(args, options) {
      const ended = await run([...args, '--json'], options);
      if (ended.exitCode !== 0) {
        throw new Error(`sf ${args.join(' ')} ended with ${ended.exitCode}:\n${ended.stdout}${ended.stderr}`);
      }
      return ended.json().result;
    },
  };
}
