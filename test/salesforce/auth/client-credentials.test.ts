import { afterEach, describe, expect, it } from 'vitest';

import { clientCredentialsLogin } from '../../../src/salesforce/auth/client-credentials.ts';
import { failureOf } from './login-failure.ts';
import { granted, orgId18, refused, startTokenServer, type TokenServer } from './token-server.ts';

const clientId = '3MVG9planted.consumer.key';
const clientSecret = 'planted/client+secret=';
const token = '00D5g00000Ab1Cd!AQEAQ.issued_';

let org: TokenServer | undefined;
afterEach(async () => {
  await org?.close();
  org = undefined;
});

describe('login by client credentials', () => {
  it('posts key and secret in the body, and logs in again for a new token', async () => {
    org = await startTokenServer((request, count, url) =>
      request.form.get('client_secret') === clientSecret
        ? granted(url, `${token}${count}`)
        : refused('invalid_client', 'invalid client credentials'),
    );
    const session = await clientCredentialsLogin({ loginUrl: org.url, clientId, clientSecret: `${clientSecret}\n` });
    expect(session).toMatchObject({
      instanceUrl: org.url,
      accessToken: `${token}1`,
      organizationId: orgId18,
      source: 'client-credentials',
    });
    expect(Object.fromEntries(org.requests[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    expect((await session.refresh?.())?.accessToken).toBe(`${token}2`);
  });

  it.each([
    ['no client credentials user enabled', /Run As/],
    ['request not supported on this domain', /My Domain/],
  ])('explains "%s"', async (description, step) => {
    org = await startTokenServer(() => refused('invalid_grant', description));
    const { url } = org;
    const error = await failureOf(async () => clientCredentialsLogin({ loginUrl: url, clientId, clientSecret }));
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain(`invalid_grant: ${description}`);
    expect(error.nextSteps.join(' ')).toMatch(step);
  });

  it('sends no secret over plain http', async () => {
    const options = { loginUrl: 'http://acme.my.salesforce.com', clientId, clientSecret };
    expect((await failureOf(async () => clientCredentialsLogin(options))).code).toBe('USAGE');
  });
});
