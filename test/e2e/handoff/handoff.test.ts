import { resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import {
  verifyHandoffResultSchema,
  type VerifyHandoffResult,
} from '../../../src/commands/verify/handoff/result-schema.ts';
import { cli, ended, temporaryFolder, type CliRun } from '../cli.ts';
import { startInPty } from '../../pty/pty.ts';
import { setupStage } from '../setup/setup-org.ts';
import { handoffStage, integrationUser } from './handoff-stage.ts';

const handoff = ['verify', 'handoff', '--to', 'me@example.com'] as const;

function resultOf(run: CliRun): VerifyHandoffResult {
  expect(envelopeSchema(verifyHandoffResultSchema).safeParse(run.json()).error?.issues ?? []).toEqual([]);
  return run.json().result as VerifyHandoffResult;
}

describe('opencx-sf verify handoff', () => {
  test('makes a handoff, follows it to its end, tells a timeline, and leaves nothing behind', async () => {
    const { run, records, webhooks } = await handoffStage();
    const before = await records();
    const done = await run(...handoff);
    expect(done.exitCode, done.stderr + done.stdout).toBe(0);
    const duration = String.raw`\d+(?:\.\d)? m?s`;
    expect(done.stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(`^✓  Case made +${duration} +Case 00001001 \\(500\\w{15}\\), made as ${integrationUser}$`),
      expect.stringMatching(`^✓  Transcript on the Case +${duration} +\\d+ bytes in 2 comments, read back in order$`),
      expect.stringMatching(`^✓  Case not reported back to OpenCX +${duration} +no job of `),
      expect.stringMatching(
        `^✓  Reply written as EmailMessage +${duration} +EmailMessage 02s\\w{15} to me@example.com`,
      ),
      expect.stringMatching(
        `^✓  Mail accepted +${duration} +accepted for me@example.com, Reply-To support@example.com$`,
      ),
      expect.stringMatching(
        `^✓  Threading token in the mail +${duration} +thread::\\w+:: in subject, text body, HTML body$`,
      ),
      expect.stringMatching(`^✓  Answer lands on the same Case +${duration} +on Case 00001001, found by its token$`),
      expect.stringMatching(
        `^✓  Webhook called for the answer +${duration} +its job ran, and no further attempt waits$`,
      ),
      expect.stringMatching(`^✓  Agent's reply reported +${duration} +an EmailMessage by admin@\\S+ set off a job$`),
      expect.stringMatching(`^✓  New owner reported +${duration} +taken by admin@\\S+, which set off a job$`),
      expect.stringMatching(
        `^✓  Cleaned up +${duration} +deleted Case 500\\w{15}, 2 comments, 3 mails; looked again, nothing is left$`,
      ),
    ]);
    expect(webhooks.payloads().map(({ name }) => name)).toEqual(['customerEmail', 'agentEmail', 'ownerChanged']);
    expect(await records()).toEqual(before);
  });

  test('prints one JSON document of the published shape, and no secret', async () => {
    const { run, records } = await handoffStage();
    const before = await records();
    const done = await run(...handoff, '--json');
    expect(done.exitCode, done.stderr).toBe(0);
    const { stages, to, mark, ...rest } = resultOf(done);
    expect(stages.map(({ status }) => status)).toEqual(Array.from({ length: 11 }, () => 'done'));
    expect({ to, mark }).toEqual({ to: 'me@example.com', mark: expect.stringMatching(/^\[opencx-sf test \w{16}\]$/) });
    expect(rest.records.map(({ sobject, fate }) => `${sobject} ${fate}`)).toEqual([
      'EmailMessage deleted',
      'EmailMessage deleted',
      'EmailMessage deleted',
      'CaseComment deleted',
      'CaseComment deleted',
      'Case deleted',
    ]);
    expect(done.stdout).not.toMatch(/00D\w+!/);
    expect(await records()).toEqual(before);
  });

  test('--keep leaves all of it and names it', async () => {
    const { run, records, admin } = await handoffStage();
    const before = await records();
    const done = await run(...handoff, '--keep');
    expect(done.exitCode, done.stderr).toBe(0);
    expect(done.stdout).toMatch(/·  Cleaned up +\S+ m?s +kept, as --keep says: Case 500\w{15}, 2 comments, 3 mails\n/);
    const added = [...(await records()).keys()].filter((key) => !before.has(key));
    expect(added.length).toBeGreaterThanOrEqual(6);
    const named = added.filter((key) => !key.startsWith('EmailMessageRelation'));
    expect(named.filter((key) => !done.stdout.includes(key))).toEqual([]);
    const [row] = await admin.query('SELECT Subject, Case_From__c, Origin, Description FROM Case');
    expect(row).toMatchObject({
      Subject: expect.stringMatching(/^\[opencx-sf test \w{16}\] A customer asks for a person$/),
      Case_From__c: 'opencx',
      Origin: 'Email',
      Description: expect.stringContaining('as a test'),
    });
  });

  test('with the local org of a folder needs nothing to be said', async () => {
    const cwd = await temporaryFolder();
    const init = await cli(['init', '--target-org', 'local', '--yes', '--no-tests'], { cwd });
    expect(init.exitCode, init.stderr).toBe(0);
    const run = await cli([...handoff, '--target-org', 'local', '--json'], { cwd });
    const failed = resultOf(run).stages.filter(({ status }) => status === 'failed');
    // Its routing address waits for a person, and nobody listens at its example webhook.
    expect(failed.map(({ id, detail }) => `${id}: ${detail}`)).toEqual([
      'reply-threads: Email-to-Case did not take the answer: not-verified',
      expect.stringMatching(/^webhook-called: the webhook was called and did not take the event/),
    ]);
    expect(run.exitCode).toBe(1);
  });
});

test('asks a person before anything is written, and takes no for an answer', async () => {
  const { records, cwd, org, tap } = await handoffStage();
  const before = await records();
  const env = { ...org.env, SF_ORG_INSTANCE_URL: tap.url, HOME: cwd };
  const launcher = resolve(import.meta.dirname, '../../../bin/opencx-sf.js');
  const options = { cwd, env, columns: 100, rows: 40 };
  tap.requests.length = 0;
  const no = await startInPty([process.execPath, launcher, ...handoff], options);
  await no.waitFor(/Make a test Case in .* send a mail about it to me@example\.com/s);
  no.press('enter');
  expect(await no.ended()).toMatchObject({ exitCode: 130 });
  expect(no.everything()).toContain('Nothing was written.');
  expect(tap.writes()).toEqual([]);

  const yes = await startInPty([process.execPath, launcher, ...handoff], options);
  await yes.waitFor('Make a test Case in');
  yes.type('y\r');
  expect(await yes.ended()).toMatchObject({ exitCode: 0, sane: true });
  expect(yes.everything()).toMatch(/✓ {2}Cleaned up/);
  expect(await records()).toEqual(before);
});

describe('Ctrl-C', () => {
  test('while a job is waited for: what was made is deleted, and the process ends as interrupted', async () => {
    const { start, records, webhooks } = await handoffStage();
    const before = await records();
    let answer: (status: number) => void = () => undefined;
    webhooks.answers.push(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const child = start(...handoff);
    const end = ended(child);
    let told = '';
    child.stderr.on('data', (text: string) => (told += text));
    await expect.poll(() => webhooks.calls.length, { timeout: 30_000 }).toBe(1);
    await expect.poll(() => told).toContain('Webhook called for the answer');
    child.kill('SIGINT');
    const run = await end;
    expect(run.exitCode, run.stderr).toBe(130);
    expect(run.stderr).toContain('INTERRUPTED');
    expect(run.stderr).toContain('what was made is deleted');
    expect(run.stdout).toMatch(/\n· {2}Webhook called for the answer .* interrupted\n✓ {2}Cleaned up .*\n$/);
    answer(200);
    expect(await records()).toEqual(before);
  });

  test('while the Case is being made', async () => {
    const { start, records, org } = await handoffStage();
    const before = await records();
    await org.control('POST', '/faults', { match: { method: 'POST', path: '/composite$' }, kind: 'delay', ms: 1500 });
    const child = start(...handoff);
    const end = ended(child);
    child.stderr.on('data', (text: string) => {
      if (text.includes('Case made')) setTimeout(() => child.kill('SIGINT'), 300);
    });
    const run = await end;
    expect(run.exitCode, run.stderr).toBe(130);
    expect(run.stdout).toMatch(/^✓ {2}Case made .*\n✓ {2}Cleaned up .*deleted Case 500\w+; /);
    expect(await records()).toEqual(before);
  });
});

describe('input that is refused before anything is written', () => {
  test('a production org that is not named', async () => {
    const { run, tap, configure, org } = await setupStage({ kind: 'production' });
    await configure({ blueprint: { replyTo: 'support@example.com', integrationUsername: integrationUser } });
    const refused = await run(...handoff, '--yes', '--json');
    expect(refused.exitCode).toBe(2);
    expect(refused.json().error?.code).toBe('CONFIRMATION_REQUIRED');
    expect(tap.writes()).toEqual([]);
    const { organizationId } = (await org.control('GET', '/status')) as { organizationId: string };
    const named = await run(...handoff, '--yes', '--confirm-org', organizationId, '--json');
    // Nothing is set up in this one: the field is not there, and so the Case cannot be made.
    expect(named.json().error).toMatchObject({ code: 'HANDOFF_FAILED', message: expect.stringContaining('Case made') });
  });

  test.each([
    [['--channel', 'messaging'], 'cannot follow a handoff by Live Messaging'],
    [['--channel', 'fax'], '--channel takes email, not "fax"'],
    [['--wait', 'soon'], '--wait takes a duration'],
    [['--to', 'nobody'], '--to nobody is not an e-mail address'],
    [['--to', 'Support@example.com'], 'would come back as a Case'],
  ])('%s', async (flags, said) => {
    const { run, tap, configure } = await setupStage();
    await configure({ blueprint: { replyTo: 'support@example.com', integrationUsername: integrationUser } });
    const refused = await run('verify', 'handoff', ...flags, '--json');
    expect(refused.exitCode).toBe(2);
    expect(refused.json().error).toMatchObject({ code: 'USAGE', message: expect.stringContaining(said) });
    expect(tap.requests).toEqual([]);
  });

  test('a configuration that does not say who the integration user is', async () => {
    const { run, tap } = await setupStage();
    const refused = await run(...handoff, '--json');
    expect(refused.exitCode).toBe(2);
    expect(refused.json().error).toMatchObject({
      code: 'MISSING_INPUT',
      message: expect.stringContaining('--integration-user'),
    });
    expect(tap.requests).toEqual([]);
  });
});
