import { generateKeyPairSync } from 'node:crypto';

import { SignJWT } from 'jose';
import { Connection, OAuth2 } from 'jsforce';
import { expect, it } from 'vitest';

import { CALLBACK, decided, register } from '../oauth/oauth-requests.ts';
import { jsforceOrg } from './jsforce-org.ts';

const org = jsforceOrg();

/** Says yes on the page that jsforce sends a browser to, and gives the code that comes back. */
async function approved(authorizationUrl: string): Promise<string> {
  const { searchParams } = new URL(authorizationUrl);
  const target = await decided(org.client, { ...Object.fromEntries(searchParams), username: org.client.org.username });
  return target?.searchParams.get('code') ?? '';
}

const oauth2 = (clientId: string, secret?: string, options: object = {}): OAuth2 =>
  new OAuth2({
    loginUrl: org.client.org.url,
    clientId,
    ...(secret === undefined ? {} : { clientSecret: secret }),
    redirectUri: CALLBACK,
    ...options,
  });

it('an access token and an instance URL are enough', async () => {
  const identity = await org.connection.identity();
  expect(identity).toMatchObject({
    username: org.client.org.username,
    organization_id: org.client.org.organizationId,
    user_id: org.client.org.state.settings.adminUserId,
  });
  expect(org.connection.limitInfo.apiUsage).toMatchObject({ used: expect.any(Number), limit: expect.any(Number) });
});

it('the web server flow, and a session that runs out is refreshed without a word', async () => {
  await register(org.client, { clientId: 'web', secret: 'web-secret' });
  const connection = new Connection({ oauth2: oauth2('web', 'web-secret'), version: '68.0' });
  const user = await connection.authorize(
    await approved(connection.oauth2.getAuthorizationUrl({ scope: 'api refresh_token' })),
  );
  expect(user).toMatchObject({
    id: org.client.org.state.settings.adminUserId,
    organizationId: org.client.org.organizationId,
  });
  const former = connection.accessToken;
  const refreshed: string[] = [];
  connection.on('refresh', (token: string) => refreshed.push(token));
  await org.client.control('POST', 'sessions/revoke', { token: former });
  expect((await connection.query('SELECT Id FROM User LIMIT 1')).totalSize).toBe(1);
  expect(refreshed).toEqual([connection.accessToken]);
  expect(connection.accessToken).not.toBe(former);
});

it('the web server flow with PKCE, for a client without a secret', async () => {
  await register(org.client, { clientId: 'desktop', pkceRequired: true, secretRequiredForWebServerFlow: false });
  const connection = new Connection({ oauth2: oauth2('desktop', undefined, { useVerifier: true }), version: '68.0' });
  await connection.authorize(await approved(connection.oauth2.getAuthorizationUrl({ scope: 'api' })));
  expect((await connection.identity()).username).toBe(org.client.org.username);
});

it('client credentials', async () => {
  await register(org.client, { clientId: 'server', secret: 'server-secret', runAs: org.client.org.username });
  const connection = new Connection({
    instanceUrl: org.client.org.url,
    oauth2: { loginUrl: org.client.org.url, clientId: 'server', clientSecret: 'server-secret' },
    version: '68.0',
  });
  await connection.authorize({ grant_type: 'client_credentials' });
  expect((await connection.identity()).username).toBe(org.client.org.username);
});

it('a signed assertion (JWT bearer)', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await register(org.client, {
    clientId: 'signing',
    certificate: publicKey.export({ type: 'spki', format: 'pem' }),
    preAuthorizedUsers: [org.client.org.username],
  });
  const assertion = await new SignJWT({ prn: org.client.org.username })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer('signing')
    .setSubject(org.client.org.username)
    .setAudience(org.client.org.url)
    .setExpirationTime('3m')
    .sign(privateKey);
  const connection = new Connection({ oauth2: oauth2('signing'), version: '68.0' });
  await connection.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  expect((await connection.identity()).username).toBe(org.client.org.username);
});

it('whoever logs out is out', async () => {
  await register(org.client, { clientId: 'leaving', secret: 'leaving-secret', runAs: org.client.org.username });
  const connection = new Connection({ oauth2: oauth2('leaving', 'leaving-secret'), version: '68.0' });
  await connection.authorize({ grant_type: 'client_credentials' });
  const { accessToken } = connection;
  await connection.logout();
  const again = new Connection({ instanceUrl: org.client.org.url, accessToken: accessToken ?? '', version: '68.0' });
  await expect(again.query('SELECT Id FROM User')).rejects.toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
});

it('a password is no way in: the flow is off in new orgs, and the SOAP login is not here', async () => {
  await register(org.client, { clientId: 'password', secret: 'password-secret' });
  const byOAuth = new Connection({ oauth2: oauth2('password', 'password-secret'), version: '68.0' });
  await expect(byOAuth.login(org.client.org.username, 'secret')).rejects.toMatchObject({ name: expect.any(String) });
  const bySoap = new Connection({ loginUrl: org.client.org.url, version: '68.0' });
  await expect(bySoap.login(org.client.org.username, 'secret')).rejects.toThrow(/LOCAL_ORG_NOT_IMPLEMENTED/);
});
