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
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toMatch(/NamedCredential OpenCX_Integration: differs in .*endpoint/);
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

test('a lost answer and an org that then cannot be asked is "unknown", never "not submitted"', async () => {
  const org = await servedOrg();
  const submission = { method: 'POST', path: '/metadata/deployRequest' };
  await org.control('POST', '/faults', { match: submission, times: 1, kind: 'drop-after' });
  await org.control('POST', '/faults', { match: { path: 'DeployRequest WHERE' }, after: 1, kind: 'drop' });
  const run = await cli(['deploy-apex', ...inputs, '--no-tests', '--json'], {
    cwd: await temporaryFolder(),
    env: org.env,
  });
  expect(run.exitCode, run.stdout).toBe(69);
  expect(run.json().error?.code).toBe('DEPLOY_LOST_CONTACT');
});

test('the external credential model deploys, is read back, and is unchanged the second time', async () => {
  const cwd = await temporaryFolder();
  const config = { blueprint: { options: { credentialModel: 'external' } } };
  await writeFile(join(cwd, 'opencx-sf.config.json'), JSON.stringify(config));
  const webhook = ['--webhook-url', 'https://example.com/hook', '--json'];
  const first = await cli([...local, ...webhook], { cwd });
  expect(first.json().result, first.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
  expect(first.json().warnings).toEqual([]);
  const second = await cli([...local, ...webhook], { cwd });
  expect(second.json().result.outcome, second.stdout).toBe('unchanged');
});

test('a reader that goes away does not end the deployment', async () => {
  const org = await servedOrg();
  const child = startCli(['deploy-apex', ...inputs, '--no-tests'], { cwd: await temporaryFolder(), env: org.env });
  child.stdin.end();
  child.stderr.destroy();
  child.stdout.destroy();
  const exitCode = await new Promise((done) => child.once('exit', done));
  expect(exitCode).toBe(0);
  expect(org.running.state.components.list('ApexTrigger')).toHaveLength(5);
});

test.each([
  ['a folder that is not there', 'nowhere/junit.xml'],
  ['a file in the place of a folder', 'file/junit.xml'],
])('--junit into %s is refused before anything is sent', async (_what, file) => {
  const org = await servedOrg();
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'file'), '');
  const run = await cli(['deploy-apex', ...inputs, '--no-tests', '--junit', file, '--json'], { cwd, env: org.env });
  expect(run.json().error?.code).toBe('OUTPUT_REFUSED');
  expect(await org.requests()).toEqual([]);
});

test('--junit is written also when no tests ran', async () => {
  const cwd = await temporaryFolder();
  await cli([...local, '--junit', 'junit.xml'], { cwd });
  expect(await readFile(join(cwd, 'junit.xml'), 'utf8')).toContain('<testsuites tests="0" failures="0">');
});

test('the Tooling API behind a broken connection is an error of the network, not a bug', async () => {
  const org = await servedOrg();
  const cwd = await temporaryFolder();
  await cli(['deploy-apex', ...inputs, '--no-tests', '--quiet'], { cwd, env: org.env });
  await org.control('POST', '/faults', { match: { method: 'POST', path: 'MetadataContainer' }, kind: 'drop' });
  const change = ['--reply-to', 'help@example.com', '--transport', 'tooling', '--json'];
  const run = await cli(['deploy-apex', ...inputs, '--no-tests', ...change], { cwd, env: org.env });
  expect(run.exitCode).toBe(1);
  expect(run.json().error?.code).toBe('NETWORK');
});

test('no command is a usage error, as text and as JSON', async () => {
  const cwd = await temporaryFolder();
  const text = await cli([], { cwd });
  expect(text.exitCode).toBe(2);
  expect(text.stderr).toContain('deploy-apex');
  const json = await cli(['org', '--json'], { cwd });
  expect(json.exitCode).toBe(2);
  expect(json.json().error?.code).toBe('USAGE');
});

test('a configuration cannot reach into the prototype of objects', async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'opencx-sf.config.json'), '{"__proto__":{"force":true}}');
  const run = await cli([...local, '--json'], { cwd });
  expect(run.json().error).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringMatching(/__proto__/) });
});

test('a port that is taken is said to be taken', async () => {
  const org = await servedOrg();
  const port = new URL(org.running.url).port;
  const run = await cli(['org', 'start', '--port', port, '--json'], { cwd: await temporaryFolder() });
  expect(run.json().error).toMatchObject({
    code: 'LOCAL_ORG_UNAVAILABLE',
    message: expect.stringContaining('EADDRINUSE'),
  });
});

test('a wait of nothing looks once', async () => {
  const org = await servedOrg();
  await org.control('PATCH', '/settings', { deployPace: { queueMs: 60_000, componentMs: 0 } });
  const run = await cli(['deploy-apex', ...inputs, '--no-tests', '--wait', '0', '--json'], {
    cwd: await temporaryFolder(),
    env: org.env,
  });
  expect(run.exitCode).toBe(69);
  expect(run.json().result).toMatchObject({ left: 'wait-over', lastState: expect.any(String) });
});
