import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { startInPty } from './pty.ts';

const fixture = fileURLToPath(new URL('./prompt-fixture.ts', import.meta.url));

async function start(env: Record<string, string> = {}) {
  const session = await startInPty([process.execPath, fixture], { cwd: tmpdir(), env, stdoutApart: true });
  await session.waitFor('What is it called?');
  session.type('Acme\r');
  await session.waitFor('Where is it?');
  session.press('down');
  await session.waitFor('❯ There');
  session.press('enter');
  await session.waitFor('Make these 3 changes in Acme?');
  return session;
}

test('yes is yes', async () => {
  const session = await start();
  session.type('y\r');
  expect(await session.ended()).toEqual({
    exitCode: 0,
    stdout: '{"name":"Acme","where":"there","sure":true}',
    sane: true,
  });
});

test('Enter alone is no', async () => {
  const session = await start();
  session.press('enter');
  expect((await session.ended()).stdout).toContain('"sure":false');
});

test('Ctrl-C leaves with 130', async () => {
  const session = await start();
  session.press('ctrl-c');
  expect(await session.ended()).toEqual({ exitCode: 130, stdout: '', sane: true });
  expect(session.screen()).toContain('Cancelled; nothing was changed.');
});

test('NO_COLOR leaves no colour', async () => {
  const session = await start({ NO_COLOR: '1' });
  session.type('y\r');
  await session.ended();
  // oxlint-disable-next-line no-control-regex -- colour begins with a control character
  expect(session.raw()).not.toMatch(/\u001B\[[\d;]*m/);
});
