import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startLocalOrg, type RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { login, type LoginMethod } from '../../../src/salesforce/auth/login.ts';
import type { OrgSession } from '../../../src/salesforce/auth/org-session.ts';
import { everythingIn, failureOf, impatientClock } from './login-failure.ts';
import { privateKeys } from './private-keys.ts';

const keys = privateKeys();
const clientId = '3MVG9local.consumer.key';
const clientSecret = 'planted_local_secret';

let org: RunningOrg;
let callbackPort: number;
beforeAll(async () => {
  org = await startLocalOrg();
  callbackPort = await freePort();
  const callbackUrls = [`http://localhost:${callbackPort}/OauthRedirect`];
  const certificate = keys.publicKey;
  await control('POST', 'clients', { clientId, secret: clientSecret, certificate, callbackUrls, runAs: org.username });
});
afterAll(async () => org.close());

/** A port for the callback, which must be registered with the client before anybody listens there. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${org.url}/_local/${path}`, {
    method,
    headers: { 'x-local-org-control': 'test', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

/** What the org answers to a session at the resource list of a version, which needs one. */
async function statusWith(session: OrgSession | undefined): Promise<number> {
  const headers = { authorization: `Bearer ${session?.accessToken}` };
  const response = await fetch(`${session?.instanceUrl}/services/data/v66.0`, { headers });
  await response.body?.cancel();
  return response.status;
}

/** A person at the local org's page: takes the form as it is, and allows. */
async function allowInBrowser(authorizeUrl: string): Promise<void> {
  const page = await (await fetch(authorizeUrl)).text();
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const form = new URLSearchParams();
  for (const [, name = '', value = ''] of hidden) form.set(name, value.replaceAll('&amp;', '&'));
  await fetch(`${org.url}/services/oauth2/authorize`, { method: 'POST', body: form });
}

const methods: [string, () => LoginMethod][] = [
  ['an access token', () => ({ kind: 'access-token', accessToken: org.issueAccessToken(), instanceUrl: org.url })],
  ['JWT bearer', () => ({ kind: 'jwt', loginUrl: org.url, clientId, username: org.username, privateKey: keys.pkcs8 })],
  ['client credentials', () => ({ kind: 'client-credentials', loginUrl: org.url, clientId, clientSecret })],
  [
    'the browser',
    () => ({
      kind: 'web',
      loginUrl: org.url,
      clientId,
      clientSecret,
      port: callbackPort,
      onUrl: () => undefined,
      openUrl: allowInBrowser,
    }),
  ],
];

describe('the local org lets in', () => {
  it.each(methods)('by %s', async (_how, method) => {
    const session = await login(method());
    expect(session).toMatchObject({ instanceUrl: org.url, organizationId: org.organizationId });
    expect(await statusWith(session)).toBe(200);
  });

  it.each(methods.slice(1))('again, by %s, when the session was ended', async (_how, method) => {
    const session = await login(method());
    await control('POST', 'sessions/revoke', {});
    expect(await statusWith(session)).toBe(401);
    const next = await session.refresh?.();
    expect(await statusWith(next)).toBe(200);
  });
});

describe('the local org refuses, and the reason is explained', () => {
  it.each<[string, Partial<LoginMethod>, RegExp]>([
    ['an unknown consumer key', { clientId: '3MVG9other' }, /invalid_client_id.+does not know this consumer key/],
    ['a user nobody approved', { username: 'nobody@nowhere.example' }, /hasn't approved this consumer/],
    [
      'another key than the certificate is of',
      { privateKey: privateKeys().pkcs8 },
      /invalid assertion.+could not verify/,
    ],
    ['an audience of another org', { audience: 'https://other.example' }, /audience is invalid/],
  ])('JWT bearer with %s', async (_what, more, reason) => {
    const method = {
      kind: 'jwt',
      loginUrl: org.url,
      clientId,
      username: org.username,
      privateKey: keys.pkcs8,
      ...more,
    };
    const error = await failureOf(async () => login(method as LoginMethod));
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toMatch(reason);
  });

  it('an assertion of a clock that is an hour behind', async () => {
    const method = {
      kind: 'jwt',
      loginUrl: org.url,
      clientId,
      username: org.username,
      privateKey: keys.pkcs8,
    } as const;
    const error = await failureOf(async () => login(method, { clock: impatientClock(Date.now() - 3_600_000) }));
    expect(error.nextSteps.join(' ')).toContain('clock');
  });

  it('a wrong secret', async () => {
    const method = { kind: 'client-credentials', loginUrl: org.url, clientId, clientSecret: 'planted_wrong' } as const;
    const error = await failureOf(async () => login(method));
    expect(error.message).toContain('invalid_client: invalid client credentials');
    expect(everythingIn(error)).not.toContain('planted');
  });
});

describe('faults of the local org at its token endpoint', () => {
  const method = (): LoginMethod => ({ kind: 'client-credentials', loginUrl: org.url, clientId, clientSecret });
  const token = { path: '/services/oauth2/token' };

  it.each([
    ['two maintenance pages', { kind: 'html', match: token, times: 2 }],
    ['two broken connections', { kind: 'drop', match: token, times: 2 }],
    ['two answers that got lost', { kind: 'drop-after', match: token, times: 2 }],
  ])('%s are asked past', async (_what, fault) => {
    await control('POST', 'faults', fault);
    const session = await login(method(), { clock: impatientClock() });
    await control('DELETE', 'faults');
    expect(await statusWith(session)).toBe(200);
  });

  it('a maintenance that lasts is told by its page', async () => {
    await control('POST', 'faults', { kind: 'html', match: token });
    const error = await failureOf(async () => login(method(), { clock: impatientClock() }));
    await control('DELETE', 'faults');
    expect(error.code).toBe('ORG_UNEXPECTED_ANSWER');
    expect(error.message).toContain('HTTP 503 with a web page ("Maintenance")');
  });

  it('Ctrl-C ends a login that hangs', async () => {
    await control('POST', 'faults', { kind: 'delay', match: token, ms: 5000 });
    const signal = AbortSignal.timeout(100);
    const failure = failureOf(async () => login(method(), { signal }));
    await once(signal, 'abort');
    expect((await failure).code).toBe('INTERRUPTED');
    await control('DELETE', 'faults');
  });
});
