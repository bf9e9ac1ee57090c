// Measures the local org by itself: start, a deployment with its tests, a chunk of records through the triggers, memory.
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { storyInputs } from './story-inputs.ts';

const deployFlags = [...storyInputs, '--json'];

interface Running {
  readonly process: ChildProcess;
  readonly url: string;
  readonly token: string;
  /** Milliseconds from the start of the process to the first answer. */
  readonly firstAnswer: number;
}

async function start(launcher: string, dataDir: string): Promise<Running> {
  const begin = performance.now();
  const org = spawn(
    process.execPath,
    [launcher, 'org', 'start', '--data-dir', dataDir, '--kind', 'sandbox', '--json'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const line = await new Promise<string>((ready) => org.stdout.once('data', (text: Buffer) => ready(text.toString())));
  const { result } = JSON.parse(line) as { result: { url: string; tokenFile: string } };
  await fetch(`${result.url}/services/data`);
  const firstAnswer = performance.now() - begin;
  const { accessToken } = JSON.parse(readFileSync(result.tokenFile, 'utf8')) as { accessToken: string };
  return { process: org, url: result.url, token: accessToken, firstAnswer };
}

async function stop(org: Running): Promise<void> {
  org.process.kill('SIGINT');
  await new Promise((ended) => org.process.once('exit', ended));
}

async function call<T>(org: Running, method: string, path: string, body?: unknown, token = org.token): Promise<T> {
  const response = await fetch(`${org.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-local-org-control': 'bench' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

const data = '/services/data/v66.0';

/** Milliseconds the org itself was busy with a deployment. */
async function deployMs(org: Running, launcher: string, cwd: string, more: readonly string[]): Promise<number> {
  const env = { ...process.env, SF_ORG_INSTANCE_URL: org.url, SF_ACCESS_TOKEN: org.token };
  execFileSync(process.execPath, [launcher, 'deploy-apex', ...deployFlags, ...more], { cwd, env, stdio: 'pipe' });
  const soql = encodeURIComponent('SELECT Id FROM DeployRequest ORDER BY CreatedDate DESC, Id DESC LIMIT 1');
  const found = await call<{ records: { Id: string }[] }>(org, 'GET', `${data}/tooling/query?q=${soql}`);
  const id = found.records[0]?.Id ?? '';
  const { deployResult } = await call<{ deployResult: { createdDate: string; completedDate: string } }>(
    org,
    'GET',
    `${data}/metadata/deployRequest/${id}`,
  );
  return Date.parse(deployResult.completedDate) - Date.parse(deployResult.createdDate);
}

/** Milliseconds that 200 replies of the integration user take: five triggers, 200 mails handed over. */
async function chunkMs(org: Running): Promise<number> {
  const profile = await call<{ records: { Id: string }[] }>(
    org,
    'GET',
    `${data}/query?q=${encodeURIComponent("SELECT Id FROM Profile WHERE Name = 'System Administrator'")}`,
  );
  await call(org, 'POST', `${data}/sobjects/User`, {
    Username: 'integration@example.com',
    LastName: 'Integration',
    Email: 'integration@example.com',
    Alias: 'opencx',
    ProfileId: profile.records[0]?.Id,
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
  });
  const session = await call<{ accessToken: string }>(org, 'POST', '/_local/sessions', {
    username: 'integration@example.com',
  });
  const parent = await call<{ id: string }>(org, 'POST', `${data}/sobjects/Case`, { Subject: 'Lost parcel' });
  const records = Array.from({ length: 200 }, (_, index) => ({
    attributes: { type: 'EmailMessage' },
    ParentId: parent.id,
    Incoming: false,
    Status: '3',
    FromAddress: 'support@example.com',
    ToAddress: `customer${index}@example.com`,
    Subject: `Reply ${index}`,
    TextBody: 'Here is your parcel.',
  }));
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const begin = performance.now();
    const saved = await call<{ success: boolean }[]>(
      org,
      'POST',
      `${data}/composite/sobjects`,
      { allOrNone: true, records },
      session.accessToken,
    );
    times.push(performance.now() - begin);
    if (!saved.every((one) => one.success)) throw new Error(JSON.stringify(saved[0]));
  }
  return times.toSorted((a, b) => a - b)[2] ?? Number.NaN;
}

function residentMegabytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/**
 * Prints what the local org takes.
 * @param nodeMs wall milliseconds of `node -e 0` in this run: what the figures are held against
 */
export async function benchLocalOrg(launcher: string, folder: string, nodeMs: number): Promise<void> {
  const print = (name: string, milliseconds: number): void => {
    const ratio = (milliseconds / nodeMs).toFixed(2);
    console.log(`${name.padEnd(44)} ${milliseconds.toFixed(0).padStart(6)} ms   ${ratio} × node -e 0`);
  };
  const starts: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const started = await start(launcher, join(folder, `bench-start-${round}`));
    starts.push(started.firstAnswer);
    await stop(started);
  }
  print('local org: start to first answer', starts.toSorted((a, b) => a - b)[2] ?? Number.NaN);
  const org = await start(launcher, join(folder, 'bench-org'));
  try {
    const idle = residentMegabytes(org.process.pid);
    print('local org: deployment with tests, first', await deployMs(org, launcher, folder, []));
    const warm = [];
    for (let round = 0; round < 3; round += 1) warm.push(await deployMs(org, launcher, folder, ['--force']));
    print('local org: deployment with tests, parsed before', warm.toSorted((a, b) => a - b)[1] ?? Number.NaN);
    print('local org: 200 replies through the triggers', await chunkMs(org));
    console.log(`${'local org: memory, idle'.padEnd(44)} ${idle.toFixed(0).padStart(6)} MB`);
  } finally {
    await stop(org);
  }
}
