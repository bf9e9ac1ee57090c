import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { cli, inputs, temporaryFolder } from './cli.ts';

describe('the program', () => {
  test('prints its version alone on stdout', async () => {
    const run = await cli(['--version'], { cwd: await temporaryFolder() });
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
  });

  test('lists every command in its help', async () => {
    const run = await cli(['--help'], { cwd: await temporaryFolder() });
    expect(run.exitCode).toBe(0);
    for (const name of ['deploy-apex', 'generate', 'org']) expect(run.stdout).toContain(name);
  });

  test('loads commander and nothing else to print its help', async () => {
    const cwd = await temporaryFolder();
    // V8's own account of which scripts a process has loaded.
    await cli(['--help'], { cwd, env: { NODE_V8_COVERAGE: join(cwd, 'loaded') } });
    const [report] = await readdir(join(cwd, 'loaded'));
    const { result } = JSON.parse(await readFile(join(cwd, 'loaded', report ?? ''), 'utf8')) as {
      result: { url: string }[];
    };
    const packages = new Set(
      result.map(({ url }) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]).filter((name) => name !== undefined),
    );
    expect([...packages]).toEqual(['commander']);
  });

  test.each([
    ['a command', ['deploy-apx'], /deploy-apex/],
    ['a flag', ['deploy-apex', '--reply-too', 'x'], /--reply-to/],
  ])('proposes what was meant when %s is mistyped', async (_what, args, proposal) => {
    const run = await cli(args, { cwd: await temporaryFolder() });
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(proposal);
  });

  test.each([
    ['an unknown flag', ['deploy-apex', '--json', '--nope']],
    ['an unknown command', ['nope', '--json']],
    ['a value out of the choices', ['deploy-apex', '--json', '--transport', 'pigeon']],
    ['flags that exclude each other', ['deploy-apex', '--json', '--dry-run', '--validate']],
  ])('answers %s under --json with one document and exit code 2', async (_what, args) => {
    const run = await cli(args, { cwd: await temporaryFolder() });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toBe('');
    expect(run.json()).toMatchObject({ schemaVersion: 1, status: 'error', error: { code: 'USAGE' } });
  });
});

describe('missing values', () => {
  test('are all named in one error when nobody can be asked', async () => {
    const run = await cli(['deploy-apex', '--json'], { cwd: await temporaryFolder(), env: { CI: 'true' } });
    expect(run.exitCode).toBe(2);
    expect(run.json().error).toMatchObject({
      code: 'MISSING_INPUT',
      details: { missing: ['--target-org', '--reply-to', '--integration-user', '--webhook-url'] },
    });
  });

  test('may come from variables and from the configuration file', async () => {
    const cwd = await temporaryFolder();
    await writeFile(
      join(cwd, 'opencx-sf.config.json'),
      JSON.stringify({ blueprint: { replyTo: 'support@example.com' } }),
    );
    const run = await cli(['generate', '--json'], { cwd, env: { OPENCX_SF_WEBHOOK_URL: 'https://example.com/hook' } });
    expect(run.json().error?.details).toEqual({ missing: ['--output-dir', '--integration-user'] });
  });
});

describe('the configuration file', () => {
  test.each([
    ['is no JSON', '{ "blueprint": ', /opencx-sf\.config\.json cannot be used/],
    ['has an unknown property', '{"blueprint":{"replyToo":"a@b.co"}}', /blueprint\.replyToo .*is no known property/],
    [
      'has a value of the wrong type',
      '{"deploy":{"waitMinutes":"long"}}',
      /deploy\.waitMinutes \(from .*opencx-sf\.config\.json\)/,
    ],
  ])('is refused when it %s, saying where', async (_what, text, message) => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'opencx-sf.config.json'), text);
    const run = await cli(['deploy-apex', '--target-org', 'local', ...inputs, '--json'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.json().error).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringMatching(message) });
  });

  test('must exist when it is named', async () => {
    const run = await cli(['deploy-apex', '--config', 'none.json', '--json'], { cwd: await temporaryFolder() });
    expect(run.json().error).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining('none.json') });
  });
});

test('an injected reply-to is refused, and nothing is started', async () => {
  const cwd = await temporaryFolder();
  const evil = "a'); delete [SELECT Id FROM Case]; //@x.co";
  const run = await cli(['deploy-apex', '--target-org', 'local', ...inputs, '--reply-to', evil, '--json'], { cwd });
  expect(run.exitCode).toBe(2);
  expect(run.json().error?.code).toBe('BLUEPRINT_INVALID');
});
