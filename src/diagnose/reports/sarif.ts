import { createHash } from 'node:crypto';

import { groupTitles, type Check } from '../check.ts';
import { detailLines, sentence, webAddress } from './finding-text.ts';
import { oneLine } from './plain-text.ts';
import type { ReportedFinding, VerifyReport } from './report-input.ts';

/** The schema that GitHub's documentation names for this version. */
const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** GitHub shows a result in a file of the repository only; an org has none, so all stand at the head of what describes it. */
const physicalLocation = {
  artifactLocation: { uri: 'opencx-sf.config.json' },
  region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
};

const levels = { warn: 'warning', fail: 'error', crash: 'error' } as const;

/**
 * A run of `verify` as SARIF 2.1.0, with what GitHub code scanning asks for beyond the standard. Every check is a rule; those
 * that warn, fail or broke have a result.
 */
export function sarifReport(report: VerifyReport): string {
  const { organization, productVersion, startedAt, durationMs, findings } = report;
  const run = {
    tool: { driver: { name: 'opencx-sf', version: productVersion, rules: findings.map(ruleOf) } },
    // Up to the last slash it is the category: runs against two orgs do not close each other's alerts.
    automationDetails: { id: `opencx-sf/${organization.id}/${startedAt}` },
    invocations: [
      {
        // The run ended. A check that broke is a result of its own.
        executionSuccessful: true,
        startTimeUtc: startedAt,
        endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
      },
    ],
    results: findings.flatMap((one, ruleIndex) => resultsOf(one, ruleIndex, report)),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function ruleOf({ check, finding }: ReportedFinding) {
  const helpUri = webAddress(finding.docsUrl);
  return {
    id: check.id,
    shortDescription: { text: messageText([check.title]) },
    fullDescription: { text: messageText([`${groupTitles[check.group]}: ${sentence(check.title)}`]) },
    help: { text: messageText([`About this check: ${finding.docsUrl}`]) },
    // The standard wants an absolute address here; a path inside the package is none.
    ...(helpUri === undefined ? {} : { helpUri }),
    properties: { tags: [check.group] },
  };
}

function resultsOf({ check, finding }: ReportedFinding, ruleIndex: number, { organization }: VerifyReport) {
  if (finding.status === 'pass' || finding.status === 'skip') return [];
  const org = oneLine(organization.name);
  return [
    {
      ruleId: check.id,
      ruleIndex,
      level: levels[finding.status],
      // Where space is short, viewers show it up to the end of its first sentence.
      message: { text: messageText([sentence(finding.summary), ...detailLines(finding)]) },
      locations: [
        {
          physicalLocation,
          logicalLocations: [
            { name: org, kind: 'namespace' },
            { name: check.id, fullyQualifiedName: `${org}/${check.id}`, kind: 'resource' },
          ],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: fingerprint(organization.id, check.id) },
    },
  ];
}

/**
 * Lines as a SARIF message: braces stand for placeholders unless doubled (§3.11.5), and `[text](address)` is a link even in
 * plain text (§3.11.6), which text from an org must not become.
 */
function messageText(lines: readonly string[]): string {
  return lines.join('\n').replaceAll('{', '{{').replaceAll('}', '}}').replaceAll('](', '] (');
}

/** The same check of the same org is the same problem, whatever was seen; the one key that GitHub reads. */
function fingerprint(organizationId: string, checkId: Check['id']): string {
  return `${createHash('sha256').update(`${organizationId}/${checkId}`).digest('hex').slice(0, 16)}:1`;
}
