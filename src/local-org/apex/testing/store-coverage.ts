import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { RunnableProgram } from '../run/code.ts';
import { coverageFields, removeRows } from './coverage-rows.ts';
import type { LineCoverage } from './coverage-rows.ts';
import { coverageOf } from './coverage.ts';
import { outcomesOf } from './test-outcome.ts';
import type { ClassRun, TestOutcome } from './test-outcome.ts';

/**
 * Keeps what the tests of a class have covered: a row for each method and class or trigger it ran lines of, in place of
 * the rows of its former run, and the sum of all methods in ApexCodeCoverageAggregate.
 */
export function storeCoverage(org: OrgState, program: RunnableProgram, run: ClassRun, userId: string): void {
  org.transaction(() => {
    for (const outcome of outcomesOf(run)) storeOutcome(org, program, outcome, userId);
    sumUp(org, program, userId);
  });
}

function storeOutcome(org: OrgState, program: RunnableProgram, outcome: TestOutcome, userId: string): void {
  const test = { ApexTestClassId: outcome.testClass.id, TestMethodName: outcome.methodName };
  removeRows(org, 'ApexCodeCoverage', test);
  for (const coverage of coverageOf(org, program, outcome.hits)) {
    if (coverage.coveredLines.length === 0) continue;
    const row = { ...test, ApexClassOrTriggerId: coverage.id, ...coverageFields(coverage) };
    org.records.insert('ApexCodeCoverage', row, userId);
  }
}

function sumUp(org: OrgState, program: RunnableProgram, userId: string): void {
  for (const unit of coverageOf(org, program, new Map())) {
    const covered = new Set(
      org.records
        .find('ApexCodeCoverage', { ApexClassOrTriggerId: unit.id })
        .flatMap((row) => linesOf(row['Coverage'])),
    );
    const fields = coverageFields({
      coveredLines: unit.uncoveredLines.filter((line) => covered.has(line)),
      uncoveredLines: unit.uncoveredLines.filter((line) => !covered.has(line)),
    });
    const [former] = org.records.find('ApexCodeCoverageAggregate', { ApexClassOrTriggerId: unit.id });
    if (former === undefined) {
      org.records.insert('ApexCodeCoverageAggregate', { ApexClassOrTriggerId: unit.id, ...fields }, userId);
    } else org.records.update('ApexCodeCoverageAggregate', former.Id, fields, userId);
  }
}

function linesOf(coverage: FieldValue | undefined): readonly number[] {
  return ((coverage ?? { coveredLines: [] }) as unknown as LineCoverage).coveredLines;
}
