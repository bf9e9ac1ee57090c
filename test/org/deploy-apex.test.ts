import { describe, expect, test } from 'vitest';

import { cli, inputs, temporaryFolder } from '../e2e/cli.ts';

/** What of the environment says which org this is and how to get in; handed to the binary as a user would. */
const passedOn = [
  'SF_TARGET_ORG',
  'SF_ORG_INSTANCE_URL',
  'SF_ACCESS_TOKEN',
  'SF_CLIENT_SECRET',
  'OPENCX_SF_CLIENT_ID',
  'OPENCX_SF_LOGIN_URL',
  'HOME',
];
const env = Object.fromEntries(
  passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
);

if (env['SF_TARGET_ORG'] === undefined && env['SF_ORG_INSTANCE_URL'] === undefined) {
  throw new Error(
    'Set SF_TARGET_ORG, or SF_ORG_INSTANCE_URL with a login, to name the org of these stories (a sandbox or Developer Edition, never production).',
  );
}

const deploy = ['deploy-apex', ...inputs, '--no-tests', '--yes', '--json'];

describe('the stories of deploy-apex on an org of its own', () => {
  test('the org says who it is, and it is not production', async () => {
    const run = await cli([...deploy, '--dry-run'], { cwd: await temporaryFolder(), env });
    expect(run.exitCode, run.stdout).toBe(0);
    expect(run.json().result.org.kind).not.toBe('production');
  });

  test('everything is deployed and read back', async () => {
    const run = await cli([...deploy, '--force'], { cwd: await temporaryFolder(), env });
    expect(run.json().result, run.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
  });

  test('again, from another folder, nothing is to do', async () => {
    const run = await cli(deploy, { cwd: await temporaryFolder(), env });
    expect(run.json().result.outcome, run.stdout).toBe('unchanged');
  });

  test('a new reply-to changes the sender alone, and back', async () => {
    const cwd = await temporaryFolder();
    const run = await cli([...deploy, '--reply-to', 'help@example.com'], { cwd, env });
    expect(run.json().result, run.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    const changed = (run.json().result.components as { type: string; fullName: string; state: string }[])
      .filter((one) => one.state === 'changed' && one.type === 'ApexTrigger')
      .map((one) => one.fullName);
    expect(changed).toEqual(['OpenCxOutboundEmailSender']);
    const back = await cli(deploy, { cwd, env });
    expect(back.json().result.outcome, back.stdout).toBe('succeeded');
  });

  test('the Tooling API does the same', async () => {
    const cwd = await temporaryFolder();
    const tooling = await cli([...deploy, '--reply-to', 'tooling@example.com', '--transport', 'tooling'], { cwd, env });
    expect(tooling.json().result, tooling.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    const back = await cli(deploy, { cwd, env });
    expect(back.json().result.outcome, back.stdout).toBe('succeeded');
  });

  test('a validation keeps nothing', async () => {
    const cwd = await temporaryFolder();
    const run = await cli([...deploy, '--validate', '--reply-to', 'never@example.com'], { cwd, env });
    expect(run.json().result.outcome, run.stdout).toBe('validated');
    const after = await cli(deploy, { cwd, env });
    expect(after.json().result.outcome).toBe('unchanged');
  });

  test('a deployment left behind is taken up from elsewhere by its id', async () => {
    const left = await cli([...deploy, '--force', '--async'], { cwd: await temporaryFolder(), env });
    expect(left.exitCode, left.stdout).toBe(69);
    const id: string = left.json().result.deployId;
    const resumed = await cli(['deploy-apex', ...inputs, '--resume', id, '--json'], {
      cwd: await temporaryFolder(),
      env,
    });
    expect(resumed.json().result, resumed.stdout).toMatchObject({
      outcome: 'succeeded',
      deployId: id,
      readBack: { ok: true },
    });
  });
});
