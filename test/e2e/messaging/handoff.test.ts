import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { messagingHandoffResultSchema } from '../../../src/commands/messaging/handoff/result-schema.ts';
import { cli, temporaryFolder, type CliOptions, type Envelope } from '../cli.ts';
import { issuer, openDesk } from './messaging-desk.ts';
import { streaming } from '../ndjson.ts';

const document = envelopeSchema(messagingHandoffResultSchema);
const sessionId = '6f1c2d3e-0000-4000-8000-000000000001';
const session = {
  sessionId,
  contact: { id: 'contact-1', name: 'Jane Doe', email: 'jane@example.com' },
  summary: 'Wants her money back.',
  language: 'de',
  messages: [
    { role: 'contact', text: 'I want my money back' },
    { role: 'ai', name: 'Ada', text: 'I shall ask somebody.' },
  ],
};

async function folderWith(transcript: unknown): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'session.json'), JSON.stringify(transcript));
  return cwd;
}

const command = ['messaging', 'handoff', '--transcript', 'session.json'] as const;

function checked(documents: readonly Envelope[]): void {
  for (const one of documents) {
    expect(document.safeParse(one).error?.issues ?? [], JSON.stringify(one)).toEqual([]);
  }
}

async function handoffJson(args: readonly string[], options: CliOptions) {
  const run = await cli([...command, ...args, '--json'], options);
  const documents = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Envelope);
  if (run.exitCode !== 2) checked(documents);
  const step = (name: string) => documents.find(({ result }) => result?.step === name)?.result?.sent;
  return { ...run, documents, step, last: documents.at(-1) };
}

describe('messaging handoff', () => {
  test('goes the seven steps, and prints what the representative replies', async () => {
    const cwd = await folderWith(session);
    const { env, rep, deployed } = await openDesk(cwd);
    const run = streaming([...command, '--channel', 'whatsapp', '--attr', 'Plan=gold', '--json'], { cwd, env });
    const { sent } = await run.result(({ step }) => step === 'conversation');
    await run.result(({ step }) => step === 'opening-message');
    const work = await rep.accept();
    await rep.does(work, 'typing');
    const reply = await rep.reply(work, 'Hello Jane,\nhow can I \u001B[31mhelp?');
    const told = await run.result(({ event, own }) => event === 'message' && !own);
    expect(told).toMatchObject({ entryId: reply.id, from: { role: 'Agent', name: 'Rita Rep' }, history: false });
    run.signal('SIGINT');
    const { exitCode } = await run.end;
    expect(exitCode).toBe(0);
    checked(run.documents);

    expect(run.documents.flatMap(({ result }) => result.step ?? [])).toEqual([
      'identity-token',
      'access-token',
      'transcript',
      'routing-attributes',
      'conversation',
      'opening-message',
    ]);
    expect(await run.result(({ step }) => step === 'identity-token')).toMatchObject({
      sent: { header: { alg: 'RS256', kid: deployed.kid }, claims: { iss: issuer, sub: 'contact-1' } },
    });
    expect((await run.result(({ step }) => step === 'routing-attributes')).sent.attributes).toEqual({
      OpencxSessionId: sessionId,
      Chat_Consumer_Type: 'Authenticated',
      Origin: 'MIABOT',
      Priority: 'Low',
      Chat_language: 'de',
      Plan: 'gold',
    });
    const [opening] = await rep.sees(sent.conversationId);
    expect(opening).toEqual({
      role: 'EndUser',
      text: [
        '[AI summary] Wants her money back.',
        `[OpenCX] session ${sessionId}, channel whatsapp, language de, contact Jane Doe / jane@example.com / contact-1`,
        '[Customer] I want my money back',
        '[AI Ada] I shall ask somebody.',
      ].join('\n\n'),
    });
    expect(run.documents.at(-1)).toMatchObject({
      status: 'ok',
      result: {
        event: 'ended',
        sessionId,
        why: 'interrupted',
        replies: 1,
        messagingSessionId: expect.stringMatching(/^0Mw/),
      },
      warnings: [expect.stringContaining('Plan')],
    });
  });

  test('shows people each step on stderr and replies on stdout, without what could move the cursor', async () => {
    const cwd = await folderWith(session);
    const { env, rep } = await openDesk(cwd);
    const running = streaming([...command, '--no-wait', '--json'], { cwd, env });
    await running.end;
    const work = await rep.accept();
    await rep.reply(work, 'Hello\u001B[2J Jane,\n[Customer] I never said this');
    const run = await cli([...command, '--wait', '2s'], { cwd, env });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/^\d\d:\d\d:\d\d Rita Rep: Hello\[2J Jane,\n {9}\[Customer\] I never said this\n$/);
    expect(run.stderr).toMatch(/✓ 1 Identity token for the contact: RS256, kid /);
    expect(run.stderr).toMatch(
      /✓ 2 Messaging access token: for v2\/iamessage\/AUTH\/OpenCX_Keyset\/uid:contact-1, until /,
    );
    expect(run.stderr).toMatch(/✓ 3 Transcript with summary and history: 1 message of \d+ characters in all/);
    expect(run.stderr).toMatch(/✓ 4 Routing attributes: 5 attributes\n +OpencxSessionId = /);
    expect(run.stderr).toMatch(/✓ 5 Conversation in Salesforce: [0-9a-f-]{36}, which was there already: it goes on/);
    expect(run.stderr).toMatch(/✓ 6 Transcript as opening message: 0 sent, 1 there already/);
    expect(run.stderr + run.stdout).not.toMatch(/eyJ/);
  });

  test('run again, makes no second conversation and repeats no opening message', async () => {
    const cwd = await folderWith({ ...session, messages: [{ role: 'ai', text: 'x'.repeat(9000) }] });
    const { env, served, rep } = await openDesk(cwd);
    const [first, second] = [
      await handoffJson(['--no-wait'], { cwd, env }),
      await handoffJson(['--no-wait'], { cwd, env }),
    ];
    expect(first.step('conversation').created).toBe(true);
    expect(second.step('conversation')).toEqual({ ...first.step('conversation'), created: false });
    const { conversations } = (await served.control('GET', '/messaging/conversations')) as {
      conversations: { id: string }[];
    };
    expect(conversations).toHaveLength(1);
    const texts = first.step('opening-message').messages.map(({ text }: { text: string }) => text);
    expect(texts).toHaveLength(4);
    expect((await rep.sees(conversations[0]?.id ?? '')).map(({ text }) => text)).toEqual(texts);
    expect(second.step('opening-message').messages.every(({ wasThere }: { wasThere: boolean }) => wasThere)).toBe(true);
    const other = await handoffJson(['--no-wait', '--session', sessionId.replace('1', '2')], { cwd, env });
    expect(other.step('conversation').created).toBe(true);
  });

  test('survives answers that are lost on the way', async () => {
    const cwd = await folderWith(session);
    const { env, served, rep } = await openDesk(cwd);
    const match = (path: string) => ({ method: 'POST', path });
    await served.control('POST', '/faults', {
      match: match('/authenticated/access-token'),
      kind: 'status',
      status: 503,
      times: 2,
    });
    // Carried out, and nobody hears of it.
    for (const path of ['/api/v2/conversation$', '/message$']) {
      await served.control('POST', '/faults', { match: match(path), kind: 'drop-after', times: 1 });
    }
    const run = await handoffJson(['--no-wait'], { cwd, env });
    expect(run.exitCode, run.stdout).toBe(0);
    expect(await rep.sees(run.step('conversation').conversationId)).toHaveLength(1);
  });

  test('ends with 69 where nobody replies within the time', async () => {
    const cwd = await folderWith([{ role: 'contact', text: 'Hello' }]);
    const { env } = await openDesk(cwd);
    const run = await handoffJson(['--wait', '1s'], { cwd, env });
    expect(run).toMatchObject({ exitCode: 69, last: { status: 'pending', error: { code: 'STILL_WAITING' } } });
    expect(run.last?.error?.nextSteps[0]).toContain(run.last?.result.sessionId);
    expect(run.step('routing-attributes').attributes.Chat_Consumer_Type).toBe('Non-Authenticated');
    expect(run.step('identity-token').claims.sub).toBe(`session:${run.last?.result.sessionId}`);
  });

  test('ends when the representative ends the session', async () => {
    const cwd = await folderWith(session);
    const { env, rep } = await openDesk(cwd);
    const run = streaming([...command, '--json'], { cwd, env });
    await run.result(({ step }) => step === 'opening-message');
    const work = await rep.accept();
    await rep.reply(work, 'Bye');
    await rep.does(work, 'end');
    expect(await run.end).toMatchObject({ exitCode: 0 });
    expect(run.documents.at(-1)?.result).toMatchObject({ why: 'session-ended', replies: 1 });
  });

  test('takes the transcript from stdin, and says what is wrong with one', async () => {
    const cwd = await folderWith({ messages: [{ role: 'bot', text: 'x' }], topic: 1 });
    const { env } = await openDesk(cwd);
    const wrong = await handoffJson(['--no-wait'], { cwd, env });
    expect(wrong).toMatchObject({ exitCode: 2, last: { error: { code: 'USAGE' } } });
    expect(wrong.last?.error?.message).toContain('messages.0.role');
    expect(wrong.last?.error?.message).toContain('topic is no known property');
    const piped = await cli(['messaging', 'handoff', '--transcript', '-', '--no-wait'], {
      cwd,
      env,
      stdin: '[{"role":"contact","text":"Hello"}]',
    });
    expect(piped).toMatchObject({ exitCode: 0, stdout: '' });
    for (const [text, words] of [
      ['', 'is empty'],
      ['[\0]\0', 'UTF-16'],
    ] as const) {
      await writeFile(join(cwd, 'session.json'), text);
      expect((await handoffJson([], { cwd, env })).last?.error?.message).toContain(words);
    }
    for (const args of [
      ['--session', '12'],
      ['--attr', 'x'],
      ['--transcript', 'none.json'],
      ['--wait', 'long'],
    ]) {
      expect(await handoffJson(args, { cwd, env })).toMatchObject({ exitCode: 2 });
    }
  });
});
