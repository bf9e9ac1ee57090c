import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { curlCommand } from '../../../src/handoff/export/curl.ts';
import { safeText } from '../../../src/terminal/safe-text.ts';
import { temporaryFolder } from '../../e2e/cli.ts';
import { openFarSide } from '../far-side.ts';

/** A far side whose URL has all that a shell could stumble over. */
async function farSide() {
  const far = await openFarSide();
  return { calls: far.calls, url: `${far.url}?a=1&b='2'` };
}

/** Runs what was made in a real shell. */
async function shell(command: string, env: Record<string, string> = {}): Promise<void> {
  await promisify(execFile)('sh', ['-c', command], { env: { PATH: process.env['PATH'] ?? '', ...env } });
}

describe('the command that sends an event again', () => {
  test('sends the very bytes and headers when it is pasted into a shell', async () => {
    const { url, calls } = await farSide();
    const body = Buffer.from('{"text":"it\'s $HOME `id` \\" \\\\ 🔥 \u2028\\n"}');
    const command = curlCommand(
      {
        method: 'POST',
        url,
        headers: [
          ['Content-Type', 'application/json'],
          ["X-Odd'", "a'b $(id)"],
          ['Host', 'elsewhere'],
        ],
        body,
      },
      'false',
    );
    // A query is hidden even on this machine, so the person names the whole URL.
    expect(command).toContain('"$TARGET_URL"');
    await shell(command, { TARGET_URL: url });
    expect(calls[0]?.body.equals(body)).toBe(true);
    expect(calls[0]?.rawHeaders).toEqual(expect.arrayContaining(["X-Odd'", "a'b $(id)"]));
    expect(calls[0]?.rawHeaders).not.toContain('elsewhere');
  });

  test('has variables in the place of secrets, also where a header is named to run something', async () => {
    const { url, calls } = await farSide();
    const folder = await temporaryFolder();
    const command = curlCommand(
      {
        method: 'POST',
        url,
        headers: [
          ['Authorization', 'Bearer s3cret'],
          ['x`touch${IFS}made`-token', 's3cret'],
        ],
        body: Buffer.from('{}'),
      },
      'false',
    );
    expect(command).not.toContain('s3cret');
    await shell(`cd ${folder}; ${command}; test ! -e made`, { TARGET_URL: url, AUTHORIZATION: 'Bearer mine' });
    expect(calls[0]?.rawHeaders).toEqual(expect.arrayContaining(['Authorization', 'Bearer mine']));
  });

  test('reads a body from a pipe where it is too long for a command line, or begins like the name of a file, or has what terminals do not print', async () => {
    const { url, calls } = await farSide();
    const folder = await temporaryFolder();
    const bodies = [
      JSON.stringify({ text: 'x'.repeat(100_000) }),
      '@/etc/passwd',
      '{"text":"\u202Eright to left \u009B2J"}',
      '{\r\n}',
    ].map((text) => Buffer.from(text));
    for (const [index, body] of bodies.entries()) {
      const file = join(folder, String(index));
      await writeFile(file, body);
      const command = curlCommand({ method: 'POST', url, headers: [], body }, `cat ${file}`);
      expect(safeText(command)).toBe(command);
      await shell(command, { TARGET_URL: url });
      expect(calls[index]?.body.equals(body)).toBe(true);
    }
  });
});
