import { describe, expect, it } from 'vitest';

import { accessTokenLogin } from '../../../src/salesforce/auth/access-token.ts';
import { everythingIn, failureOf } from './login-failure.ts';

const token = '00D5g00000Ab1Cd!AQEAQ.planted_Secret.Value0123456789';
const instanceUrl = 'https://acme.my.salesforce.com';

describe('a session from a given token', () => {
  it('drops the line end that a pipe leaves and the slash that a browser leaves', () => {
    expect(accessTokenLogin({ accessToken: ` ${token}\r\n`, instanceUrl: `${instanceUrl}/\n` })).toEqual({
      instanceUrl,
      accessToken: token,
      organizationId: '00D5g00000Ab1CdEAJ',
      source: 'access-token',
    });
  });

  it('takes JWT-shaped tokens, whose org is not known from outside', () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1aWQifQ.c2lnbmF0dXJlLXZhbHVl';
    expect(accessTokenLogin({ accessToken: jwt, instanceUrl })).toEqual({
      instanceUrl,
      accessToken: jwt,
      source: 'access-token',
    });
  });

  it.each([
    ['https', 'acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
    ['a port', 'https://acme.my.salesforce.com:8443/', 'https://acme.my.salesforce.com:8443'],
    ['a page of the org', 'https://acme.my.salesforce.com/home/home.jsp?x=1', 'https://acme.my.salesforce.com'],
    ['http on the loopback', 'http://127.0.0.1:8765/', 'http://127.0.0.1:8765'],
    ['http on IPv6 loopback', 'http://[::1]:8765', 'http://[::1]:8765'],
    ['http on localhost', 'http://localhost:8765', 'http://localhost:8765'],
  ])('reads the instance URL with %s', (_what, given, read) => {
    expect(accessTokenLogin({ accessToken: token, instanceUrl: given }).instanceUrl).toBe(read);
  });

  it.each([
    ['http://acme.my.salesforce.com', /https/],
    ['http://127.0.0.1.evil.example', /https/],
    ['ftp://127.0.0.1', /https/],
    ['https://user:pa55word@acme.my.salesforce.com', /user name or password/],
    ['', /not a URL/],
    ['https://', /not a URL/],
    ['https://acme.lightning.force.com/lightning/page/home', /serves pages/],
    ['https://acme--dev.sandbox.my.salesforce-setup.com/lightning', /serves pages/],
  ])('sends no token to %s', async (given, reason) => {
    const error = await failureOf(() => accessTokenLogin({ accessToken: token, instanceUrl: given }));
    expect(error.code).toBe('USAGE');
    expect(error.message).toMatch(reason);
    expect(everythingIn(error)).not.toMatch(/planted_Secret|pa55word/);
  });

  it('names the API host of a Lightning page', async () => {
    const given = 'https://acme--dev.sandbox.lightning.force.com/';
    const error = await failureOf(() => accessTokenLogin({ accessToken: token, instanceUrl: given }));
    expect(error.nextSteps).toEqual(['Use https://acme--dev.sandbox.my.salesforce.com']);
  });

  it.each([
    ['nothing', '  \n'],
    ['a word', 'planted_Secret'],
    ['a token cut at the exclamation mark by the shell', '00D5g00000Ab1Cd'],
    ['a token with a quotation mark', `"${token}"`],
    ['two tokens', `${token} ${token}`],
    ['an org id that is too short', '00D5g000!AQEAQ.planted_Secret.Value'],
  ])('refuses %s, without repeating it', async (_what, given) => {
    const error = await failureOf(() => accessTokenLogin({ accessToken: given, instanceUrl }));
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.exitCode).toBe(4);
    expect(everythingIn(error)).not.toContain('planted_Secret');
  });

  it('knows the text that sf prints in the place of tokens', async () => {
    const given = "[REDACTED] Use 'sf org auth show-access-token' to view";
    const error = await failureOf(() => accessTokenLogin({ accessToken: given, instanceUrl }));
    expect(error.message).toContain('REDACTED');
    expect(error.nextSteps[0]).toContain('sf org auth show-access-token');
  });
});
