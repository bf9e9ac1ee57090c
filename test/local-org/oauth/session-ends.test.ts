import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { API, clientFor, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { CALLBACK, codeFor, createUser, posted, register, tokenAnswer } from './oauth-requests.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
let now: Date;
let client: OrgClient;
beforeEach(async () => {
  now = new Date('2026-11-20T12:00:00Z');
  client = await openOrgClient({ now: () => now });
  await register(client, { clientId: 'app', secret: 's' });
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const proof = { client_id: 'app', client_secret: 's' };
const exchange = (code: string): Promise<Answer> =>
  tokenAnswer(client, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...proof });
const refresh = (refresh_token: string): Promise<Answer> =>
  tokenAnswer(client, { grant_type: 'refresh_token', refresh_token, ...proof });
const statusOf = async (token: string): Promise<number> =>
  (await clientFor(client.org, token).call('GET', `${API}/limits`)).status;
const held = (kind: string): number => client.org.state.documents.list(kind).length;

describe('revoking', () => {
  it('a refresh token ends the sessions it gave, and no others', async () => {
    const first = (await exchange(await codeFor(client, 'app'))).body;
    const other = (await exchange(await codeFor(client, 'app'))).body;
    const second = (await refresh(first.refresh_token as string)).body;
    const sessions = [first.access_token, second.access_token, other.access_token, client.token] as string[];
    expect(await Promise.all(sessions.map(statusOf))).toEqual([200, 200, 200, 200]);
    expect((await posted(client, 'revoke', { token: first.refresh_token as string })).status).toBe(200);
    expect(await Promise.all(sessions.map(statusOf))).toEqual([401, 401, 200, 200]);
    expect((await refresh(first.refresh_token as string)).body.error_description).toBe('expired access/refresh token');
  });

  it('a session leaves its refresh token as it is', async () => {
    const { access_token, refresh_token } = (await exchange(await codeFor(client, 'app'))).body;
    expect((await posted(client, 'revoke', { token: access_token })).status).toBe(200);
    expect(await statusOf(access_token)).toBe(401);
    expect((await refresh(refresh_token)).status).toBe(200);
    expect((await posted(client, 'revoke', { token: access_token })).status).toBe(400);
  });
});

describe('time', () => {
  it('ends codes and sessions, and nothing of them is kept', async () => {
    const code = await codeFor(client, 'app');
    await exchange(await codeFor(client, 'app'));
    now = new Date(now.getTime() + 16 * 60 * 1000);
    expect((await exchange(code)).body.error_description).toBe('expired authorization code');
    for (let count = 0; count < 5; count++) await codeFor(client, 'app');
    expect(held('oauth-code')).toBe(5);
    now = new Date(now.getTime() + 2 * DAY_MS);
    const { access_token } = (await exchange(await codeFor(client, 'app'))).body;
    expect(held('oauth-code')).toBe(0);
    // The long one of the test itself, and the one just made.
    expect(held('session')).toBe(2);
    expect(await statusOf(access_token)).toBe(200);
  });

  it('put back does not stop the clearing away', async () => {
    await codeFor(client, 'app');
    now = new Date(now.getTime() - DAY_MS);
    await codeFor(client, 'app');
    now = new Date(now.getTime() + 1000 + 16 * 60 * 1000);
    await codeFor(client, 'app');
    expect(held('oauth-code')).toBe(2);
  });
});

describe('a user who is deactivated', () => {
  it('gets no session any more, by no flow', async () => {
    const { refresh_token } = (await exchange(await codeFor(client, 'app'))).body;
    const code = await codeFor(client, 'app');
    const { records, settings } = client.org.state;
    records.update('User', settings.adminUserId, { IsActive: false }, settings.adminUserId);
    const inactive = { status: 400, body: { error: 'inactive_user' } };
    expect(await refresh(refresh_token)).toMatchObject(inactive);
    expect(await exchange(code)).toMatchObject(inactive);
  });
});

describe('the identity URL', () => {
  const ask = (path: string, token = client.token): Promise<Answer> =>
    clientFor(client.org, token).call('GET', `/id/${path}`);

  it('tells about the user it names', async () => {
    const { organizationId, state } = client.org;
    const { adminUserId } = state.settings;
    const another = await createUser(client, 'other@identity.example');
    expect((await ask(`${organizationId}/${adminUserId.slice(0, 15)}`)).body).toMatchObject({
      user_id: adminUserId,
      asserted_user: true,
    });
    expect((await ask(`${organizationId}/${another}`)).body).toMatchObject({
      id: `${client.org.url}/id/${organizationId}/${another}`,
      user_id: another,
      username: 'other@identity.example',
      asserted_user: false,
    });
    state.records.update('User', another, { IsActive: false }, adminUserId);
    expect(await ask(`${organizationId}/${another}`)).toMatchObject({ status: 404, body: 'Inactive' });
  });

  it('refuses what it does not know', async () => {
    const { organizationId, state } = client.org;
    const own = `${organizationId}/${state.settings.adminUserId}`;
    expect(await ask(`${organizationId}/005000000000000AAA`)).toMatchObject({ status: 404, body: 'Bad_Id' });
    expect(await ask(`${organizationId}/constructor`)).toMatchObject({ status: 404, body: 'Bad_Id' });
    expect(await ask(`00D000000000000/${state.settings.adminUserId}`)).toMatchObject({
      status: 403,
      body: 'Wrong_Org',
    });
    expect(await ask(own, 'nonsense')).toMatchObject({ status: 403, body: 'Bad_OAuth_Token' });
    const anonymous = await fetch(`${client.org.url}/id/${own}`);
    expect([anonymous.status, await anonymous.text()]).toEqual([403, 'Missing_OAuth_Token']);
  });
});
