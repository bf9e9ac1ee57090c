import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { verifyListSchema, verifyResultSchema, type VerifyResult } from '../../../src/commands/verify/result-schema.ts';
import { checks } from '../../../src/diagnose/registry.ts';
import { supportBundleSchema } from '../../../src/diagnose/reports/support-bundle-schema.ts';
import { buildHealthyOrg, copyOf, type HealthyOrg } from '../../diagnose/checks/healthy-org.ts';
import { bodyOf, connectionOf, controlOf, deployApex, type Control } from '../../diagnose/checks/plant.ts';
import { cli, ended, startCli, temporaryFolder, type CliRun } from '../cli.ts';
import type { RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { wireTap, type WireTap } from '../wire-tap.ts';

let healthy: HealthyOrg;
beforeAll(async () => {
  healthy = await buildHealthyOrg();
}, 90_000);
afterAll(async () => {
  await healthy.close();
});

interface Desk {
  org: RunningOrg;
  control: Control;
  tap: WireTap;
  cwd: string;
  env: Record<string, string>;
  run: (...args: string[]) => Promise<CliRun>;
}

async function desk(): Promise<Desk> {
  const org = await copyOf(healthy);
  onTestFinished(() => org.close());
  const tap = await wireTap(org.url);
  const cwd = await temporaryFolder();
  await copyFile(join(healthy.folder, 'opencx-sf.config.json'), join(cwd, 'opencx-sf.config.json'));
  const env = { SF_ORG_INSTANCE_URL: tap.url, SF_ACCESS_TOKEN: org.issueAccessToken() };
  return { org, control: controlOf(org.url), tap, cwd, env, run: (...args) => cli(args, { cwd, env }) };
}

async function switchOffSender({ org }: Desk): Promise<void> {
  const name = 'OpenCxOutboundEmailSender';
  await deployApex(org, 'ApexTrigger', name, await bodyOf(org, 'ApexTrigger', name), { status: 'Inactive' });
}

describe('opencx-sf verify', () => {
  test('of a healthy org: one line a group, exit 0, at most 12 requests, nothing written', async () => {
    const { run, tap } = await desk();
    const done = await run('verify', '--debug');
    expect(done.exitCode, done.stdout + done.stderr).toBe(0);
    expect(done.stdout).toMatch(/^✓ Org and people {2}10 passed$/m);
    expect(done.stdout).toMatch(/^✓ \d+ passed, \d+ skipped\.$/m);
    expect(done.stderr).toMatch(/^\d+ requests to the org, \d+ ms$/m);
    expect(tap.requests.length).toBeLessThanOrEqual(12);
    expect(tap.writes()).toEqual([]);
  });

  test('names what does not hold with evidence and the one command that mends it, the cause last', async () => {
    const d = await desk();
    await switchOffSender(d);
    const done = await d
      .run('verify', '--target-org', 'prod-alias-is-not-used-with-a-token', '--no-input')
      .catch(() => undefined);
    expect(done?.exitCode).not.toBe(0);
    const found = await d.run('verify');
    expect(found.exitCode).toBe(1);
    expect(found.stdout).toContain('✗ Apex  1 failed');
    expect(found.stdout).toContain('  ✗ apex.outbound-sender  OpenCxOutboundEmailSender is Inactive.');
    expect(found.stdout).toContain('→ Let opencx-sf mend it: opencx-sf verify apex.outbound-sender --fix');
    expect(found.stdout.trimEnd().split('\n').at(-1)).toMatch(/^✗ 1 failed, .*Begin with apex\.outbound-sender\.$/);
    expect(found.stderr).not.toContain('Error');
  });

  test('--json fits its schema, when all holds and when not, with an error code', async () => {
    const d = await desk();
    const schema = envelopeSchema(verifyResultSchema);
    const good = await d.run('verify', '--json');
    expect(schema.safeParse(good.json()).error?.issues ?? []).toEqual([]);
    expect(good.json()).toMatchObject({ status: 'ok', result: { causes: [] } });
    expect((good.json().result as VerifyResult).findings.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    await switchOffSender(d);
    const bad = await d.run('verify', '--json');
    expect(bad.exitCode).toBe(1);
    expect(schema.safeParse(bad.json()).error?.issues ?? []).toEqual([]);
    expect(bad.json()).toMatchObject({
      status: 'error',
      error: { code: 'CHECKS_FAILED', details: { causes: ['apex.outbound-sender'] } },
    });
  });

  test('takes ids and groups, leaves out what it is told to, and looks at what they require', async () => {
    const { run } = await desk();
    const ids = async (...args: string[]) =>
      ((await run('verify', ...args, '--json')).json().result as VerifyResult).findings.map(({ id }) => id);
    expect(await ids('email-in.address-verified')).toEqual([
      'org.permissions',
      'email-in.enabled',
      'email-in.routing-address',
      'email-in.address-verified',
    ]);
    const fields = await ids('fields', '--skip', 'fields.in-use');
    expect(fields).toContain('fields.visible-to-reps');
    expect(fields).not.toContain('fields.in-use');
    expect(await ids('--only', 'org.clock', '--only', 'org.identity')).toEqual(['org.identity', 'org.clock']);
  });

  test.each([
    [['apex.outbund-sender'], /Did you mean apex\.outbound-sender\?/],
    [['apx'], /Did you mean app or apex\?/],
    [['--symptom', 'bananas'], /fits no symptom/],
    [['--symptom', 'no case', 'apex'], /--symptom chooses the checks itself/],
    [['--watch', '--interval', '1s'], /--interval takes 5s or more/],
    [['--watch', '--interval', 'soon'], /--interval takes a duration/],
  ])('refuses %j with what to do', async (args, says) => {
    const { run } = await desk();
    const refused = await run('verify', ...args);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(says) });
  });

  test('says which org is missing, and that one cannot be reached, with their own exit codes', async () => {
    const cwd = await temporaryFolder();
    expect(await cli(['verify'], { cwd })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--target-org'),
    });
    const env = { SF_ORG_INSTANCE_URL: 'http://127.0.0.1:9', SF_ACCESS_TOKEN: '00D000000000001!x' };
    expect(await cli(['verify'], { cwd, env })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('NETWORK'),
    });
  });

  test('--strict makes a warning a failure', async () => {
    const { run, org } = await desk();
    await connectionOf(org)
      .sobject('OrgWideEmailAddress')
      .find({ Address: 'noreply@example.com' })
      .update({ Purpose: 'UserSelection' } as never);
    expect((await run('verify')).exitCode).toBe(0);
    expect((await run('verify', '--strict')).exitCode).toBe(1);
  });

  test('--list tells every check and why it matters, and asks no org', async () => {
    const cwd = await temporaryFolder();
    const listed = await cli(['verify', '--list', '--json'], { cwd });
    expect(envelopeSchema(verifyListSchema).safeParse(listed.json()).error?.issues ?? []).toEqual([]);
    expect(listed.json().result.checks).toHaveLength(checks.length);
    expect((await cli(['verify', '--list', 'webhook'], { cwd })).stdout).toContain(
      'webhook.endpoint  The Named Credential',
    );
  });

  test.each(['sandbox', 'production'])('--fix in a %s changes nothing without a person or --yes', async (kind) => {
    const d = await desk();
    await switchOffSender(d);
    await d.control('PATCH', 'settings', { kind });
    const before = await bodyOf(d.org, 'ApexTrigger', 'OpenCxOutboundEmailSender');
    d.tap.requests.length = 0;
    const refused = await d.run('verify', '--fix');
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CONFIRMATION_REQUIRED') });
    expect(d.tap.writes()).toEqual([]);
    expect(await bodyOf(d.org, 'ApexTrigger', 'OpenCxOutboundEmailSender')).toBe(before);
  });

  test('--fix says what it did and runs the affected checks again, in --json too', async () => {
    const d = await desk();
    await switchOffSender(d);
    const fixed = await d.run('verify', '--fix', '--yes', '--no-tests', '--json');
    expect(fixed.exitCode, fixed.stderr).toBe(0);
    expect(envelopeSchema(verifyResultSchema).safeParse(fixed.json()).error?.issues ?? []).toEqual([]);
    expect(fixed.json().result).toMatchObject({ causes: [], fixed: [{ step: 'apex', status: 'done' }] });
    const nothing = await d.run('verify', '--fix', '--yes', '--json');
    expect(nothing.json().result.fixed).toEqual([]);
  });
});

test('Ctrl-C ends a look at an org that hangs at once', async () => {
  const d = await desk();
  await d.control('POST', 'faults', { kind: 'delay', ms: 60_000, match: { path: 'composite/batch' } });
  const child = startCli(['verify'], d);
  const end = ended(child);
  await expect
    .poll(() => d.tap.requests.some(({ path }) => path.includes('composite/batch')), { timeout: 20_000 })
    .toBe(true);
  const start = Date.now();
  child.kill('SIGINT');
  expect(await end).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('INTERRUPTED') });
  expect(Date.now() - start).toBeLessThan(10_000);
}, 60_000);

describe('reports of verify', () => {
  const planted = ['00D000000000001!AQEAQPlantedToken', 'hook-secret-part-4711', 'jane@customer.test'];
  const webhookUrl = 'https://api.open.cx/hook-secret-part-4711/x';

  test('are written whole, and hold no secret and nothing of customers', async () => {
    const d = await desk();
    await switchOffSender(d);
    await d.control('POST', 'logs', {
      username: 'integration@example.com',
      body: `66.0 APEX_CODE,DEBUG\n10:00:00.0 (1)|USER_DEBUG|[9]|ERROR|OpenCxOutboundEmailSender sendEmail failed: ${planted[0]} ${webhookUrl} ${planted[2]}`,
      startTime: new Date().toISOString(),
    });
    const config = JSON.parse(await readFile(join(d.cwd, 'opencx-sf.config.json'), 'utf8')) as { blueprint: object };
    await writeFile(
      join(d.cwd, 'opencx-sf.config.json'),
      JSON.stringify({ ...config, blueprint: { ...config.blueprint, webhookUrl } }),
    );
    const files = [
      '--junit',
      'out/j.xml',
      '--sarif',
      'out/s.sarif',
      '--markdown',
      'out/m.md',
      '--report',
      'out/r.json',
    ];
    const done = await d.run(
      'verify',
      ...files,
      '--session-id',
      'sess-1',
      '--description',
      `mail to ${planted[2] ?? ''} lost ${planted[0] ?? ''}`,
    );
    expect(done.exitCode).toBe(1);
    expect((await readdir(join(d.cwd, 'out'))).sort()).toEqual(['j.xml', 'm.md', 'r.json', 's.sarif']);
    const texts = await Promise.all(
      ['j.xml', 'm.md', 'r.json', 's.sarif'].map((file) => readFile(join(d.cwd, 'out', file), 'utf8')),
    );
    const [junit = '', markdown = '', report = '', sarif = ''] = texts;
    expect(junit).toContain('<testcase name="apex.outbound-sender" classname="opencx-sf.apex"');
    expect(markdown).toContain('`apex.outbound-sender`');
    expect((JSON.parse(sarif) as { version: string }).version).toBe('2.1.0');
    const bundle = JSON.parse(report) as unknown;
    expect(supportBundleSchema.safeParse(bundle).error?.issues ?? []).toEqual([]);
    expect(bundle).toMatchObject({
      session: { sessionId: 'sess-1' },
      summary: { verdict: 'fail', causes: expect.arrayContaining(['apex.outbound-sender']) },
      components: expect.arrayContaining([
        expect.objectContaining({
          fullName: 'OpenCxOutboundEmailSender',
          state: expect.objectContaining({ status: 'Inactive' }),
        }),
      ]),
    });
    expect((await stat(join(d.cwd, 'out', 'r.json'))).mode & 0o777).toBe(0o600);
    for (const secret of [...planted, d.env['SF_ACCESS_TOKEN'] ?? '']) expect(report, secret).not.toContain(secret);
    for (const text of texts) expect(text).not.toContain(planted[0]);
  });

  test('a folder that cannot be written is one clear error', async () => {
    const { run } = await desk();
    const refused = await run('verify', 'org.identity', '--report', 'opencx-sf.config.json/r.json');
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('OUTPUT_REFUSED') });
  });
});

describe('opencx-sf verify --watch', () => {
  test('says one line a change, tells the incident hook, and ends well by Ctrl-C', async () => {
    const d = await desk();
    const { createServer } = await import('node:http');
    const posts: string[] = [];
    const hook = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        posts.push(text);
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((listening) => {
      hook.listen(0, '127.0.0.1', listening);
    });
    onTestFinished(() => {
      hook.closeAllConnections();
      hook.close();
    });
    const { port } = hook.address() as { port: number };
    const child = startCli(
      ['verify', 'apex', '--watch', '--interval', '5s', '--webhook', `http://127.0.0.1:${port}/x`, '--json'],
      d,
    );
    let out = '';
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    const end = ended(child);
    let notes = '';
    child.stderr.on('data', (text: string) => (notes += text));
    const until = async (what: () => boolean) => {
      const deadline = Date.now() + 20_000;
      while (!what() && Date.now() < deadline) await new Promise((done) => setTimeout(done, 100));
      expect(what(), out).toBe(true);
    };
    // The first run of a healthy org has nothing to tell; the file's change rings sooner than the interval.
    await until(() => notes.includes('Looking again every'));
    await switchOffSender(d);
    await until(() => posts.length > 0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { result: Record<string, unknown> });
    expect(lines[0]?.result).toMatchObject({ id: 'apex.outbound-sender', before: 'pass', status: 'fail' });
    expect(JSON.parse(posts[0] ?? '{}')).toMatchObject({ text: expect.stringContaining('fail apex.outbound-sender') });
    child.kill('SIGINT');
    expect((await end).exitCode).toBe(0);
  }, 60_000);
});
