import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { apexSourceOrg } from '../local-org/apex/apex-source-org.ts';
import { loggedInByJwt, loggedInByToken } from './logins.ts';
import { oneClassProject } from './projects.ts';
import type { SalesforceCli } from './sf.ts';

const onOrg = ['--target-org', 'org'] as const;

const counter = `public class Counter {
  public static Integer sign(Integer n) {
    if (n < 0) {
      return -1;
    }
    Boolean isNone = n == 0;
    Integer result = isNone ? 0 : 1;
    return result;
  }
  public static Integer never() {
    return 0;
  }
}
`;
const counterTest = (...bodies: string[]): string =>
  `@IsTest\nprivate class CounterTest {\n${bodies.map((body, index) => `  @IsTest static void test${index}() {\n    ${body}\n  }\n`).join('')}}\n`;
const passing = ['Assert.areEqual(-1, Counter.sign(-3));', 'Assert.areEqual(0, Counter.sign(0));'];
const failing = "Assert.areEqual('a', 'b', 'by design');";

/** A source project of the class and its test. */
async function counterProject(sf: SalesforceCli, ...bodies: string[]): Promise<string> {
  const project = await oneClassProject(sf, 'Counter', counter);
  const file = join(project, 'force-app', 'main', 'default', 'classes', 'CounterTest.cls');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, counterTest(...bodies));
  await writeFile(
    `${file}-meta.xml`,
    '<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">\n' +
      '    <apiVersion>66.0</apiVersion>\n    <status>Active</status>\n</ApexClass>\n',
  );
  return project;
}

describe('the Salesforce CLI runs tests', () => {
  test('asynchronously with coverage, and gets the same results again by the id of the run', async () => {
    const { org, sf } = await loggedInByToken();
    await apexSourceOrg(org.running.state, {
      classes: { Counter: counter, CounterTest: counterTest(...passing, failing) },
    });
    const run = await sf.run(['apex', 'run', 'test', ...onOrg, '--code-coverage', '--wait', '5', '--json']);
    expect(run.exitCode, run.stdout).toBe(100);
    const { result } = run.json();
    expect(result.summary).toMatchObject({
      outcome: 'Failed',
      testsRan: 3,
      passing: 2,
      failing: 1,
      testRunCoverage: '75%',
      orgWideCoverage: '75%',
    });
    expect(result.tests).toMatchObject([
      { MethodName: 'test0', Outcome: 'Pass', ApexClass: { Name: 'CounterTest' } },
      { MethodName: 'test1', Outcome: 'Pass' },
      {
        MethodName: 'test2',
        Outcome: 'Fail',
        Message: 'System.AssertException: Assertion Failed: by design: Expected: a, Actual: b',
        StackTrace: 'Class.CounterTest.test2: line 10, column 1',
      },
    ]);
    expect(result.coverage.coverage).toMatchObject([{ name: 'Counter', totalLines: 8, totalCovered: 6 }]);

    const id = result.summary.testRunId as string;
    const again = await sf.run(['apex', 'get', 'test', ...onOrg, '--test-run-id', id, '--json']);
    expect(again.exitCode, again.stdout).toBe(100);
    expect(again.json().result.tests).toHaveLength(3);
    const tap = await sf.run(['apex', 'get', 'test', ...onOrg, '-i', id, '--result-format', 'tap']);
    expect(tap.stdout).toContain('not ok 3 CounterTest.test2');
  });

  test('one class at once, and one method', async () => {
    const { org, sf } = await loggedInByJwt();
    await apexSourceOrg(org.running.state, { classes: { Counter: counter, CounterTest: counterTest(...passing) } });
    const all = ['apex', 'run', 'test', ...onOrg, '--synchronous', '--class-names', 'CounterTest', '--code-coverage'];
    expect(await sf.result(all)).toMatchObject({
      summary: { outcome: 'Passed', testsRan: 2, orgWideCoverage: '75%' },
      tests: [{ MethodName: 'test0' }, { MethodName: 'test1' }],
    });
    const one = await sf.result(['apex', 'run', 'test', ...onOrg, '--tests', 'CounterTest.test1', '--wait', '5']);
    expect(one.tests).toMatchObject([{ MethodName: 'test1', Outcome: 'Pass' }]);
  });

  test('and is told that a class has none', async () => {
    const { org, sf } = await loggedInByToken();
    await apexSourceOrg(org.running.state, { classes: { Counter: counter } });
    const run = await sf.run(['apex', 'run', 'test', ...onOrg, '--class-names', 'Counter', '--wait', '5', '--json']);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(
      "This class name's value is invalid: Counter. Provide the name of an Apex class that has test methods.",
    );
  });
});

describe('the Salesforce CLI deploys with tests', () => {
  test('of the whole org, or by name; those that fail keep everything out', async () => {
    const { org, sf } = await loggedInByToken();
    const start = ['project', 'deploy', 'start', ...onOrg, '-d', 'force-app'];
    const cwd = await counterProject(sf, ...passing, failing);
    const failed = await sf.run([...start, '--test-level', 'RunLocalTests', '--json'], { cwd });
    expect(failed.exitCode).toBe(1);
    expect(failed.json().result).toMatchObject({
      status: 'Failed',
      numberTestsTotal: 3,
      numberTestsCompleted: 2,
      numberTestErrors: 1,
      details: { runTestResult: { failures: [{ name: 'CounterTest', methodName: 'test2' }] } },
    });
    expect(org.running.state.components.list('ApexClass')).toEqual([]);

    await counterProject(sf, ...passing);
    const named = ['--test-level', 'RunSpecifiedTests', '--tests', 'CounterTest'];
    const shown = await sf.run([...start, ...named], { cwd });
    expect(shown.exitCode, shown.stdout + shown.stderr).toBe(0);
    expect(shown.stdout).toMatch(/Passing: 2/);
    expect(org.running.state.components.list('ApexClass')).toHaveLength(2);
  });

  test('is warned of too little coverage', async () => {
    const { sf } = await loggedInByToken();
    const cwd = await counterProject(sf, 'Assert.isTrue(true);');
    const validate = ['project', 'deploy', 'validate', ...onOrg, '-d', 'force-app'];
    const run = await sf.run(validate, { cwd });
    expect(run.exitCode).toBe(1);
    expect(run.stdout + run.stderr).toContain('Average test coverage across all Apex Classes and Triggers is 0%');
  });

  test('validates, and then deploys that quickly', async () => {
    const { org, sf } = await loggedInByJwt();
    const cwd = await counterProject(sf, ...passing);
    const validated = await sf.result(['project', 'deploy', 'validate', ...onOrg, '-d', 'force-app'], { cwd });
    expect(validated).toMatchObject({ checkOnly: true, status: 'Succeeded', numberTestsCompleted: 2 });
    expect(org.running.state.components.list('ApexClass')).toEqual([]);
    const quick = await sf.result(['project', 'deploy', 'quick', ...onOrg, '-i', validated.id as string], { cwd });
    expect(quick).toMatchObject({ checkOnly: false, status: 'Succeeded', numberTestsTotal: 0 });
    expect(org.running.state.components.list('ApexClass')).toHaveLength(2);
  });
});
