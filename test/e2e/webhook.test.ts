import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, onTestFinished, test } from 'vitest';

import { cli, inputs, temporaryFolder } from './cli.ts';

const local = ['--target-org', 'local'] as const;

async function installed(): Promise<string> {
  const cwd = await temporaryFolder();
  const run = await cli(['deploy-apex', ...local, ...inputs, '--no-tests', '--quiet'], { cwd });
  expect(run.stderr).toBe('');
  return cwd;
}

/** A webhook that answers with one status; what it was sent is kept. */
async function webhook(status: number): Promise<{ url: string; bodies: Record<string, unknown>[] }> {
  const bodies: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      bodies.push(JSON.parse(text) as Record<string, unknown>);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    await new Promise((closed) => server.close(closed));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/s3cret-part`, bodies };
}

describe('opencx-sf webhook', () => {
  test('set changes the URL alone and reads it back; show tells it without giving it away', async () => {
    const cwd = await installed();
    const { url } = await webhook(202);

    const set = await cli(['webhook', 'set', '-', ...local], { cwd, stdin: `${url}\n` });
    expect(set).toMatchObject({ exitCode: 0, stderr: '' });
    expect(set.stdout).toMatch(
      /^✓ OpenCX_Integration now has http:\/\/127\.0\.0\.1:\d+\/… \(fingerprint \w{12}; before: \w{12}\)/,
    );

    const again = await cli(['webhook', 'set', url, ...local, '--json'], { cwd });
    expect(again.json()).toMatchObject({ status: 'ok', result: { changed: false } });

    const show = await cli(['webhook', 'show', ...local, '--json'], { cwd });
    expect(show.json().result).toMatchObject({ namedCredential: 'OpenCX_Integration', model: 'legacy' });
    expect(show.json().result.fingerprint).toBe(again.json().result.fingerprint);
    expect([set, again, show].map((run) => run.stdout + run.stderr).join('')).not.toContain('s3cret-part');
  });

  test('test lets the org call it, and tells the answer', async () => {
    const cwd = await installed();
    const good = await webhook(202);
    await cli(['webhook', 'set', good.url, ...local], { cwd });
    const reached = await cli(['webhook', 'test', ...local, '--json'], { cwd });
    expect(reached.json()).toMatchObject({ status: 'ok', result: { statusCode: 202, reached: true } });
    expect(good.bodies).toEqual([
      {
        delivery_id: reached.json().result.deliveryId,
        contract_version: 1,
        event: 'connection_test',
        occurred_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        organization_id: expect.stringMatching(/^00D/),
      },
    ]);
  });

  test('test fails where the webhook refuses, and where nobody answers', async () => {
    const cwd = await installed();
    const bad = await webhook(404);
    await cli(['webhook', 'set', bad.url, ...local], { cwd });
    const refused = await cli(['webhook', 'test', ...local, '--json'], { cwd });
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.json()).toMatchObject({
      result: { statusCode: 404, reached: false },
      error: { code: 'WEBHOOK_NOT_REACHED', message: 'callout:OpenCX_Integration was answered: 404 Not Found' },
    });
    await cli(['webhook', 'set', 'http://127.0.0.1:9/hook', ...local], { cwd });
    const silent = await cli(['webhook', 'test', ...local], { cwd });
    expect(silent.exitCode).toBe(1);
    expect(silent.stderr).toContain('WEBHOOK_NOT_REACHED');
    expect(silent.stderr).toContain('Connection refused');
  });

  test('says what is wrong with wrong input, and with an org without the integration', async () => {
    const cwd = await temporaryFolder();
    const missing = await cli(['webhook', 'set', ...local], { cwd });
    expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('MISSING_INPUT') });
    const bad = await cli(['webhook', 'set', 'ftp://example.com/x', ...local], { cwd });
    expect(bad).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('BLUEPRINT_INVALID') });
    const absent = await cli(['webhook', 'show', ...local], { cwd });
    expect(absent).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('has no Named Credential') });
    const nowhere = await cli(['webhook', 'test'], { cwd });
    expect(nowhere).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--target-org') });
  });
});
