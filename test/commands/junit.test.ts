import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';

import { junitXml } from '../../src/commands/deploy-apex/junit.ts';
import { readDeployStatus } from '../../src/salesforce/metadata/deploy-status.ts';

test('test results become JUnit that a parser reads, whatever the messages hold', () => {
  const message = 'Assertion failed: <a> & "b"\u0000';
  const status = readDeployStatus({
    status: 'Failed',
    details: {
      runTestResult: {
        successes: [{ name: 'T', methodName: 'works', time: 12 }],
        failures: [{ name: 'T', methodName: 'breaks', time: 3, message, stackTrace: 'Class.T.breaks: line 3' }],
      },
    },
  });
  const parsed = new XMLParser({ ignoreAttributes: false }).parse(junitXml(status));
  expect(parsed.testsuites.testsuite['@_failures']).toBe('1');
  const [works, breaks] = parsed.testsuites.testsuite.testcase;
  expect(works).toMatchObject({ '@_name': 'works', '@_time': '0.012' });
  expect(breaks.failure).toMatchObject({
    '@_message': 'Assertion failed: &lt;a&gt; &amp; &quot;b&quot;'
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  });
});
