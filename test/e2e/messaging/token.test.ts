import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { messagingTokenResultSchema } from '../../../src/commands/messaging/token/result-schema.ts';
import { cli, temporaryFolder, type CliOptions } from '../cli.ts';
import { issuer, openDesk } from './messaging-desk.ts';

const document = envelopeSchema(messagingTokenResultSchema);

async function token(args: readonly string[], options: CliOptions) {
  return await cli(['messaging', 'token', ...args], options);
}

async function tokenJson(args: readonly string[], options: CliOptions) {
  const run = await token([...args, '--json'], options);
  expect(document.safeParse(run.json()).error?.issues ?? [], run.stdout).toEqual([]);
  return { exitCode: run.exitCode, stderr: run.stderr, ...run.json() };
}

describe('messaging token', () => {
  test('tells whom Salesforce takes the contact for, and gives the token back', async () => {
    const cwd = await temporaryFolder();
    const { env, served, deployed } = await openDesk(cwd);
    const run = await token(['--sub', 'jane@example.com'], { cwd, env });
    expect(run.stderr).toBe('');
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/^✓ verified contact: v2\/iamessage\/AUTH\/OpenCX_Keyset\/uid:jane@example\.com\n/);
    expect(run.stdout).toContain(`kid ${deployed.kid}, iss ${issuer}, sub jane@example.com`);
    expect(run.stdout).toContain('OpenCX, type api, channel Auth');
    expect(run.stdout).toMatch(/60 minutes, until \d{4}-/);
    expect(run.stdout).toContain('the token was given back');
    expect(run.stdout).not.toMatch(/eyJ/);
    const paths = (await served.requests()).map(({ method, path }) => `${method} ${path}`);
    expect(paths.filter((path) => path.includes('/authorization/'))).toEqual([
      'POST /iamessage/api/v2/authorization/authenticated/access-token',
      'DELETE /iamessage/api/v2/authorization/authenticated/access-token',
    ]);
  });

  test('shows an answer for an anonymous contact as what it is: the identity token was not accepted', async () => {
    const cwd = await temporaryFolder();
    const { env, served, deployed } = await openDesk(cwd);
    await served.control('PATCH', '/messaging/settings', { invalidIdentity: 'anonymous' });
    const told = await tokenJson(['--issuer', 'https://other.example.com'], { cwd, env });
    expect(told).toMatchObject({
      exitCode: 1,
      status: 'error',
      result: { verified: false, subject: expect.stringContaining('/ANON/'), authMode: 'Auth', revoked: false },
      error: { code: 'MESSAGING_NOT_VERIFIED' },
    });
    const causes = told.error?.nextSteps.join('\n');
    for (const cause of ['https://other.example.com', deployed.kid, 'Channel', 'Publish'])
      expect(causes).toContain(cause);
    const run = await token(['--issuer', 'https://other.example.com', '--reveal'], { cwd, env });
    expect(run).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^✗ anonymous contact/) });
    expect(run.stdout + run.stderr).not.toMatch(/eyJ/);
  });

  test('says in words of Salesforce why it was refused', async () => {
    const cwd = await temporaryFolder();
    const { env } = await openDesk(cwd);
    const wrong = await tokenJson(['--issuer', 'https://other.example.com'], { cwd, env });
    expect(wrong).toMatchObject({ exitCode: 4, error: { code: 'AUTH_FAILED' } });
    expect(wrong.error?.message).toContain('"iss"');
    const unknown = await tokenJson(['--es-developer-name', 'opencx'], { cwd, env });
    expect(unknown).toMatchObject({ exitCode: 1, error: { code: 'ORG_REFUSED' } });
    const anonymous = await tokenJson(['--anonymous'], { cwd, env });
    expect(anonymous.error?.message).toContain('Set the auth mode to false');
  });

  test('--reveal prints the token alone on stdout, one that can be used', async () => {
    const cwd = await temporaryFolder();
    const { env, served } = await openDesk(cwd);
    const run = await token(['--reveal'], { cwd, env });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(run.stderr).toContain('✓ verified contact');
    expect(run.stderr).not.toContain(run.stdout.trim());
    const list = await fetch(`${served.running.scrtUrl}/iamessage/api/v2/conversation/list`, {
      headers: { authorization: `Bearer ${run.stdout.trim()}` },
    });
    expect(list.status).toBe(200);
    expect(await token(['--reveal', '--json'], { cwd, env })).toMatchObject({ exitCode: 2 });
  });

  test('sends further claims, which cannot replace the four', async () => {
    const cwd = await temporaryFolder();
    const { env } = await openDesk(cwd);
    await writeFile(join(cwd, 'claims.json'), '{"tier": 3}');
    expect(await tokenJson(['--claims', 'plan=gold', '--claims', 'claims.json'], { cwd, env })).toMatchObject({
      exitCode: 0,
    });
    for (const claim of ['sub=mallory', 'no-file', 'iat=1']) {
      expect(await tokenJson(['--claims', claim], { cwd, env })).toMatchObject({
        exitCode: 2,
        error: { code: 'USAGE' },
      });
    }
  });

  test('an anonymous token needs no key, and a channel without user verification gives it', async () => {
    const [cwd, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    const { env } = await openDesk(cwd, { authMode: 'UnAuth' });
    const told = await tokenJson(['--anonymous'], { cwd: elsewhere, env });
    expect(told).toMatchObject({ exitCode: 0, result: { identity: null, verified: false, authMode: 'UnAuth' } });
  });

  test('finds host and organization by a login where they are not given', async () => {
    const cwd = await temporaryFolder();
    const { env, served } = await openDesk(cwd);
    const { OPENCX_SF_ORG_ID: _, ...rest } = env;
    const told = await tokenJson([], { cwd, env: { ...rest, ...served.env } });
    expect(told.result.organizationId).toBe(served.running.organizationId.slice(0, 15));
  });

  test('asks for the passphrase of a key that is encrypted', async () => {
    const cwd = await temporaryFolder();
    await cli(['messaging', 'keys', 'generate', '--passphrase-stdin'], { cwd, stdin: 'a long passphrase' });
    const locked = await tokenJson(['--issuer', 'x'], { cwd });
    expect(locked).toMatchObject({ exitCode: 2, error: { code: 'MISSING_INPUT' } });
    expect(locked.error?.nextSteps.join()).toContain('--passphrase-file');
    const wrong = await tokenJson(['--issuer', 'x'], { cwd, env: { OPENCX_SF_PRIVATE_KEY_PASSPHRASE: 'another one' } });
    expect(wrong).toMatchObject({ exitCode: 1, error: { code: 'KEYS_UNFIT' } });
  });

  test('names all that is missing before it asks anybody', async () => {
    const cwd = await temporaryFolder();
    expect(await tokenJson([], { cwd })).toMatchObject({ exitCode: 2, error: { code: 'KEYS_MISSING' } });
    await cli(['messaging', 'keys', 'generate'], { cwd });
    expect(await tokenJson([], { cwd })).toMatchObject({ exitCode: 2, error: { code: 'MISSING_INPUT' } });
    const nowhere = await tokenJson(['--issuer', 'x'], { cwd });
    expect(nowhere.error?.message).toContain('--target-org');
    const [host, organization] = [
      ['--scrt-url', 'https://x.my.salesforce-scrt.com'],
      ['--org-id', '00D000000000001'],
    ] as const;
    expect((await tokenJson(['--issuer', 'x', ...host], { cwd })).error?.details).toEqual({ missing: ['--org-id'] });
    expect((await tokenJson(['--issuer', 'x', ...organization], { cwd })).error?.details).toEqual({
      missing: ['--scrt-url'],
    });
    const clear = await tokenJson(
      ['--issuer', 'x', '--org-id', '00D000000000001', '--scrt-url', 'http://example.com'],
      {
        cwd,
      },
    );
    expect(clear).toMatchObject({ exitCode: 2, error: { code: 'USAGE' } });
  });
});
