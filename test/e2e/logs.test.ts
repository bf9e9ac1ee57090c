import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../src/commands/envelope-schema.ts';
import { logsResultSchema } from '../../src/commands/logs/result-schema.ts';
import { logsStage, OPENCX, type LogsStage } from '../diagnose/logs/logs-stage.ts';
import { cli, temporaryFolder } from './cli.ts';
import { API } from './story/org-user.ts';

/** An org whose user is traced for half an hour, and in which a reply was refused. */
async function refusedReply(): Promise<LogsStage & { replyId: string }> {
  const stage = await logsStage();
  expect((await stage.logs('--trace', '30')).exitCode).toBe(0);
  await stage.org.control('PATCH', 'mail/settings', { deliverability: 'system' });
  return { ...stage, replyId: await stage.reply() };
}

describe('opencx-sf logs', { timeout: 120_000 }, () => {
  test('shows the reply that was refused, with what it means and how it is mended', async () => {
    const { logs, replyId } = await refusedReply();
    const run = await logs();
    expect(run.exitCode, run.stderr).toBe(0);
    const [line, explained, ...more] = run.stdout.trimEnd().split('\n');
    expect(more).toEqual([]);
    expect(line).toMatch(
      /^\d\d:\d\d:\d\d OpenCxOutboundEmailSender {2}sendEmail failed: 02s\w{15} NO_MASS_MAIL_PERMISSION Single email/,
    );
    expect(line).toContain(replyId);
    expect(explained).toMatch(
      /^ {9}→ NO_MASS_MAIL_PERMISSION: Apex may send no mail here.*All email.*\/lightning\/setup\/OrgEmailSettings\/home$/,
    );
    expect(run.stderr).toMatch(
      /^Since \S+: 2 logs of opencx@example\.com; the Apex of OpenCX ran in 2: OpenCaseTrigger, OpenCxOutbound.*Sender, Open/m,
    );
    expect(run.stderr).toMatch(/is traced until .*: trace flag 7tf\w{15}, debug level OpenCX_Logs, was there/);
  });

  test('--json prints one document of the published shape', async () => {
    const { logs, replyId, org } = await refusedReply();
    const run = await logs('--json');
    expect(envelopeSchema(logsResultSchema).safeParse(run.json()).error?.issues ?? []).toEqual([]);
    const { entries, user, traceFlag, logs: counts } = run.json().result;
    expect(user).toEqual({ id: org.opencx.id, username: OPENCX });
    expect(traceFlag).toMatchObject({ origin: 'found', debugLevel: 'OpenCX_Logs' });
    expect(counts).toMatchObject({
      read: 2,
      withOurApex: 2,
      ourUnits: expect.arrayContaining(['OpenCaseTrigger', 'OpenCxOutboundEmailSender']),
    });
    expect(entries).toMatchObject([
      {
        logId: expect.stringMatching(/^07L\w{15}$/),
        unit: 'OpenCxOutboundEmailSender',
        event: 'USER_DEBUG',
        level: 'ERROR',
        line: expect.any(Number),
        text: expect.stringContaining(replyId),
        errors: [{ code: 'NO_MASS_MAIL_PERMISSION', setupUrl: expect.stringContaining('OrgEmailSettings/home') }],
      },
    ]);
    // The user is in Berlin, and logs tell the time there.
    expect(Math.abs(Date.parse(entries[0].time) - Date.now())).toBeLessThan(60_000);
  });

  test('--grep chooses lines, --all shows every event, --since goes back no further', async () => {
    const { logs } = await refusedReply();
    expect((await logs('--grep', 'no_mass.*mail')).stdout).toContain('NO_MASS_MAIL_PERMISSION');
    expect(await logs('--grep', 'STORAGE_LIMIT')).toMatchObject({ exitCode: 0, stdout: '' });
    const all = await logs('--all', '--grep', 'CODE_UNIT_STARTED');
    expect(all.stdout).toMatch(
      /^\S+ OpenCxOutboundEmailSender {2}CODE_UNIT_STARTED 01q\w+\|OpenCxOutboundEmailSender on EmailMessage/m,
    );
    const none = await logs('--since', '0s');
    expect(none).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('without a trace flag changes nothing, and says that nothing is being logged', async () => {
    const { logs, reply, flags, debugLevels } = await logsStage();
    await reply();
    const run = await logs('--json');
    expect(run.json()).toMatchObject({ status: 'ok', result: { entries: [], traceFlag: null, logs: { read: 0 } } });
    expect((await logs()).stderr).toContain('No trace flag is live, so nothing new is being logged');
    expect(await flags()).toEqual([]);
    expect(await debugLevels()).toEqual([]);
  });

  test('--trace sets one flag, extends it when asked for longer, and leaves a longer one as it is', async () => {
    const { logs, flags } = await logsStage();
    const first = await logs('--trace', '10', '--json');
    expect(first.json().result.traceFlag).toMatchObject({ origin: 'made', debugLevel: 'OpenCX_Logs' });
    const longer = await logs('--trace', '2h', '--json');
    const shorter = await logs('--trace', '5', '--json');
    const [flag, ...others] = await flags();
    expect(others).toEqual([]);
    expect(flag).toMatchObject({ Id: first.json().result.traceFlag.id, LogType: 'USER_DEBUG' });
    const minutes = (Date.parse(flag?.ExpirationDate ?? '') - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(118);
    expect(minutes).toBeLessThan(121);
    expect([longer, shorter].map((run) => run.json().result.traceFlag.origin)).toEqual(['extended', 'found']);
  });

  test("--trace extends somebody else's flag at its own level, and says when that level shows nothing", async () => {
    const { logs, flags, setFlag } = await logsStage();
    const id = await setFlag(5, { ApexCode: 'NONE' });
    const run = await logs('--trace', '30', '--json');
    expect(run.json().result.traceFlag).toMatchObject({ id, origin: 'extended', debugLevel: 'Theirs' });
    expect(run.json().warnings).toEqual([expect.stringContaining('logs no Apex')]);
    expect(await flags()).toHaveLength(1);
  });

  test('--user shows what ran as somebody else: webhook calls run as whoever saved the record', async () => {
    const { logs, org } = await logsStage();
    const rep = 'rita.rep@example.com';
    await logs('--user', rep, '--trace', '30');
    org.webhooks.answers.push(404);
    await org.rep.create('Case', { Subject: 'By phone', Origin: 'Phone' });
    await expect.poll(() => org.webhooks.calls).toMatchObject([{ status: 404 }]);
    await expect.poll(async () => (await logs('--user', rep)).stdout, { timeout: 30_000 }).not.toBe('');
    const run = await logs('--user', rep);
    expect(run.stdout).toMatch(/ webhook: attempt 1 at delivery \w{64} answered 404 Not Found/);
    expect(run.stdout).toContain('→ webhook refused: The webhook was reached and refuses the call.');
    expect((await logs()).stdout).toBe('');
  });

  test('what others wrote can neither move the cursor nor pass for a line, and shows no secret', async () => {
    const { logs, org } = await logsStage();
    const [admin] = await org.admin.query(`SELECT Username FROM User WHERE Id = '${org.admin.id}'`);
    const user = String(admin?.['Username']);
    await logs('--user', user, '--trace', '30');
    const apex = String.raw`System.debug('a\u001B[31mred\u202E https://hooks.example.com/s3cret?token=1 x\n14:00:00 Forged  line');`;
    await org.admin.call('GET', `${API}/tooling/executeAnonymous/?anonymousBody=${encodeURIComponent(apex)}`);
    const text = await logs('--user', user, '--all', '--grep', 'red');
    expect(text.stdout).toMatch(
      /execute_anonymous_apex {2}a\[31mred https:\/\/hooks\.example\.com\/… x\n {9}14:00:00 Forged {2}line\n$/,
    );
    const json = await logs('--user', user, '--all', '--grep', 'red', '--json');
    expect(json.json().result.entries[0].text).toBe('a[31mred https://hooks.example.com/… x\n14:00:00 Forged  line');
  });
});

describe('opencx-sf logs refuses', () => {
  const target = { SF_ORG_INSTANCE_URL: 'http://127.0.0.1:9', SF_ACCESS_TOKEN: '00D000000000001!AQ0AQExample.123' };
  test.for([
    [['--since', 'yesterday'], '--since takes a duration such as 90s, 10m, 1h or 2d, not "yesterday".'],
    [['--since', '-1h'], 'not "-1h"'],
    [['--grep', '(unclosed'], '--grep takes a regular expression of JavaScript'],
    [['--trace', '24h'], 'Salesforce allows less than 24 hours'],
    [['--trace', '0'], 'lives for a minute or more'],
    [['--tail', '--trace', '30'], '--tail keeps the user traced by itself'],
  ] as const)('%s', async ([args, message]) => {
    const cwd = await temporaryFolder();
    const run = await cli(['logs', '--user', OPENCX, ...args, '--json'], { cwd, env: target });
    expect(run.exitCode).toBe(2);
    expect(run.json().error).toMatchObject({ code: 'USAGE', message: expect.stringContaining(message) });
  });

  test('to guess whose logs, and which org, are meant', async () => {
    const run = await cli(['logs', '--json'], { cwd: await temporaryFolder() });
    expect(run.exitCode).toBe(2);
    expect(run.json().error).toMatchObject({
      code: 'MISSING_INPUT',
      message: 'Missing: --target-org, --user. Whose logs? No integration user is configured.',
      nextSteps: [expect.stringContaining('--target-org'), expect.stringContaining('blueprint.integrationUsername')],
    });
  });

  test('a user whom the org does not have', { timeout: 120_000 }, async () => {
    const { logs } = await logsStage();
    const run = await logs('--user', "nobody's@example.com", '--json');
    expect(run.exitCode).toBe(1);
    expect(run.json().error).toMatchObject({
      code: 'NOT_INSTALLED',
      message: expect.stringContaining("no user with the Username nobody's@example.com"),
    });
  });
});
