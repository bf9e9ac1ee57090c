import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';

/** `Coverage` of ApexCodeCoverage and ApexCodeCoverageAggregate: 1-based line numbers, ascending. */
export interface LineCoverage {
  readonly coveredLines: readonly number[];
  readonly uncoveredLines: readonly number[];
}

/** Fields of a row that tell how much of a class or trigger was run. */
export function coverageFields({ coveredLines, uncoveredLines }: LineCoverage): Record<string, FieldValue> {
  return {
    NumLinesCovered: coveredLines.length,
    NumLinesUncovered: uncoveredLines.length,
    Coverage: { coveredLines: [...coveredLines], uncoveredLines: [...uncoveredLines] },
  };
}

/** Removes rows for good: they have no recycle bin. */
export function removeRows(org: OrgState, sobject: string, match: Record<string, FieldValue>): void {
  for (const { Id } of org.records.find(sobject, match)) {
    org.records.delete(sobject, Id);
    org.records.purge(Id);
  }
}

/** Forgets what is known of a class or trigger whose text has changed or that is gone: its lines are others now. */
export function dropCoverage(org: OrgState, id: string): void {
  removeRows(org, 'ApexCodeCoverage', { ApexClassOrTriggerId: id });
  removeRows(org, 'ApexCodeCoverageAggregate', { ApexClassOrTriggerId: id });
}

/** The one row of ApexOrgWideCoverage: whole percent of all known lines, rounded down; 0 before any test has run. */
export function orgWideCoverageRows(org: OrgState): StoredRecord[] {
  const rows = org.records.all('ApexCodeCoverageAggregate');
  const sum = (field: string): number => rows.reduce((total, row) => total + Number(row[field] ?? 0), 0);
  const covered = sum('NumLinesCovered');
  const lines = covered + sum('NumLinesUncovered');
  return [{ Id: '716000000000000AAA', PercentCovered: lines === 0 ? 0 : Math.floor((100 * covered) / lines) }];
}
