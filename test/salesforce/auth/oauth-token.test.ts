import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { requestToken, type TokenRequest } from '../../../src/salesforce/auth/oauth-token.ts';
import { everythingIn, failureOf, impatientClock } from './login-failure.ts';
import { granted, refused, startTokenServer, type Reply, type TokenServer } from './token-server.ts';

const token = '00D5g00000Ab1Cd!AQEAQ.planted_token';
const busy: Reply = { status: 503, body: '<html><title>Maintenance</title></html>' };

let org: TokenServer | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await org?.close();
  org = undefined;
});

async function start(reply: Parameters<typeof startTokenServer>[0]): Promise<TokenServer> {
  org = await startTokenServer(reply);
  return org;
}

function asking(loginUrl: string, more: Partial<TokenRequest> = {}): TokenRequest {
  return {
    loginUrl,
    form: { grant_type: 'client_credentials', client_id: '3MVG9key', client_secret: 'planted/client+secret' },
    doing: 'logging in by client credentials',
    repeatable: true,
    ...more,
  };
}

describe('an answer that is no token', () => {
  it('a web page: told with its title, not with its contents', async () => {
    const page =
      `<!DOCTYPE html><html><head><style>${'/* long */'.repeat(100)}</style><title>` +
      'Corporate &amp; Proxy</title></head><body>client_secret=planted%2Fclient%2Bsecret</body></html>';
    const { url } = await start(() => ({ status: 200, body: page }));
    const error = await failureOf(async () => requestToken(asking(url)));
    expect(error.code).toBe('ORG_UNEXPECTED_ANSWER');
    expect(error.message).toContain('HTTP 200 with a web page ("Corporate &amp; Proxy")');
    expect(everythingIn(error)).not.toContain('planted');
  });

  it.each([
    ['JSON that is none', { status: 200, body: { hello: 'world' } }, 'no token answer'],
    ['an empty answer', { status: 200, body: '' }, 'no token answer'],
    ['a list', { status: 200, body: [] }, 'no token answer'],
    ['a token without an org', { status: 200, body: { access_token: token } }, 'no token answer'],
    ['not found', { status: 404, body: '' }, 'HTTP 404'],
    [
      'an error of another service',
      { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] },
      'NOT_FOUND',
    ],
  ] as [string, Reply, string][])('%s', async (_what, reply, reason) => {
    const { url } = await start(() => reply);
    const error = await failureOf(async () => requestToken(asking(url)));
    expect(error.code).toBe('ORG_UNEXPECTED_ANSWER');
    expect(error.message).toContain(reason);
    expect(everythingIn(error)).not.toContain('planted');
  });

  it('a token for a place where it would travel in clear', async () => {
    const { url } = await start(() => granted('http://evil.example', token));
    const error = await failureOf(async () => requestToken(asking(url)));
    expect(error.code).toBe('ORG_UNEXPECTED_ANSWER');
    expect(error.message).toContain('https');
    expect(everythingIn(error)).not.toContain('planted');
  });

  it('a redirect: the credentials stay', async () => {
    const other = await startTokenServer((_request, _count, url) => granted(url, token));
    const { url } = await start(() => ({
      status: 307,
      body: '',
      headers: { location: `${other.url}/services/oauth2/token` },
    }));
    const error = await failureOf(async () => requestToken(asking(url)));
    await other.close();
    expect(error.code).toBe('ORG_UNEXPECTED_ANSWER');
    expect(error.message).toContain(`redirects to ${other.url}`);
    expect(other.requests).toHaveLength(0);
  });

  it.each([
    ['JSON', (secret: string) => JSON.stringify([{ message: secret }])],
    ['JSON with escaped slashes', (secret: string) => JSON.stringify([{ message: secret }]).replaceAll('/', '\\/')],
    ['a form', (secret: string) => new URLSearchParams({ secret }).toString()],
    ['plain text', (secret: string) => `secret ${secret}`],
  ])('an echo of what was sent, as %s', async (_what, echo) => {
    const secret = `planted/"quoted" & (spaced) secret`;
    const { url } = await start((request) => ({ status: 400, body: echo(request.form.get('client_secret') ?? '') }));
    const form = { grant_type: 'client_credentials', client_secret: secret };
    const error = await failureOf(async () => requestToken(asking(url, { form })));
    expect(error.message).toContain('[redacted]');
    expect(everythingIn(error)).not.toContain('planted');
  });

  it('a refusal that echoes what was sent', async () => {
    const { url } = await start((request) =>
      refused('invalid_client', `bad secret ${request.form.get('client_secret')} for ${token}`),
    );
    const error = await failureOf(async () => requestToken(asking(url)));
    expect(error.message).toContain('bad secret [redacted] for 00D5g00000Ab1Cd![redacted]');
    expect(everythingIn(error)).not.toContain('planted');
  });
});

describe('a transient failure', () => {
  const failures: [string, Reply][] = [
    ['a page of a gateway', busy],
    ['HTTP 429', { status: 429, body: '' }],
    ['a broken connection', { drop: true }],
    ['unknown_error', refused('unknown_error', 'retry your request')],
  ];

  it.each(failures)('%s is asked past, with growing pauses', async (_what, failure) => {
    const { url, requests } = await start((_request, count, own) => (count < 3 ? failure : granted(own, token)));
    const clock = impatientClock();
    expect((await requestToken(asking(url), { clock })).accessToken).toBe(token);
    expect(requests).toHaveLength(3);
    expect(clock.slept).toEqual([500, 1000]);
  });

  it('that stays is told after three attempts', async () => {
    const { url, requests } = await start(() => busy);
    const error = await failureOf(async () => requestToken(asking(url), { clock: impatientClock() }));
    expect(error.message).toContain('HTTP 503 with a web page ("Maintenance")');
    expect(requests).toHaveLength(3);
  });

  it('ends a login at once whose code works only once', async () => {
    const { url, requests } = await start(() => busy);
    await failureOf(async () => requestToken(asking(url, { repeatable: false }), { clock: impatientClock() }));
    expect(requests).toHaveLength(1);
  });

  it('a refusal is none', async () => {
    const { url, requests } = await start(() => refused('invalid_client_id', 'client identifier invalid'));
    await failureOf(async () => requestToken(asking(url), { clock: impatientClock() }));
    expect(requests).toHaveLength(1);
  });
});

describe('no answer', () => {
  it('from a port where nobody listens', async () => {
    const { url, close } = await startTokenServer(() => busy);
    await close();
    const error = await failureOf(async () => requestToken(asking(url), { clock: impatientClock() }));
    expect(error.code).toBe('NETWORK');
    expect(error.message).toContain('ECONNREFUSED');
    expect(everythingIn(error)).not.toContain('planted');
  });

  it('within the time it has', async () => {
    const { url, requests } = await start(() => ({ hang: true }));
    const ports = { clock: impatientClock(), requestTimeoutMs: 500 };
    const error = await failureOf(async () => requestToken(asking(url), ports));
    expect(error.code).toBe('NETWORK');
    expect(error.message).toContain('ETIMEDOUT');
    expect(requests).toHaveLength(3);
  });

  it('and Ctrl-C, during the request or the pause after it', async () => {
    const { url } = await start((_request, count) => (count === 1 ? { hang: true } : busy));
    const during = await failureOf(async () => requestToken(asking(url), { signal: AbortSignal.timeout(100) }));
    expect(during.code).toBe('INTERRUPTED');
    const pausing = await failureOf(async () => requestToken(asking(url), { signal: AbortSignal.timeout(150) }));
    expect(pausing.code).toBe('INTERRUPTED');
  });
});

describe('a proxy of the environment', () => {
  /** A proxy that notes who wants to be connected, and connects nobody. */
  async function startProxy(): Promise<{ url: string; asked: string[]; close(): void }> {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, asked, close: () => proxy.close() };
  }

  it.each([
    ['is asked for an org', '', 'https://acme.my.salesforce.invalid', ['acme.my.salesforce.invalid:443']],
    ['is not asked for a host of NO_PROXY', 'salesforce.invalid', 'https://acme.my.salesforce.invalid', []],
  ])('%s', async (_what, noProxy, loginUrl, expected) => {
    const proxy = await startProxy();
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, proxy.url);
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, noProxy);
    const error = await failureOf(async () => requestToken(asking(loginUrl, { repeatable: false })));
    proxy.close();
    expect(error.code).toBe('NETWORK');
    expect(proxy.asked).toEqual(expected);
  });

  it('is never asked for the loopback, whatever NO_PROXY says', async () => {
    const proxy = await startProxy();
    for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, proxy.url);
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
    const { url } = await start((_request, _count, own) => granted(own, token));
    expect((await requestToken(asking(url))).accessToken).toBe(token);
    proxy.close();
    expect(proxy.asked).toEqual([]);
  });
});
