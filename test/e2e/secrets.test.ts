import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { cli, inputs, temporaryFolder, type CliRun } from './cli.ts';
import { servedOrg } from './served-org.ts';

/** Everything a run left on its streams and in its folder, the local org's own data left out. */
async function traces(run: CliRun, cwd: string): Promise<string> {
  const entries = await readdir(cwd, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('local-org'));
  const texts = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
  return [run.stdout, run.stderr, ...texts].join('\n');
}

const planted = {
  token: '00D000000000001!PlantedAccessTokenAQ0AQJ_x1234567890abcdef',
  secret: 'PlantedConsumerSecret0123456789',
  webhook: 'https://hooks.example.com/in/PlantedWebhookPath42',
};

test.each([
  ['text', []],
  ['text with --debug', ['--debug']],
  ['JSON', ['--json']],
  ['JSON with --debug', ['--json', '--debug']],
])('a refused token shows nowhere in %s', async (_what, flags) => {
  const org = await servedOrg();
  const cwd = await temporaryFolder();
  const env = { SF_ORG_INSTANCE_URL: org.running.url, SF_ACCESS_TOKEN: planted.token };
  const run = await cli(['deploy-apex', ...inputs, ...flags], { cwd, env });
  expect(run.exitCode).toBe(4);
  expect(await traces(run, cwd)).not.toContain('PlantedAccessToken');
});

test('a token from stdin shows nowhere, and works', async () => {
  const org = await servedOrg();
  const cwd = await temporaryFolder();
  const token = org.env['SF_ACCESS_TOKEN'] ?? '';
  const run = await cli(['deploy-apex', ...inputs, '--no-tests', '--access-token-stdin', '--json', '--debug'], {
    cwd,
    env: { SF_ORG_INSTANCE_URL: org.running.url },
    stdin: `${token}\n`,
  });
  expect(run.json().result.outcome, run.stdout).toBe('succeeded');
  expect(await traces(run, cwd)).not.toContain(token.split('!')[1] ?? token);
});

test('a consumer secret shows nowhere when the org refuses it', async () => {
  const org = await servedOrg();
  const cwd = await temporaryFolder();
  const run = await cli(
    ['deploy-apex', ...inputs, '--client-id', 'NoSuchClient', '--login-url', org.running.url, '--json', '--debug'],
    {
      cwd,
      env: { SF_CLIENT_SECRET: planted.secret },
    },
  );
  expect(run.exitCode).toBe(4);
  expect(await traces(run, cwd)).not.toContain(planted.secret);
});

test('the webhook URL, which is a capability, shows on no stream and stands only in private files', async () => {
  const org = await servedOrg();
  const cwd = await temporaryFolder();
  const flags = ['deploy-apex', ...inputs, '--webhook-url', planted.webhook, '--no-tests'];
  for (const extra of [['--dry-run', '--json'], [], ['--json'], ['--force', '--debug']]) {
    const run = await cli([...flags, ...extra], { cwd, env: org.env });
    expect(run.exitCode, run.stderr + run.stdout).toBe(0);
    expect(run.stdout + run.stderr).not.toContain('PlantedWebhookPath42');
  }
});
