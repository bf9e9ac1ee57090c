import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, test } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { emptyManifest, manifest, namedCredential, zipOf } from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

const files: PackageFiles = {
  'package.xml': manifest({ NamedCredential: ['A', 'B', 'C'] }),
  'namedCredentials/A.namedCredential': namedCredential('https://a.example.com'),
  'namedCredentials/B.namedCredential': namedCredential('https://b.example.com'),
  'namedCredentials/C.namedCredential': namedCredential('https://c.example.com'),
};
const options = { singlePackage: true, rollbackOnError: true };

const opened: MetadataOrg[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const org of opened.splice(0)) await org.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function start(...parameters: Parameters<typeof startMetadataOrg>): Promise<MetadataOrg> {
  const org = await startMetadataOrg(...parameters);
  opened.push(org);
  return org;
}

describe('a slow deployment', () => {
  test('is Pending, then InProgress with growing counts, then Succeeded', async () => {
    const org = await start();
    // Long enough to be seen from a machine that has much else to do.
    org.state.settings.deployPace = { queueMs: 600, componentMs: 100 };
    const { id } = await org.connection.metadata.deploy(zipOf(files), options);
    const seen = new Set<string>();
    const counts: number[] = [];
    for (;;) {
      const result = await org.connection.metadata.checkDeployStatus(id, true);
      seen.add(result.status);
      if (result.status === 'InProgress' && result.numberComponentsTotal > 0) {
        counts.push(result.numberComponentsDeployed);
        expect(result.stateDetail).toBe('Processing Type: NamedCredential');
      }
      if (result.done) break;
    }
    expect([...seen]).toEqual(['Pending', 'InProgress', 'Succeeded']);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(new Set(counts).size).toBeGreaterThan(1);
    expect(org.state.records.get('DeployRequest', id)).toMatchObject({
      Status: 'Succeeded',
      NumberComponentsDeployed: 3,
    });
  });

  test.each([
    ['Pending', { queueMs: 5000, componentMs: 0 }],
    ['InProgress', { queueMs: 0, componentMs: 5000 }],
  ])('can be canceled while %s, and leaves nothing', async (status, pace) => {
    const org = await start();
    org.state.settings.deployPace = pace;
    const { id } = await org.connection.metadata.deploy(zipOf(files), options);
    await until(async () => (await org.connection.metadata.checkDeployStatus(id)).status === status);
    const answer = await org.soap(`<cancelDeploy><id>${id}</id></cancelDeploy>`);
    expect(answer.text).toContain(`<result><done>false</done><id>${id}</id></result>`);
    await until(async () => (await org.connection.metadata.checkDeployStatus(id)).done);
    expect(await org.connection.metadata.checkDeployStatus(id)).toMatchObject({ status: 'Canceled', success: false });
    expect(org.state.components.list('NamedCredential')).toEqual([]);
  });

  test('can be canceled while it waits for another one', async () => {
    const org = await start();
    org.state.settings.deployPace = { queueMs: 60_000, componentMs: 0 };
    const first = await org.connection.metadata.deploy(zipOf(files), options);
    const second = await org.connection.metadata.deploy(zipOf(files), options);
    await org.connection.metadata.cancelDeploy(second.id);
    await until(async () => (await org.connection.metadata.checkDeployStatus(second.id)).done);
    expect((await org.connection.metadata.checkDeployStatus(second.id)).status).toBe('Canceled');
    expect((await org.connection.metadata.checkDeployStatus(first.id)).status).toBe('Pending');
  });

  test('can be canceled by REST too; a finished one cannot', async () => {
    const org = await start();
    org.state.settings.deployPace = { queueMs: 5000, componentMs: 0 };
    const { id } = await org.connection.metadata.deploy(zipOf(files), options);
    const path = `/metadata/deployRequest/${id}`;
    expect(await org.rest('PATCH', path, { deployResult: { status: 'Canceling' } })).toMatchObject({
      status: 202,
      body: { id, deployResult: { status: 'Canceling' } },
    });
    await until(async () => (await org.connection.metadata.checkDeployStatus(id)).done);
    expect(await org.rest('PATCH', path, { deployResult: { status: 'Canceling' } })).toEqual({
      status: 400,
      body: [{ errorCode: 'INVALID_ID_FIELD', message: 'Deployment already completed' }],
    });
  });

  test('waits for the one before it', async () => {
    const org = await start();
    org.state.settings.deployPace = { queueMs: 30, componentMs: 0 };
    const first = await org.connection.metadata.deploy(zipOf(files), options);
    const changed = { ...files, 'namedCredentials/A.namedCredential': namedCredential('https://new.example.com') };
    const second = await org.connection.metadata.deploy(zipOf(changed), options).complete(true);
    expect((await org.connection.metadata.checkDeployStatus(first.id)).status).toBe('Succeeded');
    const states = second.details.componentSuccesses.filter(({ componentType }) => componentType !== '');
    expect(states.map(({ created, changed: isChanged }) => [created, isChanged])).toEqual([
      [false, true],
      [false, false],
      [false, false],
    ]);
  });
});

describe('an org that is stopped', () => {
  test('answers about old deployments after a restart, and goes on with unfinished ones', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'local-org-'));
    folders.push(dataDir);
    const before = await startMetadataOrg({ dataDir });
    const done = await before.connection.metadata.deploy(zipOf(files), options).complete();
    before.state.settings.deployPace = { queueMs: 60_000, componentMs: 0 };
    const more = {
      'package.xml': manifest({ NamedCredential: ['D'] }),
      'namedCredentials/D.namedCredential': namedCredential('https://d.example.com'),
    };
    const { id } = await before.connection.metadata.deploy(zipOf(more), options);
    before.state.settings.deployPace = { queueMs: 0, componentMs: 0 };
    await before.close();

    const after = await start({ dataDir });
    expect(await after.connection.metadata.checkDeployStatus(done.id)).toMatchObject({
      status: 'Succeeded',
      numberComponentsDeployed: 3,
    });
    await until(async () => (await after.connection.metadata.checkDeployStatus(id)).done);
    expect(await after.connection.metadata.checkDeployStatus(id)).toMatchObject({ status: 'Succeeded' });
    expect(after.state.components.list('NamedCredential').map(({ fullName }) => fullName)).toEqual([
      'A',
      'B',
      'C',
      'D',
    ]);
  });
});

describe('checking only', () => {
  test('reports what would happen and keeps nothing', async () => {
    const org = await start();
    const result = await org.connection.metadata.deploy(zipOf(files), { ...options, checkOnly: true }).complete(true);
    expect(result).toMatchObject({ status: 'Succeeded', checkOnly: true, numberComponentsDeployed: 3 });
    const states = result.details.componentSuccesses.filter(({ componentType }) => componentType !== '');
    expect(states.every(({ created, id }) => created && id === undefined)).toBe(true);
    expect(org.state.components.list('NamedCredential')).toEqual([]);
    expect(org.state.records.all('NamedCredential')).toEqual([]);
  });

  test('is no ground for a quick deployment as long as no tests ran', async () => {
    const org = await start();
    const { id } = await org.connection.metadata.deploy(zipOf(files), { ...options, checkOnly: true }).complete();
    const soap = await org.soap(`<deployRecentValidation><validationId>${id}</validationId></deployRecentValidation>`);
    expect(soap.status).toBe(500);
    expect(soap.text).toContain('<faultcode>sf:INVALID_ID_FIELD</faultcode>');
    expect(await org.rest('POST', '/metadata/deployRequest', { validatedDeployRequestId: id })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_ID_FIELD' }],
    });
  });
});

describe('options that are refused at once', () => {
  const zip = zipOf({ 'package.xml': emptyManifest });
  test.each([
    [
      'production',
      { testLevel: 'NoTestRun', rollbackOnError: true },
      'testLevel of NoTestRun cannot be used in production organizations',
    ],
    [
      'production',
      { rollbackOnError: false },
      'rollbackOnError must be true for deployments to production organizations',
    ],
    [
      'production',
      { purgeOnDelete: true, rollbackOnError: true },
      'purgeOnDelete option can only be used on a non-active org',
    ],
    [
      'sandbox',
      { runTests: ['A'], testLevel: 'RunLocalTests' },
      'runTests can be used only with a testLevel of RunSpecifiedTests.',
    ],
    [
      'sandbox',
      { testLevel: 'RunSpecifiedTests' },
      'runTests must not be empty when a testLevel of RunSpecifiedTests is used',
    ],
    ['sandbox', { testLevel: 'RunNothing' }, "'RunNothing' is not a valid value for the enum 'TestLevel'"],
  ] as const)('%s: %o', async (kind, given, message) => {
    const org = await start({ kind });
    const deployed = org.connection.metadata.deploy(zip, { singlePackage: true, ...given } as object);
    await expect(deployed).rejects.toMatchObject({
      name: 'sf:INVALID_OPERATION',
      message: `INVALID_OPERATION: ${message}`,
    });
    const byRest = org.connection.metadata.deployRest(zip, { singlePackage: true, ...given } as object);
    await expect(byRest).rejects.toMatchObject({ name: 'INVALID_OPERATION', message });
    expect(org.state.records.all('DeployRequest')).toEqual([]);
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
