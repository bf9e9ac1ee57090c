import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { webLogin, type WebLogin } from '../../../src/salesforce/auth/web/web-login.ts';
import { everythingIn, failureOf } from './login-failure.ts';
import { granted, orgId18, refused, startTokenServer, type Reply, type TokenServer } from './token-server.ts';

const token = '00D5g00000Ab1Cd!AQEAQ.planted_Secret_';

let org: TokenServer | undefined;
afterEach(async () => {
  await org?.close();
  org = undefined;
});

/** An org whose user is quick to allow: authorize redirects at once, the token endpoint verifies code and PKCE. */
async function startOrg(
  more: Record<string, string> = { refresh_token: '5Aep861.planted_refresh_0' },
): Promise<TokenServer> {
  let challenge = '';
  let codes = 0;
  org = await startTokenServer((received, count, url): Reply => {
    const target = new URL(received.target, url);
    const { form } = received;
    if (target.pathname === '/services/oauth2/authorize') {
      challenge = target.searchParams.get('code_challenge') ?? '';
      codes += 1;
      const back = new URL(target.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', `aPrx.planted_code_${codes}`);
      back.searchParams.set('state', target.searchParams.get('state') ?? '');
      return { status: 302, body: '', headers: { location: back.href } };
    }
    if (form.get('grant_type') === 'refresh_token') {
      const used = form.get('refresh_token') ?? '';
      if (used !== `5Aep861.planted_refresh_${count - 3}`)
        return refused('invalid_grant', 'expired access/refresh token');
      return granted(url, `${token}${count}`, { refresh_token: `5Aep861.planted_refresh_${count - 2}` });
    }
    if (form.get('code') !== `aPrx.planted_code_${codes}`)
      return refused('invalid_grant', 'invalid authorization code');
    const verifier = form.get('code_verifier') ?? '';
    if (createHash('sha256').update(verifier).digest('base64url') !== challenge) {
      return refused('invalid_grant', 'invalid code verifier');
    }
    return granted(url, `${token}${count}`, more);
  });
  return org;
}

/** Login options with a browser that does as `browse` says; what it saw is kept. */
function withBrowser(loginUrl: string, browse: (url: string) => Promise<unknown>, more: Partial<WebLogin> = {}) {
  const urls: string[] = [];
  const visits: Promise<unknown>[] = [];
  const options: WebLogin = {
    loginUrl,
    port: 0,
    timeoutMs: 5000,
    onUrl: (url) => {
      urls.push(url);
      visits.push(browse(url));
    },
    ...more,
  };
  return { options, urls, visits };
}

/** What a page of the listener says; asked for with any Host header, as fetch cannot. */
async function visit(
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; body: string }> {
  const target = new URL(url);
  const outgoing = request({
    host: '127.0.0.1',
    port: target.port,
    path: target.pathname + target.search,
    method,
    headers: { host: target.host, ...headers },
  });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }];
  let body = '';
  for await (const chunk of response) body += chunk.toString();
  return { status: response.statusCode, body };
}

function callback(authorizeUrl: string, query: Record<string, string>): string {
  const redirect = new URL(new URL(authorizeUrl).searchParams.get('redirect_uri') ?? '');
  redirect.search = new URLSearchParams(query).toString();
  return redirect.href;
}

const stateOf = (authorizeUrl: string): string => new URL(authorizeUrl).searchParams.get('state') ?? '';

describe('the web login', () => {
  it('takes a person through the browser to a session', async () => {
    const { url } = await startOrg();
    const { options, urls, visits } = withBrowser(url, async (address) => fetch(address));
    const session = await webLogin(options);

    expect(session).toMatchObject({
      instanceUrl: url,
      accessToken: `${token}2`,
      organizationId: orgId18,
      source: 'web',
    });
    const page = (await visits[0]) as Response;
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('You are logged in');
    expect(html).not.toContain('planted');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(urls).toHaveLength(1);
  });

  it('asks with PKCE S256, a state of its own each time, and the loopback callback', async () => {
    const { url } = await startOrg();
    const { options, urls } = withBrowser(url, async (address) => fetch(address));
    await webLogin(options);
    await webLogin({ ...options, clientId: '3MVG9own' });

    const [first, second] = urls.map((one) => new URL(one).searchParams);
    expect(Object.fromEntries(first ?? [])).toMatchObject({
      response_type: 'code',
      client_id: 'PlatformCLI',
      code_challenge_method: 'S256',
      scope: 'api web refresh_token',
      prompt: 'login',
    });
    expect(first?.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+\/OauthRedirect$/);
    expect(first?.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(first?.get('state')?.length).toBeGreaterThanOrEqual(32);
    expect(second?.get('client_id')).toBe('3MVG9own');
    expect(second?.get('state')).not.toBe(first?.get('state'));
    expect(second?.get('code_challenge')).not.toBe(first?.get('code_challenge'));
  });

  it('sends the secret of an app that asks for one, in the body', async () => {
    const { url, requests } = await startOrg();
    const more = { clientId: '3MVG9own', clientSecret: 'planted_client_secret\n' };
    const { options } = withBrowser(url, async (address) => fetch(address), more);
    await webLogin(options);
    expect(requests[1]?.form.get('client_secret')).toBe('planted_client_secret');
    expect(requests[0]?.target).not.toContain('planted');
  });

  it('refreshes with the newest refresh token, where they rotate', async () => {
    const { url } = await startOrg();
    const { options } = withBrowser(url, async (address) => fetch(address));
    const session = await webLogin(options);
    expect((await session.refresh?.())?.accessToken).toBe(`${token}3`);
    const third = await session.refresh?.();
    expect(third?.accessToken).toBe(`${token}4`);
    expect((await third?.refresh?.())?.accessToken).toBe(`${token}5`);
  });

  it('has no refresh when the app grants no refresh token', async () => {
    const { url } = await startOrg({});
    const { options } = withBrowser(url, async (address) => fetch(address));
    expect(await webLogin(options)).not.toHaveProperty('refresh');
  });

  it('opens the browser by the port it is given, after telling the address', async () => {
    const { url } = await startOrg();
    const told: string[] = [];
    const session = await webLogin({
      loginUrl: url,
      port: 0,
      onUrl: (address) => told.push(address),
      openUrl: async (address) => {
        expect(told).toEqual([address]);
        await fetch(address);
      },
    });
    expect(session.source).toBe('web');
  });

  it('goes on when no browser can be opened, and says why', async () => {
    const { url } = await startOrg();
    const reasons: string[] = [];
    const { options } = withBrowser(url, async (address) => fetch(address), {
      openUrl: async () => Promise.reject(new Error('spawn xdg-open ENOENT')),
      onBrowserFailed: (reason) => reasons.push(reason.message),
    });
    expect((await webLogin(options)).source).toBe('web');
    expect(reasons).toEqual(['spawn xdg-open ENOENT']);
  });
});

describe('the listener of the web login', () => {
  it('answers strangers, and waits on for the redirect with its own state', async () => {
    const { url } = await startOrg();
    const { options, visits } = withBrowser(url, async (address) => {
      const state = stateOf(address);
      const strangers = [
        await visit(callback(address, { code: 'evil', state: 'guessed' })),
        await visit(callback(address, { code: 'evil' })),
        await visit(callback(address, { error: 'access_denied', state: 'guessed' })),
        await visit(callback(address, { state })),
        await visit(callback(address, { code: 'evil', state }), { host: 'rebound.example:1717' }),
        await visit(callback(address, { code: 'evil', state }), {}, 'POST'),
        await visit(callback(address, {}).replace('OauthRedirect', 'favicon.ico')),
      ];
      await fetch(address);
      return strangers.map((page) => page.status);
    });
    const session = await webLogin(options);
    expect(await visits[0]).toEqual([400, 400, 400, 400, 404, 405, 404]);
    expect(session.accessToken).toBe(`${token}2`);
  });

  // Only Linux has the whole of 127.0.0.0/8 without being asked.
  it.runIf(process.platform === 'linux')('listens on 127.0.0.1 and nowhere else', async () => {
    const { url } = await startOrg();
    const { options, visits } = withBrowser(url, async (address) => {
      const { port } = new URL(callback(address, {}));
      const socket = connect(Number(port), '127.0.0.2');
      const outcome = await Promise.race([once(socket, 'connect'), once(socket, 'error')]).catch(String);
      socket.destroy();
      await fetch(address);
      return outcome;
    });
    await webLogin(options);
    expect(await visits[0]).toContain('ECONNREFUSED');
  });

  it('is gone after the login', async () => {
    const { url } = await startOrg();
    const { options, urls } = withBrowser(url, async (address) => fetch(address));
    await webLogin(options);
    await expect(visit(callback(urls[0] ?? '', {}))).rejects.toThrow('ECONNREFUSED');
  });

  it('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const error = await failureOf(async () => webLogin({ port, onUrl: () => undefined }));
    other.close();
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain(`127.0.0.1:${port}: the port is in use`);
    expect(error.nextSteps.join(' ')).toContain('callback URLs');
  });
});

describe('a web login that fails', () => {
  it('because the person denied it: told in the terminal and in the browser', async () => {
    const { url } = await startOrg();
    const { options, visits } = withBrowser(url, async (address) =>
      visit(
        callback(address, {
          error: 'access_denied',
          error_description: 'end-user denied <b>authorization</b>',
          state: stateOf(address),
        }),
      ),
    );
    const error = await failureOf(async () => webLogin(options));
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain('access_denied: end-user denied');
    expect(error.nextSteps.join(' ')).toContain('Allow');
    const page = (await visits[0]) as { status: number; body: string };
    expect(page.body).toContain('The login failed');
    expect(page.body).not.toContain('<b>');
  });

  it('because the code is refused: the browser is not told otherwise', async () => {
    const { url, requests } = await startOrg();
    const { options, visits } = withBrowser(url, async (address) =>
      visit(callback(address, { code: 'planted_stale_code', state: stateOf(address) })),
    );
    const error = await failureOf(async () => webLogin(options));
    expect(error.message).toContain('invalid authorization code');
    expect(error.nextSteps[0]).toContain('Start the login again');
    expect(
      requests.filter((one) => one.method === 'POST'),
      'a code is tried once',
    ).toHaveLength(1);
    expect(everythingIn(error)).not.toContain('planted');
    const page = (await visits[0]) as { status: number; body: string };
    expect(page.status).toBe(502);
    expect(page.body).not.toContain('planted');
  });

  it('because nobody came back in time', async () => {
    const { url } = await startOrg();
    const { options, urls } = withBrowser(url, async () => undefined, { timeoutMs: 100 });
    const error = await failureOf(async () => webLogin(options));
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain('within 0.1 s');
    await expect(visit(callback(urls[0] ?? '', {}))).rejects.toThrow('ECONNREFUSED');
  });

  it('because it was interrupted, before or while waiting', async () => {
    const { url } = await startOrg();
    const stop = new AbortController();
    const { options, urls } = withBrowser(url, async () => {
      stop.abort();
      return Promise.resolve();
    });
    expect((await failureOf(async () => webLogin(options, { signal: stop.signal }))).code).toBe('INTERRUPTED');
    expect((await failureOf(async () => webLogin(options, { signal: stop.signal }))).code).toBe('INTERRUPTED');
    expect(urls).toHaveLength(1);
  });

  it('because the login URL is not safe', async () => {
    const error = await failureOf(async () =>
      webLogin({ loginUrl: 'http://acme.my.salesforce.com', onUrl: () => undefined }),
    );
    expect(error.code).toBe('USAGE');
  });
});
