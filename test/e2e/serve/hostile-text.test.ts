import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { bodyOf } from '../../handoff/serving.ts';
import { cli, ended, startCli, temporaryFolder } from '../cli.ts';
import { startServe } from './serve-process.ts';

/** What a terminal, a log or a person would take for something else. */
const hostile = {
  colours: '\u001b[31mred\u001b[0m',
  title: '\u001b]0;owned\u0007',
  link: '\u001b]8;;https://evil.example\u001b\\here\u001b]8;;\u001b\\',
  clipboard: '\u001b]52;c;cm0gLXJmIC8K\u0007',
  line: 'one\r\n12:00:00 FORGED accepted evt_forged',
  separator: 'one\u2028two\u0085three',
  backspace: 'safe\b\b\b\bevil',
  csi: '\u009b31mred',
  bidi: '\u202egnp.exe',
};

/** C0 but for the line feed, C1, and what changes the order of letters. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

test(
  'what callers write is shown as text: no control character, and no line of its own',
  { timeout: 120_000 },
  async () => {
    const cwd = await temporaryFolder();
    const running = await startServe(cwd);
    for (const text of Object.values(hostile)) {
      const body = bodyOf('customerEmail', {
        delivery_id: text,
        case_subject: text,
        email_subject: text,
        email_text: text,
      });
      expect((await running.post(body)).status).toBe(202);
      // One that is refused names keys, which come from outside too.
      expect((await running.post(JSON.stringify({ event: text, [text]: text }))).status).toBe(400);
    }
    await running.stop();
    const told = running.documents.map((document) => JSON.stringify(document)).join('\n');
    expect(told).not.toMatch(/"event":"FORGED/);

    const list = await cli(['events', 'list'], { cwd });
    expect(list.exitCode).toBe(0);
    const [, id = ''] = /(evt_\w+)/.exec(list.stdout) ?? [];
    const show = await cli(['events', 'show', id], { cwd });
    for (const { stdout, stderr } of [list, show]) {
      expect(stdout + stderr).not.toMatch(control);
      expect((stdout + stderr).split('\n').filter((line) => line.startsWith('12:00:00 FORGED'))).toEqual([]);
    }

    // Lines for people, as they are written without a terminal.
    const plain = startCli(['serve', '--port', '0'], { cwd });
    let seen = '';
    plain.stderr.on('data', (part: Buffer) => (seen += part.toString()));
    plain.stdout.on('data', (part: Buffer) => (seen += part.toString()));
    await expect.poll(() => seen, { timeout: 60_000 }).toContain('Ctrl-C');
    const url = (await readFile(join(cwd, '.opencx-sf/serve/webhook-url'), 'utf8')).trim();
    const headers = { 'content-type': 'application/json' };
    for (const [name, text] of Object.entries(hostile)) {
      const body = bodyOf('customerEmail', {
        delivery_id: `${name} ${text}`,
        case_number: text,
        case_subject: text,
      });
      await fetch(url, { method: 'POST', headers, body });
      await fetch(url, { method: 'POST', headers, body: JSON.stringify({ event: text, [text]: text }) });
    }
    const lines = (): number => seen.split('\n').filter((line) => /^\d\d:\d\d:\d\d/.test(line)).length;
    await expect.poll(lines, { timeout: 10_000 }).toBeGreaterThanOrEqual(2 * Object.keys(hostile).length);
    plain.kill('SIGINT');
    await ended(plain);
    expect(seen).not.toMatch(control);
    expect(seen.split('\n').filter((line) => line.startsWith('12:00:00 FORGED'))).toEqual([]);
  },
);
