import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, onTestFinished, test } from 'vitest';
import type { z } from 'zod';

import { envelopeSchema } from '../../src/commands/envelope-schema.ts';
import {
  orgMailListResultSchema,
  orgMailReceiveResultSchema,
  orgMailShowResultSchema,
} from '../../src/commands/org/mail/result-schema.ts';
import { cli, ended, startCli, temporaryFolder, type CliRun } from './cli.ts';

const raw = [
  'From: Jane Doe <jane@customer.test>',
  'To: support@example.com',
  'Subject: My printer burns',
  'Message-ID: <one@customer.test>',
  '',
  'Please help.',
  '',
].join('\r\n');

interface StartedOrg {
  readonly cwd: string;
  readonly url: string;
  readonly accessToken: string;
  control(method: string, path: string, body: object): Promise<unknown>;
}

/** The real binary, serving a local org for a folder of its own until the story ends. */
async function startedOrg(): Promise<StartedOrg> {
  const cwd = await temporaryFolder();
  const child = startCli(['org', 'start'], { cwd });
  const end = ended(child);
  onTestFinished(async () => {
    child.kill('SIGINT');
    await end;
  });
  const file = join(cwd, '.opencx-sf', 'local-org', 'running.json');
  for (let look = 0; look < 1000; look += 1) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '') {
      const running = JSON.parse(text) as { url: string; accessToken: string };
      const control: StartedOrg['control'] = async (method, path, body) => {
        const headers = { 'x-local-org-control': 'test', 'content-type': 'application/json' };
        const response = await fetch(`${running.url}/_local/${path}`, { method, headers, body: JSON.stringify(body) });
        expect(response.ok, await response.clone().text()).toBe(true);
        return await response.json();
      };
      return { cwd, ...running, control };
    }
    await delay(50);
  }
  throw new Error(`the org did not start: ${(await end).stderr}`);
}

async function routingAddress(org: StartedOrg, isVerified: boolean): Promise<void> {
  const address = { emailAddress: 'support@example.com', caseOrigin: 'Email', casePriority: 'Medium', isVerified };
  await org.control('POST', 'mail/routing-addresses', address);
}

function expectDocument(run: CliRun, schema: z.ZodType, exitCode: number): void {
  expect(run.exitCode, run.stdout + run.stderr).toBe(exitCode);
  expect(envelopeSchema(schema).safeParse(run.json()).error?.issues ?? []).toEqual([]);
}

/** Sends a mail by Apex, as a developer tries it out. */
async function sendByApex({ url, accessToken }: StartedOrg): Promise<void> {
  const apex = [
    'Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();',
    "mail.setToAddresses(new List<String>{ 'jane@customer.test' });",
    "mail.setSubject('Re: My printer burns');",
    "mail.setPlainTextBody('Pour water on it.');",
    "mail.setReplyTo('support@example.com');",
    'Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{ mail });',
  ].join('\n');
  const path = `/services/data/v68.0/tooling/executeAnonymous/?anonymousBody=${encodeURIComponent(apex)}`;
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${accessToken}` } });
  expect(await response.json()).toMatchObject({ compiled: true, success: true });
}

describe('org mail receive', () => {
  test('makes a case of a mail from a file, and puts the reply from stdin on it', async () => {
    const org = await startedOrg();
    await routingAddress(org, true);
    await writeFile(join(org.cwd, 'mail.eml'), raw);
    const first = await cli(['org', 'mail', 'receive', 'mail.eml', '--json'], { cwd: org.cwd });
    expectDocument(first, orgMailReceiveResultSchema, 0);
    expect(first.json().result).toMatchObject({ outcome: 'created', caseNumber: '00001001' });

    const reply = raw.replace('<one@', '<two@').replace('\r\n\r\n', '\r\nIn-Reply-To: <one@customer.test>\r\n\r\n');
    const second = await cli(['org', 'mail', 'receive', '-'], { cwd: org.cwd, stdin: reply });
    expect(second.exitCode, second.stderr).toBe(0);
    expect(second.stdout).toContain('00001001');
    expect(second.stdout).toContain('header');
  });

  test('says why a mail was dropped, and what can be done', async () => {
    const org = await startedOrg();
    await routingAddress(org, false);
    const json = await cli(['org', 'mail', 'receive', '--json'], { cwd: org.cwd, stdin: raw });
    expectDocument(json, orgMailReceiveResultSchema, 1);
    expect(json.json()).toMatchObject({
      status: 'error',
      result: { outcome: 'ignored', reason: 'not-verified' },
      error: { code: 'MAIL_NOT_TAKEN' },
    });
    const text = await cli(['org', 'mail', 'receive'], { cwd: org.cwd, stdin: raw });
    expect(text.exitCode).toBe(1);
    expect(text.stdout).toBe('');
    expect(text.stderr).toContain('not-verified');
    expect(text.stderr).toContain('routing-addresses');
  });

  test('refuses a file that is not there and a mail that is none', async () => {
    const org = await startedOrg();
    const missing = await cli(['org', 'mail', 'receive', 'nowhere.eml', '--json'], { cwd: org.cwd });
    expectDocument(missing, orgMailReceiveResultSchema, 2);
    const empty = await cli(['org', 'mail', 'receive', '--json'], { cwd: org.cwd, stdin: '' });
    expectDocument(empty, orgMailReceiveResultSchema, 1);
    expect(empty.json().error?.code).toBe('ORG_REFUSED');
  });
});

describe('org mail list and show', () => {
  test('tell programs what Apex sent', async () => {
    const org = await startedOrg();
    await sendByApex(org);
    const list = await cli(['org', 'mail', 'list', '--json'], { cwd: org.cwd });
    expectDocument(list, orgMailListResultSchema, 0);
    expect(list.json().result.mail).toMatchObject([{ id: '1', status: 'sent', to: ['jane@customer.test'] }]);
    const shown = await cli(['org', 'mail', 'show', '1', '--eml', '--json'], { cwd: org.cwd });
    expectDocument(shown, orgMailShowResultSchema, 0);
    expect(shown.json().result).toMatchObject({ replyTo: 'support@example.com', text: 'Pour water on it.' });
    expect(shown.json().result.eml).toContain('\r\n\r\nPour water on it.');
  });

  test('tell people what Apex sent', async () => {
    const org = await startedOrg();
    await sendByApex(org);
    const table = await cli(['org', 'mail', 'list'], { cwd: org.cwd });
    expect(table.stdout).toMatch(/^1 .*sent .*jane@customer\.test +Re: My printer burns$/m);
    const text = await cli(['org', 'mail', 'show', '1'], { cwd: org.cwd });
    expect(text.stdout).toMatch(/^Reply-To: +support@example\.com$/m);
    expect(text.stdout).toContain('Pour water on it.');
    const eml = await cli(['org', 'mail', 'show', '1', '--eml'], { cwd: org.cwd });
    expect(eml.stdout).toContain('\nSubject: Re: My printer burns\n');
    expect(eml.stdout).toContain('\n\nPour water on it.');
  });

  test('know no mail that was never sent', async () => {
    const org = await startedOrg();
    const none = await cli(['org', 'mail', 'list'], { cwd: org.cwd });
    expect(none.stdout).toBe('The local org has sent no mail.\n');
    const run = await cli(['org', 'mail', 'show', '7', '--json'], { cwd: org.cwd });
    expectDocument(run, orgMailShowResultSchema, 1);
    expect(run.json().error).toMatchObject({ code: 'ORG_REFUSED', message: 'There is no mail 7.' });
  });
});

test('org mail needs a local org that runs', async () => {
  const cwd = await temporaryFolder();
  const run = await cli(['org', 'mail', 'list', '--json'], { cwd });
  expectDocument(run, orgMailListResultSchema, 1);
  expect(run.json().error?.code).toBe('LOCAL_ORG_UNAVAILABLE');
  expect((await cli(['org', 'mail', 'show'], { cwd })).exitCode).toBe(2);
});
