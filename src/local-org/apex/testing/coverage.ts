import type { OrgState } from '../../state/org-state.ts';
import type { RunnableProgram, UnitCode } from '../run/code.ts';
import type { LineHits } from '../run/transaction.ts';

/** Which lines of a class or trigger were run. */
export interface UnitCoverage {
  readonly unit: UnitCode;
  readonly type: 'Class' | 'Trigger';
  /** Of its ApexClass or ApexTrigger row. */
  readonly id: string;
  readonly name: string;
  readonly coveredLines: readonly number[];
  readonly uncoveredLines: readonly number[];
}

function rowIdOf(org: OrgState, { unit }: UnitCode): string | undefined {
  return org.records.find(unit.kind === 'class' ? 'ApexClass' : 'ApexTrigger', { Name: unit.name })[0]?.Id;
}

/** Lines run by any of several tests. */
export function mergeHits(all: Iterable<LineHits>): LineHits {
  const merged: LineHits = new Map();
  for (const hits of all) {
    for (const [unit, lines] of hits) {
      const known = merged.get(unit) ?? new Map<number, number>();
      for (const [line, count] of lines) known.set(line, (known.get(line) ?? 0) + count);
      merged.set(unit, known);
    }
  }
  return merged;
}

/** Coverage of every class and trigger that is no test and has lines to cover. */
export function coverageOf(org: OrgState, program: RunnableProgram, hits: LineHits): UnitCoverage[] {
  return program.units.flatMap((unit): UnitCoverage[] => {
    const id = rowIdOf(org, unit);
    if (unit.isTest || unit.unit.kind === 'anonymous' || unit.lines.size === 0 || id === undefined) return [];
    const run = hits.get(unit);
    const lines = Array.from(unit.lines).sort((a, b) => a - b);
    return [
      {
        unit,
        type: unit.unit.kind === 'class' ? 'Class' : 'Trigger',
        id,
        name: unit.unit.name,
        coveredLines: lines.filter((line) => run?.has(line) === true),
        uncoveredLines: lines.filter((line) => run?.has(line) !== true),
      },
    ];
  });
}

/** Whole percent of lines covered, rounded down; 100 where there is nothing to cover. */
export function percentOf(coverages: readonly UnitCoverage[]): number {
  const covered = coverages.reduce((sum, one) => sum + one.coveredLines.length, 0);
  const all = coverages.reduce((sum, one) => sum + one.coveredLines.length + one.uncoveredLines.length, 0);
  return all === 0 ? 100 : Math.floor((covered / all) * 100);
}
