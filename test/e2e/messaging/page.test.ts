import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { cli, temporaryFolder } from '../cli.ts';
import { representative } from './messaging-desk.ts';
import { streaming } from '../ndjson.ts';

const issuer = 'https://opencx.example.com';
const local = ['--target-org', 'local'] as const;

/** How many replies are measured, and what no reply may take: the page says "within a couple of seconds". */
const replies = 25;
const boundMs = 2000;

/**
 * The OpenCX page on Live Messaging from its first step to its last, the org in one process, OpenCX's side in another, the
 * representative in a third, which is this one. All of them read the same clock.
 */
test('from a new key to a reply that comes back', async () => {
  const cwd = await temporaryFolder();
  await writeFile(
    join(cwd, 'session.json'),
    JSON.stringify({
      contact: { email: 'jane@example.com', name: 'Jane Doe' },
      summary: 'Wants her money back.',
      language: 'en',
      messages: [{ role: 'contact', text: 'I want my money back.' }],
    }),
  );
  const org = streaming(['org', 'start', '--json'], { cwd });
  const { url } = await org.result(({ event }) => event === 'started');
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_local${path}`, {
      method,
      headers: { 'x-local-org-control': 'test', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : await response.json();
  };
  const run = async (...args: string[]) => {
    const done = await cli(args, { cwd, env: { OPENCX_SF_ISSUER: issuer } });
    expect(done.exitCode, `${args.join(' ')}\n${done.stdout}${done.stderr}`).toBe(0);
    return done;
  };
  try {
    await run('messaging', 'keys', 'generate');
    await run('messaging', 'register', ...local, '--create-deployment', '--yes');
    await control('POST', '/messaging/agents', { username: 'rep@example.com', name: 'Rita Rep' });
    expect((await run('messaging', 'settings', ...local)).stdout).toContain('✓ ES Developer Name');
    expect((await run('messaging', 'token', ...local)).stdout).toMatch(/^✓ verified contact/);

    const handoff = streaming(['messaging', 'handoff', '--transcript', 'session.json', ...local, '--json'], {
      cwd,
      env: { OPENCX_SF_ISSUER: issuer },
    });
    await handoff.result(({ step }) => step === 'opening-message');
    const rep = representative(control);
    const work = await rep.accept();
    await handoff.result(({ event, participant }) => event === 'participant-joined' && participant.role === 'Agent');
    const delays: number[] = [];
    for (let index = 1; index <= replies; index++) {
      const text = `Reply ${index}`;
      const sentAt = Date.now();
      await rep.reply(work, text);
      const told = await handoff.result((result) => result.event === 'message' && result.text === text);
      delays.push(Date.parse(told.receivedAt) - sentAt);
    }
    handoff.signal('SIGINT');
    expect(await handoff.end).toMatchObject({ exitCode: 0 });
    expect(handoff.documents.at(-1)?.result).toMatchObject({ event: 'ended', replies, why: 'interrupted' });
    const sorted = delays.toSorted((a, b) => a - b);
    const [median, worst] = [sorted[Math.floor(replies / 2)] ?? 0, sorted.at(-1) ?? 0];
    console.log(
      `Replies of the representative were told after ${median} ms (median), ${worst} ms (worst of ${replies}).`,
    );
    expect(median).toBeLessThan(boundMs);
  } finally {
    org.signal('SIGINT');
    await org.end;
  }
}, 120_000);
