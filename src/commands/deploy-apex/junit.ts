import { escapeXml } from '../../escape-xml.ts';
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
        `      <failure message="${escapeXml(test.message)}">${escapeXml(test.stackTrace ?? test.message)}</failure>`,
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
  return `classname="${escapeXml(test.className)}" name="${escapeXml(test.methodName)}" time="${(test.time / 1000).toFixed(3)}"`;
}
