// Measures a whole `verify` over a wire with 5 ms latency, beside `sf org display` of the official CLI where it can be had.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { installedSalesforceCli } from './sf-cli.ts';

/** What a request waits before it goes on to the org, in milliseconds. */
const latencyMs = 5;
const runs = 5;

/** An org that is set up, in a process of its own, behind a slow wire. */
export async function benchVerify(launcher: string, folder: string, print: (line: string) => void): Promise<void> {
  const home = join(folder, 'verify');
  mkdirSync(home, { recursive: true });
  const { org, url, token } = await startOrg(launcher, home);
  const wire = await slowWire(url);
  try {
    const setUp = ['init', '--target-org', 'local', '--yes', '--no-tests', '--quiet'];
    await timed(process.execPath, [launcher, ...setUp], home, process.env);
    const { port } = wire.address() as AddressInfo;
    const env = {
      ...process.env,
      HOME: home,
      SF_ORG_INSTANCE_URL: `http://127.0.0.1:${port}`,
      SF_ACCESS_TOKEN: token,
      OPENCX_SF_REPLY_TO: 'support@example.com',
      OPENCX_SF_INTEGRATION_USER: 'integration@example.com',
    };
    // What is left to a person fails, and that is no failure of the measurement.
    const ours = await median(() =>
      timed(
        process.execPath,
        [launcher, 'verify', '--skip', 'email-in.spf', '--skip', 'email-out.dkim'],
        home,
        env,
        true,
      ),
    );
    const cli = installedSalesforceCli();
    if ('skipped' in cli) {
      print(`${'verify, all checks, 5 ms latency'.padEnd(44)} ${ours.toFixed(0).padStart(6)} ms   sf: ${cli.skipped}`);
      return;
    }
    const sf = join(cli.bin, 'sf');
    const login = [
      'org',
      'login',
      'access-token',
      '--instance-url',
      env.SF_ORG_INSTANCE_URL,
      '--no-prompt',
      '--alias',
      'bench',
    ];
    await timed(sf, login, home, env);
    const theirs = await median(() => timed(sf, ['org', 'display', '--target-org', 'bench'], home, env));
    print(
      `${'verify, all checks, 5 ms latency'.padEnd(44)} ${ours.toFixed(0).padStart(6)} ms   ${(ours / theirs).toFixed(2)} × sf org display (${theirs.toFixed(0)} ms)`,
    );
  } finally {
    wire.closeAllConnections();
    wire.close();
    org.kill('SIGINT');
    await new Promise((ended) => org.once('exit', ended));
  }
}

async function startOrg(launcher: string, cwd: string): Promise<{ org: ChildProcess; url: string; token: string }> {
  const org = spawn(process.execPath, [launcher, 'org', 'start', '--json'], {
    cwd,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const line = await new Promise<string>((ready) => org.stdout.once('data', (text: Buffer) => ready(text.toString())));
  const { result } = JSON.parse(line) as { result: { url: string; tokenFile: string } };
  const { accessToken } = JSON.parse(readFileSync(result.tokenFile, 'utf8')) as { accessToken: string };
  return { org, url: result.url, token: accessToken };
}

/** Hands each request on after a while, as a distant org would get it. */
async function slowWire(url: string): Promise<Server> {
  const target = new URL(url);
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      setTimeout(() => {
        const { hostname, port } = target;
        const onward = request(
          { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
          (answer) => {
            outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(outgoing);
          },
        );
        onward.end(Buffer.concat(parts));
      }, latencyMs);
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return server;
}

/** Wall milliseconds of one whole process; not waited for synchronously, as the wire is in this one. */
async function timed(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  mayFail = false,
): Promise<number> {
  const start = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: 'ignore' });
  const status = await new Promise<number | null>((ended) => child.once('exit', ended));
  if (status !== 0 && !mayFail) throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}`);
  return performance.now() - start;
}

async function median(measure: () => Promise<number>): Promise<number> {
  await measure();
  const all: number[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await measure());
  return all.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}
