import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { replyMail } from '../../../src/diagnose/handoff/mail/reply-mail.ts';
import type { SentMail } from '../../../src/diagnose/handoff/mail/mail-ports.ts';
import { cli, ended, startCli } from '../cli.ts';
import { handoffStage, integrationUser, type HandoffStage } from './handoff-stage.ts';

/** What stands before a local org and lets nothing through but what Salesforce has, too. */
async function plainOrg(target: string): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/_local') === true) {
      outgoing.writeHead(404, { 'content-type': 'text/html' }).end('<html>URL No Longer Exists</html>');
      return;
    }
    const headers = { ...incoming.headers, host: new URL(target).host };
    const forwarded = send(`${target}${incoming.url ?? ''}`, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Variables that log in to the org as somebody, past its control API. */
async function loginAs({ org }: HandoffStage, username?: string): Promise<Record<string, string>> {
  const { accessToken } = (await org.control('POST', '/sessions', username === undefined ? {} : { username })) as {
    accessToken: string;
  };
  return { SF_ORG_INSTANCE_URL: await plainOrg(org.running.url), SF_ACCESS_TOKEN: accessToken };
}

async function answerTheMail({ org }: HandoffStage): Promise<void> {
  const { mail } = (await org.control('GET', '/mail')) as { mail: { id: string; subject: string }[] };
  const last = mail.findLast(({ subject }) => subject.includes('opencx-sf test'));
  const sent = (await org.control('GET', `/mail/${last?.id ?? ''}`)) as SentMail;
  const reply = { from: 'me@example.com', messageId: '<a@example.com>', date: new Date(), text: 'Thanks.' };
  const headers = { 'x-local-org-control': 'test', 'content-type': 'message/rfc822' };
  const url = `${org.running.url}/_local/mail/receive`;
  expect((await fetch(url, { method: 'POST', headers, body: replyMail(sent, reply) })).ok).toBe(true);
}

const handoff = ['verify', 'handoff', '--to', 'me@example.com'];

test('an administrator is told plainly what this session cannot try, and how it is tried; that is no failure', async () => {
  const stage = await handoffStage();
  const before = await stage.records();
  const run = await cli(handoff, { cwd: stage.cwd, env: await loginAs(stage) });
  expect(run.exitCode, run.stderr).toBe(0);
  expect(run.stdout).toMatch(
    /^· {2}Reply written as EmailMessage .* this session is admin@\S+; only mail that integration/m,
  );
  expect(run.stdout).toContain(`→ Run it once more, logged in as ${integrationUser}`);
  expect(run.stdout).toMatch(/^✓ {2}New owner reported/m);
  expect(run.stdout).not.toMatch(/^✗/m);
  expect(await stage.records()).toEqual(before);
});

test('a person is asked to answer, and the answer is seen to land on the Case', async () => {
  const stage = await handoffStage();
  const before = await stage.records();
  const env = await loginAs(stage, integrationUser);
  const child = startCli([...handoff, '--wait', '1m', '--quiet'], { cwd: stage.cwd, env });
  const end = ended(child);
  let told = '';
  child.stderr.on('data', (text: string) => (told += text));
  await expect.poll(() => told, { timeout: 30_000 }).toContain('in the inbox of me@example.com now; this waits 1 min');
  await answerTheMail(stage);
  const run = await end;
  expect(run.exitCode, run.stderr + run.stdout).toBe(0);
  expect(run.stdout).toMatch(/^✓ {2}Answer lands on the same Case .* on Case 00001001$/m);
  expect(await stage.records()).toEqual(before);
});

test('an answer that does not come is no failure but a wait that is over: exit code 69', async () => {
  const stage = await handoffStage();
  const before = await stage.records();
  const env = await loginAs(stage, integrationUser);
  const run = await cli([...handoff, '--wait', '1s', '--json'], { cwd: stage.cwd, env });
  expect(run.exitCode, run.stderr).toBe(69);
  expect(run.json()).toMatchObject({
    status: 'pending',
    error: { code: 'STILL_WAITING', details: { stages: ['reply-threads'] } },
  });
  expect(await stage.records()).toEqual(before);
});
