import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { expect, test } from 'vitest';

import { cli, temporaryFolder } from '../../e2e/cli.ts';
import { openFarSide } from '../../handoff/far-side.ts';
import { startInPty } from '../pty.ts';

const launcher = resolve(import.meta.dirname, '../../../bin/opencx-sf.js');
const local = ['--target-org', 'local'] as const;

/** Whether no line is wider, but for what must stay whole to be copied. */
function fits(screen: string, columns: number): boolean {
  return screen.split('\n').every((line) => line.length <= columns);
}

test(
  'a person at 80 columns sees where all goes, a handoff on its way, Salesforce lost and back, and q sets the org back',
  { timeout: 240_000 },
  async () => {
    const cwd = await temporaryFolder();
    expect((await cli(['init', ...local, '--yes', '--no-tests'], { cwd })).exitCode).toBe(0);
    const shown = async () => (await cli(['webhook', 'show', ...local, '--json'], { cwd })).json().result.fingerprint;
    const before = await shown();
    const callback = await openFarSide();
    const command = ['serve', ...local, '--port', '0', '--callback-url', callback.url];
    const session = await startInPty([process.execPath, launcher, ...command], { cwd, columns: 80, rows: 60 });
    await session.waitFor('q ends.', 60_000);
    const start = session.screen();
    expect(fits(start, 80), start).toBe(true);
    expect(start).toMatch(/^ {2}org {7}Local Org \(00D\w+\)$/m);
    expect(start).toContain('OpenCX_Integration points here; at the end at');
    expect(start).toContain(`what happens to them → ${callback.url}`);
    expect(start.replaceAll(/\s+/g, ' ')).toContain('with the token in .opencx-sf/serve/api-token');
    expect(start).not.toContain('Webhook URL (a secret)');

    const running = JSON.parse(await readFile(join(cwd, '.opencx-sf/serve/events.sqlite.serve.json'), 'utf8')) as {
      origin: string;
    };
    const token = (await readFile(join(cwd, '.opencx-sf/serve/api-token'), 'utf8')).trim();
    const handOff = async (sessionId: string): Promise<number> => {
      const contact = { email: `${sessionId.slice(0, 4)}@customer.test` };
      const body = { sessionId, channel: 'email', contact, subject: 'A refund', summary: 'Wants it back.' };
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const url = `${running.origin}/v1/handoffs`;
      return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    };
    expect(await handOff('0b5f3c1e-8a52-4f5e-9d43-0d7d5a0c9e11')).toBe(202);
    await session.waitFor(/→ {2}session\.handoff_completed {2}session 0b5f3c1e/);
    const lines = session.screen();
    expect(lines).toMatch(/\d\d:\d\d:\d\d {2}← {2}handoff +session 0b5f3c1e {4}202 +\d+(?:\.\d)? m?s/);
    expect(lines).toMatch(/→ {2}handoff +session 0b5f3c1e {4}200/);
    expect(lines).toMatch(/· {2}session\.handoff_completed {2}session 0b5f3c1e {4}●/);
    expect(lines).toContain('session is open');
    expect(fits(lines, 80), lines).toBe(true);
    const list = await cli(['events', 'list', '--session', '0b5f3c1e'], { cwd });
    expect(list.stdout).toMatch(/← handoff +session 0b5f3c1e +delivered +A refund/);

    const org = JSON.parse(await readFile(join(cwd, '.opencx-sf/local-org/running.json'), 'utf8')) as { url: string };
    const faults = async (method: string, body?: unknown) => {
      const headers = { 'x-local-org-control': 'test', 'content-type': 'application/json' };
      await fetch(`${org.url}/_local/faults`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    };
    await faults('POST', { match: { path: '/services/data' }, kind: 'status', status: 503 });
    expect(await handOff('7d1f3c1e-8a52-4f5e-9d43-0d7d5a0c9e22')).toBe(202);
    await session.waitFor(/FAR SIDE DOWN since \d\d:\d\d:\d\d: http:\/\/127/, 60_000);
    await faults('DELETE');
    await session.waitFor(/Far side up again after /, 60_000);
    await session.waitFor(/→ {2}session\.handoff_completed {2}session 7d1f3c1e/);

    session.type('r');
    await session.waitFor('There is no webhook to replay yet.');
    session.type('q');
    expect(await session.ended()).toMatchObject({ exitCode: 0, sane: true });
    expect(session.everything()).toContain('OpenCX_Integration points at http://127.0.0.1:8787/… again, as before.');
    expect(session.everything()).not.toContain(token);
    expect(await shown()).toBe(before);
  },
);
