import { describe, expect, test } from 'vitest';

import { cli, inputs, type CliRun } from '../e2e/cli.ts';
import { loggedInByJwt, loggedInByToken, type LoggedIn } from './logins.ts';
import { salesforceCli } from './sf.ts';

const deploy = ['deploy-apex', ...inputs, '--no-tests', '--json'] as const;

async function deployTo(target: readonly string[], { org, sf }: LoggedIn): Promise<CliRun> {
  const run = await cli([...deploy, ...target], { cwd: sf.folder, env: sf.env });
  const tokens = new RegExp(`${org.running.organizationId.slice(0, 15)}!`);
  expect(run.stdout + run.stderr, 'no access token in any output').not.toMatch(tokens);
  return run;
}

describe('opencx-sf uses a login of the Salesforce CLI', () => {
  test('by alias and by Username, and the CLI then sees what was deployed', async () => {
    const login = await loggedInByToken();
    const first = await deployTo(['--target-org', 'org'], login);
    expect(first.exitCode, first.stdout).toBe(0);
    expect(first.json().result).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    const second = await deployTo(['--target-org', login.org.running.username], login);
    expect(second.json().result.outcome).toBe('unchanged');
    const query = ['data', 'query', '-t', '-o', 'org', '-q', "SELECT Status FROM ApexTrigger WHERE Name LIKE 'Open%'"];
    expect((await login.sf.result(query)).records).toHaveLength(5);
  });

  test('a session that ends while it deploys is renewed by the CLI', async () => {
    const login = await loggedInByJwt();
    const { org } = login;
    await org.control('PATCH', '/settings', { deployPace: { queueMs: 6000, componentMs: 0 } });
    const running = deployTo(['--target-org', 'org'], login);
    const submitted = async (): Promise<boolean> =>
      (await org.requests()).some((one) => one.method === 'POST' && one.path.includes('/metadata/deployRequest'));
    await expect.poll(submitted, { timeout: 60_000, interval: 100 }).toBe(true);
    await org.control('POST', '/sessions/revoke', {});
    const run = await running;
    expect(run.exitCode, run.stdout).toBe(0);
    expect(run.json().result).toMatchObject({ outcome: 'succeeded', readBack: { ok: true } });
    expect((await org.requests()).filter((one) => one.status === 401).length).toBeGreaterThan(0);
  });

  test('a session that cannot be renewed ends it with exit 4 and says how to log in again', async () => {
    const login = await loggedInByToken();
    await login.org.control('POST', '/sessions/revoke', {});
    const run = await deployTo(['--target-org', 'org'], login);
    expect(run.exitCode).toBe(4);
    expect(run.json().error).toMatchObject({
      code: 'AUTH_FAILED',
      message: expect.stringContaining('Session expired or invalid'),
      nextSteps: [expect.stringContaining('sf org login web --alias org')],
    });
  });

  // jsforce words a refused renewal anew ("Unable to refresh session due to: …"), and what comes of it is ORG_REFUSED with
  // exit code 1. This story turns red as soon as AUTH_FAILED comes through: then it is an ordinary test.
  test('a session that ends for good while it deploys leaves the deploy id and how to resume', async () => {
    const login = await loggedInByToken();
    const { org } = login;
    await org.control('PATCH', '/settings', { deployPace: { queueMs: 6000, componentMs: 0 } });
    const running = deployTo(['--target-org', 'org'], login);
    const submitted = async (): Promise<boolean> =>
      (await org.requests()).some((one) => one.method === 'POST' && one.path.includes('/metadata/deployRequest'));
    await expect.poll(submitted, { timeout: 60_000, interval: 100 }).toBe(true);
    await org.control('POST', '/sessions/revoke', {});
    const run = await running;
    expect(run.exitCode, run.stdout).toBe(4);
    const { error } = run.json();
    expect(error?.code).toBe('AUTH_FAILED');
    expect(error?.nextSteps.join('\n')).toMatch(/--resume 0Af\w{15}/);
  });

  test('an alias that does not exist is named, with what the CLI says', async () => {
    const login = await loggedInByToken();
    const run = await deployTo(['--target-org', 'ogr'], login);
    expect(run.exitCode).toBe(4);
    expect(run.json().error).toMatchObject({ code: 'AUTH_MISSING', details: { sfErrorName: 'NamedOrgNotFoundError' } });
    expect(run.json().error?.message).toContain('No authorization information found for ogr');
  });

  test('without a target org nothing is guessed: one usage error', async () => {
    const sf = await salesforceCli();
    const run = await cli(deploy, { cwd: sf.folder, env: sf.env });
    expect(run.exitCode).toBe(2);
    expect(run.json().error).toMatchObject({ code: 'MISSING_INPUT', details: { missing: ['--target-org'] } });
  });
});
