import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { keyFiles } from '../../../src/messaging/keys/key-folder.ts';
import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOrg } from './messaging-org.ts';
import { newKey } from './messaging-package.ts';
import { scrt, tokenBody, V2 } from './scrt-client.ts';

const AUTHENTICATED = `${V2}/authorization/authenticated/access-token`;
const UNAUTHENTICATED = `${V2}/authorization/unauthenticated/access-token`;

let org: MessagingOrg;
beforeAll(async () => {
  org = await openMessagingOrg();
});
afterAll(async () => {
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

const list = (token: string) => scrt(org.client.org, 'GET', `${V2}/conversation/list`, { token });

describe('a token for a verified user', () => {
  it('tells subject, deployment and channel, and lives as long as the channel says', async () => {
    const { body, status } = await org.tokenFor({ sub: 'jane' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      lastEventId: '0',
      context: {
        endUser: { subject: 'v2/iamessage/AUTH/OpenCX_Keyset/uid:jane' },
        configuration: {
          embeddedServiceConfig: {
            name: 'OpenCX',
            deploymentType: 'api',
            embeddedServiceMessagingChannel: { authMode: 'Auth' },
          },
        },
      },
    });
    const claims = claimsOf(body.accessToken);
    expect(claims).toMatchObject({
      sub: 'v2/iamessage/AUTH/OpenCX_Keyset/uid:jane',
      orgId: org.client.org.organizationId.slice(0, 15),
      deployment: 'OpenCX',
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(60 * 60);
    expect((await list(body.accessToken)).status).toBe(200);
  });

  it('is refused for another algorithm than that of the registered key', async () => {
    expect((await org.tokenFor({ alg: 'RS384' })).body.message).toContain('its alg is RS384, not RS256 or RS512');
    expect((await org.tokenFor({ alg: 'RS512' })).status).toBe(401);
  });

  it.each([
    ['an unknown kid', { kid: 'nobody' }, 'kid nobody'],
    ['another issuer', { iss: 'https://elsewhere.example.com' }, '"iss"'],
    ['a past exp', { lifetime: -10 }, '"exp"'],
    ['an empty sub', { sub: '' }, 'sub'],
  ])('is refused for %s', async (_what, options, words) => {
    const { body, status } = await org.tokenFor(options);
    expect([status, body.error]).toEqual([401, 'UNAUTHORIZED']);
    expect(body.message).toContain(words);
  });

  it('is refused for a signature of another key, or becomes a guest’s where the org is switched so', async () => {
    const privateKey = (await newKey()).files.get(keyFiles.privateKey) ?? '';
    const forged = await org.tokenFor({ privateKey });
    expect([forged.status, forged.body.message]).toEqual([
      401,
      'The customerIdentityToken is not valid: signature verification failed.',
    ]);
    await org.settings({ invalidIdentity: 'anonymous' });
    const guest = await org.tokenFor({ privateKey });
    expect(guest.status).toBe(200);
    expect(guest.body.context.endUser.subject).toMatch(/^v2\/iamessage\/ANON\/[\da-f-]{36}$/);
    await org.settings({ invalidIdentity: 'refuse' });
  });

  it('is continued for another tab: same subject, same end, another client', async () => {
    const { body } = await org.tokenFor({ sub: 'tabs' });
    org.advance(60_000);
    const again = await scrt(org.client.org, 'GET', `${V2}/authorization/continuation-access-token`, {
      token: body.accessToken,
    });
    const [first, second] = [claimsOf(body.accessToken), claimsOf(again.body.accessToken)];
    expect(second).toMatchObject({ sub: first['sub'], exp: first['exp'] });
    expect(second['clientId']).not.toBe(first['clientId']);
  });

  it('is revoked, and the other one of the same user is not', async () => {
    const [one, other] = [await org.tokenFor(), await org.tokenFor()];
    expect((await scrt(org.client.org, 'DELETE', AUTHENTICATED, { token: one.body.accessToken })).status).toBe(204);
    expect(await list(one.body.accessToken)).toMatchObject({ status: 401, body: 'Jwt is revoked' });
    expect((await list(other.body.accessToken)).status).toBe(200);
  });

  it('expires', async () => {
    const { body } = await org.tokenFor();
    expect((await org.control('POST', 'tokens/expire')).body.expired).toBeGreaterThan(0);
    expect(await list(body.accessToken)).toMatchObject({ status: 401, body: 'Jwt is expired' });
    const later = await org.tokenFor();
    org.advance(60 * 60_000);
    expect(await list(later.body.accessToken)).toMatchObject({ status: 401, body: 'Jwt is expired' });
  });
});

describe('a request without a good token', () => {
  it('is refused by the gateway, in plain text', async () => {
    expect(await scrt(org.client.org, 'GET', `${V2}/conversation/list`)).toMatchObject({
      status: 401,
      body: 'Jwt is missing',
    });
    expect(await list('a.b.c')).toMatchObject({ status: 401, body: 'Jwt verification fails' });
    const { body } = await org.tokenFor();
    const [header = '', , signature = ''] = body.accessToken.split('.');
    const claims = Buffer.from(JSON.stringify({ ...claimsOf(body.accessToken), sub: 'v2/iamessage/AUTH/x/uid:root' }));
    const forged = [header, claims.toString('base64url'), signature].join('.');
    expect(await list(forged)).toMatchObject({ status: 401, body: 'Jwt verification fails' });
  });
});

describe('a token request', () => {
  const ask = async (change: object, path = UNAUTHENTICATED) => {
    const body = { ...tokenBody(org.client.org, 'OpenCX'), ...change };
    const { body: answer, status } = await scrt(org.client.org, 'POST', path, { body });
    return [status, answer.error, answer.message];
  };

  it('of a guest is refused where the channel asks for verified users', async () => {
    expect(await ask({})).toEqual([400, 'BAD_REQUEST', 'Set the auth mode to false.']);
  });

  it('names what is wrong with it', async () => {
    expect(await ask({ surprise: 1 })).toEqual([400, 'BAD_REQUEST', 'Unrecognized key: "surprise".']);
    expect((await ask({ capabilitiesVersion: '9' }))[2]).toContain('capabilitiesVersion');
    expect((await ask({ esDeveloperName: undefined }))[2]).toContain('esDeveloperName');
    expect((await ask({ esDeveloperName: '1x' }))[2]).toContain('a letter first');
    expect((await ask({ orgId: '00D000000000000' }))[2]).toContain('orgId');
    expect((await ask({ orgId: org.client.org.organizationId }))[2]).toContain('15 characters');
    expect((await ask({}, AUTHENTICATED))[2]).toContain('customerIdentityToken');
  });

  it('knows deployments by their exact names', async () => {
    expect((await ask({ esDeveloperName: 'opencx' }))[2]).toContain('opencx was not found');
  });

  it('must be JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await scrt(org.client.org, 'POST', UNAUTHENTICATED, { body: {}, headers });
    expect(answer.status).toBe(415);
  });
});

describe('the configuration of a deployment', () => {
  const config = (name: string) => {
    const orgId = org.client.org.organizationId.slice(0, 15);
    const query = new URLSearchParams({ orgId, esConfigName: name, language: 'en_US' });
    return scrt(org.client.org, 'GET', `/embeddedservice/v1/embedded-service-config?${query.toString()}`);
  };

  it('is there for anybody, by its exact name', async () => {
    expect((await config('OpenCX')).body.embeddedServiceConfig).toMatchObject({
      name: 'OpenCX',
      deploymentType: 'api',
    });
    expect((await config('opencx')).status).toBe(404);
  });
});
