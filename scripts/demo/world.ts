// A folder of its own with a local org that the product has set up, and a `serve` that is connected to it: the real commands.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { call } from './actors.ts';

const launcher = resolve(import.meta.dirname, '../../bin/opencx-sf.js');

export interface World {
  readonly inspectorUrl: string;
  /** OpenCX's way in: a path below `/v1`. */
  api<T>(method: string, path: string, body?: object): Promise<T>;
  /** What stands outside of the org, and the representative: a path below `/_local`. */
  outside<T>(method: string, path: string, body?: string | object): Promise<T>;
  /** Salesforce's REST API as a person: a path below `/services/data/v66.0`. */
  salesforce<T>(method: string, path: string, body?: object): Promise<T>;
  close(): Promise<void>;
}

/** Runs a command to its end. @throws Error with what it said if it fails */
export async function command(cwd: string, ...args: string[]): Promise<void> {
  const child = start(cwd, args);
  let said = '';
  child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  const code = await new Promise((ended) => child.once('close', ended));
  if (code !== 0) throw new Error(`opencx-sf ${args.join(' ')} ended with ${String(code)}:\n${said}`);
}

function start(cwd: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, OPENCX_SF_ISSUER: 'https://opencx.example.com' };
  return spawn(process.execPath, [launcher, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Closed Cases and mail that came back are reported too. */
export async function configure(cwd: string): Promise<void> {
  const config = { blueprint: { options: { caseClosed: true, bounce: true } } };
  await writeFile(join(cwd, 'opencx-sf.config.json'), `${JSON.stringify(config, undefined, 2)}\n`);
}

/** Starts `serve` on the local org of a folder. @throws Error if it does not start */
export async function startServe(cwd: string, callbackUrl: string): Promise<World> {
  const args = ['serve', '--target-org', 'local', '--port', '0', '--callback-url', callbackUrl, '--json'];
  const child = start(cwd, args);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  const first = await Promise.race([
    new Promise<string>((line) => lines.once('line', line)),
    ended.then(() => Promise.reject(new Error(`serve did not start: ${said}`))),
  ]);
  const { result } = JSON.parse(first) as {
    result: { api: { url: string; tokenFile: string }; inspectorUrlFile: string };
  };
  const { url, accessToken } = JSON.parse(await readFile(join(cwd, '.opencx-sf/local-org/running.json'), 'utf8')) as {
    url: string;
    accessToken: string;
  };
  const token = (await readFile(result.api.tokenFile, 'utf8')).trim();
  return {
    inspectorUrl: (await readFile(result.inspectorUrlFile, 'utf8')).trim(),
    api: (method, path, body) => call(method, result.api.url + path, { authorization: `Bearer ${token}` }, body),
    outside: (method, path, body) => call(method, `${url}/_local${path}`, { 'x-local-org-control': 'demo' }, body),
    salesforce: (method, path, body) =>
      call(method, `${url}/services/data/v66.0${path}`, { authorization: `Bearer ${accessToken}` }, body),
    close: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}
