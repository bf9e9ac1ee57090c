import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';

import { apexClass, namedCredential, zipOf } from '../metadata/package-zip.ts';
import { failingTest, greeterClass, greeterPackage } from './greeter.ts';
import { jsforceOrg } from './jsforce-org.ts';

const org = jsforceOrg();
const options = { singlePackage: true, rollbackOnError: true };

it('a failing test keeps everything out', async () => {
  const files = greeterPackage(apexClass('GrumpyTest', failingTest), ['GrumpyTest']);
  const result = await org.connection.metadata
    .deploy(zipOf(files), { ...options, testLevel: 'RunLocalTests' })
    .complete(true);
  expect(result).toMatchObject({ status: 'Failed', success: false, numberTestErrors: 1, numberTestsCompleted: 1 });
  expect(result.details.runTestResult).toMatchObject({
    numFailures: 1,
    failures: [{ name: 'GrumpyTest', methodName: 'fails', message: expect.stringContaining('Assertion Failed') }],
  });
  expect((await org.connection.tooling.query('SELECT Id FROM ApexClass')).totalSize).toBe(0);
});

it('what was validated with its tests is deployed without them', async () => {
  const given = { ...options, checkOnly: true, testLevel: 'RunSpecifiedTests', runTests: ['GreeterTest'] };
  const validation = await org.connection.metadata.deploy(zipOf(greeterPackage()), given).complete(true);
  expect(validation).toMatchObject({
    status: 'Succeeded',
    checkOnly: true,
    numberTestsCompleted: 1,
    numberTestErrors: 0,
  });
  const id = await org.connection.metadata.deployRecentValidation({ id: validation.id });
  const status = async (): Promise<string> => (await org.connection.metadata.checkDeployStatus(id, true)).status;
  await expect.poll(status, { timeout: 20_000 }).toBe('Succeeded');
  const { id: accountId } = await org.connection.sobject('Account').create({ Name: 'Jane' });
  expect(await org.connection.sobject('Account').retrieve(accountId ?? '')).toMatchObject({
    Description: 'Hello Jane',
  });
});

it('what was deployed is listed, read and retrieved', async () => {
  const listed = await org.connection.metadata.list([{ type: 'ApexClass' }, { type: 'ApexTrigger' }], '68.0');
  expect(listed.map(({ fullName }) => fullName).sort()).toEqual(['GreetAccounts', 'Greeter', 'GreeterTest']);
  const request = {
    apiVersion: '68.0',
    singlePackage: true,
    unpackaged: { types: [{ name: 'ApexClass', members: ['*'] }], version: '68.0' },
  };
  const result = await org.connection.metadata.retrieve(request as never).complete();
  const files = unzipSync(Buffer.from(result.zipFile, 'base64'));
  const texts = Object.entries(files).map(([path, bytes]): [string, string] => [path, Buffer.from(bytes).toString()]);
  expect(Object.fromEntries(texts)).toMatchObject({ 'classes/Greeter.cls': greeterClass });
  expect((await org.connection.metadata.describe('68.0')).metadataObjects.map(({ xmlName }) => xmlName)).toContain(
    'NamedCredential',
  );
});

it('single components are created, read, updated, upserted and deleted', async () => {
  const { metadata } = org.connection;
  const site = { fullName: 'OpenCX', url: 'https://open.cx', isActive: true, disableProtocolSecurity: false };
  expect(await metadata.create('RemoteSiteSetting', site)).toMatchObject({ fullName: 'OpenCX', success: true });
  expect(await metadata.update('RemoteSiteSetting', [{ ...site, isActive: false }])).toMatchObject([{ success: true }]);
  expect(await metadata.read('RemoteSiteSetting', 'OpenCX')).toMatchObject({ url: 'https://open.cx', isActive: false });
  expect(await metadata.upsert('RemoteSiteSetting', site)).toMatchObject({ success: true, created: false });
  expect(await metadata.delete('RemoteSiteSetting', 'OpenCX')).toMatchObject({ success: true });
  expect(await metadata.list({ type: 'RemoteSiteSetting' })).toEqual([]);
});

it('by REST it is the same', async () => {
  const files = {
    'package.xml':
      '<?xml version="1.0"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Hook</members><name>NamedCredential</name></types><version>68.0</version></Package>',
    'namedCredentials/Hook.namedCredential': namedCredential('https://example.com'),
  };
  const result = await org.connection.metadata.deployRest(zipOf(files), options).complete(true);
  expect(result).toMatchObject({ status: 'Succeeded', numberComponentsDeployed: 1 });
  expect(await org.connection.metadata.checkDeployStatus(result.id, false, true)).toMatchObject({ done: true });
});
