import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';

import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { API, answerOf, clientFor, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { tokenAnswer } from './oauth-requests.ts';

const CALLBACK = 'http://localhost:1717/OauthRedirect';
let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
});
afterAll(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const token = (form: Record<string, string>): Promise<Answer> => tokenAnswer(client, form);
const authorizeUrl = (parameters: Record<string, string>): string =>
  `${client.org.url}/services/oauth2/authorize?${new URLSearchParams(parameters).toString()}`;

describe('the web server flow with PKCE', () => {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const request = (): Record<string, string> => ({
    response_type: 'code',
    client_id: 'PlatformCLI',
    redirect_uri: CALLBACK,
    state: 'xyz',
    code_challenge: challenge,
    scope: 'refresh_token api web',
  });

  /** Says yes on the page, as a person would, and gives the code that comes back. */
  async function approve(): Promise<string> {
    const page = await fetch(authorizeUrl(request()));
    expect(await page.text()).toContain(client.org.username);
    const body = new URLSearchParams({ ...request(), username: client.org.username });
    const answer = await fetch(`${client.org.url}/services/oauth2/authorize`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    expect(answer.status).toBe(302);
    const target = new URL(answer.headers.get('location') ?? '');
    expect(target.searchParams.get('state')).toBe('xyz');
    return target.searchParams.get('code') ?? '';
  }
  const exchange = (code: string, code_verifier: string): Promise<Answer> =>
    token({ grant_type: 'authorization_code', code, client_id: 'PlatformCLI', redirect_uri: CALLBACK, code_verifier });

  it('ends in a session that can be refreshed', async () => {
    const { status, body } = await exchange(await approve(), verifier);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      instance_url: client.org.url,
      token_type: 'Bearer',
      id: `${client.org.url}/id/${client.org.organizationId}/${client.org.state.settings.adminUserId}`,
    });
    expect(body.access_token).toMatch(/^00D\w{12}![.\w]*$/);
    expect((await clientFor(client.org, body.access_token as string).call('GET', `${API}/limits`)).status).toBe(200);
    const refreshed = await token({
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token as string,
      client_id: 'PlatformCLI',
    });
    expect(refreshed.body.access_token).toMatch(/^00D/);
    expect(refreshed.body.access_token).not.toBe(body.access_token);
  });

  it('takes a code once, and only with the verifier it was asked with', async () => {
    const code = await approve();
    expect((await exchange(code, 'wrong')).body).toEqual({
      error: 'invalid_grant',
      error_description: 'invalid code verifier',
    });
    expect((await exchange(code, verifier)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'invalid authorization code',
    });
  });

  it('sends nobody to a callback that is not registered', async () => {
    const url = authorizeUrl({ ...request(), redirect_uri: 'https://evil.example/' });
    const answer = await answerOf(await fetch(url, { redirect: 'manual' }));
    expect(answer).toMatchObject({ status: 400, body: { error: 'redirect_uri_mismatch' } });
  });
});

describe('the JWT bearer flow', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sign = (payload: Record<string, unknown>): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(privateKey);
  const login = async (changes: Record<string, unknown> = {}): Promise<Answer> => {
    const claims = {
      iss: 'jwt-client',
      sub: client.org.username,
      aud: `${client.org.url}/`,
      exp: Date.now() + 300,
      ...changes,
    };
    return token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: await sign(claims) });
  };
  beforeAll(async () => {
    const certificate = publicKey.export({ type: 'spki', format: 'pem' });
    expect((await client.control('POST', 'clients', { clientId: 'jwt-client', certificate })).status).toBe(201);
  });

  it('lets in whoever the certificate vouches for, with an expiry in milliseconds as the CLI sends it', async () => {
    const { status, body } = await login();
    expect(status).toBe(200);
    expect(body.id).toContain(client.org.state.settings.adminUserId);
    expect(body).not.toHaveProperty('refresh_token');
    expect((await login({ aud: 'https://login.salesforce.com' })).status).toBe(200);
  });

  it.each([
    ['another audience', { aud: 'https://example.com' }, 'invalid_grant', 'audience is invalid'],
    ['an expired assertion', { exp: 1_000_000 }, 'invalid_grant', 'expired authorization code'],
    ['an unknown user', { sub: 'nobody@example.com' }, 'invalid_grant', "user hasn't approved this consumer"],
    ['an unknown client', { iss: 'nobody' }, 'invalid_client_id', 'client identifier invalid'],
    ['a client that is no text', { iss: { a: 1 } }, 'invalid_client_id', 'client identifier invalid'],
    ['a user that is no text', { sub: [5] }, 'invalid_grant', "user hasn't approved this consumer"],
    ['an expiry that is no number', { exp: 'never' }, 'invalid_grant', 'invalid assertion'],
  ])('refuses %s', async (_, changes, error, description) => {
    expect(await login(changes)).toMatchObject({ status: 400, body: { error, error_description: description } });
  });

  it('refuses a signature by another key', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const claims = { iss: 'jwt-client', sub: client.org.username, aud: client.org.url, exp: Date.now() };
    const assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(other);
    const answer = await token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'invalid assertion' },
    });
  });
});

describe('other flows', () => {
  it('let a client in by its secret, as the user it runs as', async () => {
    const { body: own } = await client.control('GET', 'clients/default');
    const good = {
      grant_type: 'client_credentials',
      client_id: own.clientId as string,
      client_secret: own.secret as string,
    };
    expect((await token(good)).body.id).toContain(client.org.state.settings.adminUserId);
    expect((await token({ ...good, client_secret: 'wrong' })).body.error).toBe('invalid_client');
    const basic = Buffer.from(`${own.clientId}:${own.secret}`).toString('base64');
    const answer = await fetch(`${client.org.url}/services/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(answer.status).toBe(200);
  });

  it('refuse passwords, as orgs made since Summer 23 do', async () => {
    const answer = await token({
      grant_type: 'password',
      username: client.org.username,
      password: 'x',
      client_id: 'PlatformCLI',
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'authentication failure' },
    });
  });

  it('refuse what they do not know', async () => {
    expect((await token({})).body.error).toBe('unsupported_grant_type');
    // Names that every JavaScript object answers to are no flows either.
    for (const grant_type of ['device', 'constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const { status, body } = await token({ grant_type });
      expect({ grant_type, status, error: body.error }).toEqual({
        grant_type,
        status: 400,
        error: 'unsupported_grant_type',
      });
    }
  });
});

describe('sessions', () => {
  it('tell about themselves', async () => {
    const info = await client.call('GET', '/services/oauth2/userinfo');
    expect(info.body).toMatchObject({
      user_id: client.org.state.settings.adminUserId,
      organization_id: client.org.organizationId,
      preferred_username: client.org.username,
    });
    const identity = await client.call(
      'GET',
      `/id/${client.org.organizationId}/${client.org.state.settings.adminUserId}`,
    );
    expect(identity.body.username).toBe(client.org.username);
    expect((await clientFor(client.org, 'nonsense').call('GET', '/services/oauth2/userinfo')).status).toBe(403);
    const single = await client.call('GET', '/services/oauth2/singleaccess');
    expect(single.body.frontdoor_uri).toMatch(/\/secur\/frontdoor\.jsp\?sid=00D/);
  });

  it('end when they are revoked, when their time is over, and when their user is frozen', async () => {
    const session = async (lifetimeSeconds: number): Promise<string> =>
      (await client.control('POST', 'sessions', { lifetimeSeconds })).body.accessToken as string;
    const status = async (value: string): Promise<number> =>
      (await clientFor(client.org, value).call('GET', `${API}/limits`)).status;
    expect(await status(await session(-1))).toBe(401);
    const one = await session(60);
    expect(await status(one)).toBe(200);
    await fetch(`${client.org.url}/services/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: one }),
    });
    expect(await status(one)).toBe(401);
    const two = await session(60);
    expect((await client.control('POST', 'sessions/revoke', { token: two })).body).toEqual({ revoked: 1 });
    expect(await status(two)).toBe(401);
  });

  it('are not kept as they are', async () => {
    const stored = JSON.stringify(client.org.state.documents.list('session'));
    expect(stored).not.toContain(client.token);
  });
});
