import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { AuthInfo, Connection } from '@salesforce/core';
import { ComponentSet, MetadataApiDeploy, type DeployResult } from '@salesforce/source-deploy-retrieve';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openOrgClient, type OrgClient } from '../core/org-client.ts';
import { failingTest, greeterClass, greeterPackage } from './greeter.ts';

// The deploy library of the official CLI as its handbook shows it, with tests of the deployment.

let client: OrgClient;
let connection: Connection;
let folder: string;
let source: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-org-deploy-library-'));
  process.env['HOME'] = folder;
  client = await openOrgClient();
  const accessTokenOptions = { accessToken: client.token, instanceUrl: client.org.url, loginUrl: client.org.url };
  const authInfo = await AuthInfo.create({ username: client.token, accessTokenOptions });
  connection = await Connection.create({ authInfo });
  source = join(folder, 'force-app', 'main', 'default');
  for (const [path, text] of Object.entries(greeterPackage())) if (path !== 'package.xml') write(path, text);
});
afterAll(async () => {
  await client.close();
  expect(client.bugs).toEqual([]);
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  const target = join(source, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

async function deploy(apiOptions: object): Promise<DeployResult> {
  const set = ComponentSet.fromSource(join(folder, 'force-app'));
  const job = await set.deploy({ usernameOrConnection: connection, apiOptions });
  return await job.pollStatus({ frequency: 50 as never });
}

describe.each([
  ['SOAP', false],
  ['REST', true],
])('a folder deployed with its tests by %s', (_protocol, rest) => {
  it('is in the org, with the results of the tests and their coverage', async () => {
    const events: string[] = [];
    const set = ComponentSet.fromSource(join(folder, 'force-app'));
    const job = await set.deploy({
      usernameOrConnection: connection,
      apiOptions: { rest, testLevel: 'RunSpecifiedTests', runTests: ['GreeterTest'] } as object,
    });
    job.onFinish((result) => events.push(result.response.status));
    const { response } = await job.pollStatus();
    expect(response).toMatchObject({ status: 'Succeeded', numberTestsCompleted: 1, numberTestErrors: 0 });
    const coverage = [response.details.runTestResult?.codeCoverage ?? []].flat();
    expect(coverage.map(({ name, numLocationsNotCovered }) => [name, Number(numLocationsNotCovered)])).toEqual([
      ['Greeter', 0],
      ['GreetAccounts', 0],
    ]);
    expect(events).toEqual(['Succeeded']);
  });

  it('is kept out by a test that fails', async () => {
    write('classes/GrumpyTest.cls', failingTest);
    write('classes/GrumpyTest.cls-meta.xml', greeterPackage()['classes/GreeterTest.cls-meta.xml'] ?? '');
    const result = await deploy({ rest, testLevel: 'RunLocalTests' });
    rmSync(join(source, 'classes/GrumpyTest.cls'));
    rmSync(join(source, 'classes/GrumpyTest.cls-meta.xml'));
    expect(result.response).toMatchObject({ status: 'Failed', numberTestErrors: 1 });
    expect([result.response.details.runTestResult?.failures ?? []].flat()).toMatchObject([
      { name: 'GrumpyTest', methodName: 'fails', message: expect.stringContaining('arithmetic') },
    ]);
  });
});

it('a validation is deployed quickly afterwards', async () => {
  write('classes/Greeter.cls', greeterClass.replace('Hello ', 'Hi, '));
  write('classes/GreeterTest.cls', (greeterPackage()['classes/GreeterTest.cls'] ?? '').replace('Hello ', 'Hi, '));
  const validated = await deploy({ checkOnly: true, testLevel: 'RunLocalTests' });
  expect(validated.response).toMatchObject({ status: 'Succeeded', checkOnly: true, numberTestsCompleted: 1 });
  const quick = new MetadataApiDeploy({ usernameOrConnection: connection, id: validated.response.id });
  const id = await quick.deployRecentValidation(false);
  const { response } = await new MetadataApiDeploy({ usernameOrConnection: connection, id }).pollStatus();
  expect(response).toMatchObject({ status: 'Succeeded', numberComponentErrors: 0 });
  const accountId = await client.create('Account', { Name: 'Jane' });
  const { body } = await client.call('GET', `/services/data/v68.0/sobjects/Account/${accountId}`);
  expect(body.Description).toBe('Hi, Jane');
});

it('retrieves what is there into a folder', async () => {
  const output = join(folder, 'retrieved');
  mkdirSync(output);
  const set = new ComponentSet([
    { type: 'ApexClass', fullName: '*' },
    { type: 'ApexTrigger', fullName: 'GreetAccounts' },
  ]);
  const job = await set.retrieve({ usernameOrConnection: connection, output, format: 'source' });
  const result = await job.pollStatus();
  const written = result.getFileResponses().flatMap(({ filePath }) => filePath ?? []);
  expect(written.map((path) => basename(path)).sort()).toEqual([
    'GreetAccounts.trigger',
    'GreetAccounts.trigger-meta.xml',
    'Greeter.cls',
    'Greeter.cls-meta.xml',
    'GreeterTest.cls',
    'GreeterTest.cls-meta.xml',
  ]);
  const greeter = written.find((path) => path.endsWith('Greeter.cls')) ?? '';
  expect(readFileSync(greeter, 'utf8')).toBe(greeterClass.replace('Hello ', 'Hi, '));
});
