import type { DeployStage, RunTests, RunTestsResult, TestRequest } from '../../metadata/deploy/run-tests.ts';
import { MetadataFault, notImplementedFault } from '../../metadata/metadata-fault.ts';
import type { OrgState } from '../../state/org-state.ts';
import { apexOf } from '../runtime.ts';
import { coverageOf, mergeHits } from './coverage.ts';
import { coverageWarnings } from './deploy-coverage.ts';
import { runTestClass } from './run-test-class.ts';
import { outcomesOf } from './test-outcome.ts';
import type { ClassRun } from './test-outcome.ts';
import { testClassesOf } from './test-classes.ts';
import type { TestClass } from './test-classes.ts';
import { coverageResult, resultsOf } from './test-results.ts';

/** Salesforce's sentence about a name that is no test class is not public for deployments; it is that of a test run. */
function chosenClasses(all: readonly TestClass[], request: TestRequest): TestClass[] {
  if (request.level !== 'RunSpecifiedTests') return [...all];
  const chosen = request.classNames.map((name) => {
    const found = all.find((one) => one.symbol.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
    const message = `This class name's value is invalid: ${name}. Provide the name of an Apex class that has test methods.`;
    throw new MetadataFault('INVALID_INPUT', message);
  });
  return Array.from(new Set(chosen));
}

/** Runs the classes one after the other, each with the deployment in place; in between, other requests are served. */
async function runAll(
  org: OrgState,
  chosen: readonly TestClass[],
  options: Parameters<typeof runTestClass>[2],
  stage: DeployStage,
): Promise<ClassRun[]> {
  const total = chosen.reduce((sum, { methods }) => sum + methods.length, 0);
  const runs: ClassRun[] = [];
  for (const testClass of chosen) {
    const { numTestsRun, numFailures } = resultsOf(runs);
    const stateDetail = `Running Test: ${testClass.symbol.name}`;
    stage.onProgress({ total, completed: numTestsRun - numFailures, errors: numFailures, stateDetail });
    await new Promise((resolve) => setImmediate(resolve));
    if (stage.isCanceled()) break;
    runs.push(stage.inPlace(() => runTestClass(org, { testClass, methods: testClass.methods }, options)));
  }
  return runs;
}

/** Runs the tests a deployment asks for. */
export const runDeployTests: RunTests = async (org, request, userId, stage): Promise<RunTestsResult> => {
  if (request.level === 'RunRelevantTests') throw notImplementedFault('the test level RunRelevantTests');
  const apex = apexOf(org);
  await apex.ready();
  const { program, chosen } = stage.inPlace(() => {
    const program = apex.program();
    return { program, chosen: chosenClasses(testClassesOf(org, program), request) };
  });
  const runs = await runAll(org, chosen, { program, userId }, stage);
  const outcomes = runs.flatMap(outcomesOf);
  const hits = mergeHits(outcomes.map((outcome) => outcome.hits));
  const coverages = stage.inPlace(() => coverageOf(org, program, hits));
  // Tests chosen by name tell of what they have touched; those of the whole org of all there is.
  const shown =
    request.level === 'RunSpecifiedTests' ? coverages.filter(({ coveredLines }) => coveredLines.length > 0) : coverages;
  return {
    ...resultsOf(runs),
    codeCoverage: shown.map(coverageResult),
    codeCoverageWarnings: coverageWarnings(coverages, request),
  };
};
