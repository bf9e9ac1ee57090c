import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';

import { appFiles, appMembers, CALLBACK, policyFile, policyMembers } from './eca-package.ts';
import { permissionSet, metadataFile, manifest, emptyManifest, zipOf } from './package-zip.ts';
import { administrator, control, deployFiles, metadataOrg, settingsFile } from './settings-org.ts';

const stage = metadataOrg();

interface Credentials {
  readonly key: string;
  readonly secret: string;
}

async function deployApp(globalChanges: object = {}, oauthChanges: object = {}): Promise<Credentials> {
  const done = await deployFiles(stage.org, appMembers, appFiles(globalChanges, oauthChanges));
  expect(done).toMatchObject({ status: 'Succeeded', problems: [] });
  return await credentials();
}

async function deployPolicy(changes: object): Promise<void> {
  expect(await deployFiles(stage.org, policyMembers, policyFile(changes))).toMatchObject({ problems: [] });
}

/** Switches the setting on, and gives the administrator what reading a secret takes. */
async function allowCredentials(permissions = ['ExternalClientAppDeveloper', 'ViewClientSecret']): Promise<void> {
  const { connection, state } = stage.org;
  const granted = permissions.map(
    (name) => `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`,
  );
  const set = { 'permissionsets/Reader.permissionset': permissionSet([], granted) };
  const setting = settingsFile('ExternalClientApp', [
    '<enableClientSecretInRestApiAccess>true</enableClientSecretInRestApiAccess>',
  ]);
  const members = { PermissionSet: ['Reader'], Settings: ['ExternalClientApp'] };
  expect(await deployFiles(stage.org, members, { ...set, ...setting })).toMatchObject({ problems: [] });
  const [reader] = state.records.find('PermissionSet', { Name: 'Reader' });
  const assignment = { AssigneeId: state.settings.adminUserId, PermissionSetId: reader?.Id ?? '' };
  if (state.records.find('PermissionSetAssignment', assignment).length === 0) {
    await connection.sobject('PermissionSetAssignment').create(assignment);
  }
}

/** Key and secret by the way that clients go: usage, consumers, parts. */
async function credentials(): Promise<Credentials> {
  await allowCredentials();
  const usage = (await stage.org.rest('GET', '/apps/oauth/usage')).body as {
    apps: { developerName: string; identifier: string }[];
  };
  const appId = usage.apps.find(({ developerName }) => developerName === 'OpenCX')?.identifier ?? '';
  const { consumers } = (await stage.org.rest('GET', `/apps/oauth/credentials/${appId}`)).body as {
    consumers: { id: string; url: string }[];
  };
  const path = `/apps/oauth/credentials/${appId}/${consumers[0]?.id ?? ''}`;
  return (await stage.org.rest('GET', `${path}?part=keyandsecret`)).body as Credentials;
}

/** Where the authorize endpoint sends the browser, or what it shows. */
async function authorize(key: string, more: Record<string, string> = {}): Promise<URLSearchParams | string> {
  const form = { response_type: 'code', client_id: key, redirect_uri: CALLBACK, login_hint: username(), ...more };
  const query = new URLSearchParams(form).toString();
  const answer = await fetch(`${stage.org.url}/services/oauth2/authorize?${query}`, { redirect: 'manual' });
  const text = await answer.text();
  const location = answer.headers.get('location');
  return location === null ? text : new URL(location).searchParams;
}

async function token(form: Record<string, string>): Promise<Record<string, string>> {
  const answer = await fetch(`${stage.org.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return (await answer.json()) as Record<string, string>;
}

async function login({ key, secret }: Credentials, more: Record<string, string> = {}): Promise<Record<string, string>> {
  const sent = await authorize(key, more);
  const code = typeof sent === 'string' ? sent : (sent.get('code') ?? sent.toString());
  const proof = { client_id: key, client_secret: secret };
  return await token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...proof });
}

const refresh = ({ key, secret }: Credentials, refreshToken = ''): Promise<Record<string, string>> =>
  token({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: key, client_secret: secret });

const username = (): string => administrator(stage.org);

describe('a deployed app logs users in', () => {
  it('by its key, secret and callback, with the scopes it has', async () => {
    const app = await deployApp();
    const first = await login(app);
    expect(first).toMatchObject({ token_type: 'Bearer', scope: 'full refresh_token' });
    const again = await refresh(app, first['refresh_token']);
    expect(again).toMatchObject({ token_type: 'Bearer' });
    const limits = await fetch(`${stage.org.url}/services/data/v68.0/limits`, {
      headers: { authorization: `Bearer ${again['access_token'] ?? ''}` },
    });
    expect(limits.status).toBe(200);

    expect(await authorize(app.key, { redirect_uri: 'https://evil.example.com/' })).toContain('redirect_uri_mismatch');
    expect(await login({ ...app, secret: 'wrong' })).toMatchObject({ error: 'invalid_client' });
    const public_ = await token({
      grant_type: 'refresh_token',
      refresh_token: first['refresh_token'] ?? '',
      client_id: app.key,
    });
    expect(public_).toMatchObject({ error: 'invalid_client' });
  });

  it('with no more scopes than it has', async () => {
    const app = await deployApp({}, { commaSeparatedOauthScopes: 'Api' });
    expect((await login(app, { scope: 'api' }))['scope']).toBe('api');
    const refused = await authorize(app.key, { scope: 'api refresh_token' });
    expect(String(refused)).toContain('error=invalid_scope');
    expect((await login(app))['refresh_token']).toBeUndefined();
  });

  it('with PKCE where the app or the org requires it', async () => {
    const app = await deployApp({ isPkceRequired: true });
    expect(String(await authorize(app.key))).toContain('missing+required+code+challenge');
    await deployFiles(stage.org, appMembers, appFiles());
    expect(String(await authorize(app.key))).toContain('code=');
    const setting = settingsFile('OauthOidc', ['<isPkceRequired>true</isPkceRequired>']);
    await deployFiles(stage.org, { Settings: ['OauthOidc'] }, setting);
    expect(String(await authorize(app.key))).toContain('missing+required+code+challenge');
    await deployFiles(stage.org, appMembers, appFiles());
    const read = await stage.org.connection.metadata.read(
      'ExtlClntAppGlobalOauthSettings' as never,
      'OpenCX_glbloauth',
    );
    // jsforce knows no types of this kind of metadata, and leaves all values texts.
    expect(read).toMatchObject({ isPkceRequired: 'true' });
  });

  it('once it is activated', async () => {
    await control(stage.org, 'PATCH', 'settings', { activationDelayMs: 600_000 });
    const app = await deployApp();
    expect(await authorize(app.key)).toContain('invalid_client_id');
    expect(await login(app)).toMatchObject({
      error: 'invalid_client_id',
      error_description: 'client identifier invalid',
    });
  });

  it('as its policies say: approved users, for as long as they say', async () => {
    const app = await deployApp();
    const set = { 'permissionsets/OpenCX.permissionset': permissionSet([]) };
    await deployFiles(stage.org, { PermissionSet: ['OpenCX'] }, set);
    await deployPolicy({
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      commaSeparatedPermissionSet: 'OpenCX',
    });
    expect(String(await authorize(app.key))).toContain('OAUTH_APP_ACCESS_DENIED');
    const { connection, state } = stage.org;
    const [row] = state.records.find('PermissionSet', { Name: 'OpenCX' });
    const assignment = { AssigneeId: state.settings.adminUserId, PermissionSetId: row?.Id ?? '' };
    await connection.sobject('PermissionSetAssignment').create(assignment);
    expect(await login(app)).toMatchObject({ token_type: 'Bearer' });

    await deployPolicy({
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      commaSeparatedProfile: 'Admin',
      refreshTokenPolicyType: 'Zero',
    });
    const { refresh_token: refreshToken } = await login(app);
    expect(await refresh(app, refreshToken)).toMatchObject({
      error: 'invalid_grant',
      error_description: 'expired access/refresh token',
    });
  });

  it('without anybody, as the user of its client credentials flow', async () => {
    const app = await deployApp({ isClientCredentialsFlowEnabled: true });
    const form = { grant_type: 'client_credentials', client_id: app.key, client_secret: app.secret };
    expect(await token(form)).toMatchObject({
      error: 'invalid_grant',
      error_description: 'no client credentials user enabled',
    });
    await deployPolicy({ isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: username() });
    expect(await token(form)).toMatchObject({ token_type: 'Bearer', scope: 'full' });
  });

  it('by an assertion signed for its certificate, once they have approved the app', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const app = await deployApp({ certificate: await exportSPKI(publicKey) });
    const assertion = await new SignJWT({ iss: app.key, sub: username(), aud: 'https://login.salesforce.com' })
      .setProtectedHeader({ alg: 'RS256' })
      .setExpirationTime('3m')
      .sign(privateKey);
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
    expect(await token(form)).toMatchObject({ error: 'invalid_grant' });
    await login(app);
    expect(await token(form)).toMatchObject({ token_type: 'Bearer', scope: 'full' });
  });

  it('until it is switched off or deleted, with all its tokens', async () => {
    const app = await deployApp();
    const tokens = await login(app);
    const off = metadataFile('ExtlClntAppConfigurablePolicies', [
      '<externalClientApplication>OpenCX</externalClientApplication>',
      '<isEnabled>false</isEnabled>',
      '<label>OpenCX_defaultPolicy</label>',
    ]);
    const members = { ExtlClntAppConfigurablePolicies: ['OpenCX_defaultPolicy'] };
    const files = { 'extlClntAppPolicies/OpenCX_defaultPolicy.ecaPlcy': off };
    expect(await deployFiles(stage.org, members, files)).toMatchObject({ problems: [] });
    expect(String(await authorize(app.key))).toContain('OAUTH_APP_BLOCKED');

    const deletion = manifest({ ExternalClientApplication: ['OpenCX'] });
    const zip = zipOf({ 'package.xml': emptyManifest, 'destructiveChanges.xml': deletion });
    await stage.org.connection.metadata.deploy(zip, { singlePackage: true }).complete(true);
    expect(await authorize(app.key)).toContain('invalid_client_id');
    const answer = await fetch(`${stage.org.url}/services/data/v68.0/limits`, {
      headers: { authorization: `Bearer ${tokens['access_token'] ?? ''}` },
    });
    expect(answer.status).toBe(401);
  });
});

describe('key and secret by REST', () => {
  it('are told only where the org allows it, to who may', async () => {
    await deployFiles(stage.org, appMembers, appFiles());
    const [app] = stage.org.state.records.all('ExternalClientApplication');
    const path = `/apps/oauth/credentials/${app?.Id ?? ''}`;
    expect(await stage.org.rest('GET', path)).toMatchObject({
      status: 403,
      body: [{ errorCode: 'FUNCTIONALITY_NOT_ENABLED', message: expect.stringContaining('not currently enabled') }],
    });
    await allowCredentials(['ExternalClientAppDeveloper']);
    const { body } = await stage.org.rest('GET', path);
    const { consumers } = body as {
      consumers: { id: string; key: string; url: string; stagedCredentialsUrl: string }[];
    };
    expect(consumers).toMatchObject([
      {
        id: expect.stringMatching(/^888/),
        key: expect.stringMatching(/^3MVG9/),
        name: 'OpenCX',
        url: `/services/data/v68.0${path}/${consumers[0]?.id ?? ''}`,
      },
    ]);
    const own = `${path}/${consumers[0]?.id ?? ''}`;
    expect((await stage.org.rest('GET', own)).body).toEqual({ id: consumers[0]?.id, key: consumers[0]?.key });
    expect(await stage.org.rest('GET', `${own}?part=secret`)).toMatchObject({
      status: 403,
      body: [{ errorCode: 'INSUFFICIENT_ACCESS' }],
    });
    await allowCredentials();
    expect((await stage.org.rest('GET', `${own}?part=secret`)).body).toEqual({
      id: consumers[0]?.id,
      secret: expect.stringMatching(/^[0-9A-F]{64}$/),
    });
    expect((await stage.org.rest('GET', `${own}?part=both`)).status).toBe(400);
    expect((await stage.org.rest('GET', `${path}/888000000000099AAA`)).status).toBe(404);
    expect((await stage.org.rest('GET', '/apps/oauth/credentials/0xI000000000099AAA')).status).toBe(404);
    expect(await stage.org.rest('GET', `${own}/staged`)).toMatchObject({ status: 501 });
  });
});
