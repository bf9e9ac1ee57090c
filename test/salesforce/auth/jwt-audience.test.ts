import { Agent, type Dispatcher } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';

import { jwtBearerLogin } from '../../../src/salesforce/auth/jwt/jwt-bearer.ts';
import type { OrgSession } from '../../../src/salesforce/auth/org-session.ts';
import { audiencesFor } from '../../../src/salesforce/auth/jwt/audience.ts';
import { failureOf } from './login-failure.ts';
import { privateKeys } from './private-keys.ts';
import { granted, refused, startTokenServer, type Reply, type TokenServer } from './token-server.ts';

const token = '00D5g00000Ab1Cd!AQEAQ.issued';
const loginUrl = 'https://acme.my.salesforce.com';
const { pkcs8: privateKey } = privateKeys();

let org: TokenServer | undefined;
afterEach(async () => {
  await org?.close();
  org = undefined;
});

/** Logs in at a My Domain URL whose requests are led to a server here; `reply` answers by the audience. */
async function logIn(reply: (audience: string) => Reply): Promise<{
  audiences: string[];
  origins: Set<string>;
  session: () => Promise<OrgSession>;
}> {
  const audiences: string[] = [];
  org = await startTokenServer((request) => {
    const [, payload = ''] = (request.form.get('assertion') ?? '').split('.');
    const { aud } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { aud: string };
    audiences.push(aud);
    return reply(aud);
  });
  const { url } = org;
  const origins = new Set<string>();
  const dispatcher: Dispatcher = new Agent().compose((dispatch) => (options, handler) => {
    origins.add(String(options.origin));
    return dispatch({ ...options, origin: url }, handler);
  });
  const options = { loginUrl, clientId: '3MVG9key', username: 'a@b.example', privateKey };
  return { audiences, origins, session: async () => jwtBearerLogin(options, { dispatcher }) };
}

describe('the audience of a JWT login at a My Domain URL', () => {
  it('is tried in turn, at that host alone, until the org accepts one', async () => {
    const { audiences, origins, session } = await logIn((audience) =>
      audience === 'https://test.salesforce.com'
        ? granted(loginUrl, token)
        : refused('invalid_grant', 'audience is invalid'),
    );
    expect((await session()).instanceUrl).toBe(loginUrl);
    expect(audiences).toEqual(['https://login.salesforce.com', loginUrl, 'https://test.salesforce.com']);
    expect(origins).toEqual(new Set([loginUrl]));
  });

  it('is told as refused for the documented one, when the org accepts none', async () => {
    const { audiences, session } = await logIn((audience) =>
      refused('invalid_grant', `audience is invalid: ${audience}`),
    );
    const error = await failureOf(session);
    expect(error.message).toContain('audience is invalid: https://login.salesforce.com');
    expect(audiences).toHaveLength(3);
  });

  it('is not tried further once the org says something else', async () => {
    const { audiences, session } = await logIn((audience) =>
      audience === loginUrl
        ? refused('invalid_grant', "user hasn't approved this consumer")
        : refused('invalid_grant', 'audience is invalid'),
    );
    const error = await failureOf(session);
    expect(error.message).toContain("user hasn't approved this consumer");
    expect(audiences).toHaveLength(2);
  });
});

describe('the audiences that follow from a login URL', () => {
  it.each([
    ['https://login.salesforce.com', ['https://login.salesforce.com']],
    ['https://test.salesforce.com', ['https://test.salesforce.com']],
    ['http://127.0.0.1:8765', ['http://127.0.0.1:8765']],
    [loginUrl, ['https://login.salesforce.com', loginUrl, 'https://test.salesforce.com']],
    [
      'https://acme--dev.sandbox.my.salesforce.com',
      ['https://test.salesforce.com', 'https://acme--dev.sandbox.my.salesforce.com', 'https://login.salesforce.com'],
    ],
    [
      'https://acme.my.site.com/customers',
      ['https://acme.my.site.com/customers', 'https://login.salesforce.com', 'https://test.salesforce.com'],
    ],
  ])('%s', (url, audiences) => {
    expect(audiencesFor(url)).toEqual(audiences);
  });
});
