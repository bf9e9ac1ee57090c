import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { expect, test } from 'vitest';

import { cli, temporaryFolder } from '../e2e/cli.ts';
import { openFarSide } from '../handoff/far-side.ts';
import { startInPty } from './pty.ts';

const launcher = resolve(import.meta.dirname, '../../bin/opencx-sf.js');

async function startServe() {
  const cwd = await temporaryFolder();
  const far = await openFarSide();
  const session = await startInPty([process.execPath, launcher, 'serve', '--port', '0', '--forward-to', far.url], {
    cwd,
    columns: 140,
    rows: 40,
  });
  await session.waitFor('q ends.');
  const trigger = async (...args: string[]): Promise<string> =>
    (await cli(['events', 'trigger', ...args, '--json'], { cwd })).json().result.id;
  const carried = async (id: string): Promise<void> => {
    const waiting = async () => {
      const { result } = (await cli(['events', 'show', id, '--json'], { cwd })).json();
      return result.deliveries.filter(({ state }: { state: string }) => state !== 'delivered');
    };
    await expect.poll(waiting, { timeout: 20_000 }).toEqual([]);
  };
  return { cwd, far, session, trigger, carried };
}

test('a person sees the URL, and a line an event; r replays the last one, q ends', async () => {
  const { cwd, far, session, trigger } = await startServe();
  const url = (await readFile(join(cwd, '.opencx-sf/serve/webhook-url'), 'utf8')).trim();
  await session.waitFor(`Webhook URL (a secret): ${url}`);
  await session.waitFor(`Inspector (a secret, too): ${new URL(url).origin}/#token=`);
  session.type('r');
  await session.waitFor('There is no webhook to replay yet.');
  const id = await trigger('case_created');
  await session.waitFor(/→ {2}case_created .* 200 /);
  session.type('r');
  await session.waitFor(`replay of ${id}`);
  expect(far.calls).toHaveLength(2);
  session.type('q');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
  expect(session.screen()).toContain('Stopped: 1 taken, 2 delivered.');
});

test('f shows only lines with a text; what comes in meanwhile stands above what is being written', async () => {
  const { session, trigger, carried } = await startServe();
  session.type('f');
  await session.waitFor('only lines with (empty: all):');
  session.type('closex');
  session.press('backspace');
  await trigger('case_created');
  await session.waitFor(/→ {2}case_created/);
  await session.waitFor((screen) => screen.split('\n').at(-1) === 'only lines with (empty: all): close');
  session.press('enter');
  await session.waitFor('Only lines with "close" are shown.');
  await trigger('case_owner_changed');
  await trigger('case_closed');
  await session.waitFor(/→ {2}case_closed/);
  expect(session.everything()).not.toContain('case_owner_changed');
  session.type('f');
  session.press('escape');
  // What a person sees is filtered, not its colours.
  session.type('f');
  session.type('[3');
  session.press('enter');
  await session.waitFor('Only lines with "[3" are shown.');
  // Its line is written once it was carried on: what is written after the filter ends is shown.
  await carried(await trigger('case_email_bounced'));
  session.type('f');
  session.press('enter');
  await session.waitFor('All lines are shown.');
  await trigger('case_email_received');
  await session.waitFor(/→ {2}case_email_received/);
  expect(session.everything()).not.toContain('case_email_bounced');
  session.press('ctrl-c');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
});

test('a far side that goes down is said loudly, and what the far side or a customer writes cannot move the cursor', async () => {
  const { cwd, far, session, trigger } = await startServe();
  far.answer(() => ({ status: 200, body: '\u001B[2Jcleared\u009B31m' }));
  const id = await trigger('case_created', '--set', 'case_subject=\u001B]0;title\u0007\u202Eevil');
  await session.waitFor(/→ {2}case_created .* 200 /);
  await far.close();
  await trigger('case_closed');
  await session.waitFor(/FAR SIDE DOWN since \d\d:\d\d:\d\d: http:\/\/127/);
  session.type('q');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
  expect(session.screen()).toContain('1 wait in the store; the next serve carries them on.');
  for (const args of [['list'], ['show', id], ['show', id, '--raw']]) {
    const shown = await startInPty([process.execPath, launcher, 'events', ...args], { cwd, columns: 200, rows: 80 });
    expect(await shown.ended()).toMatchObject({ exitCode: 0 });
    expect(shown.everything()).toContain('evil');
    for (const control of ['\u001B[2J', '\u001B]0;', '\u009B', '\u0007', '\u202E']) {
      expect(shown.raw(), args.join(' ')).not.toContain(control);
    }
  }
});

test('o opens the inspector, with its token, in the browser', async () => {
  const cwd = await temporaryFolder();
  const browser = join(cwd, 'browser');
  await writeFile(browser, `#!/bin/sh\necho "$1" > ${join(cwd, 'opened')}\n`, { mode: 0o755 });
  const session = await startInPty([process.execPath, launcher, 'serve', '--port', '0'], {
    cwd,
    env: { BROWSER: browser },
    columns: 140,
  });
  await session.waitFor('q ends.');
  session.type('o');
  await session.waitFor('The inspector opens in the browser.');
  const opened = () => readFile(join(cwd, 'opened'), 'utf8').catch(() => '');
  await expect.poll(opened, { timeout: 20_000 }).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
  session.type('q');
  expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
});
