import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { temporaryFolder } from '../e2e/cli.ts';
import { streaming } from '../e2e/ndjson.ts';
import { startInPty } from './pty.ts';

const launcher = resolve(import.meta.dirname, '../../bin/opencx-sf.js');
const repProcess = fileURLToPath(new URL('./rep-fixture.ts', import.meta.url));
const replies = 10;
/** The page says "within a couple of seconds"; the local org is meant to take a tenth of it, on a machine that is not busy. */
const boundMs = 2000;

/** The OpenCX page on Live Messaging, walked by a person at a terminal of 80 columns; a rep in another process answers. */
test('the whole page, at a terminal', async () => {
  const cwd = await temporaryFolder();
  const session = { contact: { name: 'Jane' }, messages: [{ role: 'contact', text: 'I want my money back.' }] };
  await writeFile(join(cwd, 'session.json'), JSON.stringify(session));
  const org = streaming(['org', 'start', '--json'], { cwd });
  const { url } = await org.result(({ event }) => event === 'started');
  const env = { OPENCX_SF_ISSUER: 'https://opencx.example.com', OPENCX_SF_TARGET_ORG: 'local' };
  const atTerminal = (...args: string[]) =>
    startInPty([process.execPath, launcher, 'messaging', ...args], { cwd, env, columns: 80, rows: 60 });
  const walk = async (...args: string[]) => {
    const run = await atTerminal(...args);
    const end = await run.ended();
    expect(end, run.everything()).toMatchObject({ exitCode: 0, sane: true });
    return run.everything();
  };
  try {
    expect(await walk('keys', 'generate')).toContain('OpenCX, field Auth Private Key');
    const register = await atTerminal('register', '--create-deployment');
    await register.waitFor(/Make these \d+ changes/);
    register.type('y');
    register.press('enter');
    expect(await register.ended(), register.everything()).toMatchObject({ exitCode: 0, sane: true });
    expect(register.everything()).toContain('registered, and read back');
    const settings = await walk('settings');
    for (const field of [
      'Instance URL',
      'ES Developer Name',
      'Salesforce Org ID',
      'Auth Public Key',
      'Auth Private Key',
      'Auth Key ID',
    ])
      expect(settings).toContain(field);
    expect(await walk('token')).toContain('verified contact');

    const handoff = await atTerminal('handoff', '--transcript', 'session.json');
    const rep = spawn(process.execPath, [repProcess, url as string, String(replies)], { stdio: 'inherit' });
    // From the start: it may end before its last reply is seen here.
    const repEnded = once(rep, 'exit');
    const delays: number[] = [];
    for (let index = 1; index <= replies; index++) {
      const told = new RegExp(String.raw`Reply ${index} of (\d+)`);
      let seenAt = 0;
      await handoff.waitFor((screen) => {
        if (!told.test(screen)) return false;
        seenAt = Date.now();
        return true;
      });
      delays.push(seenAt - Number(told.exec(handoff.screen())?.[1]));
    }
    expect(await repEnded).toEqual([0, null]);
    await handoff.signal('SIGINT');
    expect(await handoff.ended(), handoff.everything()).toMatchObject({ exitCode: 0, sane: true });
    for (const step of [
      'Identity token',
      'access token',
      'Transcript',
      'Routing attributes',
      'Conversation',
      'opening message',
    ])
      expect(handoff.everything()).toContain(step);
    const sorted = delays.toSorted((a, b) => a - b);
    const median = sorted[replies / 2] ?? 0;
    console.log(`On the screen after ${median} ms (median), ${sorted.at(-1) ?? 0} ms (worst of ${replies}).`);
    expect(median).toBeLessThan(boundMs);
  } finally {
    org.signal('SIGINT');
    await org.end;
  }
}, 120_000);
