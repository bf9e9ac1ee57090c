import { escapeXml } from '../../escape-xml.ts';
import { groupTitles, type CheckGroup } from '../check.ts';
import type { FindingStatus } from '../finding.ts';
import { detailLines, shownText } from './finding-text.ts';
import { plainText } from './plain-text.ts';
import type { ReportedFinding, VerifyReport } from './report-input.ts';
import { countStatuses, inGroups } from './report-summary.ts';

export interface JunitOptions {
  /** Whether a warning fails its test case. */
  strict: boolean;
}

/**
 * A run of `verify` as the JUnit XML that CI systems read: a test suite a group, a test case a check.
 * A warning passes, with its text as output of the test case, unless `strict`.
 */
export function junitReport(report: VerifyReport, { strict }: JunitOptions): string {
  const totals = { name: 'opencx-sf verify', ...counts(report.findings, strict), time: seconds(report.durationMs) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes(totals)}>`,
    ...inGroups(report.findings).flatMap((group) => suiteLines(report, group, strict)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteLines(
  { organization, apiVersion, startedAt }: VerifyReport,
  { group, findings }: { group: CheckGroup; findings: readonly ReportedFinding[] },
  strict: boolean,
): string[] {
  const properties = { organization: organization.name, organizationId: organization.id, apiVersion };
  return [
    `  <testsuite${attributes({ name: groupTitles[group], ...counts(findings, strict), timestamp: startedAt })}>`,
    '    <properties>',
    ...Object.entries(properties).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
    ...findings.map((one) => caseText(one, strict)),
    '  </testsuite>',
  ];
}

function caseText({ check, finding, durationMs }: ReportedFinding, strict: boolean): string {
  const time = durationMs === undefined ? {} : { time: seconds(durationMs) };
  const start = `    <testcase${attributes({ name: check.id, classname: `opencx-sf.${check.group}`, ...time })}`;
  const element = elementOf(finding.status, strict);
  if (element === undefined) return `${start}/>`;
  const message = shownText(finding.summary);
  const inner = {
    skipped: () => `<skipped${attributes({ message })}/>`,
    'system-out': () => `<system-out>${content([message, ...detailLines(finding)])}</system-out>`,
    failure: () =>
      `<failure${attributes({ message, type: finding.status })}>${content(detailLines(finding))}</failure>`,
    error: () => `<error${attributes({ message, type: finding.status })}>${content(detailLines(finding))}</error>`,
  }[element]();
  return [`${start}>`, `      ${inner}`, '    </testcase>'].join('\n');
}

type CaseElement = 'failure' | 'error' | 'skipped' | 'system-out';

/** What a test case holds; undefined for one that just passes. */
function elementOf(status: FindingStatus, strict: boolean): CaseElement | undefined {
  const elements = {
    pass: undefined,
    warn: strict ? 'failure' : 'system-out',
    fail: 'failure',
    skip: 'skipped',
    crash: 'error',
  } as const satisfies Record<FindingStatus, CaseElement | undefined>;
  return elements[status];
}

function counts(findings: readonly ReportedFinding[], strict: boolean): Record<string, number> {
  const { fail, warn, crash, skip } = countStatuses(findings);
  return { tests: findings.length, failures: fail + (strict ? warn : 0), errors: crash, skipped: skip };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(plainText(String(value)))}"`)
    .join('');
}

function content(lines: readonly string[]): string {
  return escapeXml(lines.join('\n'));
}
