import { describe, expect, it } from 'vitest';

import { failingTest, greeterClass, greeterTest, greeterTrigger } from './greeter.ts';
import { jsforceOrg } from './jsforce-org.ts';

const org = jsforceOrg();

describe('the Tooling API', () => {
  it('takes classes and triggers, and says where they do not compile', async () => {
    const { tooling } = org.connection;
    const classes = { Greeter: greeterClass, GreeterTest: greeterTest, GrumpyTest: failingTest };
    for (const [Name, Body] of Object.entries(classes)) {
      expect(await tooling.sobject('ApexClass').create({ Name, Body })).toMatchObject({ success: true });
    }
    const trigger = { Name: 'GreetAccounts', TableEnumOrId: 'Account', Body: greeterTrigger };
    expect(await tooling.sobject('ApexTrigger').create(trigger)).toMatchObject({ success: true });
    const broken = tooling
      .sobject('ApexClass')
      .create({ Name: 'Broken', Body: 'public class Broken { Integer i = foo; }' });
    await expect(broken).rejects.toThrow('Variable does not exist: foo');
    expect(
      await tooling.query("SELECT Name, IsValid FROM ApexClass WHERE Name LIKE 'Gre%' ORDER BY Name"),
    ).toMatchObject({ records: [{ Name: 'Greeter', IsValid: true }, { Name: 'GreeterTest' }] });
    expect((await tooling.describe('ApexClass')).fields.map(({ name }) => name)).toContain('SymbolTable');
    expect((await tooling.describeGlobal()).sobjects.map(({ name }) => name)).toContain('ApexTrigger');
  });

  it('changes a class by its id', async () => {
    const { tooling } = org.connection;
    const greeter = await tooling.sobject('ApexClass').findOne({ Name: 'Greeter' }, 'Id');
    const Body = greeterClass.replace('Hello ', 'Good day ');
    expect(await tooling.sobject('ApexClass').update({ Id: String(greeter?.['Id']), Body })).toMatchObject({
      success: true,
    });
    const { id } = await org.connection.sobject('Account').create({ Name: 'Changed' });
    expect(await org.connection.sobject('Account').retrieve(id ?? '')).toMatchObject({
      Description: 'Good day Changed',
    });
    await tooling.sobject('ApexClass').update({ Id: String(greeter?.['Id']), Body: greeterClass });
  });

  it('runs anonymous Apex, and tells how it failed', async () => {
    const ran = await org.connection.tooling.executeAnonymous("insert new Account(Name = 'By Apex');");
    expect(ran).toEqual({
      line: -1,
      column: -1,
      compiled: true,
      success: true,
      compileProblem: null,
      exceptionStackTrace: null,
      exceptionMessage: null,
    });
    expect(await org.connection.sobject('Account').findOne({ Name: 'By Apex' }, 'Description')).toMatchObject({
      Description: 'Hello By Apex',
    });
    expect(await org.connection.tooling.executeAnonymous('Integer i = x;')).toMatchObject({
      compiled: false,
      compileProblem: 'Variable does not exist: x',
      line: 1,
    });
    expect(await org.connection.tooling.executeAnonymous('Integer i = 0;\ni = 1 / i;')).toMatchObject({
      compiled: true,
      success: false,
      exceptionMessage: 'System.MathException: Divide by 0',
      exceptionStackTrace: 'AnonymousBlock: line 2, column 1',
    });
  });
});

describe('requests of several parts', () => {
  it('go to the composite resource of the Tooling API; it has no collections, here as there', async () => {
    const url = '/services/data/v68.0/tooling/query?q=SELECT+Name+FROM+ApexTrigger';
    const answer = await org.connection.tooling.request({
      method: 'POST',
      url: '/composite',
      body: JSON.stringify({ compositeRequest: [{ method: 'GET', url, referenceId: 'triggers' }] }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer).toMatchObject({
      compositeResponse: [{ httpStatusCode: 200, body: { records: [{ Name: 'GreetAccounts' }] } }],
    });
    const many = org.connection.tooling.sobject('ApexClass').create([{ Name: 'A', Body: 'public class A {}' }]);
    await expect(many).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });
});

describe('triggers', () => {
  it('fire on what jsforce saves, one record or 200', async () => {
    const accounts = org.connection.sobject('Account');
    const { id } = await accounts.create({ Name: 'One' });
    expect(await accounts.retrieve(id ?? '')).toMatchObject({ Description: 'Hello One' });
    const many = Array.from({ length: 200 }, (_, index) => ({ Name: `Bulk ${index}` }));
    expect((await accounts.create(many)).filter(({ success }) => !success)).toEqual([]);
    const saved = await accounts.find({ Name: { $like: 'Bulk%' } }, 'Name, Description');
    expect(saved).toHaveLength(200);
    expect(saved.filter(({ Name, Description }) => Description !== `Hello ${String(Name)}`)).toEqual([]);
  });

  it('refuse records with their own error, as the platform words it', async () => {
    await org.connection.tooling.sobject('ApexTrigger').create({
      Name: 'NoNobody',
      TableEnumOrId: 'Account',
      Body: "trigger NoNobody on Account (before insert) { for (Account a : Trigger.new) if (a.Name == 'Nobody') a.Name.addError('nobody is no name'); }",
    });
    const results = await org.connection.sobject('Account').create([{ Name: 'Somebody' }, { Name: 'Nobody' }]);
    expect(results).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'nobody is no name' }] },
    ]);
    await expect(org.connection.sobject('Account').create({ Name: 'Nobody' })).rejects.toMatchObject({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    });
  });
});

describe('Apex tests', () => {
  it('run at once, with coverage', async () => {
    const run = await org.connection.tooling.runTestsSynchronous({ tests: [{ className: 'GreeterTest' }] });
    expect(run).toMatchObject({
      numTestsRun: 1,
      numFailures: 0,
      successes: [{ name: 'GreeterTest', methodName: 'greetsWhoHasNoDescription' }],
    });
    expect(run?.codeCoverage.find(({ name }) => name === 'Greeter')).toMatchObject({
      type: 'Class',
      numLocationsNotCovered: 0,
    });
    const failed = await org.connection.tooling.runTestsSynchronous({ tests: [{ className: 'GrumpyTest' }] });
    expect(failed).toMatchObject({
      numFailures: 1,
      failures: [
        {
          methodName: 'fails',
          message: 'System.AssertException: Assertion Failed: arithmetic: Expected: 1, Actual: 2',
          stackTrace: 'Class.GrumpyTest.fails: line 5, column 1',
        },
      ],
    });
  });

  it('run in the background, and their rows tell the end', async () => {
    const { tooling } = org.connection;
    const jobId = await tooling.runTestsAsynchronous({ classNames: 'GreeterTest,GrumpyTest' });
    expect(jobId).toMatch(/^707/);
    const statusOf = async (): Promise<unknown> =>
      (await tooling.query(`SELECT Status FROM ApexTestRunResult WHERE AsyncApexJobId = '${jobId}'`)).records[0]?.[
        'Status'
      ];
    await expect.poll(statusOf, { timeout: 20_000 }).toBe('Failed');
    const results = await tooling.query(
      `SELECT ApexClass.Name, MethodName, Outcome FROM ApexTestResult WHERE AsyncApexJobId = '${jobId}' ORDER BY ApexClass.Name`,
    );
    expect(results.records).toMatchObject([
      { ApexClass: { Name: 'GreeterTest' }, MethodName: 'greetsWhoHasNoDescription', Outcome: 'Pass' },
      { ApexClass: { Name: 'GrumpyTest' }, MethodName: 'fails', Outcome: 'Fail' },
    ]);
    const coverage = await tooling.query(
      "SELECT NumLinesCovered, NumLinesUncovered FROM ApexCodeCoverageAggregate WHERE ApexClassOrTrigger.Name = 'Greeter'",
    );
    expect(coverage.records).toMatchObject([{ NumLinesUncovered: 0 }]);
    expect(await org.connection.sobject('Account').count({ Name: 'Jane' })).toBe(0);
  });
});

describe('the Streaming API', () => {
  it('tells of each log of a traced user', async () => {
    const { tooling } = org.connection;
    const { id: DebugLevelId } = await tooling
      .sobject('DebugLevel')
      .create({ DeveloperName: 'Story', MasterLabel: 'Story', ApexCode: 'FINEST' });
    const { user_id: TracedEntityId } = await org.connection.identity();
    await tooling.sobject('TraceFlag').create({
      DebugLevelId,
      TracedEntityId,
      LogType: 'USER_DEBUG',
      StartDate: new Date().toISOString(),
      ExpirationDate: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const heard: { sobject: { Id: string } }[] = [];
    const client = org.connection.streaming.createClient([]);
    const subscription = client.subscribe('/systemTopic/Logging', (message: { sobject: { Id: string } }) => {
      heard.push(message);
    });
    await subscription;
    await tooling.executeAnonymous("System.debug('streamed');");
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(1);
    const body = await tooling.request(`/sobjects/ApexLog/${heard[0]?.sobject.Id ?? ''}/Body`);
    expect(body).toContain('|USER_DEBUG|[1]|DEBUG|streamed');
    subscription.cancel();
    // Faye's client has it, its type has not.
    (client as unknown as { disconnect(): void }).disconnect();
  });
});
