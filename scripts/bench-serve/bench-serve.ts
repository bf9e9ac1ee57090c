// Measures how serve takes webhooks: 10,000 from 50 connections, each answered once it is on disk, against a bare handler that does
// one insert. Both in turn, several times; the figures are medians, and the ratio is of one run.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

const count = Number(process.env['WEBHOOKS'] ?? 10_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const here = import.meta.dirname;

/** What a busy org might send in a second; as fast as they are answered, both processors of a small machine are full. */
const steadyRate = 500;
const names: Readonly<Record<string, string>> = {
  bare: 'one Hono handler with one insert',
  serve: 'serve',
  record: 'serve --record',
  steady: `serve, ${steadyRate} a second`,
};

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly refused: number;
}

/** @param perSecond webhooks that come in a second, whatever is answered; 0: as fast as they are answered */
async function load(url: string, run: string, perSecond: number): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(here, 'webhook-load.ts'),
    url,
    String(count),
    '50',
    run,
    String(perSecond),
  ]);
  return JSON.parse(stdout) as Measured;
}

async function firstLine(process: ChildProcess): Promise<string> {
  return await new Promise((ready, failed) => {
    process.stdout?.once('data', (text: Buffer) => ready(text.toString()));
    process.once('exit', (code) => failed(new Error(`ended with ${String(code)}`)));
  });
}

async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null) return;
  process.kill('SIGINT');
  await new Promise((ended) => process.once('exit', ended));
}

async function bare(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'opencx-sf-bench-'));
  const server = spawn(process.execPath, [join(here, 'bare-handler.ts'), join(folder, 'bare.sqlite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { url } = JSON.parse(await firstLine(server)) as { url: string };
    return await load(url, 'bare', 0);
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param flags further ones of `serve` */
async function serve(launcher: string, flags: readonly string[], perSecond = 0): Promise<Measured> {
  const cwd = mkdtempSync(join(tmpdir(), 'opencx-sf-bench-'));
  const server = spawn(process.execPath, [launcher, 'serve', '--port', '0', '--json', '--quiet', ...flags], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await firstLine(server);
    server.stdout?.resume();
    const url = readFileSync(join(cwd, '.opencx-sf/serve/webhook-url'), 'utf8').trim();
    const measured = await load(url, 'serve', perSecond);
    await end(server);
    refuseLoss(join(cwd, '.opencx-sf/serve/events.sqlite'), measured);
    return measured;
  } finally {
    await end(server);
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Every webhook that was answered is in the store, once. */
function refuseLoss(file: string, { refused }: Measured): void {
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database
    .prepare("SELECT count(*) AS kept, count(DISTINCT delivery_id) AS told FROM event WHERE delivery_id LIKE 'serve-%'")
    .get();
  database.close();
  if (refused !== 0 || Number(row?.['kept']) !== count || Number(row?.['told']) !== count) {
    throw new Error(`of ${count} webhooks ${refused} were refused, and the store holds ${String(row?.['kept'])}`);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * @param launcher of the package that is measured
 * @param say takes each line
 */
export async function benchServe(launcher: string, say: (line: string) => void): Promise<void> {
  const measured: Record<'bare' | 'serve' | 'record' | 'steady', Measured[]> = {
    bare: [],
    serve: [],
    record: [],
    steady: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    measured.bare.push(await bare());
    measured.record.push(await serve(launcher, ['--record']));
    measured.serve.push(await serve(launcher, []));
    measured.steady.push(await serve(launcher, [], steadyRate));
  }
  const rate = (of: readonly Measured[]): number => median(of.map(({ perSecond }) => perSecond));
  for (const [name, of] of Object.entries(measured)) {
    const p99 = median(of.map(({ p99 }) => p99)).toFixed(1);
    const p50 = median(of.map(({ p50 }) => p50)).toFixed(1);
    const what = names[name] ?? name;
    const ratio = name === 'steady' ? '' : `   ${(rate(of) / rate(measured.bare)).toFixed(2)} × bare`;
    const title = `${count} webhooks, 50 connections: ${what}`.padEnd(64);
    say(`${title} ${rate(of).toFixed(0).padStart(6)} a second   p50 ${p50} ms, p99 ${p99} ms${ratio}`);
  }
}

if (process.argv[1] === import.meta.filename) {
  await benchServe(resolve('bin/opencx-sf.js'), (line) => {
    console.log(line);
  });
}
