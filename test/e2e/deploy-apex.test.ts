import { access, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { cli, inputs, temporaryFolder, type Envelope } from './cli.ts';
import { apexSourceOrg } from '../local-org/apex/apex-source-org.ts';
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
  'CustomField Case.OpenCX_Session_Id__c',
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

  test('runs our own test class along, which passes, and writes JUnit', async () => {
    const cwd = await temporaryFolder();
    const run = await cli(['deploy-apex', ...inputs, '--target-org', 'local', '--junit', 'tests.xml', '--json'], {
      cwd,
    });
    expect(run.exitCode, run.stdout).toBe(0);
    expect(created(run.json())).toEqual(everything);
    const { tests } = run.json().result;
    expect(tests).toMatchObject({ errors: 0, failures: [], coverageWarnings: [] });
    expect(tests.total).toBeGreaterThan(30);
    expect(tests.completed).toBe(tests.total);
    const covered = tests.coverage as { name: string; lines: number; uncovered: number }[];
    expect(covered.map(({ name }) => name).sort()).toEqual([
      'OpenCaseOwnerChangeTrigger',
      'OpenCaseTrigger',
      'OpenCxOutboundEmailSender',
      'OpenEmailMessageCustomerTrigger',
      'OpenEmailMessageHumanAgentTrigger',
      'OpenSalesforceCaseManagement',
    ]);
    for (const { name, lines, uncovered } of covered) expect(uncovered / lines, name).toBeLessThan(0.05);
    const junit = await readFile(join(cwd, 'tests.xml'), 'utf8');
    expect(junit).toContain(`<testsuites tests="${tests.total}" failures="0">`);
    expect(junit).toMatch(/<testcase classname="OpenSalesforceCaseManagementTest" name="\w+" time="\d+\.\d{3}"\/>/);
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

describe('tests of the org that do not pass', () => {
  const strict = "trigger Strict on Case (before insert) { for (Case c : Trigger.new) c.addError('no cases today'); }";
  /** Untested statements, far more than all of ours. */
  const legacy = `public class Legacy { public static void run() { Integer i = 0;\n${'i++;\n'.repeat(2000)}} }`;

  test('fail the deployment, with the test and what it says; JUnit has it too, and nothing stays', async () => {
    const org = await servedOrg();
    await apexSourceOrg(org.running.state, { triggers: { Strict: strict } });
    const cwd = await temporaryFolder();
    const run = await cli(['deploy-apex', ...inputs, '--junit', 'tests.xml', '--json'], { cwd, env: org.env });
    expect(run.exitCode, run.stdout).toBe(1);
    const { result, error } = run.json();
    expect(error).toMatchObject({
      code: 'DEPLOY_FAILED',
      message: expect.stringContaining('Test OpenSalesforceCaseManagementTest.newCaseIsReported: System.DmlException'),
      nextSteps: [
        expect.stringContaining('a validation rule or a required field'),
        'Nothing was kept in the org: a deployment is all or nothing.',
      ],
    });
    expect(error?.message).toMatch(/ \| \d+ more tests failed$/);
    expect(result.tests.errors).toBeGreaterThan(0);
    expect(result.tests.completed + result.tests.errors).toBe(result.tests.total);
    const junit = await readFile(join(cwd, 'tests.xml'), 'utf8');
    expect(junit).toContain(`failures="${result.tests.errors}"`);
    expect(junit).toContain('no cases today');
    expect(org.running.state.components.list('ApexClass')).toEqual([]);

    const shown = await cli(['deploy-apex', ...inputs], { cwd, env: org.env });
    expect(shown.exitCode).toBe(1);
    expect(shown.stdout).toMatch(/✗ +OpenSalesforceCaseManagementTest\.filesAreForwarded .*no cases today/);
    expect(shown.stdout).toMatch(/Tests: \d+ of \d+ passed\./);
  });

  test("leave the customer's untested code out: our own test class alone is run", async () => {
    const org = await servedOrg({ kind: 'production', name: 'Acme' });
    await apexSourceOrg(org.running.state, { classes: { Legacy: legacy } });
    const consent = ['--yes', '--confirm-org', 'Acme', '--json'];
    const all = await cli(['deploy-apex', ...inputs, '--test-level', 'RunLocalTests', ...consent], {
      cwd: await temporaryFolder(),
      env: org.env,
    });
    expect(all.exitCode, all.stdout).toBe(1);
    expect(all.json().error).toMatchObject({
      code: 'DEPLOY_FAILED',
      message: expect.stringMatching(
        /Average test coverage across all Apex Classes and Triggers is \d+%, at least 75%/,
      ),
      nextSteps: [
        expect.stringContaining('--test-level RunSpecifiedTests'),
        'Nothing was kept in the org: a deployment is all or nothing.',
      ],
    });
    const ours = await cli(['deploy-apex', ...inputs, ...consent], { cwd: await temporaryFolder(), env: org.env });
    expect(ours.exitCode, ours.stdout).toBe(0);
    expect(ours.json().result).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
  });
});

describe('a production org', () => {
  test('is given a validation, which is then deployed without its tests', async () => {
    const org = await servedOrg({ kind: 'production', name: 'Acme' });
    const cwd = await temporaryFolder();
    const consent = ['--yes', '--confirm-org', 'Acme', '--json'];
    const validated = await cli(['deploy-apex', ...inputs, '--validate', ...consent], { cwd, env: org.env });
    expect(validated.exitCode, validated.stdout).toBe(0);
    const { outcome, quickDeployable, deployId, tests } = validated.json().result;
    expect({ outcome, quickDeployable }).toEqual({ outcome: 'validated', quickDeployable: true });
    expect(tests.total).toBeGreaterThan(30);
    expect(org.running.state.components.list('ApexClass')).toEqual([]);

    const quick = ['deploy-apex', ...inputs, '--quick', deployId as string, ...consent];
    const deployed = await cli(quick, { cwd, env: org.env });
    expect(deployed.exitCode, deployed.stdout).toBe(0);
    expect(deployed.json().result).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    expect(deployed.json().result.tests?.total ?? 0).toBe(0);
    expect(org.running.state.components.list('ApexTrigger')).toHaveLength(5);

    const again = await cli(quick, { cwd, env: org.env });
    expect(again.exitCode).toBe(1);
    expect(again.json().error?.message).toContain('INVALID_ID_FIELD');
  });

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
