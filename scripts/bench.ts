// Measures start-up and the client's own share of a deployment, as ratios within one run: machines differ, ratios less so.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { benchLocalOrg } from './bench-local-org.ts';
import { benchServe } from './bench-serve/bench-serve.ts';
import { benchVerify } from './bench-verify.ts';
import { storyInputs } from './story-inputs.ts';

const runs = Number(process.env['BENCH_RUNS'] ?? 15);
const launcher = resolve('bin/opencx-sf.js');

/** Wall milliseconds of one whole process. */
function once(args: readonly string[], cwd: string): number {
  const start = performance.now();
  const done = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Runs both in turn, so that a machine that slows down slows both. */
function compare(name: string, args: readonly string[], baseline: readonly string[], cwd: string, count = runs): void {
  const ours: number[] = [];
  const theirs: number[] = [];
  once(args, cwd);
  for (let run = 0; run < count; run += 1) {
    theirs.push(once(baseline, cwd));
    ours.push(once(args, cwd));
  }
  const ratio = median(ours) / median(theirs);
  console.log(
    `${name.padEnd(44)} ${median(ours).toFixed(0).padStart(6)} ms   ${ratio.toFixed(2)} × node -e 0 (${median(theirs).toFixed(0)} ms)`,
  );
}

/** Processor milliseconds that a whole process used, told by itself as it ends. */
function cpuOf(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): number {
  const teller =
    'import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,JSON.stringify(process.cpuUsage())))';
  const done = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(teller)}`, ...args],
    {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    },
  );
  if (done.status !== 0) throw new Error(`${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  const { user, system } = JSON.parse(done.output[3] ?? '{}') as { user: number; system: number };
  return (user + system) / 1000;
}

/** What a deployment costs on this side: the org runs in a process of its own, and only the client's processor time counts. */
async function clientOverhead(packed: string, deploy: readonly string[], cwd: string): Promise<void> {
  const org = spawn(process.execPath, [packed, 'org', 'start', '--data-dir', join(cwd, 'org'), '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const line = await new Promise<string>((ready) =>
      org.stdout.once('data', (text: Buffer) => ready(text.toString())),
    );
    const { result } = JSON.parse(line) as { result: { url: string; tokenFile: string } };
    const { accessToken } = JSON.parse(readFileSync(result.tokenFile, 'utf8')) as { accessToken: string };
    const env = { SF_ORG_INSTANCE_URL: result.url, SF_ACCESS_TOKEN: accessToken };
    const args = [packed, ...deploy.filter((flag) => flag !== '--target-org' && flag !== 'local'), '--force'];
    cpuOf(args, cwd, env);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      theirs.push(cpuOf(bare, cwd));
      ours.push(cpuOf(args, cwd, env));
    }
    const ratio = median(ours) / median(theirs);
    console.log(
      `${"client's share of a deployment (CPU)".padEnd(44)} ${median(ours).toFixed(0).padStart(6)} ms   ${ratio.toFixed(2)} × node -e 0 (${median(theirs).toFixed(0)} ms)`,
    );
  } finally {
    org.kill('SIGINT');
    await new Promise((ended) => org.once('exit', ended));
  }
}

const bare = ['-e', '0'];
const built = mkdtempSync(join(tmpdir(), 'opencx-sf-bench-'));
try {
  // The package as users get it: built and packed, without sources.
  const tarball =
    execFileSync('npm', ['pack', '--pack-destination', built, '--silent'], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .at(-1) ?? '';
  execFileSync('tar', ['-xzf', join(built, tarball), '-C', built]);
  const packed = join(built, 'package', 'bin', 'opencx-sf.js');
  execFileSync('ln', ['-s', resolve('node_modules'), join(built, 'package', 'node_modules')]);
  if (!existsSync(packed)) throw new Error('the package holds no launcher');

  compare('opencx-sf --version (package)', [packed, '--version'], bare, built);
  compare('opencx-sf --version (checkout)', [launcher, '--version'], bare, built);
  compare('opencx-sf --help (package)', [packed, '--help'], bare, built);

  const deploy = ['deploy-apex', '--target-org', 'local', ...storyInputs, '--no-tests', '--quiet'];
  compare('deploy-apex, first (org made, all deployed)', [packed, ...deploy, '--force'], bare, built, 5);
  compare('deploy-apex, unchanged', [packed, ...deploy], bare, built, 5);
  const setUp = ['--target-org', 'local', '--quiet'];
  compare('init --yes, with the Apex there already', [packed, 'init', '--yes', '--no-tests', ...setUp], bare, built, 1);
  compare('plan, nothing to do', [packed, 'plan', ...setUp], bare, built, 5);
  await benchVerify(packed, built, (line) => {
    console.log(line);
  });
  await clientOverhead(packed, deploy, built);
  await benchLocalOrg(packed, built, median(Array.from({ length: 5 }, () => once(bare, built))));
  compare(
    'generate',
    [packed, 'generate', '--output-dir', join(built, 'out'), ...storyInputs, '--quiet'],
    bare,
    built,
    5,
  );
  await benchServe(packed, (line) => {
    console.log(line);
  });
} finally {
  rmSync(built, { recursive: true, force: true });
}
