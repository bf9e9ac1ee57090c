import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, onTestFinished, test } from 'vitest';

import { manualClock } from '../manual-clock.ts';
import { bodyOf, openTestStore, post, serve } from '../serving.ts';

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');

test('both loopback addresses answer at one port, so that localhost is found either way', async () => {
  const serving = await serve();
  const path = new URL(serving.webhookUrl).pathname;
  expect(serving.origins).toEqual(
    (hasIpv6 ? ['127.0.0.1', '[::1]'] : ['127.0.0.1']).map((host) => `http://${host}:${serving.port}`),
  );
  for (const origin of [...serving.origins, `http://localhost:${serving.port}`]) {
    expect((await post(origin + path)).status).toBe(202);
  }
});

test('a port that another process has is told, and nothing is carried by the one that cannot have it', async () => {
  const first = await serve();
  const { store } = await openTestStore();
  const claims: string[] = [];
  const watched = {
    ...store,
    claim: (owner: string, ...more: [number, number, number]) => {
      claims.push(owner);
      return store.claim(owner, ...more);
    },
  };
  await expect(serve({ port: first.port, store: watched })).rejects.toMatchObject({
    code: 'LISTEN_FAILED',
    message: `Another process listens at port ${first.port} of 127.0.0.1 already.`,
  });
  expect(claims).toEqual([]);
});

test('who cannot have a port leaves the store alone from then on', async () => {
  const first = await serve();
  const { store } = await openTestStore();
  const clock = manualClock();
  let reads = 0;
  const counted = {
    ...store,
    events: (...given: Parameters<typeof store.events>) => ((reads += 1), store.events(...given)),
    newestSequence: () => ((reads += 1), store.newestSequence()),
  };
  await expect(serve({ port: first.port, store: counted, clock })).rejects.toMatchObject({ code: 'LISTEN_FAILED' });
  const before = reads;
  await clock.pass(5000);
  expect(reads).toBe(before);
});

test.each([
  ['0.0.0.0', 'short-token-1234', /128 bits/],
  ['::', 'short-token-1234', /128 bits/],
  ['127.0.0.1', 'a/b', /letters, digits/],
])('at %s the token %s is refused', async (host, token, why) => {
  await expect(serve({ host, token })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringMatching(why) as string,
  });
});

test('at an address that others can reach a short token of the API is refused, too', async () => {
  await expect(serve({ host: '0.0.0.0', api: { token: 'short-token-1234' } })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringMatching(/token of the API .* 128 bits/) as string,
  });
});

test('on this machine alone a short token will do', async () => {
  const serving = await serve({ host: '127.0.0.1', token: 'short-token-1234' });
  expect(serving.origins).toEqual([`http://127.0.0.1:${serving.port}`]);
  expect((await post(serving.webhookUrl)).status).toBe(202);
});

test('with a certificate it speaks TLS', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'serve-tls-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '1',
    ...files,
    ...subject,
  ]);
  const [cert, key] = await Promise.all(['cert.pem', 'key.pem'].map((name) => readFile(join(folder, name), 'utf8')));
  const serving = await serve({ tls: { cert: cert ?? '', key: key ?? '' } });
  expect(serving.webhookUrl).toMatch(/^https:\/\/127\.0\.0\.1:/);
  const body = bodyOf();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    request(serving.webhookUrl, { method: 'POST', ca: cert, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end(body);
  });
  expect(status).toBe(202);
});

test('a certificate that cannot be used is told', async () => {
  await expect(serve({ tls: { cert: 'none', key: 'none' } })).rejects.toMatchObject({
    code: 'LISTEN_FAILED',
    message: expect.stringMatching(/^The certificate or its key cannot be used: /) as string,
  });
});

test('a connection on which nothing was said, as browsers open them ahead, holds up no ending', async () => {
  const serving = await serve({ pace: { drainMs: 600_000 } });
  const ahead = connect(serving.port, '127.0.0.1');
  await once(ahead, 'connect');
  // Whoever is answered later was let in later.
  expect((await post(serving.webhookUrl)).status).toBe(202);
  const closed = once(ahead, 'close');
  await serving.close();
  await closed;
});
