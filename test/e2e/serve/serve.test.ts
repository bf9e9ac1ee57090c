import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openFarSide } from '../../handoff/far-side.ts';
import { cli, temporaryFolder } from '../cli.ts';
import { ownPlace, startServe } from './serve-process.ts';

describe('opencx-sf serve', () => {
  test('says where it is, takes webhooks, forwards them, and ends with exit code 0', async () => {
    const cwd = await temporaryFolder();
    const far = await openFarSide();
    const serve = await startServe(cwd, '--forward-to', far.url);
    expect(serve.started).toMatchObject({
      origins: [expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), expect.stringMatching(/^http:\/\/\[::1\]:\d+$/)],
      forward: [{ target: far.url }],
      waiting: 0,
      dead: 0,
    });
    const { id } = (await serve.events('trigger', 'case_created', '--json')).json().result;
    const attempt = await serve.result(({ event, target }) => event === 'attempt' && target !== ownPlace);
    expect(attempt).toMatchObject({ eventId: id, name: 'caseCreated', status: 200, attempt: 1, target: far.url });
    expect(JSON.parse(far.calls[0]?.body.toString() ?? '')).toMatchObject({ event: 'case_created' });
    expect(await serve.stop()).toEqual({ event: 'stopped', accepted: 1, delivered: 1, waiting: 0, dead: 0 });
  });

  test('keeps its secret from run to run, in private files, and out of every line', async () => {
    const cwd = await temporaryFolder();
    const first = await startServe(cwd);
    const token = (await readFile(join(cwd, '.opencx-sf/serve/token'), 'utf8')).trim();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(first.webhookUrl.endsWith(`/webhooks/salesforce/${token}`)).toBe(true);
    for (const file of ['token', 'webhook-url', 'events.sqlite', 'events.sqlite.serve.json']) {
      expect((await stat(join(cwd, '.opencx-sf/serve', file))).mode & 0o777, file).toBe(0o600);
    }
    await first.stop();
    const second = await startServe(cwd);
    expect(second.webhookUrl.endsWith(token)).toBe(true);
    await second.stop();
    for (const { documents } of [first, second]) expect(JSON.stringify(documents)).not.toContain(token);
    await expect(stat(join(cwd, '.opencx-sf/serve/webhook-url'))).rejects.toThrow(/ENOENT/);
  });

  test('sends events of one name elsewhere, and others nowhere if nothing is said of them', async () => {
    const created = await openFarSide();
    const serve = await startServe(await temporaryFolder(), '--forward', `case_created=${created.url}`);
    await serve.events('trigger', 'case_created');
    await serve.events('trigger', 'caseClosed');
    await serve.result(({ event, target }) => event === 'delivered' && target !== ownPlace);
    expect(await serve.result(({ event, name }) => event === 'accepted' && name === 'caseClosed')).toMatchObject({
      targets: [ownPlace],
    });
    await serve.stop();
    expect(created.calls).toHaveLength(1);
  });

  test('works into sessions what it forwards nowhere', async () => {
    const serve = await startServe(await temporaryFolder());
    expect(serve.started).toMatchObject({ forward: [] });
    const trigger = await serve.events('trigger', 'case_closed');
    expect(trigger).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('✓ case_closed was taken (202)') });
    await serve.result(({ event, target }) => event === 'delivered' && target === ownPlace);
    const list = await serve.events('list', '--json');
    const deliveries = [{ target: ownPlace, state: 'delivered' }];
    expect(list.json().result.events).toMatchObject([{ event: 'case_closed', deliveries }]);
    expect(await serve.stop()).toMatchObject({ accepted: 1, delivered: 0 });
  });

  test('says that the far side is down, since when, and that it is up again; what waited arrives', async () => {
    const far = await openFarSide();
    await far.close();
    const serve = await startServe(await temporaryFolder(), '--forward-to', far.url);
    await serve.events('trigger', 'case_created');
    const down = await serve.result(({ event }) => event === 'far-side-down');
    expect(down).toMatchObject({ target: new URL(far.url).origin, reason: expect.stringContaining('ECONNREFUSED') });
    expect(Date.parse(down.since)).toBeGreaterThan(Date.now() - 60_000);
    const attempt = await serve.result(({ event, target }) => event === 'attempt' && target !== ownPlace);
    expect(attempt).toMatchObject({ attempt: 1, counted: false, nextAttemptAt: expect.any(String) });
    const again = await openFarSide(far.port);
    await serve.result(({ event }) => event === 'far-side-up');
    await serve.result(({ event, target }) => event === 'delivered' && target !== ownPlace);
    expect(again.calls).toHaveLength(1);
    expect(await serve.stop()).toMatchObject({ waiting: 0, dead: 0 });
  });

  test('gives up what waits for a far side that is down for longer than told', async () => {
    const far = await openFarSide();
    await far.close();
    const serve = await startServe(await temporaryFolder(), '--forward-to', far.url, '--give-up-after', '1s');
    await serve.events('trigger', 'case_created');
    const dead = await serve.result(({ event }) => event === 'dead');
    expect(dead).toMatchObject({
      attempt: 1,
      reason: expect.stringContaining('given up: it waited for the far side since'),
    });
    expect(await serve.stop()).toMatchObject({ waiting: 0, dead: 1 });
  });

  test('goes on with what an earlier run left, killed or not', async () => {
    const cwd = await temporaryFolder();
    const far = await openFarSide();
    await far.close();
    const first = await startServe(cwd, '--forward-to', far.url);
    await first.events('trigger', 'case_created');
    await first.result(({ event, target }) => event === 'attempt' && target !== ownPlace);
    first.signal('SIGKILL');
    await first.end;
    const again = await openFarSide(far.port);
    const second = await startServe(cwd, '--forward-to', far.url);
    expect(second.started).toMatchObject({ waiting: 1 });
    await second.result(({ event, target }) => event === 'delivered' && target !== ownPlace);
    await second.stop();
    expect(again.calls).toHaveLength(1);
  });

  test('tells a call that it refused, and the same one twice as a duplicate', async () => {
    const far = await openFarSide();
    const serve = await startServe(await temporaryFolder(), '--forward-to', far.url);
    expect((await serve.post('{"event":"nothing"}')).status).toBe(400);
    expect(await serve.result(({ event }) => event === 'rejected')).toMatchObject({ status: 400 });
    await serve.events('trigger', 'case_closed');
    await serve.result(({ event, target }) => event === 'delivered' && target !== ownPlace);
    const body = far.calls[0]?.body ?? Buffer.alloc(0);
    expect(await (await serve.post(body)).json()).toMatchObject({ duplicate: true });
    expect(await serve.result(({ event }) => event === 'duplicate')).toMatchObject({ times: 1 });
    await serve.stop();
    expect(far.calls).toHaveLength(1);
    const rejected = await serve.events('list', '--rejected', '--json');
    expect(rejected.json().result.rejections).toMatchObject([{ status: 400, body: '{"event":"nothing"}' }]);
  });

  test('refuses a second serve on the same store', async () => {
    const serve = await startServe(await temporaryFolder());
    const second = await cli(['serve', '--port', '0', '--json'], { cwd: serve.cwd });
    expect(second).toMatchObject({ exitCode: 1 });
    expect(second.json().error).toMatchObject({ code: 'SERVE_UNAVAILABLE' });
    await serve.stop();
  });

  test('prints plain lines for people: direction, time, event, Case, status, milliseconds', async () => {
    const cwd = await temporaryFolder();
    const far = await openFarSide();
    far.answer((_call, nth) => ({ status: nth === 1 ? 500 : 200 }));
    const child = cli(['serve', '--port', '0', '--forward-to', far.url], { cwd, env: { OPENCX_SF_QUIET: '1' } });
    const running = join(cwd, '.opencx-sf/serve/events.sqlite.serve.json');
    await expect.poll(() => readFile(running, 'utf8').catch(() => ''), { timeout: 20_000 }).toContain('pid');
    await cli(['events', 'trigger', 'case_created'], { cwd });
    await expect.poll(() => far.calls.length, { timeout: 20_000 }).toBe(2);
    const { pid } = JSON.parse(await readFile(running, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGINT');
    const run = await child;
    expect(run.exitCode).toBe(0);
    const [taken, told, failed, arrived, ...more] = run.stdout.trimEnd().split('\n');
    expect(told).toMatch(/^\d\d:\d\d:\d\d {2}· {2}session.started +session \w{8} .*session is open$/);
    expect(taken).toMatch(
      /^\d\d:\d\d:\d\d {2}← {2}case_created +500000000000001AAA {2}202 +\d+(?:\.\d)? m?s {2}evt_\w+$/,
    );
    expect(failed).toMatch(
      /^\d\d:\d\d:\d\d {2}→ {2}case_created +500\w+ {2}500 +\d+(?:\.\d)? m?s .* · attempt 1 · again in /,
    );
    expect(arrived).toMatch(/^\d\d:\d\d:\d\d {2}→ {2}case_created +500\w+ {2}200 +\d+(?:\.\d)? m?s .* · attempt 2$/);
    expect(more).toEqual([]);
    expect(run.stderr).toContain(`webhooks  → ${far.url}`);
    expect(run.stderr).not.toContain((await readFile(join(cwd, '.opencx-sf/serve/token'), 'utf8')).trim());
  });

  test.each([
    ['a port that is none', ['--port', '70000'], 'USAGE'],
    ['a target that is no URL', ['--forward-to', 'localhost:3000'], 'USAGE'],
    ['a target with a password', ['--forward-to', 'http://a:b@localhost:3000/'], 'USAGE'],
    ['a route without a name', ['--forward', 'http://localhost:3000/?a=b'], 'USAGE'],
    ['a route of an unknown event', ['--forward', 'case_opened=http://localhost:3000/'], 'USAGE'],
    ['an age that is none', ['--max-age', 'long'], 'USAGE'],
    ['a time to give up after that is none', ['--give-up-after', 'never'], 'USAGE'],
    ['a size that is none', ['--max-size', '0gb'], 'USAGE'],
    ['an unknown flag', ['--inspector'], 'USAGE'],
  ])('refuses %s', async (_what, args, code) => {
    const run = await cli(['serve', '--json', ...args], { cwd: await temporaryFolder() });
    expect(run.exitCode).toBe(2);
    expect(run.json().error).toMatchObject({ code });
  });

  test('refuses a token file without a token, a short token for others than this machine, and a port that is taken', async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'token'), 'two words\n');
    const serve = (...args: string[]) => cli(['serve', '--port', '0', '--json', ...args], { cwd });
    expect((await serve('--token-file', 'token')).json().error?.code).toBe('USAGE');
    await writeFile(join(cwd, 'token'), 'short\n');
    expect((await serve('--token-file', 'token', '--host', '0.0.0.0')).json().error?.code).toBe('USAGE');
    const far = await openFarSide();
    const taken = await serve('--port', String(far.port));
    expect(taken).toMatchObject({ exitCode: 1 });
    expect(taken.json().error?.code).toBe('LISTEN_FAILED');
  });
});
