import { once } from 'node:events';
import process from 'node:process';
import type { Readable } from 'node:stream';

import { OpencxError } from '../../../errors/opencx-error.ts';
import { interrupted, isAborted, type LoginPorts } from '../login-ports.ts';
import { withoutSecrets } from '../without-secrets.ts';
import { readSfJson, type SfDocument } from './sf-json.ts';

/** How one run of the Salesforce CLI ended. Nothing else of its output is kept: it may hold a token. */
export interface SfRun {
  exitCode: number | undefined;
  /** The JSON document on stdout, if there was one. */
  document: SfDocument | undefined;
  /** What else it said (stderr, or stdout without JSON), without secrets, on one line. */
  said: string;
}

/**
 * What keeps `sf` short and silent: no registry look-ups, no release notes, no log worker (0.3 s at exit), no telemetry
 * child process, no colours.
 */
const quietVariables = {
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_HIDE_RELEASE_NOTES: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_DISABLE_TELEMETRY: 'true',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
};

/**
 * Runs the official CLI with `--json`, its standard input closed, so that no prompt of its can wait for an answer.
 * @param timeoutMs after which it is ended
 * @throws OpencxError AUTH_MISSING when there is no `sf`, AUTH_FAILED when it cannot be run or takes too long, INTERRUPTED
 */
export async function runSf(args: readonly string[], timeoutMs: number, ports: LoginPorts): Promise<SfRun> {
  if (isAborted(ports)) throw interrupted();
  const { execa } = await import('execa');
  const command = `sf ${args.slice(0, 3).join(' ')}`;
  const run = execa('sf', [...args, '--json'], {
    reject: false,
    stdin: 'ignore',
    maxBuffer: 10_000_000,
    windowsHide: true,
    detached: hasProcessGroups,
    env: { ...ports.environment, ...quietVariables },
    extendEnv: ports.environment === undefined,
  });
  const result = await beforeAbort(run, timeoutMs, ports.signal);
  if (result === undefined) {
    endTree(run);
    throw isAborted(ports) ? interrupted() : tookTooLong(timeoutMs, command);
  }
  // execa's own error would carry stdout, and with it the token: what it says is taken over, the error is not.
  if (result.failed && result.exitCode === undefined) throw cannotRun(result.code, command);
  const document = readSfJson(result.stdout);
  const rest = document === undefined ? `${result.stderr} ${result.stdout}` : result.stderr;
  return { exitCode: result.exitCode, document, said: withoutSecrets(rest) };
}

/** The outcome of `work`, or nothing once the time is over or the signal aborts. */
async function beforeAbort<T>(work: PromiseLike<T>, timeoutMs: number, signal?: AbortSignal): Promise<T | undefined> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  if (stop.aborted) return undefined;
  const done = new AbortController();
  const stopped = once(stop, 'abort', { signal: done.signal }).then(() => undefined);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    done.abort();
  }
}

const hasProcessGroups = process.platform !== 'win32';

/**
 * Ends `sf` and what it started. The installers' `sf` is a shell script that runs node as its child: ending the script
 * alone would leave node running, and our pipes open with it.
 */
function endTree(run: { pid?: number; kill(signal: 'SIGKILL'): boolean; stdout: Readable; stderr: Readable }): void {
  if (run.pid === undefined) return;
  if (!hasProcessGroups) run.kill('SIGKILL');
  else killGroup(run.pid);
  run.stdout.destroy();
  run.stderr.destroy();
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in this very moment.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function tookTooLong(timeoutMs: number, command: string): OpencxError {
  return new OpencxError('AUTH_FAILED', {
    message: `The Salesforce CLI gave no answer within ${timeoutMs / 1000} s (${command}).`,
    nextSteps: [
      'Run `sf org list` by hand: an org that is gone or a slow network makes sf wait.',
      'Or log in without it: SF_ACCESS_TOKEN with SF_ORG_INSTANCE_URL, or a JWT.',
    ],
  });
}

function cannotRun(code: string | undefined, command: string): OpencxError {
  if (code === 'ENOENT') {
    return new OpencxError('AUTH_MISSING', {
      message: 'The Salesforce CLI (sf) is not installed, or not on the PATH; a login of it was asked for.',
      nextSteps: [
        'Install it (npm install --global @salesforce/cli; the older sfdx is not enough) and log in: sf org login web --alias <alias>',
        'Or log in without it: SF_ACCESS_TOKEN with SF_ORG_INSTANCE_URL, a JWT, client credentials, or the web login.',
      ],
    });
  }
  return new OpencxError('AUTH_FAILED', {
    message: `The Salesforce CLI could not be run (${command}): ${code ?? 'it was ended by a signal'}.`,
    nextSteps: ['Run `sf --version` by hand.'],
  });
}
