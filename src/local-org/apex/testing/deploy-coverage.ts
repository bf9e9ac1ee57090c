import type { CodeCoverageWarning, TestRequest } from '../../metadata/deploy/run-tests.ts';
import { percentOf } from './coverage.ts';
import type { UnitCoverage } from './coverage.ts';

/** Percent of lines that a deployment with tests demands (Metadata API guide, "Running Tests in a Deployment"). */
const REQUIRED = 75;

/** A share of lines as Salesforce's sentence has it, with up to three decimals: `65.979`. */
function exactPercent({ coveredLines, uncoveredLines }: UnitCoverage): number {
  const lines = coveredLines.length + uncoveredLines.length;
  return Math.floor((coveredLines.length / lines) * 100_000) / 1000;
}

function tooLittle(coverage: UnitCoverage, required: number): CodeCoverageWarning {
  return {
    id: coverage.id,
    name: coverage.name,
    namespace: null,
    message: `Test coverage of selected Apex ${coverage.type} is ${exactPercent(coverage)}%, at least ${required}% test coverage is required`,
  };
}

/** What the coverage lacks: each deployed component on its own, or the org as a whole and each trigger a little. */
export function coverageWarnings(coverages: readonly UnitCoverage[], request: TestRequest): CodeCoverageWarning[] {
  if (request.level === 'RunSpecifiedTests') {
    const deployed = new Set(request.deployed.map(({ type, fullName }) => `${type} ${fullName.toLowerCase()}`));
    return coverages
      .filter(({ type, name }) => deployed.has(`Apex${type} ${name.toLowerCase()}`))
      .filter((one) => exactPercent(one) < REQUIRED)
      .map((one) => tooLittle(one, REQUIRED));
  }
  const average = percentOf(coverages);
  const untested = coverages.filter(({ type, coveredLines }) => type === 'Trigger' && coveredLines.length === 0);
  return [...(average < REQUIRED ? [tooLittleOnAverage(average)] : []), ...untested.map((one) => tooLittle(one, 1))];
}

function tooLittleOnAverage(percent: number): CodeCoverageWarning {
  const message = `Average test coverage across all Apex Classes and Triggers is ${percent}%, at least ${REQUIRED}% test coverage is required.`;
  return { id: '', name: null, namespace: null, message };
}
