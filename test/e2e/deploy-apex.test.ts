import { access, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { cli, inputs, temporaryFolder, type Envelope } from './cli.ts';
import { servedOrg } from './served-org.ts';

const deploy = ['deploy-apex', ...inputs, '--no-tests'] as const;

const everything = [
  'ApexClass OpenSalesforceCaseManagement',
  'ApexClass OpenSalesforceCaseManagementTest',
  'ApexTrigger OpenCaseOwnerChangeTrigger',
  'ApexTrigger OpenCaseTrigger',
  'ApexTrigger OpenCxOutboundEmailSender',
  'ApexTrigger OpenEmailMessageCustomerTrigger',
  'ApexTrigger OpenEmailMessageHumanAgentTrigger',
  'CustomField Case.Case_From__c',
  'CustomField EmailMessage.OpenCx_Sent__c',
  'NamedCredential OpenCX_Integration',
  'PermissionSet OpenCX_Integration',
];

function created(envelope: Envelope): string[] {
  return (envelope.result.components as { type: string; fullName: string; state: string }[])
    .filter((one) => one.state === 'created')
    .map((one) => `${one.type} ${one.fullName}`)
    .sort();
}

describe('deploy-apex on the local org', () => {
  test('deploys everything, and a second run finds nothing to do', async () => {
    const cwd = await temporaryFolder();
    const first = await cli([...deploy, '--target-org', 'local', '--json'], { cwd });
    expect(first.exitCode, first.stdout).toBe(0);
    expect(first.json()).toMatchObject({
      status: 'ok',
      result: { outcome: 'succeeded', readBack: { ok: true, mismatches: [] } },
    });
    expect(created(first.json())).toEqual(everything);

    const second = await cli([...deploy, '--target-org', 'local', '--json'], { cwd });
    expect(second.exitCode).toBe(0);
    expect(second.json().result.outcome).toBe('unchanged');
  });

  test('tells a person what it does on stderr and the result on stdout', async () => {
    const cwd = await temporaryFolder();
    const run = await cli([...deploy, '--target-org', 'local'], { cwd });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stderr).toMatch(/^Org .* 00D/);
    expect(run.stderr).toMatch(/Deployment 0Af\w{15}/);
    expect(run.stdout).toContain('OpenCxOutboundEmailSender');
    expect(run.stdout).toContain('deployed and read back');
    expect(run.stdout + run.stderr).not.toContain('\u001B[');
    const again = await cli([...deploy, '--target-org', 'local'], { cwd });
    expect(again.stdout).toContain('unchanged');
  });

  test('asking for tests is answered as not implemented, never as passed', async () => {
    const run = await cli(['deploy-apex', ...inputs, '--target-org', 'local', '--json'], {
      cwd: await temporaryFolder(),
    });
    expect(run.exitCode).toBe(1);
    expect(run.json()).toMatchObject({
      status: 'error',
      error: { code: 'DEPLOY_FAILED', message: expect.stringContaining('LOCAL_ORG_NOT_IMPLEMENTED') },
    });
  });

  test('keeps its state private and out of version control', async () => {
    const cwd = await temporaryFolder();
    await cli([...deploy, '--target-org', 'local', '--quiet'], { cwd });
    expect(await readFile(join(cwd, '.opencx-sf', '.gitignore'), 'utf8')).toBe('*\n');
    const journal = await readdir(join(cwd, '.opencx-sf', 'deploys'));
    expect(journal).toEqual([expect.stringMatching(/^0Af\w{15}\.json$/)]);
    const mode = (await stat(join(cwd, '.opencx-sf', 'deploys', journal[0] ?? ''))).mode & 0o777;
    expect(mode).toBe(0o600);
  });
});

describe('deploy-apex on an org reached by URL and token', () => {
  test('--dry-run plans and writes nothing, there or here', async () => {
    const org = await servedOrg();
    const cwd = await temporaryFolder();
    const run = await cli([...deploy, '--dry-run', '--json'], { cwd, env: org.env });
    expect(run.exitCode, run.stdout).toBe(0);
    const { plan } = run.json().result;
    expect(plan.components.map((one: { action: string }) => one.action)).toEqual(everything.map(() => 'create'));
    const writes = (await org.requests()).filter((request) => request.method !== 'GET');
    expect(writes).toEqual([]);
    await expect(access(join(cwd, '.opencx-sf'))).rejects.toThrow('ENOENT');
  });

  test('an unchanged org is sent nothing', async () => {
    const org = await servedOrg();
    const cwd = await temporaryFolder();
    await cli([...deploy, '--quiet'], { cwd, env: org.env });
    await org.control('DELETE', '/requests');
    const run = await cli([...deploy, '--json'], { cwd, env: org.env });
    expect(run.json().result.outcome).toBe('unchanged');
    expect((await org.requests()).filter((request) => request.method !== 'GET')).toEqual([]);
  });

  test('only what differs is sent, and a copy of what was there is kept', async () => {
    const org = await servedOrg();
    const cwd = await temporaryFolder();
    await cli([...deploy, '--quiet'], { cwd, env: org.env });
    const run = await cli([...deploy, '--reply-to', 'help@example.com', '--json'], { cwd, env: org.env });
    expect(run.exitCode, run.stdout).toBe(0);
    const { components, snapshot } = run.json().result;
    const changed = (components as { fullName: string; state: string }[])
      .filter((one) => one.state === 'changed')
      .map((one) => one.fullName);
    expect(changed).toContain('OpenCxOutboundEmailSender');
    expect(changed).not.toContain('OpenCaseTrigger');
    const kept = await readFile(join(snapshot, 'triggers', 'OpenCxOutboundEmailSender.trigger'), 'utf8');
    expect(kept).toContain('support@example.com');
    expect(await readFile(join(snapshot, 'package.xml'), 'utf8')).toContain(
      '<members>OpenCxOutboundEmailSender</members>',
    );
  });

  test('a changed webhook URL reaches the Named Credential', async () => {
    const org = await servedOrg();
    const cwd = await temporaryFolder();
    await cli([...deploy, '--quiet'], { cwd, env: org.env });
    const run = await cli([...deploy, '--webhook-url', 'https://example.com/new', '--json'], { cwd, env: org.env });
    expect(run.json().result, run.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    const [row] = org.running.state.records.find('NamedCredential', { DeveloperName: 'OpenCX_Integration' });
    expect(row?.['Endpoint']).toBe('https://example.com/new');
  });

  test('what does not compile is refused with line and column, and nothing of it stays', async () => {
    const org = await servedOrg();
    const cwd = await temporaryFolder();
    const run = await cli([...deploy, '--only', 'ApexTrigger', '--only', 'CustomField', '--json'], {
      cwd,
      env: org.env,
    });
    expect(run.exitCode, run.stdout).toBe(1);
    const failed = (
      run.json().result.components as { fullName: string; line?: number; column?: number; problem?: string }[]
    ).find((one) => one.fullName === 'OpenCaseTrigger');
    expect(failed).toMatchObject({
      line: expect.any(Number),
      column: expect.any(Number),
      problem: expect.stringContaining('OpenSalesforceCaseManagement'),
    });
    expect(org.running.state.components.list('ApexTrigger')).toEqual([]);
    expect(org.running.state.components.list('CustomField')).toEqual([]);
  });

  test('--only narrows it, and a name that is none is refused', async () => {
    const org = await servedOrg();
    const cwd = await temporaryFolder();
    const run = await cli([...deploy, '--only', 'NamedCredential', '--json'], { cwd, env: org.env });
    expect(created(run.json())).toEqual(['NamedCredential OpenCX_Integration']);
    const wrong = await cli([...deploy, '--only', 'Nope', '--json'], { cwd, env: org.env });
    expect(wrong.exitCode).toBe(2);
    expect(wrong.json().error).toMatchObject({ code: 'USAGE', message: expect.stringContaining('Nope') });
  });

  test('where REST is refused, SOAP carries it', async () => {
    const org = await servedOrg();
    await org.control('PATCH', '/settings', { metadataRestEnabled: false });
    const run = await cli([...deploy, '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(run.json().result, run.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    expect((await org.requests()).some((request) => request.path.includes('/services/Soap/m/'))).toBe(true);
  });

  test('--transport tooling saves Apex without a deployment', async () => {
    const org = await servedOrg();
    const cwd = await temporaryFolder();
    await cli([...deploy, '--quiet'], { cwd, env: org.env });
    await org.control('DELETE', '/requests');
    const change = ['--reply-to', 'help@example.com', '--transport', 'tooling'];
    const run = await cli([...deploy, ...change, '--json'], { cwd, env: org.env });
    expect(run.json().result, run.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    const paths = (await org.requests()).map((request) => request.path);
    expect(paths.some((path) => path.includes('ContainerAsyncRequest'))).toBe(true);
    expect(paths.some((path) => path.includes('deployRequest'))).toBe(false);
  });
});

describe('a production org', () => {
  test('is refused until it is named', async () => {
    const org = await servedOrg({ kind: 'production', name: 'Acme Production' });
    const cwd = await temporaryFolder();
    const refused = await cli(['deploy-apex', ...inputs, '--yes', '--json'], { cwd, env: org.env });
    expect(refused.exitCode).toBe(2);
    expect(refused.json().error).toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
      message: expect.stringContaining('Acme Production'),
    });

    const wrong = await cli(['deploy-apex', ...inputs, '--yes', '--confirm-org', 'Other', '--json'], {
      cwd,
      env: org.env,
    });
    expect(wrong.exitCode).toBe(2);
    expect((await org.requests()).filter((request) => request.method !== 'GET')).toEqual([]);
  });

  test.each([
    ['--no-tests', ['--no-tests']],
    ['--transport tooling', ['--transport', 'tooling']],
  ])('refuses %s', async (_what, flags) => {
    const org = await servedOrg({ kind: 'production', name: 'Acme' });
    const run = await cli(['deploy-apex', ...inputs, '--yes', '--confirm-org', 'Acme', ...flags, '--json'], {
      cwd: await temporaryFolder(),
      env: org.env,
    });
    expect(run.exitCode).toBe(2);
    expect(run.json().error?.code).toBe('REFUSED_IN_PRODUCTION');
  });

  test('may be planned without being named', async () => {
    const org = await servedOrg({ kind: 'production', name: 'Acme' });
    const run = await cli(['deploy-apex', ...inputs, '--dry-run', '--json'], {
      cwd: await temporaryFolder(),
      env: org.env,
    });
    expect(run.json()).toMatchObject({ status: 'ok', result: { outcome: 'planned', org: { kind: 'production' } } });
  });
});
