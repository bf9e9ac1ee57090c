import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { cli, temporaryFolder } from '../../cli.ts';
import { setupInputs } from '../../setup/setup-org.ts';
import { registerStage, tasksOf } from './register-org.ts';

test('without key and issuer nothing is written, and both are named with what to do', async () => {
  const { register, cwd, tap } = await registerStage();
  await rm(join(cwd, '.opencx-sf'), { recursive: true });
  const refused = await register('--create-deployment', '--yes');
  expect(refused.exitCode).toBe(68);
  expect(refused.json().error?.message).toMatch(
    /no key to register: opencx-sf messaging keys generate.*issuer is open.*Ask OpenCX/,
  );
  expect(tap.writes()).toEqual([]);
}, 60_000);

test('without --yes nobody is there to agree, and --dry-run shows the plan', async () => {
  const { run, tap } = await registerStage();
  const refused = await run('messaging', 'register', '--create-deployment');
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CONFIRMATION_REQUIRED') });
  const dry = await run('messaging', 'register', '--create-deployment', '--dry-run');
  expect(dry.exitCode, dry.stderr).toBe(0);
  expect(dry.stdout).toContain('+ EmbeddedServiceConfig OpenCX');
  expect(dry.stdout).toContain('~ publish deployment OpenCX');
  expect(tap.writes()).toEqual([]);
}, 60_000);

test('--print tells all of it for Setup, with the values of the key, and needs no org', async () => {
  const cwd = await temporaryFolder();
  await cli(['messaging', 'keys', 'generate', '--kid', 'printed-key', '--issuer', 'opencx.example.com'], { cwd });
  const printed = await cli(['messaging', 'register', '--print', '--es-developer-name', 'Support_Api', '--no-color'], {
    cwd,
  });
  expect(printed.exitCode, printed.stderr).toBe(0);
  const titles = printed.stdout.split('\n').filter((line) => /^\d+\. /.test(line));
  expect(titles).toEqual([
    '1. Upload the public key',
    '2. Make the keyset',
    '3. Let the channel verify its users',
    '4. Let the channel take the routing attributes',
    '5. Let the Omni-Channel flow read them',
    '6. Publish the deployment',
  ]);
  expect(printed.stdout).toContain('Name: printed-key.');
  expect(printed.stdout).toContain('issuer: opencx.example.com');
  expect(printed.stdout).toContain('Support_Api');
  expect(printed.stdout).toContain('https://YOUR-DOMAIN.my.salesforce-setup.com/lightning/setup/LiveMessageSetup/home');
  const placed = await cli(
    ['messaging', 'register', '--print', '--instance-url', 'https://acme.my.salesforce.com', '--json'],
    { cwd },
  );
  expect(placed.json().result).toMatchObject({ kid: 'printed-key', registration: null, plan: null });
  expect(tasksOf(placed)).toEqual(['key', 'keyset', 'channel', 'parameters', 'flow', 'publish']);
  expect(JSON.stringify(placed.json())).toContain('https://acme.my.salesforce-setup.com/');
}, 30_000);

test('nothing private leaves the folder of keys', async () => {
  const { register, cwd, tap } = await registerStage();
  const pem = await readFile(join(cwd, '.opencx-sf/messaging-keys/private-key.pem'), 'utf8');
  const done = await register('--create-deployment', '--yes');
  const secret = pem.split('\n')[3] ?? '';
  expect(secret.length).toBeGreaterThan(40);
  expect(done.stdout + done.stderr + JSON.stringify(tap.requests)).not.toContain(secret);
}, 60_000);

test('plan and apply set up both channels by one configuration', async () => {
  const { run, configure } = await bothChannels();
  const planned = await run('plan', ...setupInputs, '--json');
  expect(planned.exitCode, planned.stderr).toBe(0);
  const steps = planned.json().result.steps as { id: string; status: string }[];
  expect(steps.find(({ id }) => id === 'messaging')).toMatchObject({ status: 'change' });
  await writeFile(configure.plan, planned.stdout);
  const done = await run('apply', ...setupInputs, '--no-tests', '--plan', 'plan.json', '--json');
  expect(done.exitCode, done.stderr).toBe(0);
  expect(done.json().result.steps).toContainEqual({ id: 'messaging', status: 'done' });
  const again = await run('apply', ...setupInputs, '--json');
  expect(again.json().result.steps).toContainEqual({ id: 'messaging', status: 'unchanged' });
}, 90_000);

async function bothChannels() {
  const stage = await registerStage();
  const config = {
    setup: { channels: ['email', 'messaging'], mail: { checkDns: false } },
    messaging: { createDeployment: true },
  };
  await writeFile(join(stage.cwd, 'opencx-sf.config.json'), JSON.stringify(config));
  return { run: stage.run, configure: { plan: join(stage.cwd, 'plan.json') } };
}
