import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openFarSide } from '../../handoff/far-side.ts';
import { cli, inputs, temporaryFolder } from '../cli.ts';
import { servedOrg } from '../served-org.ts';
import { installedOrg, original, publicUrl } from './installed-org.ts';
import { ownPlace, startServe } from './serve-process.ts';

const handoff = {
  sessionId: '0b5f3c1e-8a52-4f5e-9d43-0d7d5a0c9e11',
  channel: 'email',
  contact: { email: 'jane@customer.test' },
  subject: 'A refund',
  summary: 'Wants her money back.',
};

describe('an org that is not on this machine', () => {
  test('calls serve by a tunnel, whose address alone is public', { timeout: 120_000 }, async () => {
    const org = await installedOrg();
    const tunnel = await openFarSide();
    const serve = await org.serve('--public-url', new URL(tunnel.url).origin);
    const [origin] = serve.started['origins'] as string[];
    tunnel.answer(async ({ method, path, headers, body }) => {
      const answer = await fetch(`${origin}${path}`, {
        method,
        headers: { 'content-type': String(headers['content-type']) },
        body: Buffer.from(body),
      });
      return { status: answer.status, body: await answer.text() };
    });
    expect(await org.webhookUrl()).toBe(`${new URL(tunnel.url).origin}${new URL(serve.webhookUrl).pathname}`);
    const caseId = await org.admin.create('Case', { Subject: 'By the tunnel', Origin: 'Phone' });
    await serve.result(({ event, caseId: id }) => event === 'accepted' && id === caseId);
    expect(JSON.stringify(serve.documents)).not.toContain(new URL(serve.webhookUrl).pathname);
    await serve.stop();
    expect(await org.webhookUrl()).toBe(original);
  });

  test('keeps its Named Credential without --public-url', { timeout: 120_000 }, async () => {
    const org = await installedOrg();
    const serve = await org.serve();
    expect(serve.started).toMatchObject({ org: { channels: 'email' } });
    expect(serve.started['org']).not.toHaveProperty('namedCredential');
    expect(await org.webhookUrl()).toBe(original);
    await serve.stop();
  });

  test('is asked at the start whether its webhooks will be taken', { timeout: 120_000 }, async () => {
    const org = await installedOrg();
    await writeFile(join(org.cwd, 'mine'), 'the-secret-of-this-serve\n', { mode: 0o600 });
    const warned = async () => {
      const serve = await org.serve('--webhook-secret-file', 'mine');
      await serve.stop();
      return (serve.documents[0]?.warnings ?? []).filter((text) => /sign/.test(text));
    };
    expect(await warned()).toEqual([expect.stringMatching(/no custom setting OpenCX_Webhook__c.*webhookSignature/)]);
    const config = { blueprint: { options: { webhookSignature: true } } };
    await writeFile(join(org.cwd, 'opencx-sf.config.json'), JSON.stringify(config));
    const inFolder = { cwd: org.cwd, env: org.env };
    expect(await cli(['deploy-apex', ...inputs, '--no-tests', '--quiet'], inFolder)).toMatchObject({ exitCode: 0 });
    expect(await warned()).toEqual([expect.stringMatching(/holds no secret: its webhooks .* refused \(401\)/)]);
    await cli(['webhook', 'secret', '-'], { ...inFolder, stdin: 'the-secret-of-another-serve' });
    expect(await warned()).toEqual([expect.stringMatching(/another secret \(fingerprint [\da-f]{12}\) than/)]);
    expect(await cli(['webhook', 'secret', 'mine'], inFolder)).toMatchObject({ exitCode: 0 });
    expect(await warned()).toEqual([]);
  });

  test('is not touched in production unless it is named', { timeout: 120_000 }, async () => {
    const org = await servedOrg({ kind: 'production' });
    const cwd = await temporaryFolder();
    const flags = ['serve', '--port', '0', '--json', '--instance-url', org.running.url, '--access-token-stdin'];
    const run = (...args: string[]) => cli([...flags, ...args], { cwd, stdin: org.running.issueAccessToken() });
    for (const args of [
      [],
      ['--yes'],
      ['--confirm-org', org.running.organizationId],
      ['--yes', '--confirm-org', 'x'],
    ]) {
      const refused = await run(...publicUrl, ...args);
      expect(refused.exitCode, args.join(' ')).toBe(2);
      expect(refused.json().error?.code).toBe('CONFIRMATION_REQUIRED');
    }
    // Then it goes as far as it can in an org without the integration.
    const named = await run(...publicUrl, '--yes', '--confirm-org', org.running.organizationId);
    expect(named.json().error?.code).toBe('NOT_INSTALLED');
    expect((await org.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('that is away at the start is told in the words of the network', { timeout: 60_000 }, async () => {
    const run = await cli(
      ['serve', '--port', '0', '--json', '--instance-url', 'http://127.0.0.1:9', '--access-token-stdin'],
      {
        cwd: await temporaryFolder(),
        stdin: '00D000000000001!AQ0AQExampleToken.1234567890',
      },
    );
    expect(run.exitCode).toBe(1);
    expect(run.json().error).toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('could not be reached'),
    });
  });

  test(
    'that goes away while serve runs is told since when; what waits for it arrives once it is back',
    { timeout: 120_000 },
    async () => {
      const org = await installedOrg();
      const serve = await org.serve();
      await org.control('POST', '/faults', { match: { path: '/services/data' }, kind: 'status', status: 503 });
      expect((await serve.api('POST', '/handoffs', handoff)).status).toBe(202);
      const down = await serve.result(({ event }) => event === 'far-side-down');
      expect(down).toMatchObject({ target: org.running.url, since: expect.stringMatching(/^\d{4}-/) });
      await org.control('DELETE', '/faults');
      await serve.result(({ event }) => event === 'far-side-up');
      expect(await serve.result(({ event }) => event === 'told')).toMatchObject({ name: 'session.handoff_completed' });
      expect(await org.admin.query("SELECT Subject FROM Case WHERE Case_From__c = 'opencx'")).toMatchObject([
        { Subject: handoff.subject },
      ]);
      expect(await serve.stop()).toMatchObject({ waiting: 0, dead: 0 });
    },
  );
});

describe('--read-only', () => {
  test(
    'writes nothing into the org, refuses handoffs, and takes webhooks nevertheless',
    { timeout: 120_000 },
    async () => {
      const org = await installedOrg();
      const before = (await org.requests()).length;
      const far = await openFarSide();
      const serve = await org.serve('--read-only', '--forward-to', far.url);
      expect(serve.started).toMatchObject({ mode: 'read-only' });
      const refused = await serve.api('POST', '/handoffs', handoff);
      expect(refused.status).toBe(403);
      expect(await refused.text()).toMatch(/read.only|--read-only/i);
      await serve.events('trigger', 'case_created');
      await serve.result(({ event, target }) => event === 'delivered' && target !== ownPlace);
      expect(far.calls).toHaveLength(1);
      await serve.stop();
      const made = (await org.requests()).slice(before);
      expect(made.length).toBeGreaterThan(0);
      expect(made.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(await org.webhookUrl()).toBe(original);
    },
  );
});

describe('--record', () => {
  test('keeps events and carries nothing; events replay carries them', { timeout: 60_000 }, async () => {
    const serve = await startServe(await temporaryFolder(), '--record');
    expect(serve.started).toMatchObject({ mode: 'record', forward: [] });
    const { id } = (await serve.events('trigger', 'case_created', '--json')).json().result;
    expect(await serve.result(({ event }) => event === 'accepted')).toMatchObject({ targets: [] });
    expect((await serve.api('POST', '/handoffs', handoff)).status).toBe(403);
    expect((await serve.events('list', '--json')).json().result.events).toMatchObject([{ id, state: 'recorded' }]);
    const nowhere = await serve.events('replay', id, '--json');
    expect(nowhere.json().error?.code).toBe('USAGE');
    await serve.stop();
    const far = await openFarSide();
    const carried = await serve.events('replay', id, '--to', far.url, '--json');
    expect(carried.json()).toMatchObject({ status: 'ok', result: { deliveredBy: 'this command' } });
    expect(far.calls).toHaveLength(1);
  });
});

describe('a secret in an argument or a variable', () => {
  test(
    '--database-url with a password is refused on the command line, and never shown',
    { timeout: 60_000 },
    async () => {
      const cwd = await temporaryFolder();
      const url = 'postgres://serve:s3cretpass@127.0.0.1:9/opencx';
      const typed = await cli(['serve', '--json', '--database-url', url], { cwd });
      expect(typed.exitCode).toBe(2);
      expect(typed.json().error).toMatchObject({
        code: 'USAGE',
        nextSteps: [expect.stringContaining('OPENCX_SF_DATABASE_URL')],
      });
      for (const args of [
        ['serve', '--port', '0', '--debug'],
        ['events', 'list', '--debug'],
      ]) {
        const run = await cli(args, { cwd, env: { OPENCX_SF_DATABASE_URL: url } });
        expect(run.exitCode).not.toBe(0);
        expect(run.stderr).toContain('127.0.0.1:9');
        expect(run.stdout + run.stderr).not.toContain('s3cretpass');
      }
      expect(typed.stdout + typed.stderr).not.toContain('s3cretpass');
      const unescaped = url.replace('s3cretpass', '100%s3cretpass');
      const broken = await cli(['events', 'list', '--json'], { cwd, env: { OPENCX_SF_DATABASE_URL: unescaped } });
      expect(broken.json().error).toMatchObject({ code: 'USAGE', message: expect.stringContaining('%25') });
      expect(broken.stdout + broken.stderr).not.toContain('s3cretpass');
    },
  );

  test('the key of OpenCX is in no line, whatever gave it', { timeout: 60_000 }, async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'key'), 'ocx-s3cret-key-1234567890\n');
    const serve = await startServe(cwd, '--opencx-api-key-file', 'key');
    const token = (await readFile(join(cwd, '.opencx-sf/serve/api-token'), 'utf8')).trim();
    await serve.stop();
    const { stderr } = await serve.end;
    for (const secret of ['ocx-s3cret-key', token]) {
      expect(JSON.stringify(serve.documents) + stderr).not.toContain(secret);
    }
  });
});
