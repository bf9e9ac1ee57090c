import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { AuthInfo, Connection } from '@salesforce/core';
import { ComponentSet } from '@salesforce/source-deploy-retrieve';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { appFiles } from './eca-package.ts';
import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { metadataFile } from './package-zip.ts';

// The official CLI's own deploy library, unmodified, with files in source format.

let org: MetadataOrg;
let connection: Connection;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-org-settings-'));
  process.env['HOME'] = folder;
  org = await startMetadataOrg();
  const accessTokenOptions = { accessToken: org.token, instanceUrl: org.url, loginUrl: org.url };
  connection = await Connection.create({
    authInfo: await AuthInfo.create({ username: org.token, accessTokenOptions }),
  });
});
afterAll(async () => {
  await org.close();
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  const target = join(folder, 'source', `${path}-meta.xml`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

async function deploy(): Promise<{ status: string; files: string[] }> {
  const set = ComponentSet.fromSource(join(folder, 'source'));
  const result = await (await set.deploy({ usernameOrConnection: connection })).pollStatus();
  const files = result.getFileResponses().map(({ type, fullName, state, ...more }) => {
    return `${state} ${type} ${fullName}${'error' in more ? `: ${more.error}` : ''}`;
  });
  return { status: result.response.status, files: files.sort() };
}

it('settings and apps are deployed from source, told file by file, and retrieved to where they were', async () => {
  const setting = ['<enableClientSecretInRestApiAccess>true</enableClientSecretInRestApiAccess>'];
  write('settings/ExternalClientApp.settings', metadataFile('ExternalClientAppSettings', setting));
  for (const [path, text] of Object.entries(appFiles())) write(path, text);
  expect(await deploy()).toEqual({
    status: 'Succeeded',
    files: [
      'Changed Settings ExternalClientApp',
      'Created ExternalClientApplication OpenCX',
      'Created ExtlClntAppGlobalOauthSettings OpenCX_glbloauth',
      'Created ExtlClntAppOauthSettings OpenCX_oauth',
    ],
  });

  const output = join(folder, 'output');
  const wanted = new ComponentSet([
    { type: 'Settings', fullName: 'ExternalClientApp' },
    { type: 'ExtlClntAppOauthConfigurablePolicies', fullName: '*' },
    { type: 'ExtlClntAppGlobalOauthSettings', fullName: 'OpenCX_glbloauth' },
  ]);
  const result = await (await wanted.retrieve({ usernameOrConnection: connection, output })).pollStatus();
  const paths = result.getFileResponses().map(({ filePath }) => filePath ?? '');
  expect(paths.map((path) => path.slice(path.indexOf('main/'))).sort()).toEqual([
    'main/default/extlClntAppGlobalOauthSets/OpenCX_glbloauth.ecaGlblOauth-meta.xml',
    'main/default/extlClntAppOauthPolicies/OpenCX_defaultPolicy.ecaOauthPlcy-meta.xml',
    'main/default/settings/ExternalClientApp.settings-meta.xml',
  ]);
  const text = readFileSync(paths.find((path) => path.includes('/settings/')) ?? '', 'utf8');
  expect(text).toContain('<enableClientSecretInRestApiAccess>true</enableClientSecretInRestApiAccess>');
});

it('what is wrong with settings is told about their file', async () => {
  const owner = '<defaultCaseOwner>nobody@example.com</defaultCaseOwner>';
  const type = '<defaultCaseOwnerType>User</defaultCaseOwnerType>';
  write('settings/Case.settings', metadataFile('CaseSettings', [owner, type]));
  const { status, files } = await deploy();
  expect(status).toBe('Failed');
  expect(files).toContain('Failed Settings Case: In field: defaultCaseOwner - no User named nobody@example.com found');
});
