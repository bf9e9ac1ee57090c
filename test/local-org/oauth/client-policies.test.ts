import { generateKeyPairSync } from 'node:crypto';

import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import {
  CALLBACK,
  authorization,
  codeFor,
  createUser,
  decided,
  proofKey,
  register,
  tokenAnswer,
} from './oauth-requests.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const OTHER_USER = 'other@policies.example';
let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
  await createUser(client, OTHER_USER);
});
afterAll(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

async function jwtLogin(clientId: string, username: string): Promise<Answer> {
  const claims = { iss: clientId, sub: username, aud: client.org.url, exp: Math.floor(Date.now() / 1000) + 100 };
  const assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
  return tokenAnswer(client, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
}
const answered = (target: URL | undefined): Record<string, string> => Object.fromEntries(target?.searchParams ?? []);

describe('the page that asks', () => {
  it('offers to deny', async () => {
    const query = new URLSearchParams(authorization('PlatformCLI'));
    const page = await (await fetch(`${client.org.url}/services/oauth2/authorize?${query.toString()}`)).text();
    expect(page).toMatch(/<button [^>]*name="decision" value="allow"/);
    expect(page).toMatch(/<button [^>]*name="decision" value="deny"/);
  });

  it('tells the callback that it was denied, with the state', async () => {
    const target = await decided(client, { ...authorization('PlatformCLI'), decision: 'deny' });
    expect(target?.href.startsWith(CALLBACK)).toBe(true);
    expect(answered(target)).toEqual({
      error: 'access_denied',
      error_description: 'end-user denied authorization',
      state: 'a b&c',
    });
  });

  it('denies for a user who does not exist, and tells the callback', async () => {
    const target = await decided(client, { ...authorization('PlatformCLI'), username: 'nobody@nowhere.example' });
    expect(answered(target)).toMatchObject({ error: 'access_denied', state: 'a b&c' });
    const hint = new URLSearchParams(authorization('PlatformCLI', { login_hint: 'nobody@nowhere.example' }));
    const url = `${client.org.url}/services/oauth2/authorize?${hint.toString()}`;
    const answer = await fetch(url, { redirect: 'manual' });
    expect(answered(new URL(answer.headers.get('location') ?? ''))).toMatchObject({ error: 'access_denied' });
  });

  it('tells the callback of a response type it does not know', async () => {
    const target = await decided(client, { ...authorization('PlatformCLI'), response_type: 'token' });
    expect(answered(target)).toMatchObject({ error: 'unsupported_response_type' });
  });

  it.each([
    ['a client', { client_id: 'nobody' }],
    ['a callback', { redirect_uri: 'https://evil.example/' }],
  ])('sends nobody anywhere for %s it does not know, not even to say no', async (_, wrong) => {
    const form = { ...authorization('PlatformCLI'), decision: 'deny', ...wrong };
    expect(await decided(client, form)).toBeUndefined();
  });
});

describe('a client that requires PKCE', () => {
  beforeAll(() => register(client, { clientId: 'pkce', pkceRequired: true }));

  it('is sent back without a challenge', async () => {
    expect(answered(await decided(client, authorization('pkce')))).toEqual({
      error: 'invalid_request',
      error_description: 'missing required code challenge',
      state: 'a b&c',
    });
  });

  it('gets its code with one', async () => {
    const { verifier, challenge } = proofKey();
    const code = await codeFor(client, 'pkce', { code_challenge: challenge });
    const form = { grant_type: 'authorization_code', client_id: 'pkce', redirect_uri: CALLBACK, code };
    expect((await tokenAnswer(client, { ...form, code_verifier: verifier })).status).toBe(200);
  });
});

describe('permitted users', () => {
  const deniedError = {
    error: 'OAUTH_APP_ACCESS_DENIED',
    error_description: 'user is not admin approved to access this app',
  };

  it('may be those that an administrator approved, and nobody else in any flow', async () => {
    const preAuthorizedUsers = [client.org.username];
    const own = { clientId: 'approved', secret: 's', certificate, runAs: OTHER_USER, preAuthorizedUsers };
    await register(client, own);
    expect((await jwtLogin('approved', client.org.username)).status).toBe(200);
    expect(await jwtLogin('approved', OTHER_USER)).toMatchObject({ status: 400, body: deniedError });
    const target = await decided(client, authorization('approved', { username: OTHER_USER }));
    expect(answered(target)).toEqual({ ...deniedError, state: 'a b&c' });
    const proof = { client_id: 'approved', client_secret: 's' };
    const credentials = await tokenAnswer(client, { grant_type: 'client_credentials', ...proof });
    expect(credentials).toMatchObject({ status: 400, body: deniedError });

    const code = await codeFor(client, 'approved', { scope: 'api refresh_token' });
    const form = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code, ...proof };
    const { refresh_token } = (await tokenAnswer(client, form)).body;
    await register(client, { ...own, preAuthorizedUsers: [] });
    expect(await tokenAnswer(client, { grant_type: 'refresh_token', refresh_token, ...proof })).toMatchObject({
      status: 400,
      body: deniedError,
    });
  });

  it('may be those who approved for themselves, by an approval that gave a refresh token', async () => {
    await register(client, { clientId: 'self', certificate, permittedUsers: 'AllSelfAuthorized' });
    const refused = {
      status: 400,
      body: { error: 'invalid_grant', error_description: "user hasn't approved this consumer" },
    };
    expect(await jwtLogin('self', client.org.username)).toMatchObject(refused);
    const approve = async (scope: string): Promise<void> => {
      const code = await codeFor(client, 'self', { scope });
      const form = { grant_type: 'authorization_code', client_id: 'self', redirect_uri: CALLBACK, code };
      expect((await tokenAnswer(client, form)).status).toBe(200);
    };
    await approve('api');
    expect(await jwtLogin('self', client.org.username)).toMatchObject(refused);
    await approve('api refresh_token');
    expect((await jwtLogin('self', client.org.username)).status).toBe(200);
    expect(await jwtLogin('self', OTHER_USER)).toMatchObject(refused);
  });

  it('are one or the other', async () => {
    const both = { clientId: 'x', permittedUsers: 'AllSelfAuthorized', preAuthorizedUsers: [] };
    expect((await client.control('POST', 'clients', both)).status).toBe(400);
    const unknown = { clientId: 'x', preAuthorizedUsers: ['nobody@nowhere.example'] };
    expect((await client.control('POST', 'clients', unknown)).body[0].message).toContain('nobody@nowhere.example');
  });
});

describe("a client's certificate", () => {
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' });

  it.each([
    ['no PEM', 'nonsense', 'is neither a certificate nor a public key'],
    [
      'a damaged certificate',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      'is no readable certificate',
    ],
    ['a damaged key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'is no readable public key'],
    ['a private key', privateKey.export({ type: 'pkcs8', format: 'pem' }), 'is neither a certificate nor a public key'],
    ['a key too short for RS256', short, 'holds no RSA key of at least 2048 bits'],
    ['a key of another kind', curve, 'holds no RSA key of at least 2048 bits'],
  ])('is refused when it is %s', async (_, text, problem) => {
    const { status, body } = await client.control('POST', 'clients', { clientId: 'bad', certificate: text });
    expect(status).toBe(400);
    expect(body[0].message).toContain(problem);
    expect(body[0].message).toContain('certificate');
  });

  it('lets nobody in if it cannot be read, as one of an earlier data directory may be', async () => {
    client.org.state.documents.put('oauth-client', 'old', {
      clientId: 'old',
      certificate: 'nonsense',
      callbackUrls: [],
    });
    expect(await jwtLogin('old', client.org.username)).toMatchObject({
      status: 400,
      body: { error: 'invalid_client' },
    });
  });
});
