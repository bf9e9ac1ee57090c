import { expect, test } from 'vitest';
import { runTestsNow } from '../../../../src/local-org/apex/testing/run-tests-now.ts';
import { openOrgState } from '../../../../src/local-org/state/open-org.ts';
import { apexSourceOrg } from '../apex-source-org.ts';

const all = { wanted: undefined, failuresToStop: undefined, skipCodeCoverage: false };

/** Lines of the class `Probe` that a test with these statements leaves uncovered. */
async function uncovered(probe: string, statements: string): Promise<string[]> {
  const { state: org, close } = openOrgState();
  try {
    const tests = `@IsTest private class ProbeTest { @IsTest static void runs() { ${statements} } }`;
    await apexSourceOrg(org, { classes: { Probe: probe, ProbeTest: tests } });
    const result = await runTestsNow(org, all, { userId: org.settings.adminUserId, operation: 'runTestsSynchronous' });
    expect(result.failures).toEqual([]);
    const lines = probe.split('\n');
    return result.codeCoverage
      .filter(({ name }) => name === 'Probe')
      .flatMap(({ locationsNotCovered }) => locationsNotCovered)
      .map(({ line }) => (lines[line - 1] ?? '').trim());
  } finally {
    close();
  }
}

const choices = `public class Probe {
  public static String choose(Integer a) {
    if (a > 1
      && a < 3) {
      return 'two';
    }
    return a == 1
      ? 'one'
      : 'many';
  }
}`;

test('operands and branches that were not reached are not covered', async () => {
  expect(await uncovered(choices, 'Probe.choose(1);')).toEqual(['&& a < 3) {', "return 'two';", ": 'many';"]);
  expect(await uncovered(choices, 'Probe.choose(1); Probe.choose(2); Probe.choose(3);')).toEqual([]);
});

const failures = `public class Probe {
  public static Integer of(String text) {
    try {
      return Integer.valueOf(text);
    } catch (TypeException e) {
      return 0;
    }
  }
  public static void never() {
  }
}`;

test('a catch is covered once something was caught, a method once it was called', async () => {
  expect(await uncovered(failures, "Probe.of('1');")).toEqual([
    '} catch (TypeException e) {',
    'return 0;',
    'public static void never() {',
  ]);
  expect(await uncovered(failures, "Probe.of('x'); Probe.never();")).toEqual([]);
});

const properties = `public class Probe {
  public Integer read { get; set; }
  public Integer written { get; set; }
  public static Integer unused { get; set; }
  public Integer plain;
}`;

test('a property is covered once it was read or written', async () => {
  const statements = 'Probe one = new Probe(); Integer a = one.read; one.written = 1; one.plain = 2;';
  expect(await uncovered(properties, statements)).toEqual(['public static Integer unused { get; set; }']);
});
