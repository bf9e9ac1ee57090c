import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { messagingChatResultSchema } from '../../../src/commands/messaging/chat/result-schema.ts';
import { cli, temporaryFolder, type Envelope } from '../cli.ts';
import { openDesk, soon, type Desk } from './messaging-desk.ts';
import { streaming, type Streaming } from '../ndjson.ts';

const document = envelopeSchema(messagingChatResultSchema);
const command = ['messaging', 'chat'] as const;

function checked(documents: readonly Envelope[]): void {
  for (const one of documents) {
    expect(document.safeParse(one).error?.issues ?? [], JSON.stringify(one)).toEqual([]);
  }
}

/** Status of every MessagingSession of the org. */
async function sessions({ served }: Desk): Promise<string[]> {
  const query = encodeURIComponent('SELECT Status FROM MessagingSession ORDER BY CreatedDate');
  const answer = await fetch(`${served.running.url}/services/data/v66.0/query?q=${query}`, {
    headers: { authorization: `Bearer ${served.env['SF_ACCESS_TOKEN'] ?? ''}` },
  });
  const { records } = (await answer.json()) as { records: { Status: string }[] };
  return records.map(({ Status }) => Status);
}

/** What was asked to be revoked. */
async function revocations({ served }: Desk): Promise<number> {
  return (await served.requests()).filter(({ method, path }) => method === 'DELETE' && path.endsWith('/access-token'))
    .length;
}

const say = (run: Streaming, line: object) => run.write(`${JSON.stringify(line)}\n`);

describe('messaging chat --json', () => {
  test('speaks both ways, with files, typing and receipts, and leaves nothing open', async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'photo.png'), 'not really a picture');
    const desk = await openDesk(cwd);
    const { env, rep } = desk;
    const run = streaming([...command, '--sub', 'jane', '--name', 'Jane Doe', '--json'], { cwd, env });
    const { conversationId, subject, attributes } = await run.result(({ event }) => event === 'opened');
    expect(subject).toBe('v2/iamessage/AUTH/OpenCX_Keyset/uid:jane');
    expect(attributes).toMatchObject({ Origin: 'MIABOT', _firstName: 'Jane', _lastName: 'Doe' });
    say(run, { typing: true });
    say(run, { text: 'Hello,\nis anybody there?' });
    const sent = await run.result(({ event }) => event === 'sent');
    const work = await rep.accept();
    await run.result(({ event, participant }) => event === 'participant-joined' && participant.role === 'Agent');
    await rep.does(work, 'typing');
    await run.result(({ event, active }) => event === 'typing' && active);
    await rep.reply(work, 'Yes, Rita.');
    expect(await run.result(({ event, own }) => event === 'message' && !own)).toMatchObject({ text: 'Yes, Rita.' });
    await rep.does(work, 'read');
    await run.result(({ event }) => event === 'read');
    await rep.does(work, 'file', { name: 'form.pdf', mimeType: 'application/pdf', base64: 'JVBERg==' });
    const form = await run.result(({ event, files }) => event === 'message' && files.length > 0);
    expect(form.files).toMatchObject([{ name: 'form.pdf', mimeType: 'application/pdf' }]);
    expect(JSON.stringify(form)).not.toContain('http');
    say(run, { file: 'photo.png' });
    await run.result(({ event, messageId }) => event === 'sent' && messageId !== sent.messageId);
    say(run, { quit: true });
    expect(await run.end).toMatchObject({ exitCode: 0, stderr: '' });
    checked(run.documents);
    expect(run.documents.at(-1)).toMatchObject({
      status: 'ok',
      warnings: [],
      result: { event: 'ended', conversationId, ended: 'session', sent: 2, received: 2 },
    });
    expect(await rep.sees(conversationId)).toMatchObject([
      { role: 'EndUser', text: 'Hello,\nis anybody there?' },
      { role: 'Agent', text: 'Yes, Rita.' },
      { role: 'Agent' },
      { role: 'EndUser' },
    ]);
    expect(await sessions(desk)).toEqual(['Ended']);
    expect(await revocations(desk)).toBe(1);
  });

  test('ends the session and opens another one with the next text; closing ends the conversation', async () => {
    const cwd = await temporaryFolder();
    const { env, rep } = await openDesk(cwd);
    const run = streaming([...command, '--json'], { cwd, env });
    say(run, { text: 'one' });
    await run.result(({ event }) => event === 'sent');
    await rep.accept();
    say(run, { end: true });
    await run.result(({ event }) => event === 'session-ended');
    say(run, { text: 'two' });
    await run.result(({ event }) => event === 'session-restarted');
    say(run, { close: true });
    expect(await run.end).toMatchObject({ exitCode: 0 });
    checked(run.documents);
    expect(run.documents.at(-1)?.result).toMatchObject({ ended: 'conversation', sent: 2 });
  });

  test('says loudly when the connection is lost, and misses nothing', async () => {
    const cwd = await temporaryFolder();
    const { env, rep, served } = await openDesk(cwd);
    const run = streaming([...command, '--json'], { cwd, env });
    say(run, { text: 'Hello' });
    await run.result(({ event }) => event === 'sent');
    const work = await rep.accept();
    await run.result(({ event }) => event === 'participant-joined');
    await served.control('PATCH', '/messaging/settings', { replay: 'off' });
    await served.control('POST', '/messaging/streams/cut');
    await run.result(({ event }) => event === 'connection-lost');
    await rep.reply(work, 'Said while nobody listened');
    await run.result(({ event }) => event === 'connection-resumed');
    expect(await run.result(({ event, own }) => event === 'message' && !own)).toMatchObject({
      text: 'Said while nobody listened',
    });
    run.signal('SIGINT');
    expect(await run.end).toMatchObject({ exitCode: 0 });
    checked(run.documents);
    expect(run.documents.at(-1)?.result).toMatchObject({ ended: 'session', received: 1 });
  });

  test('tells of lines that ask for nothing there is, and ends with the failure of what could not be sent', async () => {
    const cwd = await temporaryFolder();
    const desk = await openDesk(cwd);
    const run = streaming([...command, '--json'], { cwd, env: desk.env });
    run.write('hello\n');
    await run.result(({ event }) => event === 'problem');
    say(run, { file: 'none.png' });
    expect(await run.end).toMatchObject({ exitCode: 2 });
    checked(run.documents);
    expect(run.documents.at(-1)).toMatchObject({ status: 'error', error: { code: 'USAGE' } });
    expect(await sessions(desk)).toEqual(['Ended']);
    expect(await revocations(desk)).toBe(1);
  });

  test('an error before the first line is on one line too', async () => {
    const cwd = await temporaryFolder();
    const run = await cli([...command, '--json'], { cwd });
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stdout.trim().split('\n')).toHaveLength(1);
  });
});

describe('messaging chat without a terminal', () => {
  test('sends line by line, stays for replies as long as it is told, and leaves', async () => {
    const cwd = await temporaryFolder();
    const desk = await openDesk(cwd);
    const { env, rep, served } = desk;
    await served.control('PATCH', '/messaging/settings', { autoAccept: true });
    const going = cli([...command, '--wait', '3s'], { cwd, env, stdin: 'Hello\n\n//slash\n' });
    const work = await soon(async () => {
      const { work: all } = (await served.control('GET', '/messaging/agent-work')) as {
        work: { id: string; status: string }[];
      };
      return all.find(({ status }) => status === 'Opened');
    });
    await rep.reply(work.id, 'Hello\nfrom Rita');
    const run = await going;
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stdout).toMatch(/\d\d:\d\d:\d\d \S.*: Hello\n/);
    expect(run.stdout).toMatch(/: \/slash\n/);
    expect(run.stdout).toMatch(/Rita Rep: Hello\n {9}from Rita\n/);
    expect(run.stderr).toMatch(/^Conversation [0-9a-f-]{36}, as v2\/iamessage\/AUTH\//);
    expect(run.stderr).toContain('→ Rita Rep joined');
    expect(await sessions(desk)).toEqual(['Ended']);
  });

  test('ends with 2 where a line was not understood: whoever piped it in would take it for sent', async () => {
    const cwd = await temporaryFolder();
    const { env } = await openDesk(cwd);
    const run = await cli([...command], { cwd, env, stdin: 'Hello\n/nothing\nBye\n' });
    expect(run.exitCode, run.stderr).toBe(2);
    expect(run.stdout).toMatch(/: Hello\n.*: Bye\n/);
    expect(run.stderr).toContain('✗ /nothing is no command');
    expect(run.stderr).toContain('1 line of stdin asked for nothing there is; all else was done.');
  });

  test('warns of attributes that the configuration does not name, and of no others', async () => {
    const cwd = await temporaryFolder();
    const { env } = await openDesk(cwd);
    const warned = async (attribute: string) => (await cli([...command, '--attr', attribute], { cwd, env })).stderr;
    expect(await warned('Priority=High')).not.toContain('Warning');
    expect(await warned('priority=High')).toMatch(/Warning .*: priority\./);
  });

  test('a contact without a subject is refused before anything is sent', async () => {
    const cwd = await temporaryFolder();
    const { env } = await openDesk(cwd);
    const run = await cli([...command, '--sub', ''], { cwd, env });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('"sub"');
  });

  test('speaks as nobody in particular where the channel has no user verification', async () => {
    const cwd = await temporaryFolder();
    const desk = await openDesk(cwd, { authMode: 'UnAuth' });
    const run = await cli([...command, '--anonymous'], { cwd, env: desk.env, stdin: 'Hello\n/quit\nnever sent\n' });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stderr).toContain('/ANON/');
    const id = /^Conversation (\S+),/.exec(run.stderr)?.[1] ?? '';
    expect((await desk.rep.sees(id)).map(({ text }) => text)).toEqual(['Hello']);
    expect(await revocations(desk)).toBe(0);
  });
});
