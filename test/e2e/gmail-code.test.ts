import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../src/commands/envelope-schema.ts';
import { gmailCodeResultSchema } from '../../src/commands/verify/gmail-code/result-schema.ts';
import { confirm, englishBody, mailbox, rawGmail, target } from '../diagnose/forwarding-code/confirmation-mails.ts';
import { startInPty } from '../pty/pty.ts';
import { cli, ended, startCli, temporaryFolder, type CliRun } from './cli.ts';
import { servedOrg } from './served-org.ts';

const day = 86_400_000;
const launcher = resolve(import.meta.dirname, '../../bin/opencx-sf.js');

/** A served org with Email-to-Case, the command against it, and a door for mail. */
async function orgWithMail() {
  let ahead = 0;
  const org = await servedOrg({ now: () => new Date(Date.now() + ahead) });
  const address = {
    emailAddress: 'support@example.com',
    caseOrigin: 'Email',
    casePriority: 'Medium',
    isVerified: true,
  };
  await org.control('POST', '/mail/routing-addresses', address);
  const cwd = await temporaryFolder();
  const options = { cwd, env: org.env };
  return {
    inTerminal: (...args: string[]) =>
      startInPty([process.execPath, launcher, 'verify', 'gmail-code', ...args], {
        cwd,
        env: { ...org.env, HOME: cwd },
        stdoutApart: true,
      }),
    run: (...args: string[]) => cli(['verify', 'gmail-code', ...args], options),
    start: (...args: string[]) => startCli(['verify', 'gmail-code', ...args], options),
    /** @param age of the mail, in milliseconds */
    receive: async (raw: string, age = 0) => {
      ahead = -age;
      const headers = { 'x-local-org-control': 'test', 'content-type': 'message/rfc822' };
      const response = await fetch(`${org.running.url}/_local/mail/receive`, { method: 'POST', headers, body: raw });
      ahead = 0;
      expect(await response.json()).toMatchObject({ outcome: 'created' });
    },
  };
}

/** Whatever a running command has said on stderr, once it has said this. */
async function said(child: ReturnType<typeof startCli>, text: string): Promise<void> {
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  for (let look = 0; look < 1000 && !stderr.includes(text); look += 1) await delay(50);
  expect(stderr).toContain(text);
}

function expectDocument(run: CliRun, exitCode: number): void {
  expect(run.exitCode, run.stdout + run.stderr).toBe(exitCode);
  expect(envelopeSchema(gmailCodeResultSchema).safeParse(run.json()).error?.issues ?? []).toEqual([]);
}

describe('verify gmail-code', () => {
  test('prints the code alone, and for the person whose it is and what to do', async () => {
    const org = await orgWithMail();
    await org.receive(rawGmail({ code: '111111111', messageId: 'first' }), 60_000);
    await org.receive(rawGmail({ code: '123456789', messageId: 'second' }));
    const run = await org.run();
    expect(run).toMatchObject({ exitCode: 0, stdout: '123456789\n' });
    expect(run.stderr).toMatch(/^The confirmation mail of Gmail came (?:just now|\d+ seconds ago):$/m);
    expect(run.stderr).toMatch(/^ {2}forwards mail of +support@acme\.test$/m);
    expect(run.stderr).toContain(target);
    expect(run.stderr).toContain(confirm);
    expect(run.stderr).not.toContain('/mail/uf-');
    expect(run.stderr).toContain('Settings → Forwarding and POP/IMAP');
    expect(run.stderr).toContain('Forward a copy of incoming mail to');
    expect((await org.run('--quiet')).stderr).toBe('');
  });

  test('prints the link alone where the mail has no code', async () => {
    const org = await orgWithMail();
    await org.receive(rawGmail({ body: englishBody() }));
    const run = await org.run();
    expect(run).toMatchObject({ exitCode: 0, stdout: `${confirm}\n` });
    expect(run.stderr).toContain('Open the link and choose Confirm');
  });

  test('gives programs all of it', async () => {
    const org = await orgWithMail();
    await org.receive(rawGmail({ code: '123456789' }));
    const run = await org.run('--json');
    expectDocument(run, 0);
    expect(run.stderr).toBe('');
    expect(run.json()).toMatchObject({
      status: 'ok',
      result: {
        code: '123456789',
        link: confirm,
        provider: 'gmail',
        messageId: expect.stringMatching(/^02s/),
        caseId: expect.stringMatching(/^500/),
        receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
        ageSeconds: expect.any(Number),
        mailbox,
        target,
      },
      warnings: [],
    });
  });

  test('says what to do where there is no such mail', async () => {
    const org = await orgWithMail();
    const run = await org.run();
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('FORWARDING_CODE_MISSING');
    expect(run.stderr).toContain('Re-send email');
    expect(run.stderr).toContain('opencx-sf verify email-in');
    const json = await org.run('--json');
    expectDocument(json, 1);
    expect(json.json()).toMatchObject({ status: 'error', result: null, error: { code: 'FORWARDING_CODE_MISSING' } });
  });

  test('warns of a code that is days old', async () => {
    const org = await orgWithMail();
    await org.receive(rawGmail({ code: '123456789' }), 3 * day);
    const run = await org.run('--copy');
    expect(run).toMatchObject({ exitCode: 0, stdout: '123456789\n' });
    expect(run.stderr).toContain('Warning This mail came 3 days ago.');
    expect(run.stderr).toContain('--copy put nothing onto the clipboard');
    expect((await org.run('--json')).json().warnings).toEqual([expect.stringContaining('3 days ago')]);
  });

  test('finds the mail of another provider where it is asked for any', async () => {
    const org = await orgWithMail();
    const raw = [
      'From: no-reply@hoster.test',
      'To: support@example.com',
      `Subject: Please confirm the forwarding of ${mailbox}`,
      'Message-ID: <one@hoster.test>',
      '',
      'Confirmation code: 4711-88',
      'https://hoster.test/confirm',
    ].join('\r\n');
    await org.receive(raw);
    expect((await org.run()).exitCode).toBe(1);
    const any = await org.run('--provider', 'any', '--json');
    expectDocument(any, 0);
    expect(any.json().result).toMatchObject({ provider: 'other', code: '4711-88', mailbox });
    expect(any.stdout).not.toContain('https://hoster.test');
  });

  test('refuses flags it cannot follow', async () => {
    const org = await orgWithMail();
    expect(await org.run('--wait', 'soon')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--wait takes a duration such as 90s'),
    });
    expect(await org.run('--wait', '2d')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('24h') });
    expect((await org.run('--provider', 'aol')).exitCode).toBe(2);
  });
});

describe('verify gmail-code --wait', () => {
  test('prints the code of the mail that comes meanwhile, not of the one before', async () => {
    const org = await orgWithMail();
    await org.receive(rawGmail({ code: '111111111', messageId: 'first' }), 300_000);
    const child = org.start('--wait', '1');
    const end = ended(child);
    await said(child, 'Waiting for a new confirmation mail of Gmail');
    await org.receive(rawGmail({ code: '222222222', messageId: 'second' }));
    const run = await end;
    expect(run).toMatchObject({ exitCode: 0, stdout: '222222222\n' });
    expect(run.stderr).toContain('The newest is older than this request: it came 5 minutes ago.');
  });

  test('shows in a terminal how long it waits, and puts the code onto the clipboard', async () => {
    const org = await orgWithMail();
    const session = await org.inTerminal('--wait', '1m', '--copy');
    await session.waitFor('1 minute left');
    await org.receive(rawGmail({ code: '123456789' }));
    const end = await session.ended();
    expect(end).toMatchObject({ exitCode: 0, stdout: '123456789\n', sane: true });
    expect(session.raw()).toContain(`\u001B]52;c;${Buffer.from('123456789').toString('base64')}\u0007`);
    expect(session.screen()).toContain('The confirmation mail of Gmail came');
    expect(session.screen()).not.toContain('Waiting');
  });

  test('ends with 69, and tells of the older one without printing it', async () => {
    const org = await orgWithMail();
    await org.receive(rawGmail({ code: '111111111' }), 3 * day);
    const run = await org.run('--wait', '1s');
    expect(run).toMatchObject({ exitCode: 69, stdout: '' });
    expect(run.stderr).toContain('An older one is there, which came 3 days ago.');
    expect(run.stderr).not.toContain('111111111');
    const json = await org.run('--wait', '1s', '--json');
    expectDocument(json, 69);
    expect(json.json()).toMatchObject({
      status: 'pending',
      result: null,
      error: { code: 'STILL_WAITING', details: { olderMessageId: expect.stringMatching(/^02s/) } },
    });
  });

  test('ends with 130 when the person leaves', async () => {
    const org = await orgWithMail();
    const child = org.start('--wait', '10m');
    const end = ended(child);
    await said(child, '10 minutes left');
    child.kill('SIGINT');
    const run = await end;
    expect(run).toMatchObject({ exitCode: 130, stdout: '' });
    expect(run.stderr).toContain('the mail comes to the org all the same');
  });
});
