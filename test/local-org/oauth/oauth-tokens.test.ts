import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { consumerOf } from '../../../src/local-org/oauth/apps/consumers.ts';
import { API, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { deployByRest } from '../metadata/deploy-by-rest.ts';
import { appFiles, appMembers, CALLBACK as APP_CALLBACK } from '../metadata/eca-package.ts';
import { emptyManifest, manifest } from '../metadata/package-zip.ts';
import type { PackageFiles } from '../metadata/package-zip.ts';
import { clientOfUser } from '../records/people.ts';
import { CALLBACK, codeFor, posted, register, tokenAnswer } from './oauth-requests.ts';

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
const exchange = async (more: Record<string, string> = {}): Promise<Answer['body']> => {
  const code = await codeFor(client, 'app', more);
  const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...proof };
  return (await tokenAnswer(client, form)).body as unknown;
};
const soql = 'SELECT AppName, UserId, User.Username, CreatedDate, LastUsedDate, UseCount FROM OauthToken';
const tokens = async (as = client): Promise<Answer['body'][]> => (await as.query(soql)).body.records as unknown[];

describe('OauthToken', () => {
  it('has a row from the moment that a client gets a refresh token, until it is revoked', async () => {
    expect(await tokens()).toEqual([]);
    const { refresh_token } = await exchange();
    const { adminUserId } = client.org.state.settings;
    const row = { AppName: 'app', UserId: adminUserId, User: { Username: client.org.username } };
    const made = '2026-11-20T12:00:00.000+0000';
    expect(await tokens()).toMatchObject([{ ...row, CreatedDate: made, LastUsedDate: null, UseCount: 0 }]);
    now = new Date('2026-11-21T09:30:00Z');
    const form = { grant_type: 'refresh_token', refresh_token: refresh_token as string, ...proof };
    for (let count = 0; count < 2; count++) expect((await tokenAnswer(client, form)).status).toBe(200);
    const used = '2026-11-21T09:30:00.000+0000';
    expect(await tokens()).toMatchObject([{ ...row, CreatedDate: made, LastUsedDate: used, UseCount: 2 }]);
    await posted(client, 'revoke', { token: refresh_token as string });
    expect(await tokens()).toEqual([]);
  });

  it('has none for a session without a refresh token', async () => {
    await exchange({ scope: 'api' });
    expect(await tokens()).toEqual([]);
  });

  it('gives no token away, and no id', async () => {
    const { access_token, refresh_token } = await exchange();
    const all = await client.query(
      'SELECT Id, AccessToken, DeleteToken, RequestToken, AppMenuItemId FROM OauthToken ORDER BY CreatedDate',
    );
    expect(all.body.records).toMatchObject([
      { Id: null, AccessToken: null, DeleteToken: null, RequestToken: null, AppMenuItemId: null },
    ]);
    const text = JSON.stringify((await client.query('SELECT FIELDS(STANDARD) FROM OauthToken')).body);
    expect(text).not.toContain(access_token);
    expect(text).not.toContain(refresh_token);
  });

  it('shows others than those who customize the application their own', async () => {
    const user = await clientOfUser(client, 'Standard User');
    await exchange();
    await exchange({ username: 'standard-user@example.com' });
    expect(await tokens()).toHaveLength(2);
    expect(await tokens(user)).toMatchObject([{ UserId: user.userId }]);
  });

  it('can be filtered and counted, and not written', async () => {
    await exchange();
    expect((await client.query("SELECT COUNT() FROM OauthToken WHERE AppName = 'app'")).body.totalSize).toBe(1);
    expect((await client.query("SELECT COUNT() FROM OauthToken WHERE AppName = 'other'")).body.totalSize).toBe(0);
    expect((await client.call('POST', `${API}/sobjects/OauthToken`, { AppName: 'mine' })).status).toBe(400);
  });
});

describe('an External Client App', () => {
  const deploy = async (files: PackageFiles): Promise<void> => {
    expect(await deployByRest(client, files)).toMatchObject({ status: 'Succeeded' });
  };

  it('goes by its label, and its grants go with it', async () => {
    await deploy({ 'package.xml': manifest(appMembers), ...appFiles() });
    const consumer = consumerOf(client.org.state, 'OpenCX');
    const ids = { client_id: consumer?.key ?? '', client_secret: consumer?.secret ?? '' };
    const code = await codeFor(client, ids.client_id, { redirect_uri: APP_CALLBACK });
    const form = { grant_type: 'authorization_code', code, redirect_uri: APP_CALLBACK, ...ids };
    expect((await tokenAnswer(client, form)).body).toMatchObject({ refresh_token: expect.any(String) });
    expect(await tokens()).toMatchObject([{ AppName: 'OpenCX', UseCount: 0 }]);
    const gone = manifest({ ExternalClientApplication: ['OpenCX'] });
    await deploy({ 'package.xml': emptyManifest, 'destructiveChanges.xml': gone });
    expect(await tokens()).toEqual([]);
  });
});
