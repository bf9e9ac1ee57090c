import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { apexSourceOrg } from '../apex/apex-source-org.ts';

const classes = {
  Counter: `public class Counter {
  public static Integer twice(Integer n) {
    Integer result = n * 2;
    return result;
  }
  public static Integer never() {
    return 0;
  }
}`,
  Untested: `public class Untested {
  public static Integer one() {
    return 1;
  }
}`,
  CounterTest: `@IsTest
private class CounterTest {
  @IsTest static void twice() {
    Assert.areEqual(4, Counter.twice(2));
  }
  @IsTest static void wrong() {
    Assert.areEqual(5, Counter.twice(2), 'by design');
  }
  @IsTest(SeeAllData=true) static void sees() {
    Assert.areEqual(0, Counter.twice(0));
  }
}`,
  OtherTest: `@IsTest
private class OtherTest {
  @TestSetup static void prepare() {
    System.debug('prepared');
  }
  @IsTest static void passes() {
    Assert.isTrue(true);
  }
}`,
};

let client: OrgClient;

beforeEach(async () => {
  client = await openOrgClient();
  await apexSourceOrg(client.org.state, { classes });
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const tooling = `${API}/tooling`;

type Message = Record<string, unknown>;

function run(body: unknown): Promise<Answer> {
  return client.call('POST', `${tooling}/runTestsAsynchronous/`, body);
}

async function rows(soql: string): Promise<Record<string, unknown>[]> {
  const { body } = await client.tooling(soql);
  return (body.records as Record<string, unknown>[]).map(({ attributes: _attributes, ...row }) => row);
}

/** The run's ApexTestRunResult, once it has ended. */
async function ended(id: string): Promise<Record<string, unknown>> {
  const fields =
    'Status, ClassesEnqueued, ClassesCompleted, MethodsEnqueued, MethodsCompleted, MethodsFailed, IsAllTests, EndTime';
  for (;;) {
    const [row] = await rows(`SELECT ${fields} FROM ApexTestRunResult WHERE AsyncApexJobId = '${id}'`);
    if (row !== undefined && !['Queued', 'Processing'].includes(String(row['Status']))) return row;
  }
}

describe('runTestsAsynchronous', () => {
  it('answers with the id of a job at once; the run leaves a row for each class and method', async () => {
    const answer = await run({ testLevel: 'RunLocalTests', category: ['Apex'], skipCodeCoverage: false });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(/^707\w{15}$/);
    const id = answer.body as string;
    expect(await ended(id)).toMatchObject({
      Status: 'Failed',
      ClassesEnqueued: 2,
      ClassesCompleted: 2,
      MethodsEnqueued: 4,
      MethodsCompleted: 4,
      MethodsFailed: 1,
      IsAllTests: true,
      EndTime: expect.any(String),
    });
    expect(
      await rows(`SELECT ApexClass.Name, Status, ExtendedStatus FROM ApexTestQueueItem WHERE ParentJobId = '${id}'`),
    ).toMatchObject([
      { ApexClass: { Name: 'CounterTest' }, Status: 'Completed', ExtendedStatus: '(2/3)' },
      { ApexClass: { Name: 'OtherTest' }, Status: 'Completed', ExtendedStatus: '(1/1)' },
    ]);
    const results = await rows(
      `SELECT MethodName, Outcome, Message, StackTrace, IsTestSetup, ApexLogId, ApexClass.Name FROM ApexTestResult WHERE AsyncApexJobId = '${id}'`,
    );
    expect(results).toMatchObject([
      { MethodName: 'twice', Outcome: 'Pass', Message: null, StackTrace: null, ApexLogId: null },
      {
        MethodName: 'wrong',
        Outcome: 'Fail',
        Message: 'System.AssertException: Assertion Failed: by design: Expected: 5, Actual: 4',
        StackTrace: 'Class.CounterTest.wrong: line 7, column 1',
      },
      { MethodName: 'sees', Outcome: 'Pass' },
      { MethodName: 'prepare', Outcome: 'Pass', IsTestSetup: true, ApexClass: { Name: 'OtherTest' } },
      { MethodName: 'passes', Outcome: 'Pass', IsTestSetup: false },
    ]);
    const { body } = await client.query(`SELECT JobType, Status, TotalJobItems FROM AsyncApexJob WHERE Id = '${id}'`);
    expect(body.records).toMatchObject([{ JobType: 'TestRequest', Status: 'Completed', TotalJobItems: 2 }]);
  });

  it('keeps coverage by method and class, in sum, and of the org', async () => {
    await ended((await run({ classNames: 'CounterTest' })).body as string);
    const [test] = client.org.state.records.find('ApexClass', { Name: 'CounterTest' });
    expect(
      await rows(
        `SELECT ApexClassOrTrigger.Name, TestMethodName, NumLinesCovered, NumLinesUncovered, Coverage FROM ApexCodeCoverage WHERE ApexTestClassId IN ('${test?.Id}')`,
      ),
    ).toMatchObject(
      ['twice', 'wrong', 'sees'].map((TestMethodName) => ({
        ApexClassOrTrigger: { Name: 'Counter' },
        TestMethodName,
        NumLinesCovered: 3,
        NumLinesUncovered: 2,
        Coverage: { coveredLines: [2, 3, 4], uncoveredLines: [6, 7] },
      })),
    );
    const sums = 'SELECT ApexClassOrTrigger.Name, NumLinesCovered, NumLinesUncovered FROM ApexCodeCoverageAggregate';
    expect(await rows(sums)).toMatchObject([
      { ApexClassOrTrigger: { Name: 'Counter' }, NumLinesCovered: 3, NumLinesUncovered: 2 },
      { ApexClassOrTrigger: { Name: 'Untested' }, NumLinesCovered: 0, NumLinesUncovered: 2 },
    ]);
    expect(await rows('SELECT PercentCovered FROM ApexOrgWideCoverage')).toEqual([{ PercentCovered: 42 }]);

    await ended((await run({ classNames: 'CounterTest' })).body as string);
    expect(await rows('SELECT Id FROM ApexCodeCoverage')).toHaveLength(3);

    await apexSourceOrg(client.org.state, { classes: { Counter: `${classes.Counter}\n` } });
    expect(await rows(sums)).toMatchObject([{ ApexClassOrTrigger: { Name: 'Untested' } }]);
    expect(await rows('SELECT Id FROM ApexCodeCoverage')).toEqual([]);
  });

  it('leaves coverage alone where it is told to skip it', async () => {
    await ended((await run({ classNames: 'CounterTest', skipCodeCoverage: 'true' })).body as string);
    expect(await rows('SELECT Id FROM ApexCodeCoverage')).toEqual([]);
    expect(await rows('SELECT PercentCovered FROM ApexOrgWideCoverage')).toEqual([{ PercentCovered: 0 }]);
  });

  it.each([
    [
      'a name and a method',
      () => ({ tests: [{ className: 'countertest', testMethods: ['TWICE', 'none'] }] }),
      ['twice'],
    ],
    ['an id', () => ({ tests: [{ classId: idOf('OtherTest') }] }), ['passes']],
    ['names', () => ({ classNames: 'OtherTest, CounterTest' }), ['passes', 'twice', 'wrong', 'sees']],
    ['ids', () => ({ classids: idOf('OtherTest').slice(0, 15), testLevel: 'RunSpecifiedTests' }), ['passes']],
    ['nothing: all tests of the org', () => ({}), ['twice', 'wrong', 'sees', 'passes']],
  ])('takes %s', async (_what, body, methods) => {
    const answer = await run(body());
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    await ended(answer.body as string);
    const results = await rows('SELECT MethodName FROM ApexTestResult WHERE IsTestSetup = false');
    expect(results.map(({ MethodName }) => MethodName)).toEqual(methods);
  });

  it('stops at the failure that is one too many', async () => {
    const tests = [{ className: 'CounterTest', testMethods: ['wrong', 'sees'] }, { className: 'OtherTest' }];
    const id = (await run({ tests, maxFailedTests: '0' })).body as string;
    expect(await ended(id)).toMatchObject({ Status: 'Failed', MethodsCompleted: 1, MethodsFailed: 1 });
    expect(await rows('SELECT MethodName FROM ApexTestResult')).toEqual([{ MethodName: 'wrong' }]);
    expect(await rows('SELECT Status FROM ApexTestQueueItem')).toEqual([
      { Status: 'Completed' },
      { Status: 'Aborted' },
    ]);
  });

  it('keeps a debug log of each method where a trace flag asks for it', async () => {
    const level = { DeveloperName: 'Tests', MasterLabel: 'Tests', ApexCode: 'DEBUG' };
    const { body } = await client.call('POST', `${tooling}/sobjects/DebugLevel`, level);
    const now = client.org.state.now().getTime();
    await client.call('POST', `${tooling}/sobjects/TraceFlag`, {
      TracedEntityId: client.org.state.settings.adminUserId,
      LogType: 'DEVELOPER_LOG',
      DebugLevelId: body.id as string,
      StartDate: now - 60_000,
      ExpirationDate: now + 60_000,
    });
    await ended((await run({ classNames: 'OtherTest' })).body as string);
    const results = await rows('SELECT MethodName, ApexLogId FROM ApexTestResult ORDER BY MethodName DESC');
    expect(results).toMatchObject([
      { MethodName: 'prepare', ApexLogId: expect.stringMatching(/^07L/) },
      { MethodName: 'passes', ApexLogId: expect.stringMatching(/^07L/) },
    ]);
    const log = await client.call('GET', `${tooling}/sobjects/ApexLog/${String(results[0]?.['ApexLogId'])}/Body`);
    expect(log.body).toContain('|USER_DEBUG|[4]|DEBUG|prepared\n');
    expect(log.body).toContain('OtherTest.prepare()\n');
    expect(await rows('SELECT Operation, Status FROM ApexLog')).toMatchObject([
      { Operation: 'ApexTestHandler', Status: 'Success' },
      { Operation: 'ApexTestHandler', Status: 'Success' },
    ]);
  });

  it('tells those who listen on /systemTopic/TestResult', async () => {
    const post = async (...messages: object[]): Promise<Message[]> =>
      (await client.call('POST', '/cometd/66.0', messages)).body as Message[];
    const connect = { channel: '/meta/connect', connectionType: 'long-polling' };
    const [shaken] = await post({
      channel: '/meta/handshake',
      version: '1.0',
      supportedConnectionTypes: ['long-polling'],
    });
    const clientId = shaken?.['clientId'] as string;
    await post(
      { ...connect, clientId, advice: { timeout: 0 } },
      { channel: '/meta/subscribe', clientId, subscription: '/systemTopic/TestResult' },
    );
    const id = (await run({ classNames: 'OtherTest' })).body as string;
    const told = (await post({ ...connect, clientId })).find(({ channel }) => channel === '/systemTopic/TestResult');
    expect(told?.['data']).toMatchObject({ event: { type: 'updated' }, sobject: { Id: id } });
    await ended(id);
  });

  it.each([
    ['a name that is none', { classNames: 'Nope' }, 403, 'INVALID_INPUT'],
    ['a class without tests', { tests: [{ className: 'Counter' }] }, 403, 'INVALID_INPUT'],
    ['a test that names nothing', { tests: [{}] }, 400, 'MISSING_ARGUMENT'],
    ['a level that is none', { testLevel: 'RunNothing' }, 400, 'INVALID_INPUT'],
    ['a suite', { suiteNames: 'Mine' }, 501, 'LOCAL_ORG_NOT_IMPLEMENTED'],
    ['flow tests', { testLevel: 'RunLocalTests', category: ['Flow'] }, 501, 'LOCAL_ORG_NOT_IMPLEMENTED'],
    ['no JSON', 'tests', 400, 'JSON_PARSER_ERROR'],
  ])('refuses %s', async (_what, body, status, errorCode) => {
    const error = errorOf(await run(body));
    expect(error).toMatchObject({ status, errorCode });
    if (status === 403) {
      expect(error.message).toMatch(
        /^This class name's value is invalid: \w+\. Provide the name of an Apex class that has test methods\.$/,
      );
    }
    expect(client.org.state.records.all('AsyncApexJob')).toEqual([]);
  });

  it('is refused without a session, and is no GET', async () => {
    const path = `${tooling}/runTestsAsynchronous`;
    expect((await client.call('GET', path)).status).toBe(405);
    expect((await fetch(client.org.url + path, { method: 'POST', body: '{}' })).status).toBe(401);
  });

  it('cannot be begun by making queue items, and says so', async () => {
    const values = { ApexClassId: idOf('OtherTest') };
    const answer = await client.call('POST', `${API}/sobjects/ApexTestQueueItem`, values);
    expect(errorOf(answer)).toMatchObject({ errorCode: 'LOCAL_ORG_NOT_IMPLEMENTED' });
  });
});

function idOf(name: string): string {
  return client.org.state.records.find('ApexClass', { Name: name })[0]?.Id ?? '';
}

describe('runTestsSynchronous', () => {
  const now = (body: unknown): Promise<Answer> => client.call('POST', `${tooling}/runTestsSynchronous`, body);

  it('answers with the results of one class', async () => {
    const { status, body } = await now({ tests: [{ className: 'CounterTest' }], skipCodeCoverage: 'false' });
    expect(status).toBe(200);
    expect(body).toEqual({
      apexLogId: null,
      numTestsRun: 3,
      numFailures: 1,
      totalTime: expect.any(Number),
      successes: ['twice', 'sees'].map((methodName) => ({
        id: idOf('CounterTest'),
        methodName,
        name: 'CounterTest',
        namespace: null,
        seeAllData: methodName === 'sees',
        time: expect.any(Number),
      })),
      failures: [
        expect.objectContaining({
          methodName: 'wrong',
          message: 'System.AssertException: Assertion Failed: by design: Expected: 5, Actual: 4',
          stackTrace: 'Class.CounterTest.wrong: line 7, column 1',
          type: 'Class',
        }),
      ],
      codeCoverage: [
        expect.objectContaining({ name: 'Counter', type: 'Class', numLocations: 5, numLocationsNotCovered: 2 }),
      ],
      codeCoverageWarnings: [],
      flowCoverage: [],
      flowCoverageWarnings: [],
    });
    expect(await rows('SELECT Id FROM ApexCodeCoverage')).toHaveLength(3);
    expect(await rows('SELECT Id FROM ApexTestResult')).toEqual([]);
  });

  it('refuses more than one class, and none', async () => {
    const tests = [{ className: 'CounterTest' }, { className: 'OtherTest' }];
    expect(errorOf(await now({ tests }))).toMatchObject({ status: 400, errorCode: 'INVALID_INPUT' });
    expect(errorOf(await now({}))).toMatchObject({ status: 400, errorCode: 'INVALID_INPUT' });
    expect(errorOf(await now({ tests: [{ className: 'Nope' }] }))).toMatchObject({ errorCode: 'INVALID_INPUT' });
  });
});
