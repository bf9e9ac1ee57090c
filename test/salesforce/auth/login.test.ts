import { afterEach, describe, expect, it } from 'vitest';

import { chooseLogin, login, type LoginInputs } from '../../../src/salesforce/auth/login.ts';
import { installFakeSf } from './fake-sf.ts';
import { privateKeys } from './private-keys.ts';
import { granted, startTokenServer, type TokenServer } from './token-server.ts';

const token = '00D5g00000Ab1Cd!AQEAQ.issued';
const { pkcs8: privateKey } = privateKeys();

let org: TokenServer | undefined;
afterEach(async () => {
  await org?.close();
  org = undefined;
});

async function startOrg(): Promise<string> {
  org = await startTokenServer((request, _count, url) => {
    const target = new URL(request.target, url);
    if (!target.pathname.endsWith('/authorize')) return granted(url, token);
    const { redirect_uri: redirect = '', state = '' } = Object.fromEntries(target.searchParams);
    return { status: 302, body: '', headers: { location: `${redirect}?code=c0de&state=${state}` } };
  });
  return org.url;
}

describe('from inputs to a session', () => {
  const clientId = '3MVG9key';
  const openUrl = async (url: string): Promise<void> => {
    await fetch(url);
  };
  it.each<[string, (url: string) => LoginInputs]>([
    ['access-token', (url) => ({ accessToken: token, instanceUrl: url })],
    ['jwt', (url) => ({ loginUrl: url, clientId, username: 'a@b.example', privateKey })],
    ['client-credentials', (url) => ({ loginUrl: url, clientId, clientSecret: 'planted' })],
    ['web', (url) => ({ loginUrl: url, web: { port: 0, onUrl: () => undefined, openUrl } })],
  ])('by %s', async (source, inputs) => {
    const url = await startOrg();
    const session = await login(chooseLogin(inputs(url)));
    expect(session).toMatchObject({ source, instanceUrl: url, accessToken: token });
  });

  it('by salesforce-cli', async () => {
    const result = { accessToken: token, instanceUrl: 'https://acme.my.salesforce.com', username: 'a@b.example' };
    const sf = await installFakeSf({ 'org display': { stdout: { status: 0, result } } });
    const session = await login(chooseLogin({ targetOrg: 'acme' }), { environment: sf.environment });
    await sf.remove();
    expect(session).toMatchObject({ source: 'salesforce-cli', accessToken: token, username: 'a@b.example' });
  });
});
