import { checkGroups, type CheckGroup } from '../check.ts';
import type { FindingStatus } from '../finding.ts';
import type { ReportedFinding, VerifyReport } from './report-input.ts';

/** Statuses as they are listed: what is to be mended comes first. */
export const statusOrder = ['fail', 'crash', 'warn', 'skip', 'pass'] as const satisfies readonly FindingStatus[];

/** What all findings come to; `skip` says that nothing was judged. */
export const verdicts = ['pass', 'warn', 'fail', 'skip'] as const;
export type ReportVerdict = (typeof verdicts)[number];

/** Says of the whole run what a finding says of one check. A check that broke counts as one that fails: nothing is known. */
export function verdictOf({ findings }: VerifyReport): ReportVerdict {
  const found = new Set(findings.map(({ finding }) => finding.status));
  if (found.has('fail') || found.has('crash')) return 'fail';
  if (found.has('warn')) return 'warn';
  return found.has('pass') ? 'pass' : 'skip';
}

/** How many findings ended how. */
export function countStatuses(findings: readonly ReportedFinding[]): Record<FindingStatus, number> {
  const counts: Record<FindingStatus, number> = { fail: 0, crash: 0, warn: 0, skip: 0, pass: 0 };
  for (const { finding } of findings) counts[finding.status] += 1;
  return counts;
}

/** Findings with what is to be mended first, otherwise in their order. */
export function worstFirst(findings: readonly ReportedFinding[]): ReportedFinding[] {
  return statusOrder.flatMap((status) => findings.filter(({ finding }) => finding.status === status));
}

/** The groups that have findings, each with its own. */
export function inGroups(findings: readonly ReportedFinding[]): { group: CheckGroup; findings: ReportedFinding[] }[] {
  return checkGroups
    .map((group) => ({ group, findings: findings.filter(({ check }) => check.group === group) }))
    .filter((one) => one.findings.length > 0);
}
