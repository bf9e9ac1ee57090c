// Runs the stories of test/org against a local org that is started on its own and entered by a login, as if it were real.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

interface Running {
  url: string;
}

const dataDir = mkdtempSync(join(tmpdir(), 'opencx-sf-org-'));
const org = spawn(
  process.execPath,
  [resolve('bin/opencx-sf.js'), 'org', 'start', '--data-dir', dataDir, '--kind', 'sandbox'],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
try {
  const { url } = await started();
  const answer = await fetch(`${url}/_local/clients/default`, { headers: { 'x-local-org-control': 'test' } });
  const client = (await answer.json()) as { clientId: string; secret: string };
  const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.org.config.ts'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      SF_ORG_INSTANCE_URL: url,
      OPENCX_SF_LOGIN_URL: url,
      OPENCX_SF_CLIENT_ID: client.clientId,
      SF_CLIENT_SECRET: client.secret,
    },
  });
  process.exitCode = status ?? 1;
} finally {
  org.kill('SIGINT');
  await new Promise((done) => org.once('exit', done));
  rmSync(dataDir, { recursive: true, force: true });
}

async function started(): Promise<Running> {
  for (let look = 0; look < 200; look += 1) {
    await delay(50);
    try {
      return JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as Running;
    } catch (error) {
      if (org.exitCode !== null) throw error;
    }
  }
  throw new Error('the local org did not start within ten seconds');
}
