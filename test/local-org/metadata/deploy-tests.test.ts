import { afterEach, describe, expect, test } from 'vitest';

import { findJob, saveJob } from '../../../src/local-org/metadata/deploy/deploy-job.ts';
import { deployQueueOf } from '../../../src/local-org/metadata/deploy/deploy-queue.ts';
import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { apexClass, apexTrigger, emptyManifest, manifest, namedCredential, zipOf } from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

const options = { singlePackage: true, rollbackOnError: true };
const specified = (...runTests: string[]): object => ({ ...options, testLevel: 'RunSpecifiedTests', runTests });

const opened: MetadataOrg[] = [];
afterEach(async () => {
  for (const org of opened.splice(0)) await org.close();
});

async function start(...parameters: Parameters<typeof startMetadataOrg>): Promise<MetadataOrg> {
  const org = await startMetadataOrg(...parameters);
  opened.push(org);
  return org;
}

/** A class of six lines that count. */
const counter = apexClass(
  'Counter',
  `public class Counter {
  public static Integer sign(Integer n) {
    if (n > 0) {
      return 1;
    }
    if (n < 0) {
      return -1;
    }
    return 0;
  }
}
`,
);

function counterTest(...statements: string[]): PackageFiles {
  const methods = statements.map(
    (statement, index) => `  @IsTest static void test${index}() {\n    ${statement}\n  }\n`,
  );
  return apexClass('CounterTest', `@IsTest\nprivate class CounterTest {\n${methods.join('')}}\n`);
}

const everything = [
  'Assert.areEqual(1, Counter.sign(3));',
  'Assert.areEqual(-1, Counter.sign(-3));',
  'Assert.areEqual(0, Counter.sign(0));',
];
const both = { 'package.xml': manifest({ ApexClass: ['Counter', 'CounterTest'] }), ...counter };
const good: PackageFiles = { ...both, ...counterTest(...everything) };
const failing: PackageFiles = { ...both, ...counterTest(...everything, "Assert.areEqual('a', 'b', 'by design');") };
/** Three of six lines. */
const thin: PackageFiles = { ...both, ...counterTest('Assert.areEqual(1, Counter.sign(3));') };
const credential: PackageFiles = {
  'package.xml': manifest({ NamedCredential: ['A'] }),
  'namedCredentials/A.namedCredential': namedCredential('https://a.example.com'),
};

function deploy(org: MetadataOrg, files: PackageFiles, given: object = options) {
  return org.connection.metadata.deploy(zipOf(files), given).complete(true);
}

function classesOf(org: MetadataOrg): string[] {
  return org.state.components.list('ApexClass').map(({ fullName }) => fullName);
}

describe('tests of a deployment', () => {
  test('see what it brings, and their results are told', async () => {
    const org = await start();
    const result = await deploy(org, good, specified('CounterTest'));
    expect(result).toMatchObject({
      status: 'Succeeded',
      runTestsEnabled: true,
      numberTestsTotal: 3,
      numberTestsCompleted: 3,
      numberTestErrors: 0,
    });
    const id = org.state.records.find('ApexClass', { Name: 'CounterTest' })[0]?.Id;
    const { runTestResult } = result.details;
    expect(runTestResult?.successes).toMatchObject(
      ['test0', 'test1', 'test2'].map((methodName) => ({ id, name: 'CounterTest', methodName })),
    );
    expect(runTestResult?.codeCoverage).toMatchObject([
      {
        id: org.state.records.find('ApexClass', { Name: 'Counter' })[0]?.Id,
        name: 'Counter',
        type: 'Class',
        numLocations: 6,
        numLocationsNotCovered: 0,
      },
    ]);
    expect(org.state.records.all('ApexTestResult')).toEqual([]);
  });

  test('that fail end it as failed, and nothing of it stays', async () => {
    const org = await start();
    const before = org.state.records.all('ApexClass').length;
    const result = await deploy(org, failing, specified('CounterTest'));
    expect(result).toMatchObject({
      status: 'Failed',
      success: false,
      numberTestsTotal: 4,
      numberTestsCompleted: 3,
      numberTestErrors: 1,
      numberComponentErrors: 0,
    });
    expect(result.errorMessage).toBeUndefined();
    expect(result.details.runTestResult?.failures).toMatchObject([
      {
        name: 'CounterTest',
        methodName: 'test3',
        message: 'System.AssertException: Assertion Failed: by design: Expected: a, Actual: b',
        stackTrace: 'Class.CounterTest.test3: line 13, column 1',
        packageName: 'CounterTest',
      },
    ]);
    expect(classesOf(org)).toEqual([]);
    expect(org.state.records.all('ApexClass')).toHaveLength(before);
  });

  test('run in a production org as soon as Apex comes, and nowhere else by themselves', async () => {
    const production = await start({ kind: 'production' });
    expect(await deploy(production, good)).toMatchObject({ status: 'Succeeded', numberTestsCompleted: 3 });
    expect(await deploy(production, failing)).toMatchObject({ status: 'Failed', numberTestErrors: 1 });
    expect(await deploy(production, credential)).toMatchObject({ status: 'Succeeded', runTestsEnabled: false });
    for (const kind of ['developer', 'sandbox'] as const) {
      const org = await start({ kind });
      expect(await deploy(org, failing)).toMatchObject({ status: 'Succeeded', runTestsEnabled: false });
    }
  });

  test('run in a production org when Apex goes, without what goes', async () => {
    const org = await start({ kind: 'production' });
    await deploy(org, good);
    const gone = (...names: string[]): PackageFiles => ({
      'package.xml': emptyManifest,
      'destructiveChanges.xml': manifest({ ApexClass: names }),
    });
    const result = await deploy(org, gone('CounterTest'));
    expect(result).toMatchObject({ status: 'Failed', runTestsEnabled: true, numberTestsTotal: 0 });
    expect(result.details.runTestResult?.codeCoverageWarnings?.[0]?.message).toContain('is 0%');
    expect(await deploy(org, gone('CounterTest', 'Counter'))).toMatchObject({ status: 'Succeeded' });
    expect(classesOf(org)).toEqual([]);
  });

  test('are those of the whole org where a level says so', async () => {
    const org = await start();
    await deploy(org, failing);
    for (const testLevel of ['RunLocalTests', 'RunAllTestsInOrg']) {
      expect(await deploy(org, credential, { ...options, testLevel })).toMatchObject({
        status: 'Failed',
        numberTestsTotal: 4,
        numberTestErrors: 1,
      });
    }
    expect(org.state.components.list('NamedCredential')).toEqual([]);
  });

  test('that there are not end it, by name', async () => {
    const org = await start();
    expect(await deploy(org, good, specified('Counter'))).toMatchObject({
      status: 'Failed',
      errorStatusCode: 'INVALID_INPUT',
      errorMessage:
        "INVALID_INPUT: This class name's value is invalid: Counter. Provide the name of an Apex class that has test methods.",
    });
    expect(await deploy(org, good, { ...options, testLevel: 'RunRelevantTests' })).toMatchObject({
      status: 'Failed',
      errorStatusCode: 'LOCAL_ORG_NOT_IMPLEMENTED',
      errorMessage: expect.stringContaining('RunRelevantTests'),
    });
    expect(classesOf(org)).toEqual([]);
  });

  test('are not run for a package that does not compile', async () => {
    const org = await start();
    const broken = { ...good, ...apexClass('Counter', 'public class Counter { nonsense }') };
    expect(await deploy(org, broken, specified('CounterTest'))).toMatchObject({
      status: 'Failed',
      runTestsEnabled: true,
      numberTestsTotal: 0,
    });
  });

  /** Twenty test classes that take their time. */
  const slow = (): PackageFiles => {
    const names = Array.from({ length: 20 }, (_, index) => `Slow${index}Test`);
    const loop = 'Long sum = 0; for (Integer i = 0; i < 20000; i++) { sum += i; } Assert.isTrue(sum > 0);';
    const sources = names.map((name) =>
      apexClass(name, `@IsTest private class ${name} { @IsTest static void a() { ${loop} } }`),
    );
    return Object.assign({ 'package.xml': manifest({ ApexClass: names }) }, ...sources) as PackageFiles;
  };
  const local = { ...options, testLevel: 'RunLocalTests' };

  test('let other requests through between two classes, and how far they are can be seen', async () => {
    const org = await start();
    const { id } = await org.connection.metadata.deploy(zipOf(slow()), local);
    const seen = new Set<string>();
    for (;;) {
      const classes = await org.connection.tooling.query('SELECT Id FROM ApexClass');
      const result = await org.connection.metadata.checkDeployStatus(id, true);
      if (result.done) break;
      if (result.numberTestsTotal === 0) continue;
      expect(result).toMatchObject({
        status: 'InProgress',
        runTestsEnabled: true,
        numberTestsTotal: 20,
        stateDetail: expect.stringMatching(/^Running Test: Slow\d+Test$/),
      });
      expect(classes.totalSize, 'nothing of it is there for others').toBe(0);
      seen.add(String(result.numberTestsCompleted));
    }
    expect(seen.size).toBeGreaterThan(1);
    const ended = await org.connection.metadata.checkDeployStatus(id);
    expect(ended).toMatchObject({ status: 'Succeeded', numberTestsCompleted: 20 });
  });

  test('are stopped when it is canceled, and nothing of it stays', async () => {
    const org = await start();
    const { id } = await org.connection.metadata.deploy(zipOf(slow()), local);
    const queue = deployQueueOf(org.state);
    while (queue.progressOf(id)?.tests === undefined) await new Promise((resolve) => setImmediate(resolve));
    queue.cancel(id, org.state.settings.adminUserId);
    while (!(await org.connection.metadata.checkDeployStatus(id)).done) continue;
    expect(await org.connection.metadata.checkDeployStatus(id)).toMatchObject({ status: 'Canceled', success: false });
    expect(classesOf(org)).toEqual([]);
  });
});

describe('coverage', () => {
  const warnings = async (org: MetadataOrg, files: PackageFiles, given: object): Promise<unknown> => {
    const result = await deploy(org, files, given);
    return [result.status, result.details.runTestResult?.codeCoverageWarnings ?? []];
  };

  test.each(['production', 'sandbox', 'developer'] as const)(
    'of each deployed class is demanded with tests chosen by name, in a %s org',
    async (kind) => {
      const org = await start({ kind });
      expect(await warnings(org, thin, specified('CounterTest'))).toMatchObject([
        'Failed',
        [
          {
            name: 'Counter',
            message: 'Test coverage of selected Apex Class is 50%, at least 75% test coverage is required',
          },
        ],
      ]);
      expect(classesOf(org)).toEqual([]);
      // What lies in the org without tests does not matter.
      expect((await deploy(org, good, specified('CounterTest'))).status).toBe('Succeeded');
    },
  );

  test('of the org as a whole must be 75 % with all tests, and each trigger must have been run', async () => {
    const org = await start();
    expect(await warnings(org, thin, { ...options, testLevel: 'RunLocalTests' })).toMatchObject([
      'Failed',
      [
        {
          message:
            'Average test coverage across all Apex Classes and Triggers is 50%, at least 75% test coverage is required.',
        },
      ],
    ]);
    const trigger = {
      ...good,
      'package.xml': manifest({ ApexClass: ['Counter', 'CounterTest'], ApexTrigger: ['OnTask'] }),
      ...apexTrigger('OnTask', 'trigger OnTask on Task (before insert) {\n  Integer i = 1;\n}\n'),
    };
    expect(await warnings(org, trigger, { ...options, testLevel: 'RunLocalTests' })).toMatchObject([
      'Failed',
      [
        {
          name: 'OnTask',
          message: 'Test coverage of selected Apex Trigger is 0%, at least 1% test coverage is required',
        },
      ],
    ]);
    expect(await warnings(org, good, { ...options, testLevel: 'RunLocalTests' })).toEqual(['Succeeded', []]);
  });
});

describe('a validation', () => {
  const check = { ...specified('CounterTest'), checkOnly: true };
  const quick = (org: MetadataOrg, id: string): Promise<{ status: number; body: unknown }> =>
    org.rest('POST', '/metadata/deployRequest', { validatedDeployRequestId: id });

  test('with tests that passed is deployed quickly, without running them again', async () => {
    const org = await start({ kind: 'production' });
    const validation = await deploy(org, good, check);
    expect(validation).toMatchObject({ status: 'Succeeded', checkOnly: true, numberTestsCompleted: 3 });
    expect(classesOf(org)).toEqual([]);
    const { status, body } = await quick(org, validation.id);
    expect(status, JSON.stringify(body)).toBe(201);
    for (;;) {
      const deployed = await org.connection.metadata.checkDeployStatus((body as { id: string }).id, true);
      if (!deployed.done) continue;
      expect(deployed).toMatchObject({ status: 'Succeeded', checkOnly: false, numberTestsTotal: 0 });
      break;
    }
    expect(classesOf(org)).toEqual(['Counter', 'CounterTest']);
  });

  test('cannot be deployed quickly if tests failed, none ran, it is ten days old, or something was deployed since', async () => {
    const org = await start();
    const refused = async (id: string): Promise<void> => {
      expect(await quick(org, id)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_ID_FIELD' }] });
    };
    await refused((await deploy(org, failing, check)).id);
    await refused((await deploy(org, good, { ...options, checkOnly: true })).id);
    const old = await deploy(org, good, check);
    const job = findJob(org.state, old.id);
    const completedDate = new Date(Date.now() - 10 * 24 * 3_600_000 - 1).toISOString();
    if (job !== undefined) saveJob(org.state, job, { completedDate });
    await refused(old.id);
    const overtaken = await deploy(org, good, check);
    await deploy(org, credential);
    await refused(overtaken.id);
  });
});
