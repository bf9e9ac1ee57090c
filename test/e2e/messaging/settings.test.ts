import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { messagingSettingsResultSchema } from '../../../src/commands/messaging/settings/result-schema.ts';
import { cli, temporaryFolder, type CliOptions } from '../cli.ts';
import { issuer, openDesk } from './messaging-desk.ts';

const document = envelopeSchema(messagingSettingsResultSchema);

interface Setting {
  id: string;
  value: string | null;
  status: string;
  detail: string;
  remedy?: string;
}

async function settings(args: readonly string[], options: CliOptions) {
  const run = await cli(['messaging', 'settings', ...args, '--json'], options);
  expect(document.safeParse(run.json()).error?.issues ?? [], run.stdout).toEqual([]);
  const list = run.json().result.settings as Setting[];
  const of = (id: string) => list.find((one) => one.id === id) ?? expect.fail(`no setting ${id}`);
  return { exitCode: run.exitCode, error: run.json().error, list, of };
}

/** Six fields, and what belongs to them. */
const order = [
  'instance-url',
  'es-developer-name',
  'org-id',
  'auth-public-key',
  'auth-private-key',
  'auth-key-id',
  'scrt-url',
  'issuer',
];

describe('messaging settings', () => {
  test('tells the six values in the order of the tab, checked against the org, and no key', async () => {
    const cwd = await temporaryFolder();
    const { env, served, deployed } = await openDesk(cwd);
    const { OPENCX_SF_ORG_ID: _, ...withoutId } = env;
    const options = { cwd, env: { ...withoutId, ...served.env } };
    const told = await settings([], options);
    expect(told).toMatchObject({ exitCode: 0, error: undefined });
    expect(told.list.map(({ id }) => id)).toEqual(order);
    const folder = join(cwd, '.opencx-sf', 'messaging-keys');
    expect(told.of('instance-url')).toMatchObject({ value: served.running.url, status: 'warn' });
    expect(told.of('es-developer-name')).toMatchObject({ value: 'OpenCX', status: 'pass' });
    expect(told.of('org-id')).toMatchObject({ value: served.running.organizationId.slice(0, 15), status: 'pass' });
    expect(told.of('auth-public-key')).toMatchObject({ value: join(folder, 'public-key.pem'), status: 'pass' });
    expect(told.of('auth-private-key')).toMatchObject({ value: join(folder, 'private-key.pem'), status: 'pass' });
    expect(told.of('auth-key-id')).toMatchObject({ value: deployed.kid, status: 'pass' });
    expect(told.of('scrt-url')).toMatchObject({ value: served.running.scrtUrl, status: 'pass' });
    expect(told.of('issuer')).toMatchObject({ value: issuer, status: 'unchecked' });

    const run = await cli(['messaging', 'settings'], options);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(new RegExp(`^✓ Auth Key ID +${deployed.kid}$`, 'm'));
    const [, secretLine = ''] = (await readFile(join(folder, 'private-key.pem'), 'utf8')).split('\n');
    expect(run.stdout).not.toContain(secretLine);
    expect(run.stdout).not.toContain('BEGIN');
  });

  test('names the right case of the ES Developer Name, and what is there where it is none of them', async () => {
    const cwd = await temporaryFolder();
    const { env, served } = await openDesk(cwd);
    const options = { cwd, env: { ...env, ...served.env } };
    const otherCase = await settings(['--es-developer-name', 'opencx'], options);
    expect(otherCase).toMatchObject({ exitCode: 1, error: { code: 'CHECKS_FAILED' } });
    expect(otherCase.of('es-developer-name')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('the org writes it OpenCX'),
    });
    expect(otherCase.of('scrt-url')).toMatchObject({ status: 'fail', detail: expect.stringContaining('HTTP 404') });
    const none = await settings(['--es-developer-name', 'Support'], options);
    expect(none.of('es-developer-name').detail).toContain('no such deployment, but: OpenCX');
  });

  test('refuses a deployment of another kind, one that is not published, and the id of another org', async () => {
    const cwd = await temporaryFolder();
    const { env, served } = await openDesk(cwd, { deploymentType: 'Web', publish: false });
    const options = { cwd, env: { ...env, ...served.env } };
    const told = await settings(['--org-id', '00D000000000001'], options);
    expect(told.exitCode).toBe(1);
    expect(told.of('es-developer-name')).toMatchObject({ status: 'fail', detail: expect.stringContaining('Web') });
    expect(told.of('org-id')).toMatchObject({ status: 'fail', detail: expect.stringContaining('00D000000000001') });
    const unpublished = await settings([], options);
    expect(unpublished.of('scrt-url').status).toBe('fail');
  });

  test('says without an org what can be said', async () => {
    const cwd = await temporaryFolder();
    const nothing = await settings([], { cwd });
    expect(nothing).toMatchObject({ exitCode: 1, error: { code: 'CHECKS_FAILED' } });
    expect(nothing.of('auth-private-key')).toMatchObject({ value: null, status: 'fail' });
    await cli(['messaging', 'keys', 'generate'], { cwd });
    const told = await settings([], { cwd });
    expect(told.exitCode).toBe(0);
    expect(told.list.map(({ status }) => status).join(' ')).toBe(
      'unchecked unchecked unchecked pass pass pass unchecked warn',
    );
  });

  test.each([
    ['an organization id with a mistake', { messaging: { orgId: '00D000000000001AAA' } }, 'org-id'],
    ['an address without https', { login: { instanceUrl: 'http://acme.my.salesforce.com' } }, 'instance-url'],
    ['a host that is no My Domain', { login: { instanceUrl: 'https://acme.lightning.force.com' } }, 'instance-url'],
  ])('refuses %s', async (_what, config, id) => {
    const cwd = await temporaryFolder();
    await cli(['messaging', 'keys', 'generate'], { cwd });
    await writeFile(join(cwd, 'opencx-sf.config.json'), JSON.stringify(config));
    const told = await settings([], { cwd });
    expect(told.exitCode).toBe(1);
    expect(told.of(id)).toMatchObject({ status: 'fail', remedy: expect.any(String) });
  });

  test('finds what OpenCX or Salesforce would not take of the key', async () => {
    const cwd = await temporaryFolder();
    await cli(['messaging', 'keys', 'generate', '--passphrase-stdin'], { cwd, stdin: 'correct horse battery' });
    await writeFile(join(cwd, 'secret'), 'correct horse battery');
    const unread = await settings([], { cwd });
    expect(unread.exitCode).toBe(1);
    expect(unread.of('auth-private-key')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('encrypted'),
      remedy: expect.stringContaining('--passphrase-file'),
    });
    const read = await settings(['--passphrase-file', 'secret'], { cwd });
    expect(read.of('auth-private-key')).toMatchObject({ status: 'warn', remedy: expect.stringContaining('openssl') });
    await cli(['messaging', 'keys', 'generate', '--out', 'other'], { cwd });
    await writeFile(
      join(cwd, 'other', 'public-key.pem'),
      await readFile(join(cwd, '.opencx-sf', 'messaging-keys', 'public-key.pem')),
    );
    const mixed = await settings(['--keys', 'other'], { cwd });
    expect(mixed.of('auth-private-key').detail).toContain('different keys');
  });
});
