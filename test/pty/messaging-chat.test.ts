import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { expect, test } from 'vitest';

import { temporaryFolder } from '../e2e/cli.ts';
import { openDesk, soon } from '../e2e/messaging/messaging-desk.ts';
import { startInPty } from './pty.ts';

const launcher = resolve(import.meta.dirname, '../../bin/opencx-sf.js');

async function startChat(args: readonly string[] = [], columns = 80) {
  const cwd = await temporaryFolder();
  const desk = await openDesk(cwd);
  const session = await startInPty([process.execPath, launcher, 'messaging', 'chat', ...args], {
    cwd,
    env: desk.env,
    columns,
  });
  await session.waitFor(/^(?:you|Jane)>$/m);
  await session.waitFor('work: Assigned');
  return { cwd, desk, session };
}

/** The row that is written into. */
const lastRow = (screen: string) => screen.split('\n').at(-1);

async function sessions({ served }: Awaited<ReturnType<typeof openDesk>>): Promise<(string | null)[]> {
  const { conversations } = (await served.control('GET', '/messaging/conversations')) as {
    conversations: { status: string | null }[];
  };
  return conversations.map(({ status }) => status);
}

test('a person chats: what comes in stands above the line being written, which stays at the bottom', async () => {
  const { desk, session } = await startChat(['--name', 'Jane']);
  const { rep } = desk;
  session.type('Hello\r');
  const work = await rep.accept();
  await session.waitFor('→ Rita Rep joined');
  session.type('I am typ');
  await session.waitFor((screen) => lastRow(screen) === 'Jane> I am typ');
  await soon(async () => (await desk.served.requests()).find(({ path }) => path.endsWith('/entry')));
  await rep.does(work, 'typing');
  await session.waitFor('Rita Rep is typing …');
  await rep.reply(work, 'How can I help you?');
  await session.waitFor(
    (screen) => screen.includes('Rita Rep: How can I help you?') && lastRow(screen) === 'Jane> I am typ',
  );
  session.type('ing\r');
  await session.waitFor((screen) => screen.includes('Jane> I am typing') && lastRow(screen) === 'Jane>');
  await soon(async () => {
    const [conversation] = (
      (await desk.served.control('GET', '/messaging/conversations')) as { conversations: { id: string }[] }
    ).conversations;
    return (await rep.sees(conversation?.id ?? '')).find(({ text }) => text === 'I am typing');
  });
  await rep.does(work, 'read');
  await session.waitFor('✓✓ read');
  session.press('ctrl-c');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
  expect(await sessions(desk)).toEqual([null]);
  expect(session.screen()).not.toContain('Error');
});

test('a long line that wraps is wiped whole and comes back whole', async () => {
  const { desk, session } = await startChat([], 40);
  session.type('Hello\r');
  const work = await desk.rep.accept();
  await session.waitFor('joined');
  const long = 'This line is much longer than the screen is wide, and so it takes rows';
  session.type(long);
  const written = (screen: string) => screen.replaceAll('\n', '').includes(`you> ${long}`.trimEnd());
  await session.waitFor(written);
  await desk.rep.reply(work, 'A reply');
  await session.waitFor('Rita Rep: A reply');
  await session.waitFor(written);
  expect(session.screen().match(/This line/g)).toHaveLength(1);
  session.press('ctrl-d');
  session.press('ctrl-c');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
});

test('what a representative writes cannot move the cursor, recolour or forge a line of the terminal', async () => {
  const { desk, session } = await startChat();
  session.type('Hello\r');
  const work = await desk.rep.accept();
  await session.waitFor('joined');
  await desk.rep.reply(work, 'one\u001B[2J\u001B]0;title\u0007\u009B31m\r\u202Etwo\nyou> forged');
  await session.waitFor('forged');
  expect(session.screen()).toContain('Rita Rep: one[2J]0;title31mtwo\n         you> forged');
  expect(session.raw()).not.toContain('\u001B[2J');
  expect(session.raw()).not.toContain('\u001B]0;');
  session.type('/quit\r');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
});

test('help, files, ends and mistakes', async () => {
  const { cwd, desk, session } = await startChat();
  await writeFile(join(cwd, 'note.txt'), 'a note');
  session.type('/help\r');
  await session.waitFor('/close');
  session.type('/nothing\r');
  await session.waitFor('✗ /nothing is no command');
  session.type('/file none.txt\r');
  await session.waitFor('✗ none.txt cannot be read');
  session.type('/file note.txt\r');
  const work = await desk.rep.accept();
  await session.waitFor('joined');
  session.type('/end\r');
  await session.waitFor('the session has ended');
  expect(await desk.served.control('GET', '/messaging/agent-work')).toEqual({ work: [] });
  expect(work).toMatch(/^0Bz/);
  session.type('again\r');
  await session.waitFor('opened another one');
  session.type('/close\r');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
});

test('a text that the org does not take is named, as nothing else shows that it was not sent', async () => {
  const { desk, session } = await startChat();
  const fails = (status: number, times: number) =>
    desk.served.control('POST', '/faults', { match: { path: '/message$' }, kind: 'status', status, times });
  await fails(400, 1);
  session.type('Is anybody there?\r');
  await session.waitFor('✗ NOT SENT: Is anybody there?');
  await fails(503, 3);
  session.type('Or not?\r');
  await session.waitFor('✗ NOT KNOWN TO BE SENT: Or not?');
  session.type('Hello\r');
  await desk.rep.accept();
  await session.waitFor('joined');
  session.press('ctrl-c');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
});

test('a lost connection is said loudly, and so is its end', async () => {
  const { desk, session } = await startChat();
  session.type('Hello\r');
  await desk.rep.accept();
  await session.waitFor('joined');
  await desk.served.control('POST', '/messaging/streams/cut');
  await session.waitFor('CONNECTION LOST');
  await session.waitFor('connected again after');
  session.press('ctrl-c');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
});
