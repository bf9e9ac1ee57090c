import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { envelopeSchema } from '../../../src/commands/envelope-schema.ts';
import { serveResultSchema } from '../../../src/commands/serve/result-schema.ts';
import { destroy } from '../../diagnose/checks/plant.ts';
import { cli, inputs, temporaryFolder } from '../cli.ts';
import { installedOrg, original, publicUrl, type InstalledOrg } from './installed-org.ts';
import { startServe, type ServeProcess } from './serve-process.ts';

const timeout = { timeout: 180_000 };

/** Files in which originals are kept. */
async function kept({ cwd }: InstalledOrg): Promise<string[]> {
  return (await readdir(join(cwd, '.opencx-sf/serve'))).filter((file) => file.startsWith('named-credential-'));
}

/** Of the serve of a folder; 0 while there is none. */
async function pidOf(cwd: string): Promise<number> {
  const text = await readFile(join(cwd, '.opencx-sf/serve/events.sqlite.serve.json'), 'utf8').catch(() => '{"pid":0}');
  return (JSON.parse(text) as { pid: number }).pid;
}

/** One that has pointed the Named Credential at itself, and could not set it back. */
async function killedServe(org: InstalledOrg): Promise<ServeProcess> {
  const serve = await org.serve(...publicUrl);
  serve.signal('SIGKILL');
  await serve.end;
  return serve;
}

describe('the Named Credential', () => {
  test(
    'points at serve behind the public URL while it runs, and is set back by whatever ends it',
    timeout,
    async () => {
      const org = await installedOrg();
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        const serve = await org.serve(...publicUrl);
        expect(serve.started).toMatchObject({ org: { namedCredential: 'OpenCX_Integration' } });
        expect(await org.webhookUrl()).toBe(serve.webhookUrl);
        expect(serve.webhookUrl).toMatch(/^http:\/\/127\.0\.0\.1:9\/webhooks\/salesforce\/[\w-]{43}$/);
        expect(await kept(org)).toHaveLength(1);
        serve.signal(signal);
        expect(await serve.end, signal).toMatchObject({ exitCode: 0, stderr: '' });
        expect(await org.webhookUrl(), signal).toBe(original);
        expect(await kept(org)).toEqual([]);
        expect(JSON.stringify(serve.documents)).not.toContain(original);
      }
    },
  );

  test('is set back if serve fails after it was set, although the answer was lost', timeout, async () => {
    const org = await installedOrg();
    await org.control('POST', '/faults', {
      match: { method: 'PATCH', path: '/tooling/sobjects/NamedCredential/' },
      kind: 'drop-after',
      times: 1,
    });
    const failed = await org.run(org.cwd, ...publicUrl);
    expect(failed.exitCode).toBe(1);
    expect(failed.json().error).toMatchObject({ code: 'NETWORK' });
    const writes = (await org.requests()).filter(({ method, path }) => method === 'PATCH' && path.includes('Named'));
    expect(writes).toHaveLength(2);
    expect(await org.webhookUrl()).toBe(original);
    expect(await kept(org)).toEqual([]);
  });

  test('left by a serve that was killed is set back at the end of the next one, or by --restore', timeout, async () => {
    const org = await installedOrg();
    const killed = await killedServe(org);
    expect(await org.webhookUrl()).toBe(killed.webhookUrl);

    await killedServe(org);
    const last = await org.serve(...publicUrl);
    await last.stop();
    expect(await org.webhookUrl()).toBe(original);

    await killedServe(org);
    const restored = await org.run(org.cwd, '--restore');
    expect(restored.exitCode, restored.stdout).toBe(0);
    expect(envelopeSchema(serveResultSchema).safeParse(restored.json()).error?.issues ?? []).toEqual([]);
    expect(restored.json().result).toMatchObject({ event: 'restored', restored: true, url: 'http://127.0.0.1:9/…' });
    expect(await org.webhookUrl()).toBe(original);
    expect(await kept(org)).toEqual([]);
    const nothing = await org.run(org.cwd, '--restore');
    expect(nothing.json().result).toMatchObject({ restored: false });
  });

  test(
    'left by a serve that was killed is set back, too, if the next one cannot point it at another URL',
    timeout,
    async () => {
      const org = await installedOrg();
      await killedServe(org);
      await org.control('POST', '/faults', {
        match: { method: 'PATCH', path: '/tooling/sobjects/NamedCredential/' },
        kind: 'drop',
        times: 1,
      });
      const failed = await org.run(org.cwd, '--public-url', 'http://127.0.0.1:10');
      expect(failed.json().error).toMatchObject({ code: 'NETWORK' });
      expect(await org.webhookUrl()).toBe(original);
      expect(await kept(org)).toEqual([]);
    },
  );

  test('left under another name stops the next serve; deleted, it is nothing to set back', timeout, async () => {
    const org = await installedOrg();
    await killedServe(org);
    const renamed = { blueprint: { names: { namedCredential: 'OpenCX_Renamed' } } };
    await writeFile(join(org.cwd, 'opencx-sf.config.json'), JSON.stringify(renamed));
    const inOrg = { cwd: org.cwd, env: org.env };
    expect(await cli(['deploy-apex', ...inputs, '--no-tests', '--quiet'], inOrg)).toMatchObject({ exitCode: 0 });
    const refused = await org.run(org.cwd, ...publicUrl);
    expect(refused.json().error).toMatchObject({
      code: 'SERVE_UNAVAILABLE',
      message: expect.stringMatching(/OpenCX_Integration .* still points at another serve.* names OpenCX_Renamed now/),
    });
    expect(await kept(org)).toHaveLength(1);
    const restored = await cli(['serve', '--restore', ...org.login.flags], { ...inOrg, stdin: org.login.stdin });
    expect(restored.stdout).toBe('OpenCX_Integration points at http://127.0.0.1:9/… again, as before.\n');
    expect(await org.webhookUrl()).toBe(original);

    await killedServe(org);
    await destroy(org.running, { NamedCredential: ['OpenCX_Renamed'] });
    const gone = await org.run(org.cwd, '--restore');
    expect(gone.json()).toMatchObject({ status: 'ok', result: { event: 'restored', restored: false } });
    expect(await kept(org)).toEqual([]);
  });

  test('is not taken away from another serve of the same folder by the end of the first', timeout, async () => {
    const org = await installedOrg();
    const first = await org.serve(...publicUrl);
    const second = await org.serve('--store', 'others.sqlite', '--public-url', 'http://127.0.0.1:10');
    first.signal('SIGINT');
    expect(await first.end).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('http://127.0.0.1:10/…') });
    expect(new URL(await org.webhookUrl()).host).toBe('127.0.0.1:10');
    await second.stop();
    expect(await org.webhookUrl()).toBe(original);
    expect(await kept(org)).toEqual([]);
  });

  test('is left alone, and that is said, if somebody has changed it meanwhile', timeout, async () => {
    const org = await installedOrg();
    const others = 'https://somebody.example.com/s3cret-path';
    const serve = await org.serve(...publicUrl);
    await org.setWebhookUrl(others);
    serve.signal('SIGINT');
    const { exitCode, stderr } = await serve.end;
    expect(exitCode).toBe(0);
    expect(stderr).toContain('was changed by somebody meanwhile (https://somebody.example.com/…) and is left as it is');
    expect(stderr).not.toContain('s3cret-path');
    expect(await org.webhookUrl()).toBe(others);
    expect(await kept(org)).toEqual([]);
  });

  test(
    'taken over from the serve of another folder is given back to it, and that is said at the start',
    timeout,
    async () => {
      const org = await installedOrg();
      const first = await org.serve(...publicUrl);
      const folder = await temporaryFolder();
      const text = cli(['serve', '--port', '0', ...org.login.flags, ...publicUrl, '--max-age', '1d'], {
        cwd: folder,
        stdin: org.login.stdin,
      });
      await expect.poll(() => org.webhookUrl(), { timeout: 30_000 }).not.toBe(first.webhookUrl);
      await expect.poll(() => pidOf(folder), { timeout: 30_000 }).toBeGreaterThan(0);
      process.kill(await pidOf(folder), 'SIGINT');
      const second = await text;
      expect(second.exitCode, second.stderr).toBe(0);
      expect(second.stderr.replaceAll(/\s+/g, ' ')).toContain(
        'is another serve. If it has ended: opencx-sf serve --restore',
      );
      expect(second.stderr).toContain('OpenCX_Integration points at http://127.0.0.1:9/… again, as before.');
      expect(await org.webhookUrl()).toBe(first.webhookUrl);
      await first.stop();
      expect(await org.webhookUrl()).toBe(original);
    },
  );

  test('cannot be set back while the org is away: that is said, and the next run does it', timeout, async () => {
    const org = await installedOrg();
    const serve = await org.serve(...publicUrl);
    await org.control('POST', '/faults', { match: { path: '/tooling/' }, kind: 'drop', times: 20 });
    serve.signal('SIGINT');
    const { exitCode, stderr } = await serve.end;
    expect(exitCode).toBe(0);
    expect(stderr).toContain('OpenCX_Integration could NOT be set back');
    expect(stderr).toContain('opencx-sf serve --restore');
    expect(await kept(org)).toHaveLength(1);
    await org.control('DELETE', '/faults');
    expect((await org.run(org.cwd, '--restore')).json().result).toMatchObject({ restored: true });
    expect(await org.webhookUrl()).toBe(original);
  });
});

test(
  'a local org that serve has started itself is still up when its Named Credential is set back',
  timeout,
  async () => {
    const cwd = await temporaryFolder();
    const local = ['--target-org', 'local'] as const;
    const early = await cli(['serve', '--port', '0', '--json', ...local], { cwd });
    expect(early.exitCode).toBe(1);
    expect(early.json().error).toMatchObject({
      code: 'NOT_INSTALLED',
      nextSteps: [expect.stringContaining('opencx-sf init --target-org local --yes')],
    });
    expect((await cli(['init', ...local, '--yes', '--no-tests'], { cwd })).exitCode).toBe(0);
    const before = (await cli(['webhook', 'show', ...local, '--json'], { cwd })).json().result.fingerprint;
    const serve = await startServe(cwd, ...local);
    const tested = await cli(['webhook', 'test', ...local, '--json'], { cwd });
    expect(tested.json().result, tested.stdout).toMatchObject({ reached: true });
    await serve.result(({ event }) => event === 'connection-test');
    await serve.stop();
    expect((await cli(['webhook', 'show', ...local, '--json'], { cwd })).json().result.fingerprint).toBe(before);
  },
);
