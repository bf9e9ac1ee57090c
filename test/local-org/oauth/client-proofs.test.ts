import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { answerOf, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { CALLBACK, codeFor, posted, proofKey, register, tokenAnswer } from './oauth-requests.ts';

const SECRET = 'a+b & c%/ü:d';
const REFUSED = { status: 400, body: { error: 'invalid_client', error_description: 'invalid client credentials' } };
let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
  await register(client, { clientId: 'confidential', secret: SECRET, runAs: client.org.username });
  await register(client, { clientId: 'public', runAs: client.org.username });
  const lenient = { secretRequiredForWebServerFlow: false, secretRequiredForRefreshToken: false };
  await register(client, { clientId: 'lenient', secret: SECRET, ...lenient });
});
afterAll(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const token = (form: Record<string, string>): Promise<Answer> => tokenAnswer(client, form);
const exchange = (clientId: string, code: string, more: Record<string, string> = {}): Promise<Answer> =>
  token({ grant_type: 'authorization_code', client_id: clientId, redirect_uri: CALLBACK, code, ...more });
const refresh = (clientId: string, refreshToken: string, more: Record<string, string> = {}): Promise<Answer> =>
  token({ grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken, ...more });

describe('client credentials', () => {
  const grant_type = 'client_credentials';

  it('are for clients that have a secret and know it', async () => {
    const login = (more: Record<string, string>): Promise<Answer> => token({ grant_type, ...more });
    expect((await login({ client_id: 'confidential', client_secret: SECRET })).status).toBe(200);
    expect(await login({ client_id: 'confidential', client_secret: 'wrong' })).toMatchObject(REFUSED);
    expect(await login({ client_id: 'confidential' })).toMatchObject(REFUSED);
  });

  it.each([{}, { client_secret: '' }, { client_secret: 'anything' }])(
    'are not for a public client with %j',
    async (more) => {
      expect(await token({ grant_type, client_id: 'public', ...more })).toMatchObject(REFUSED);
    },
  );

  it('come by HTTP Basic too, encoded as forms are', async () => {
    const basic = async (id: string, secret: string): Promise<Answer> => {
      const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
      return tokenAnswer(client, { grant_type }, { authorization });
    };
    expect((await basic('confidential', encodeURIComponent(SECRET))).status).toBe(200);
    expect((await basic('confidential', encodeURIComponent(SECRET).replaceAll('%20', '+'))).status).toBe(200);
    expect(await basic('confidential', '%zz')).toMatchObject(REFUSED);
    expect(await basic('%E0%A4%A', 'x')).toMatchObject(REFUSED);
    expect(await tokenAnswer(client, { grant_type }, { authorization: 'Basic !!!' })).toMatchObject({ status: 400 });
  });
});

describe('a code of a client with a secret', () => {
  it('is exchanged for the secret alone, whatever verifier comes instead', async () => {
    expect(await exchange('confidential', await codeFor(client, 'confidential'))).toMatchObject(REFUSED);
    const code_verifier = proofKey().verifier;
    expect(await exchange('confidential', await codeFor(client, 'confidential'), { code_verifier })).toMatchObject(
      REFUSED,
    );
    const good = await exchange('confidential', await codeFor(client, 'confidential'), { client_secret: SECRET });
    expect(good.status).toBe(200);
  });

  it('needs the secret even with PKCE, unless the client is told to do without', async () => {
    const { verifier, challenge } = proofKey();
    const proof = { code_verifier: verifier };
    const request = { code_challenge: challenge };
    expect(await exchange('confidential', await codeFor(client, 'confidential', request), proof)).toMatchObject(
      REFUSED,
    );
    expect((await exchange('lenient', await codeFor(client, 'lenient', request), proof)).status).toBe(200);
    const wrong = { ...proof, client_secret: 'wrong' };
    expect(await exchange('lenient', await codeFor(client, 'lenient', request), wrong)).toMatchObject(REFUSED);
  });

  it('that was asked for without a challenge is not proven by a verifier', async () => {
    const answer = await exchange('lenient', await codeFor(client, 'lenient'), { code_verifier: 'any' });
    expect(answer).toMatchObject({ status: 400, body: { error_description: 'invalid code verifier' } });
  });

  it('is of no use to another client', async () => {
    const answer = await exchange('public', await codeFor(client, 'lenient'));
    expect(answer).toMatchObject({ status: 400, body: { error_description: 'invalid authorization code' } });
  });
});

describe('a refresh token', () => {
  const login = async (clientId: string, scope: string): Promise<Answer> =>
    exchange(
      clientId,
      await codeFor(client, clientId, { scope }),
      clientId === 'public' ? {} : { client_secret: SECRET },
    );

  it.each([
    ['api', false],
    ['full', false],
    ['', true],
    ['api refresh_token', true],
    ['offline_access full', true],
  ])('of the scopes "%s" is given: %s', async (scope, given) => {
    const { status, body } = await login('confidential', scope);
    expect(status).toBe(200);
    expect('refresh_token' in body).toBe(given);
  });

  it('is good with the secret only, unless the client is told to do without', async () => {
    const own = (await login('confidential', 'api refresh_token')).body.refresh_token as string;
    expect(await refresh('confidential', own)).toMatchObject(REFUSED);
    expect(await refresh('confidential', own, { client_secret: 'wrong' })).toMatchObject(REFUSED);
    expect(await refresh('confidential', own, { code_verifier: 'any' })).toMatchObject(REFUSED);
    expect((await refresh('confidential', own, { client_secret: SECRET })).status).toBe(200);
    const lenient = (await login('lenient', 'api refresh_token')).body.refresh_token as string;
    expect((await refresh('lenient', lenient)).status).toBe(200);
    const answer = await refresh('public', own);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('introspection', () => {
  const ask = (form: Record<string, string>): Promise<Answer> => posted(client, 'introspect', form);
  const proof = { client_id: 'confidential', client_secret: SECRET };

  it('asks who asks', async () => {
    expect(await ask({ token: client.token })).toMatchObject({ status: 401, body: { error: 'invalid_client_id' } });
    const { client_secret: _, ...unproven } = proof;
    const refused = { status: 401, body: { error: 'invalid_client' } };
    expect(await ask({ ...unproven, token: client.token })).toMatchObject(refused);
    expect(await ask({ ...proof, client_secret: 'wrong', token: client.token })).toMatchObject(refused);
  });

  it("tells a client of its own tokens, and nothing of others'", async () => {
    const code = await codeFor(client, 'confidential', { scope: 'api refresh_token' });
    const { body } = await exchange('confidential', code, { client_secret: SECRET });
    expect((await ask({ ...proof, token: body.access_token as string })).body).toMatchObject({
      active: true,
      client_id: 'confidential',
      username: client.org.username,
      scope: 'api refresh_token',
      token_type: 'access_token',
      exp: expect.any(Number),
    });
    const refreshToken = await ask({ ...proof, token: body.refresh_token as string });
    expect(refreshToken.body).toMatchObject({ active: true, token_type: 'refresh_token' });
    for (const other of [client.token, 'nonsense', '']) {
      expect((await ask({ ...proof, token: other })).body).toEqual({ active: false });
    }
    const outsider = { client_id: 'public', token: body.access_token as string };
    expect((await ask(outsider)).body).toEqual({ active: false });
  });

  it('takes HTTP Basic', async () => {
    const authorization = `Basic ${Buffer.from(`confidential:${encodeURIComponent(SECRET)}`).toString('base64')}`;
    const init = { method: 'POST', headers: { authorization }, body: new URLSearchParams({ token: 'x' }) };
    expect(await answerOf(await fetch(`${client.org.url}/services/oauth2/introspect`, init))).toMatchObject({
      status: 200,
      body: { active: false },
    });
  });
});
