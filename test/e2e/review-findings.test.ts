import { writeFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { cli, ended, inputs, startCli, temporaryFolder } from './cli.ts';
import { servedOrg } from './served-org.ts';

const local = ['deploy-apex', '--target-org', 'local', ...inputs, '--no-tests'];

test('redaction never breaks the JSON document', async () => {
  const cwd = await temporaryFolder();
  const quoted = await cli(['deploy-apex', '--target-org', 'local', '--cancel', 'password=abcdef', '--json'], { cwd });
  expect(quoted.json().error?.code).toBe('USAGE');
  const key = await cli([...local, '--json', '--only', '-----BEGIN PRIVATE KEY-----'], { cwd });
  expect(key.json().error?.code).toBe('USAGE');
});

test('a switch that its variable turns off conflicts with nothing', async () => {
  const cwd = await temporaryFolder();
  const run = await cli([...local, '--validate'], { cwd, env: { OPENCX_SF_DRY_RUN: '0' } });
  expect(run.stderr).not.toContain('cannot be used with');
});

test('resuming a deployment whose components are not remembered claims no reading back', async () => {
  const cwd = await temporaryFolder();
  expect((await cli(local, { cwd })).exitCode).toBe(0);
  const folder = join(cwd, '.opencx-sf/deploys');
  const [name = ''] = await readdir(folder);
  const record = JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, unknown>;
  await writeFile(join(folder, name), JSON.stringify({ ...record, components: [] }));
  const other = ['--resume', '--webhook-url', 'http://127.0.0.1:9/other'];
  const run = await cli([...local, ...other], { cwd });
  expect(run.stdout).not.toContain('read back: triggers active');
});

test('Ctrl-C before anything was sent sends nothing', async () => {
  const cwd = await temporaryFolder();
  const org = await servedOrg();
  await org.control('POST', '/faults', { kind: 'delay', ms: 3000, times: 1, match: { path: 'ApexTrigger' } });
  const child = startCli(['deploy-apex', ...inputs, '--no-tests'], { cwd, env: org.env });
  child.stdin.end();
  child.stderr.on('data', (text: Buffer) => {
    if (text.toString().includes('Reading')) void delay(300).then(() => child.kill('SIGINT'));
  });
  const run = await ended(child);
  expect(run.exitCode).toBe(130);
  expect((await org.requests()).filter((one) => one.method === 'POST' && /deployRequest/.test(one.path))).toEqual([]);
});
