import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { startLocalOrg } from '../../src/local-org/start-local-org.ts';
import { cli, ended, inputs, startCli, temporaryFolder } from './cli.ts';
import { servedOrg, type ServedOrg } from './served-org.ts';

const deploy = ['deploy-apex', ...inputs, '--no-tests'] as const;
const polling = { method: 'GET', path: '/metadata/deployRequest/' };

/** The id of the deployment that this folder has submitted, once it is written down. */
async function submittedId(cwd: string): Promise<string | undefined> {
  const names = await readdir(join(cwd, '.opencx-sf', 'deploys')).catch(() => []);
  return names.map((name) => /^(0Af\w{15})\.json$/.exec(name)?.[1]).find((id) => id !== undefined);
}

/** Starts a deployment that takes its time, and waits until the org has it. */
async function slowDeploy(org: ServedOrg, cwd: string, flags: readonly string[] = []) {
  const child = startCli([...deploy, ...flags], { cwd, env: org.env });
  const end = ended(child);
  for (let look = 0; look < 1000; look += 1) {
    const id = await submittedId(cwd);
    if (id !== undefined) return { child, end, id };
    await delay(50);
  }
  throw new Error(`no deployment was submitted: ${(await end).stderr}`);
}

describe('trouble while a deployment runs', () => {
  test.each([
    ['503', { kind: 'status', status: 503, body: '[{"errorCode":"SERVER_UNAVAILABLE","message":"busy"}]' }],
    ['420', { kind: 'status', status: 420, body: '' }],
    ['HTML in the place of JSON', { kind: 'html', status: 200 }],
    ['dropped connections', { kind: 'drop' }],
    ['answers lost on the way', { kind: 'drop-after' }],
  ])('%s for a while is sat out', async (_what, fault) => {
    const org = await servedOrg();
    await org.control('POST', '/faults', { match: polling, times: 3, ...fault });
    const run = await cli([...deploy, '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(run.exitCode, run.stdout).toBe(0);
    expect(run.json().result).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
  });

  test.each([
    ['503', { kind: 'status', status: 503, body: '' }],
    ['420', { kind: 'status', status: 420, body: '' }],
    ['HTML in the place of JSON', { kind: 'html', status: 503 }],
    ['dropped connections', { kind: 'drop' }],
  ])(
    '%s without end is exit code 69 at the end of the wait, with the id and the way to resume',
    async (_what, fault) => {
      const org = await servedOrg();
      await org.control('POST', '/faults', { match: polling, ...fault });
      const run = await cli([...deploy, '--wait', '0.04', '--json'], { cwd: await temporaryFolder(), env: org.env });
      expect(run.exitCode, run.stdout).toBe(69);
      const id: string = run.json().result.deployId;
      expect(id).toMatch(/^0Af\w{15}$/);
      expect(run.json().error?.nextSteps[0]).toContain(`--resume ${id}`);
    },
  );

  test('slow answers are waited for', async () => {
    const org = await servedOrg();
    await org.control('POST', '/faults', { match: polling, times: 1, kind: 'delay', ms: 3000 });
    const run = await cli([...deploy, '--wait', '0.04', '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(run.json().result.outcome, run.stdout).toBe('succeeded');
  });

  test('an unknown status is asked again', async () => {
    const org = await servedOrg();
    const body = JSON.stringify({ id: '0Af', deployResult: { id: '0Af', status: 'Unknown', done: false } });
    await org.control('POST', '/faults', { match: polling, times: 2, kind: 'status', status: 200, body });
    const run = await cli([...deploy, '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(run.json().result.outcome, run.stdout).toBe('succeeded');
  });

  test('a session that expires ends the watching, names the error, and is no failure of the deployment', async () => {
    const org = await servedOrg();
    await org.control('POST', '/faults', {
      match: polling,
      kind: 'status',
      status: 401,
      body: '[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]',
    });
    const run = await cli([...deploy, '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(run.exitCode).toBe(4);
    expect(run.json().error).toMatchObject({
      code: 'AUTH_FAILED',
      message: expect.stringContaining('INVALID_SESSION_ID'),
    });
    const id: string = run.json().result.deployId;
    expect(run.json().error?.nextSteps.join('\n')).toContain(`--resume ${id}`);
  });

  test('the end of the wait is exit code 69 with the command that takes it up again', async () => {
    const org = await servedOrg();
    await org.control('PATCH', '/settings', { deployPace: { queueMs: 60_000, componentMs: 0 } });
    const run = await cli([...deploy, '--wait', '0.01', '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(run.exitCode).toBe(69);
    expect(run.json()).toMatchObject({
      status: 'pending',
      result: { left: 'wait-over' },
      error: { code: 'DEPLOY_STILL_RUNNING' },
    });
    const id: string = run.json().result.deployId;
    expect(run.json().error?.nextSteps.join('\n')).toContain(`--resume ${id}`);
  });

  test('a submission whose answer is lost is found in the org, not sent twice', async () => {
    const org = await servedOrg();
    await org.control('POST', '/faults', {
      match: { method: 'POST', path: '/metadata/deployRequest' },
      times: 1,
      kind: 'drop-after',
    });
    const run = await cli([...deploy, '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(run.json().result, run.stdout).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    expect(org.running.state.records.all('DeployRequest')).toHaveLength(1);
  });

  test('a submission that never arrived is said to be none', async () => {
    const org = await servedOrg();
    await org.control('POST', '/faults', { match: { method: 'POST', path: '/metadata/deployRequest' }, kind: 'drop' });
    const run = await cli([...deploy, '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(run.exitCode).toBe(1);
    expect(run.json().error).toMatchObject({ code: 'NETWORK', message: expect.stringContaining('was not submitted') });
  });
});

describe('a deployment that is left', () => {
  test('by Ctrl-C goes on; the person is told, and --resume sees it through', async () => {
    const org = await servedOrg();
    await org.control('PATCH', '/settings', { deployPace: { queueMs: 5000, componentMs: 0 } });
    const cwd = await temporaryFolder();
    const { child, end, id } = await slowDeploy(org, cwd);
    child.kill('SIGINT');
    const run = await end;
    expect(run.exitCode).toBe(130);
    expect(run.stderr).toContain(`Deployment ${id} goes on in the org`);
    expect(run.stderr).toContain(`--resume ${id}`);

    const resumed = await cli([...deploy, '--resume', id, '--json'], { cwd, env: org.env });
    expect(resumed.json().result, resumed.stdout).toMatchObject({
      outcome: 'succeeded',
      deployId: id,
      readBack: { ok: true },
    });
  });

  test('by kill -9 is taken up by --resume without an id', async () => {
    const org = await servedOrg();
    await org.control('PATCH', '/settings', { deployPace: { queueMs: 1500, componentMs: 0 } });
    const cwd = await temporaryFolder();
    const { child, end, id } = await slowDeploy(org, cwd);
    child.kill('SIGKILL');
    await end;
    const resumed = await cli([...deploy, '--resume', '--json'], { cwd, env: org.env });
    expect(resumed.json().result, resumed.stdout).toMatchObject({ outcome: 'succeeded', deployId: id });
  });

  test('by --async is taken up from another machine, with nothing but its id', async () => {
    const org = await servedOrg();
    const left = await cli([...deploy, '--async', '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(left.exitCode).toBe(69);
    const id: string = left.json().result.deployId;
    const resumed = await cli(['deploy-apex', '--resume', id, '--json'], {
      cwd: await temporaryFolder(),
      env: org.env,
    });
    expect(resumed.json().result, resumed.stdout).toMatchObject({ outcome: 'succeeded', deployId: id });
  });

  test('can be canceled', async () => {
    const org = await servedOrg();
    await org.control('PATCH', '/settings', { deployPace: { queueMs: 20_000, componentMs: 0 } });
    const cwd = await temporaryFolder();
    const left = await cli([...deploy, '--async', '--json'], { cwd, env: org.env });
    const id: string = left.json().result.deployId;
    const canceled = await cli(['deploy-apex', '--cancel', id, '--json'], { cwd, env: org.env });
    expect(canceled.json().result, canceled.stdout).toMatchObject({ outcome: 'canceled', deployId: id });
    expect(org.running.state.components.list('ApexClass')).toEqual([]);
  });

  test('on the local org of this folder survives kill -9 of the process that held both', async () => {
    const cwd = await temporaryFolder();
    const org = await startLocalOrg({ dataDir: join(cwd, '.opencx-sf', 'local-org') });
    org.state.settings.deployPace = { queueMs: 1500, componentMs: 0 };
    await org.close();
    const child = startCli([...deploy, '--target-org', 'local'], { cwd });
    const end = ended(child);
    let id: string | undefined;
    for (let look = 0; look < 1000 && id === undefined; look += 1) {
      await delay(50);
      id = await submittedId(cwd);
    }
    child.kill('SIGKILL');
    await end;
    const resumed = await cli([...deploy, '--target-org', 'local', '--resume', '--json'], { cwd });
    expect(resumed.json().result, resumed.stdout).toMatchObject({
      outcome: 'succeeded',
      deployId: id,
      readBack: { ok: true },
    });
  });

  test.each([['nonsense'], ['001000000000001'], ['0Af/../../x']])('is refused when its id is %s', async (id) => {
    const org = await servedOrg();
    const run = await cli(['deploy-apex', '--resume', id, '--json'], { cwd: await temporaryFolder(), env: org.env });
    expect(run.exitCode).toBe(2);
    expect(run.json().error?.code).toBe('USAGE');
  });
});
