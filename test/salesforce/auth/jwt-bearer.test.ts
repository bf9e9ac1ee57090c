import { importSPKI, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';

import { jwtBearerLogin } from '../../../src/salesforce/auth/jwt/jwt-bearer.ts';
import { everythingIn, failureOf, impatientClock } from './login-failure.ts';
import { ecKey, privateKeys, shortRsaKey } from './private-keys.ts';
import { granted, orgId18, refused, startTokenServer, type Reply, type TokenServer } from './token-server.ts';

const keys = privateKeys();
const clientId = '3MVG9planted.consumer.key';
const username = 'integration@acme.example';
const token = '00D5g00000Ab1Cd!AQEAQ.issued_Secret_1';

let org: TokenServer | undefined;
afterEach(async () => {
  await org?.close();
  org = undefined;
});

/** An org that verifies the assertion as Salesforce does, and tells each mistake by Salesforce's words. */
async function startVerifyingOrg(audience?: string): Promise<TokenServer> {
  const publicKey = await importSPKI(keys.publicKey, 'RS256');
  org = await startTokenServer(async (request, count, url): Promise<Reply> => {
    if (request.form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
      return refused('unsupported_grant_type', 'grant type not supported');
    }
    const { payload } = await jwtVerify(request.form.get('assertion') ?? '', publicKey);
    if (payload.aud !== (audience ?? url)) return refused('invalid_grant', 'audience is invalid');
    if (payload.iss !== clientId) return refused('invalid_client_id', 'client identifier invalid');
    if (payload.sub !== username) return refused('invalid_grant', "user hasn't approved this consumer");
    return granted(url, `${token}${count}`);
  });
  return org;
}

describe('login by JWT bearer', () => {
  it('posts one signed assertion and takes over the session', async () => {
    const { url, requests } = await startVerifyingOrg();
    const session = await jwtBearerLogin({ loginUrl: `${url}/`, clientId, username, privateKey: keys.pkcs8 });

    expect(session).toMatchObject({
      instanceUrl: url,
      accessToken: `${token}1`,
      username,
      organizationId: orgId18,
      source: 'jwt',
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      target: '/services/oauth2/token',
      contentType: 'application/x-www-form-urlencoded',
    });
  });

  it('signs for three minutes by the clock it is given', async () => {
    const { url, requests } = await startVerifyingOrg();
    const now = Date.now();
    await jwtBearerLogin(
      { loginUrl: url, clientId, username, privateKey: keys.pkcs8 },
      { clock: impatientClock(now + 60_000) },
    );
    const [, payload = ''] = (requests[0]?.form.get('assertion') ?? '').split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const seconds = Math.floor((now + 60_000) / 1000);
    expect(claims).toEqual({ iss: clientId, sub: username, aud: url, iat: seconds, exp: seconds + 180 });
  });

  it('logs in again for a new token', async () => {
    const { url } = await startVerifyingOrg();
    const session = await jwtBearerLogin({ loginUrl: url, clientId, username, privateKey: keys.pkcs8 });
    const next = await session.refresh?.();
    expect(next?.accessToken).toBe(`${token}2`);
    expect(next?.username).toBe(username);
  });

  it.each([
    ['PKCS#8', keys.pkcs8, undefined],
    ['PKCS#1', keys.pkcs1, undefined],
    ['encrypted PKCS#8', keys.encryptedPkcs8, keys.passphrase],
    ['encrypted PKCS#1', keys.encryptedPkcs1, keys.passphrase],
    ['a passphrase that is not needed', keys.pkcs8, 'planted-passphrase'],
    ['Windows line ends', keys.pkcs8.replaceAll('\n', '\r\n'), undefined],
    ['line ends as a CI variable has them', keys.pkcs8.replaceAll('\n', '\\n'), undefined],
    ['text before the key, as openssl pkcs12 writes it', `Bag Attributes\n  friendlyName: x\n${keys.pkcs8}`, undefined],
  ])('reads a key in %s', async (_what, privateKey, passphrase) => {
    const { url } = await startVerifyingOrg();
    const options = { loginUrl: url, clientId, username, privateKey };
    const session = await jwtBearerLogin(
      passphrase === undefined ? options : { ...options, privateKeyPassphrase: passphrase },
    );
    expect(session.accessToken).toBe(`${token}1`);
  });

  it.each([
    ['an encrypted key without a passphrase', keys.encryptedPkcs8, /passphrase/],
    ['a public key', keys.publicKey, /public key/],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----', /certificate/],
    ['an EC key', ecKey(), /RSA/],
    ['a short key', shortRsaKey(), /1024 bits/],
    ['half a key', keys.pkcs8.slice(0, 400), /cut short/],
    ['no key', 'planted-passphrase', /no PEM/],
  ])('refuses %s before any request', async (_what, privateKey, reason) => {
    const { url, requests } = await startVerifyingOrg();
    const error = await failureOf(async () => jwtBearerLogin({ loginUrl: url, clientId, username, privateKey }));
    expect(error.code).toBe('USAGE');
    expect(error.message).toMatch(reason);
    expect(requests).toHaveLength(0);
    const secretPart = privateKey.slice(60, 120) || 'planted-passphrase';
    expect(everythingIn(error)).not.toContain(secretPart);
  });

  it('tells a wrong passphrase, and not which', async () => {
    const options = { loginUrl: 'https://acme.my.salesforce.com', clientId, username, privateKey: keys.encryptedPkcs8 };
    const error = await failureOf(async () =>
      jwtBearerLogin({ ...options, privateKeyPassphrase: 'planted-wrong-one' }),
    );
    expect(error.message).toMatch(/wrong passphrase/);
    expect(everythingIn(error)).not.toContain('planted-wrong-one');
  });

  it('names the policy to change for a user nobody approved, with the words of Salesforce', async () => {
    const { url, requests } = await startVerifyingOrg();
    const options = { loginUrl: url, clientId, username: 'someone.else@acme.example', privateKey: keys.pkcs8 };
    const error = await failureOf(async () => jwtBearerLogin(options));
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain("invalid_grant: user hasn't approved this consumer");
    expect(error.nextSteps[0]).toContain('Admin approved users are pre-authorized');
    expect(error.details).toMatchObject({ oauthError: 'invalid_grant', httpStatus: 400 });
    expect(requests, 'a refusal is not asked again').toHaveLength(1);
    expect(everythingIn(error)).not.toContain(requests[0]?.form.get('assertion') ?? 'eyJ');
  });

  it('takes an audience that is given, and no other', async () => {
    const { url, requests } = await startVerifyingOrg('https://login.salesforce.com');
    const options = { loginUrl: url, clientId, username, privateKey: keys.pkcs8 };
    const error = await failureOf(async () => jwtBearerLogin({ ...options, audience: 'https://elsewhere.example' }));
    expect(error.message).toContain('audience is invalid');
    expect(error.nextSteps.join(' ')).toContain('SF_AUDIENCE_URL');
    expect(requests).toHaveLength(1);

    const session = await jwtBearerLogin({ ...options, audience: 'https://login.salesforce.com' });
    expect(session.source).toBe('jwt');
  });
});
