import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { onTestFinished } from 'vitest';

/** How one run of the real binary ended. */
export interface CliRun {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** stdout as the one JSON document it must be under --json. */
  json: () => Envelope;
}

export interface Envelope {
  schemaVersion: number;
  status: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows the shape it asks for, and the schemas are tested on their own
  result: any;
  warnings: string[];
  error?: { code: string; category: string; message: string; nextSteps: string[]; details?: Record<string, unknown> };
}

export interface CliOptions {
  cwd: string;
  env?: Record<string, string>;
  stdin?: string;
}

const launcher = resolve(import.meta.dirname, '../../bin/opencx-sf.js');

/** Variables that would let this machine's set-up leak into a story. */
const cleared = /^(?:OPENCX_SF_|SF_|SFDX_|CI$|NO_COLOR$|FORCE_COLOR$|CLICOLOR|HTTPS?_PROXY$|https?_proxy$)/;

function cleanEnvironment(cwd: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !cleared.test(name));
  return { ...Object.fromEntries(kept), HOME: cwd, XDG_CONFIG_HOME: join(cwd, '.config') };
}

/** Starts the binary and gives the child, for stories with signals. */
export function startCli(args: readonly string[], options: CliOptions) {
  return spawn(process.execPath, [launcher, ...args], {
    cwd: options.cwd,
    env: { ...cleanEnvironment(options.cwd), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs the binary to its end. */
export async function cli(args: readonly string[], options: CliOptions): Promise<CliRun> {
  const child = startCli(args, options);
  child.stdin.end(options.stdin ?? '');
  return await ended(child);
}

export async function ended(child: ReturnType<typeof startCli>): Promise<CliRun> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exitCode = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      done(code);
    });
  });
  return {
    exitCode,
    stdout,
    stderr,
    json: () => JSON.parse(stdout) as Envelope,
  };
}

/** A folder of one story, removed at its end. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opencx-sf-test-'));
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** What every deployment of these stories says. */
export const inputs = [
  '--reply-to',
  'support@example.com',
  '--integration-user',
  'integration@example.com',
  '--webhook-url',
  'http://127.0.0.1:9/hook',
] as const;
