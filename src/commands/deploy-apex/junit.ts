import type { DeployStatus } from '../../salesforce/metadata/deploy-status.ts';

/**
 * Test results as the JUnit XML that CI systems read.
 * @param status of a deployment; without one, or without tests in it, the document is there and holds none
 */
export function junitXml(status: DeployStatus | undefined): string {
  const { testSuccesses, testFailures } = status ?? { testSuccesses: [], testFailures: [] };
  const cases = [
    ...testSuccesses.map((test) => `    <testcase ${names(test)}/>`),
    ...testFailures.map((test) =>
      [
        `    <testcase ${names(test)}>`,
        `      <failure message="${xml(test.message)}">${xml(test.stackTrace ?? test.message)}</failure>`,
        '    </testcase>',
      ].join('\n'),
    ),
  ];
  const failures = testFailures.length;
  const total = cases.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${total}" failures="${failures}">`,
    `  <testsuite name="Apex" tests="${total}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function names(test: { className: string; methodName: string; time: number }): string {
  return `classname="${xml(test.className)}" name="${xml(test.methodName)}" time="${(test.time / 1000).toFixed(3)}"`;
}

function xml(text: string): string {
  const clean = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  // oxlint-disable-next-line no-control-regex -- XML 1.0 has no place for control characters, escaped or not
  return clean.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '');
}
