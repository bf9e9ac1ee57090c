import type { Finding, FindingStatus, Remedy } from '../finding.ts';
import { evidenceLines, sentence, shownText, webAddress } from './finding-text.ts';
import { codeBlock, codeSpan, inlineText } from './markdown-text.ts';
import type { ReportedFinding, VerifyReport } from './report-input.ts';
import { countStatuses, statusOrder, verdictOf, worstFirst } from './report-summary.ts';

const marks = { pass: '✓', warn: '!', fail: '✗', skip: '·', crash: '✗' } as const satisfies Record<
  FindingStatus,
  string
>;

/** A run of `verify` for a job summary or a ticket, in the Markdown of GitHub. */
export function markdownReport(report: VerifyReport): string {
  const open = worstFirst(report.findings).filter(({ finding }) => finding.status !== 'pass');
  const passed = report.findings.filter(({ finding }) => finding.status === 'pass');
  const verdict = verdictOf(report);
  const blocks = [
    `# ${marks[verdict]} opencx-sf verify of ${inlineText(report.organization.name)}: ${verdict}`,
    countsLine(report),
    factsLine(report),
    ...symptomLines(report),
    ...(open.length === 0 ? [] : [table(open)]),
    ...open.filter(({ finding }) => hasDetails(finding)).flatMap(details),
    ...(passed.length === 0 ? [] : passes(passed)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function countsLine({ findings }: VerifyReport): string {
  const counts = countStatuses(findings);
  const named = statusOrder.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  return named.length === 0 ? 'No check was run.' : `**${named.join(', ')}**`;
}

function factsLine({
  organization,
  apiVersion,
  productVersion,
  startedAt,
  durationMs,
  requests,
}: VerifyReport): string {
  const org = `${inlineText(organization.edition)}, ${organization.kind}, ${codeSpan(organization.id)}`;
  const cost = `${requests} requests in ${(durationMs / 1000).toFixed(1)} s`;
  return `${org}, API ${apiVersion}. ${cost}, ${startedAt}, opencx-sf ${productVersion}.`;
}

function symptomLines({ symptom, causes }: VerifyReport): string[] {
  if (symptom === undefined) return [];
  const why =
    causes.length === 0 ? 'No check explains it.' : `Most likely cause first: ${causes.map(codeSpan).join(', ')}.`;
  return [`Symptom: ${inlineText(sentence(symptom.title))} ${why}`];
}

function table(findings: readonly ReportedFinding[]): string {
  const rows = findings.map(
    ({ check, finding }) =>
      `| ${marks[finding.status]} ${finding.status} | ${codeSpan(check.id)} | ${inlineText(shownText(finding.summary))} |`,
  );
  return ['| status | check | what was found |', '|---|---|---|', ...rows].join('\n');
}

/** The table has said all there is to say of most checks that were skipped. */
function hasDetails({ status, evidence, remedy }: Finding): boolean {
  return status !== 'skip' || evidence.length + remedy.length > 0;
}

function details({ check, finding }: ReportedFinding): string[] {
  return [
    `## ${marks[finding.status]} ${codeSpan(check.id)} ${inlineText(check.title)}`,
    inlineText(shownText(finding.summary)),
    ...(finding.evidence.length === 0 ? [] : [codeBlock(evidenceLines(finding))]),
    ...(finding.remedy.length === 0 ? [] : [finding.remedy.map(remedyItem).join('\n')]),
    `About this check: ${address(finding.docsUrl)}`,
  ];
}

function remedyItem({ text, command, url }: Remedy, index: number): string {
  const parts = [inlineText(sentence(text)), ...(command === undefined ? [] : [codeSpan(shownText(command))])];
  return `${index + 1}. ${[...parts, ...(url === undefined ? [] : [address(url)])].join(' ')}`;
}

function address(url: string): string {
  const web = webAddress(url);
  return web === undefined ? codeSpan(url) : `<${web}>`;
}

function passes(findings: readonly ReportedFinding[]): string[] {
  const count = findings.length === 1 ? '1 check passes' : `${findings.length} checks pass`;
  const items = findings.map(
    ({ check, finding }) => `- ${codeSpan(check.id)} ${inlineText(shownText(finding.summary))}`,
  );
  return [`<details>\n<summary>${count}</summary>`, items.join('\n'), '</details>'];
}
