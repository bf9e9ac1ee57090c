import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { signatureHeader } from '../../../src/blueprint/webhook-signature.ts';
import { fixtureBody } from '../../../src/handoff/fixtures/fixture-body.ts';
import { contract } from '../../handoff/serving.ts';
import { cli, temporaryFolder } from '../cli.ts';
import { startServe } from './serve-process.ts';

const timeout = { timeout: 120_000 };

function webhookBody(deliveryId: string): string {
  const envelope = { deliveryId, occurredAt: new Date().toISOString(), organizationId: '00D000000000000AAA' };
  return JSON.stringify(fixtureBody(contract, 'caseClosed', envelope));
}

/** A folder with a certificate for this machine that it has signed itself. */
async function folderWithCertificate(): Promise<string> {
  const cwd = await temporaryFolder();
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=serve.example.com', '-addext', 'subjectAltName=DNS:serve.example.com'];
  await promisify(execFile)('openssl', [...made, ...names, '-keyout', 'key.pem', '-out', 'cert.pem'], { cwd });
  return cwd;
}

/** Status of a GET over TLS, with this certificate alone trusted. */
async function statusOverTls(url: string, ca: string): Promise<number | undefined> {
  return await new Promise((done, failed) => {
    const trust = { ca, servername: 'serve.example.com' };
    request(url, trust, (response) => {
      response.resume();
      done(response.statusCode);
    })
      .on('error', failed)
      .end();
  });
}

describe('--tls-cert and --tls-key', () => {
  test('make it speak https, and other commands of the folder find it nevertheless', timeout, async () => {
    const cwd = await folderWithCertificate();
    const serve = await startServe(cwd, '--tls-cert', 'cert.pem', '--tls-key', 'key.pem');
    const [origin = ''] = serve.started['origins'] as string[];
    expect(origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await statusOverTls(`${origin}/healthz`, await readFile(join(cwd, 'cert.pem'), 'utf8'))).toBe(200);
    expect((await serve.events('trigger', 'case_closed')).exitCode).toBe(0);
    await serve.result(({ event }) => event === 'accepted');
    const second = await cli(['serve', '--port', '0', '--json'], { cwd });
    expect(second.json().error?.code).toBe('SERVE_UNAVAILABLE');
    await serve.stop();
  });

  test('are refused one without the other, and if they hold something else', timeout, async () => {
    const cwd = await folderWithCertificate();
    const other = await folderWithCertificate();
    await writeFile(join(cwd, 'broken.pem'), '-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n');
    for (const args of [
      ['--tls-cert', 'cert.pem'],
      ['--tls-cert', 'cert.pem', '--tls-key', 'cert.pem'],
      ['--tls-cert', 'key.pem', '--tls-key', 'key.pem'],
      ['--tls-cert', 'none.pem', '--tls-key', 'key.pem'],
      ['--tls-cert', 'broken.pem', '--tls-key', 'key.pem'],
      ['--tls-cert', 'cert.pem', '--tls-key', join(other, 'key.pem')],
    ]) {
      const run = await cli(['serve', '--port', '0', '--json', ...args], { cwd });
      expect(run.json().error, args.join(' ')).toMatchObject({ code: 'USAGE' });
      expect(run.exitCode).toBe(2);
    }
  });
});

describe('--allow-ip', () => {
  test('lets nobody else in, and believes X-Forwarded-For of the named proxies alone', timeout, async () => {
    const cwd = await temporaryFolder();
    const others = await startServe(cwd, '--allow-ip', '203.0.113.0/24');
    expect((await others.post(webhookBody('one'))).status).toBe(404);
    expect((await others.post(webhookBody('one'), { 'x-forwarded-for': '203.0.113.7' })).status).toBe(404);
    await others.stop();
    const behind = await startServe(cwd, '--allow-ip', '203.0.113.0/24', '--trust-proxy', '127.0.0.0/8');
    expect((await behind.post(webhookBody('two'), { 'x-forwarded-for': '203.0.113.7' })).status).toBe(202);
    expect((await behind.post(webhookBody('three'), { 'x-forwarded-for': '203.0.113.7, 198.51.100.1' })).status).toBe(
      404,
    );
    await behind.stop();
  });
});

describe('--webhook-secret-file', () => {
  test('takes what was signed with one of its secrets, and nothing else', timeout, async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'secret'), 'the-new-s3cret-of-32-characters-\nthe-old-s3cret-of-32-characters-\n');
    const serve = await startServe(cwd, '--webhook-secret-file', 'secret');
    const signed = (body: string, secret: string) => {
      const seconds = Math.floor(Date.now() / 1000);
      const signature = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');
      return serve.post(body, { [signatureHeader]: `t=${seconds},v1=${signature}` });
    };
    const body = webhookBody('signed');
    expect((await serve.post(body)).status).toBe(401);
    expect((await signed(body, 'another-s3cret-of-32-characters-')).status).toBe(401);
    expect((await signed(body, 'the-old-s3cret-of-32-characters-')).status).toBe(202);
    expect((await signed(webhookBody('new'), 'the-new-s3cret-of-32-characters-')).status).toBe(202);
    const unsigned = await serve.events('trigger', 'case_created', '--json');
    expect(unsigned.json().error).toMatchObject({ code: 'NOT_DELIVERED', message: expect.stringContaining('401') });
    const triggered = await serve.events('trigger', 'case_created', '--webhook-secret-file', 'secret');
    expect(triggered).toMatchObject({ exitCode: 0, stderr: '' });
    await serve.stop();
    expect(JSON.stringify(serve.documents)).not.toContain('s3cret');
  });
});

test.each([
  ['recording and forwarding', ['--record', '--forward-to', 'http://localhost:3000/']],
  ['recording and a callback', ['--record', '--callback-url', 'http://localhost:3000/']],
  ['no sessions and a callback', ['--no-sessions', '--callback-url', 'http://localhost:3000/']],
  ['changing nothing and a public URL', ['--read-only', '--public-url', 'https://x.example.com']],
  ['a public URL with a path', ['--target-org', 'local', '--public-url', 'https://x.example.com/path']],
  ['a public URL without TLS', ['--target-org', 'local', '--public-url', 'http://x.example.com']],
  ['a trusted proxy and no list of addresses', ['--trust-proxy', '10.0.0.0/8']],
  ['an address that is none', ['--allow-ip', 'salesforce.com']],
  ['a callback that is no URL', ['--callback-url', 'localhost:3000']],
  ['a file and a database', ['--store', 'a.sqlite', '--database-url', 'postgres://127.0.0.1/opencx']],
  ['a database that is none', ['--database-url', 'mysql://127.0.0.1/opencx']],
  ['a password in the query of a database', ['--database-url', 'postgres://serve@127.0.0.1:9/opencx?password=x']],
  ['an API that is none', ['--opencx-url', 'ftp://api.example.com']],
  ['an API to which the key would travel in clear', ['--opencx-url', 'http://api.example.com']],
])('refuses %s', async (_what, args) => {
  const env = { OPENCX_API_KEY: 'key-of-opencx' };
  const run = await cli(['serve', '--port', '0', '--json', ...args], { cwd: await temporaryFolder(), env });
  expect(run.json().error, run.stdout).toMatchObject({ code: 'USAGE' });
  expect(run.exitCode).toBe(2);
});

test('refuses an API of OpenCX without a key to it, and says how to give one', async () => {
  const args = ['serve', '--port', '0', '--json', '--opencx-url', 'https://api.example.com'];
  const run = await cli(args, { cwd: await temporaryFolder() });
  expect(run.exitCode).toBe(2);
  expect(run.json().error).toMatchObject({
    code: 'USAGE',
    nextSteps: [expect.stringContaining('--opencx-api-key-file')],
  });
});
