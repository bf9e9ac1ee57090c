import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';

import { fail } from '../../../src/diagnose/finding.ts';
import { junitReport } from '../../../src/diagnose/reports/junit.ts';
import { found, fullMailbox, hostileReport, sampleReport } from './sample-report.ts';

function parsed(xml: string) {
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  }).parse(xml);
}

test('a run is one test suite a group and one test case a check', () => {
  expect(junitReport(sampleReport(), { strict: false })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="opencx-sf verify" tests="5" failures="1" errors="1" skipped="1" time="2.345">
  <testsuite name="Org and people" tests="1" failures="0" errors="0" skipped="0" timestamp="2026-11-20T10:00:00.000Z">
    <properties>
      <property name="organization" value="Acme Support"/>
      <property name="organizationId" value="00D5f000000abcDEAQ"/>
      <property name="apiVersion" value="66.0"/>
    </properties>
    <testcase name="org.api" classname="opencx-sf.org" time="0.120"/>
  </testsuite>
  <testsuite name="Apex" tests="1" failures="1" errors="0" skipped="0" timestamp="2026-11-20T10:00:00.000Z">
    <properties>
      <property name="organization" value="Acme Support"/>
      <property name="organizationId" value="00D5f000000abcDEAQ"/>
      <property name="apiVersion" value="66.0"/>
    </properties>
    <testcase name="apex.case-trigger" classname="opencx-sf.apex">
      <failure message="CaseTrigger is inactive." type="fail">Seen: ApexTrigger CaseTrigger: Status = Inactive
What to do: Switch it on. Run: opencx-sf apply --target-org acme See: https://acme.my.salesforce-setup.com/lightning/setup/ApexTriggers/home
About this check: docs/checks.md#apexcase-trigger</failure>
    </testcase>
  </testsuite>
  <testsuite name="Webhook" tests="1" failures="0" errors="1" skipped="0" timestamp="2026-11-20T10:00:00.000Z">
    <properties>
      <property name="organization" value="Acme Support"/>
      <property name="organizationId" value="00D5f000000abcDEAQ"/>
      <property name="apiVersion" value="66.0"/>
    </properties>
    <testcase name="webhook.endpoint" classname="opencx-sf.webhook">
      <error message="The check itself broke; this is a bug in opencx-sf." type="crash">Seen: Cannot read properties of undefined
About this check: docs/checks.md#webhookendpoint</error>
    </testcase>
  </testsuite>
  <testsuite name="Mail from customers" tests="1" failures="0" errors="0" skipped="1" timestamp="2026-11-20T10:00:00.000Z">
    <properties>
      <property name="organization" value="Acme Support"/>
      <property name="organizationId" value="00D5f000000abcDEAQ"/>
      <property name="apiVersion" value="66.0"/>
    </properties>
    <testcase name="email-in.routing" classname="opencx-sf.email-in">
      <skipped message="Not looked at: org.e2c comes first."/>
    </testcase>
  </testsuite>
  <testsuite name="Mail to customers" tests="1" failures="0" errors="0" skipped="0" timestamp="2026-11-20T10:00:00.000Z">
    <properties>
      <property name="organization" value="Acme Support"/>
      <property name="organizationId" value="00D5f000000abcDEAQ"/>
      <property name="apiVersion" value="66.0"/>
    </properties>
    <testcase name="email-out.daily-limit" classname="opencx-sf.email-out">
      <system-out>3 of 50 mails are left today.
Seen: SingleEmail: Remaining = 3, Max = 50
About this check: docs/checks.md#email-outdaily-limit</system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('a warning fails its test case when the run is strict', () => {
  const xml = junitReport(sampleReport({ findings: [fullMailbox] }), { strict: true });
  const { testsuites } = parsed(xml);
  expect(testsuites).toMatchObject({ '@_tests': '1', '@_failures': '1', '@_errors': '0' });
  const [suite] = testsuites.testsuite;
  expect(suite['@_failures']).toBe('1');
  expect(suite.testcase[0]['failure']).toMatchObject({
    '@_type': 'warn',
    '@_message': '3 of 50 mails are left today.',
  });
});

test('a run without checks is a document without test suites', () => {
  const { testsuites } = parsed(junitReport(sampleReport({ findings: [] }), { strict: false }));
  expect(testsuites).toMatchObject({ '@_tests': '0', '@_failures': '0' });
  expect(testsuites.testsuite).toBeUndefined();
});

test('text from an org that tries to be XML is read back as text', () => {
  const xml = junitReport(hostileReport(), { strict: false });
  const [suite] = parsed(xml).testsuites.testsuite;
  expect(suite.properties.property[0]['@_value']).toContain('<script>alert(1)</script> ]]> | `code`');
  const { failure } = suite.testcase[0];
  expect(failure['#text']).toContain('Seen: <script>alert(1)</script> ]]>');
  expect(failure['#text']).toContain('<img src=x onerror=alert(1)>');
  expect(failure['@_message']).toContain('"quoted" # Heading | a | b |');
  expect(xml).not.toContain('<script');
  expect(xml).not.toContain(']]>');
});

test('what XML 1.0 cannot hold is not there, not even as a reference', () => {
  const xml = junitReport(hostileReport(), { strict: false });
  // oxlint-disable-next-line no-control-regex -- looking for control characters
  expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
  expect(xml).not.toMatch(/&#/);
  expect(xml.isWellFormed()).toBe(true);
});

test('evidence without end is cut, and says so', () => {
  const endless = fail('Long.', {
    evidence: ['😀'.repeat(100_000), ...Array.from({ length: 500 }, (_, n) => `row ${n}`)],
  });
  const xml = junitReport(sampleReport({ findings: [found('org', 'long', 'Long', endless)] }), { strict: false });
  expect(xml.length).toBeLessThan(5000);
  expect(xml).toContain('😀… (199000 more characters)');
  expect(xml).toContain('Seen: … and 481 more');
  expect(xml.isWellFormed()).toBe(true);
});
