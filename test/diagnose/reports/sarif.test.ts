import { expect, test } from 'vitest';

import type { VerifyReport } from '../../../src/diagnose/reports/report-input.ts';
import { sarifReport } from '../../../src/diagnose/reports/sarif.ts';
import { sarifSchema } from './sarif-schema.ts';
import { hostileReport, inactiveTrigger, sampleReport } from './sample-report.ts';

function runOf(report: VerifyReport) {
  const [run] = sarifSchema.parse(JSON.parse(sarifReport(report))).runs;
  if (run === undefined) throw new Error('the document holds no run');
  return run;
}

test('what fails is a result with its rule, in a place that GitHub can show', () => {
  expect(JSON.parse(sarifReport(sampleReport({ findings: [inactiveTrigger] })))).toEqual({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'opencx-sf',
            version: '0.1.0',
            rules: [
              {
                id: 'apex.case-trigger',
                shortDescription: { text: 'CaseTrigger is active' },
                fullDescription: { text: 'Apex: CaseTrigger is active.' },
                help: { text: 'About this check: docs/checks.md#apexcase-trigger' },
                properties: { tags: ['apex'] },
              },
            ],
          },
        },
        automationDetails: { id: 'opencx-sf/00D5f000000abcDEAQ/2026-11-20T10:00:00.000Z' },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: '2026-11-20T10:00:00.000Z',
            endTimeUtc: '2026-11-20T10:00:02.345Z',
          },
        ],
        results: [
          {
            ruleId: 'apex.case-trigger',
            ruleIndex: 0,
            level: 'error',
            message: {
              text: [
                'CaseTrigger is inactive.',
                'Seen: ApexTrigger CaseTrigger: Status = Inactive',
                'What to do: Switch it on. Run: opencx-sf apply --target-org acme See: https://acme.my.salesforce-setup.com/lightning/setup/ApexTriggers/home',
                'About this check: docs/checks.md#apexcase-trigger',
              ].join('\n'),
            },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'opencx-sf.config.json' },
                  region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
                },
                logicalLocations: [
                  { name: 'Acme Support', kind: 'namespace' },
                  { name: 'apex.case-trigger', fullyQualifiedName: 'Acme Support/apex.case-trigger', kind: 'resource' },
                ],
              },
            ],
            partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) },
          },
        ],
      },
    ],
  });
});

test('every check is a rule; what warns, fails or broke is a result, what passes or was skipped is none', () => {
  const { tool, results } = runOf(sampleReport());
  expect(tool.driver.rules.map(({ id }) => id)).toEqual([
    'org.api',
    'apex.case-trigger',
    'webhook.endpoint',
    'email-in.routing',
    'email-out.daily-limit',
  ]);
  expect(results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
    ['apex.case-trigger', 1, 'error'],
    ['webhook.endpoint', 2, 'error'],
    ['email-out.daily-limit', 4, 'warning'],
  ]);
});

test('a page on the web is the help of a rule', () => {
  const { check, finding } = inactiveTrigger;
  const docsUrl = 'https://docs.example.com/checks#apex';
  const { tool } = runOf(sampleReport({ findings: [{ check, finding: { ...finding, docsUrl } }] }));
  expect(tool.driver.rules[0]?.helpUri).toBe(docsUrl);
});

test('a problem keeps its fingerprint from run to run, and shares it with no other org and no other check', () => {
  const { organization } = sampleReport();
  const { check, finding } = inactiveTrigger;
  const prints = (report: VerifyReport): (string | undefined)[] =>
    runOf(report).results.map((one) => one.partialFingerprints.primaryLocationLineHash);
  const first = prints(sampleReport());
  const later = sampleReport({ startedAt: '2026-11-21T08:00:00.000Z', durationMs: 1 });
  expect(prints(later)).toEqual(first);
  expect(new Set(first).size).toBe(3);

  const otherWords = { check, finding: { ...finding, summary: 'CaseTrigger is still inactive.', evidence: [] } };
  expect(prints(sampleReport({ findings: [otherWords] }))).toEqual([first[0]]);
  const otherOrg = sampleReport({ organization: { ...organization, id: '00D5f000000xyzDEAQ' } });
  expect(first).not.toContain(prints(otherOrg)[0]);
});

test('text from an org becomes neither a placeholder nor a link', () => {
  const { results } = runOf(hostileReport());
  const text = results[0]?.message.text ?? '';
  expect(text).toContain('{{0}}');
  expect(text).toContain('[click] (https://evil.example/x)');
  // oxlint-disable-next-line no-control-regex -- looking for control characters
  expect(text).not.toMatch(/[\u0000-\u0008\u001B\u202E]/);
});

test('a run without checks is a run without results', () => {
  expect(runOf(sampleReport({ findings: [] })).results).toEqual([]);
});
