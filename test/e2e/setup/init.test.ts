import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { setupPlanSchema, setupResultSchema } from '../../../src/commands/setup/plan-schema.ts';
import { cli, temporaryFolder, type Envelope } from '../cli.ts';
import { setupInputs, setupStage } from './setup-org.ts';

const quick = ['--no-tests'] as const;

interface Ended {
  steps: { id: string; status: string; reason?: string }[];
  manual: { id: string; title: string; url?: string }[];
  handOver: { clientId?: string; loginUrl: string; file?: string };
}

function statuses({ result }: Envelope): Record<string, string> {
  return Object.fromEntries((result as Ended).steps.map(({ id, status }) => [id, status]));
}

describe('opencx-sf init --yes', () => {
  test('sets up the local org without a question, and finds nothing to do the second time', async () => {
    const cwd = await temporaryFolder();
    const first = await cli(['init', '--target-org', 'local', '--yes'], { cwd });
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toContain('✓ set up, and read back.');
    expect(first.stdout).toMatch(/Left for you:\n1\. /);
    expect(first.stdout).toMatch(
      /Checked: \d+ checks pass, \d+ do not yet\. opencx-sf verify --target-org local says why\./,
    );
    expect(first.stdout).toContain('✗ email-in.address-verified  support@example.com is not verified');
    const second = await cli(['init', '--target-org', 'local', '--yes', '--json'], { cwd });
    expect(second.exitCode).toBe(0);
    expect(new Set(Object.values(statuses(second.json())))).toEqual(new Set(['unchanged', 'off']));
    // Where nothing was changed there is nothing to check anew.
    expect(second.json().result.checks).toBeUndefined();
  });

  test('a second run writes nothing, counted on the wire, and reads in some ten requests', async () => {
    const { run, tap } = await setupStage();
    const first = await run('init', '--yes', ...setupInputs, ...quick);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(tap.writes().length).toBeGreaterThan(10);
    tap.requests.length = 0;
    const second = await run('init', '--yes', ...setupInputs);
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain('unchanged');
    expect(tap.writes()).toEqual([]);
    expect(tap.requests.length).toBeLessThanOrEqual(12);
  });

  test('goes on without the webhook URL, says what waits, and ends the rest once it is known', async () => {
    const { run } = await setupStage();
    const inputs = setupInputs.filter((one) => one !== '--webhook-url' && !one.startsWith('http'));
    const first = await run('init', '--yes', ...inputs, ...quick, '--json');
    expect(first.exitCode).toBe(68);
    expect(first.json()).toMatchObject({
      status: 'partial',
      error: { code: 'SETUP_INCOMPLETE', details: { failed: [], blocked: ['webhook'] } },
    });
    expect(statuses(first.json())).toMatchObject({ app: 'done', webhook: 'blocked', apex: 'skipped' });
    expect((first.json().result as Ended).manual.map(({ id }) => id)).toContain('connect-opencx');

    const second = await run('apply', ...setupInputs, ...quick, '--json');
    expect(second.exitCode, second.stderr).toBe(0);
    expect(statuses(second.json())).toMatchObject({ app: 'unchanged', webhook: 'done', apex: 'done' });
    // From now on the org itself knows the URL.
    const third = await run('plan', ...inputs, '--json');
    expect(JSON.stringify(third.json())).not.toContain('127.0.0.1:9');
    expect((third.json().result as { steps: { status: string }[] }).steps.map(({ status }) => status)).not.toContain(
      'change',
    );
  });

  test('hands consumer key and secret over in a private file, and nowhere else', async () => {
    const { run, cwd, org } = await setupStage();
    const done = await run('init', '--yes', ...setupInputs, ...quick, '--hand-over', 'for-opencx.txt', '--json');
    expect(done.exitCode, done.stderr).toBe(0);
    const file = join(cwd, 'for-opencx.txt');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    const [, key = ''] = /^Client ID: +(\S+)$/m.exec(text) ?? [];
    const [, secret = ''] = /^Client Secret: +(\S+)$/m.exec(text) ?? [];
    expect((done.json().result as Ended).handOver).toMatchObject({ clientId: key, file });
    expect(done.stdout + done.stderr).not.toContain(secret);

    const answer = await fetch(`${org.running.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: key, client_secret: secret }),
    });
    // The app has no client credentials flow; that the org gets so far shows that key and secret are right.
    expect(await answer.json()).toMatchObject({ error: expect.not.stringMatching(/invalid_client/) });
    const settings = await fetch(
      `${org.running.url}/services/data/v66.0/tooling/query?q=${encodeURIComponent('SELECT Metadata FROM ExternalClientAppSettings')}`,
      { headers: { authorization: `Bearer ${org.env['SF_ACCESS_TOKEN']}` } },
    );
    expect(JSON.stringify(await settings.json())).toContain('"enableClientSecretInRestApiAccess":false');
  });

  test('leaves Email-to-Case off until somebody says that it may stay on for good', async () => {
    const { run } = await setupStage();
    const careful = setupInputs.filter((one) => one !== '--accept-permanent' && one !== 'email-to-case');
    const done = await run('init', '--yes', ...careful, ...quick, '--json');
    expect(statuses(done.json())).toMatchObject({ 'email-to-case': 'blocked', apex: 'done' });
    expect(done.json().error?.message).toContain('--accept-permanent');
  });

  test('names everything that is missing at once, and asks nobody where nobody is', async () => {
    const cwd = await temporaryFolder();
    const asked = await cli(['init', '--target-org', 'local'], { cwd });
    expect(asked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') });
    const missing = await cli(['init', '--yes', '--json'], { cwd, env: { CI: 'true' } });
    expect(missing.exitCode).toBe(2);
    expect(missing.json().error).toMatchObject({
      code: 'MISSING_INPUT',
      details: { missing: ['--target-org', '--reply-to', '--integration-user'] },
    });
  });

  test('a step that fails stops only those that need it', async () => {
    const { run, org } = await setupStage();
    await org.control('POST', '/faults', {
      kind: 'status',
      status: 400,
      body: '[{"errorCode":"LICENSE_LIMIT_EXCEEDED","message":"no licenses left"}]',
      match: { method: 'POST', path: '/sobjects/User$' },
    });
    const done = await run('init', '--yes', ...setupInputs, ...quick, '--json');
    expect(done.exitCode).toBe(68);
    expect(statuses(done.json())).toMatchObject({
      fields: 'done',
      'integration-user': 'failed',
      access: 'skipped',
      app: 'done',
      'email-to-case': 'done',
      apex: 'done',
    });
    expect(done.json().error?.message).toContain('LICENSE_LIMIT_EXCEEDED: no licenses left');
    await org.control('DELETE', '/faults');
    const again = await run('init', '--yes', ...setupInputs, ...quick, '--json');
    expect(again.exitCode, again.stderr).toBe(0);
    expect(statuses(again.json())).toMatchObject({ 'integration-user': 'done', access: 'done', apex: 'unchanged' });
  });
});

describe('opencx-sf plan and apply', () => {
  test('one JSON document of the published shape, which apply takes; another plan is refused', async () => {
    const { run, cwd } = await setupStage();
    const { writeFile } = await import('node:fs/promises');
    const planned = await run('plan', ...setupInputs, '--json');
    expect(planned.exitCode, planned.stderr).toBe(0);
    expect(envelopeSchema(setupPlanSchema).safeParse(planned.json()).error?.issues ?? []).toEqual([]);
    await writeFile(join(cwd, 'plan.json'), planned.stdout);

    const other = await run('apply', ...setupInputs, '--reply-to', 'help@example.com', '--plan', 'plan.json', '--json');
    expect(other.json().error).toMatchObject({ code: 'PLAN_STALE', message: expect.stringContaining('email-to-case') });

    const applied = await run('apply', ...setupInputs, ...quick, '--plan', 'plan.json', '--json');
    expect(applied.exitCode, applied.stderr).toBe(0);
    expect(envelopeSchema(setupResultSchema).safeParse(applied.json()).error?.issues ?? []).toEqual([]);
    const stale = await run('apply', ...setupInputs, '--plan', 'plan.json', '--json');
    expect(stale).toMatchObject({ exitCode: 1 });
    expect(stale.json().error?.code).toBe('PLAN_STALE');
  });

  test('plan and --dry-run write nothing', async () => {
    const { run, tap } = await setupStage();
    const planned = await run('plan', ...setupInputs);
    expect(planned.stdout).toMatch(/\d+ changes in \d steps\..* \d+ requests to the org, nothing was written\./);
    expect((await run('init', '--dry-run', ...setupInputs)).exitCode).toBe(0);
    expect((await run('apply', '--dry-run', ...setupInputs)).exitCode).toBe(0);
    expect(tap.writes()).toEqual([]);
  });

  test('in production nothing is written unless the org is named', async () => {
    const { run, tap, org } = await setupStage({ kind: 'production' });
    const refused = await run('apply', ...setupInputs, '--yes', '--json');
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.json().error?.code).toBe('CONFIRMATION_REQUIRED');
    expect(tap.writes()).toEqual([]);
    const { organizationId } = (await org.control('GET', '/status')) as { organizationId: string };
    const done = await run('apply', ...setupInputs, '--yes', '--confirm-org', organizationId, '--json');
    expect(done.exitCode, done.stderr).toBe(0);
  });
});
