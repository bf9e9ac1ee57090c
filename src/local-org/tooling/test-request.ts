import type { TestRunRequest, WantedTest } from '../apex/testing/test-selection.ts';
import { isJsonObject } from '../http/json-body.ts';
import type { JsonObject } from '../http/json-body.ts';
import { notImplemented, RestError } from '../http/rest-error.ts';

const levels: ReadonlySet<unknown> = new Set(['RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg']);

/** True, in JSON or as the text that the guide has. */
const yes: ReadonlySet<unknown> = new Set([true, 'true']);

/**
 * The body of `runTestsAsynchronous` and `runTestsSynchronous` (Tooling API guide): either `tests`, or names or ids
 * separated by commas, or a level. Their spelling differs between clients, so case is no matter.
 * @throws RestError 400 for what cannot be read, 501 for test suites and for flow tests alone
 */
export function readTestRequest(body: JsonObject): TestRunRequest {
  const fields = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value ?? undefined]));
  const has = (name: string): boolean => fields.get(name) !== undefined && fields.get(name) !== '';
  if (has('suitenames') || has('suiteids')) throw notImplemented('Apex test suites');
  refuseFlowTests(fields.get('category'));
  const level = fields.get('testlevel');
  if (level !== undefined && !levels.has(level)) throw invalid('testLevel', level);
  return {
    wanted: has('tests') ? wantedTests(fields.get('tests')) : wantedByLists(fields, level),
    failuresToStop: failuresToStop(fields.get('maxfailedtests')),
    skipCodeCoverage: yes.has(fields.get('skipcodecoverage')),
  };
}

/** A level that names no tests itself means all of the org; there are none of installed packages. */
function wantedByLists(fields: ReadonlyMap<string, unknown>, level: unknown): WantedTest[] | undefined {
  if (level === 'RunLocalTests' || level === 'RunAllTestsInOrg') return undefined;
  const names = listed(fields, 'classnames').map((className) => ({
    className,
    classId: undefined,
    methods: undefined,
  }));
  const ids = listed(fields, 'classids').map((classId) => ({ className: undefined, classId, methods: undefined }));
  const wanted = [...names, ...ids];
  return wanted.length === 0 ? undefined : wanted;
}

function listed(fields: ReadonlyMap<string, unknown>, name: string): string[] {
  const value = fields.get(name) ?? '';
  if (typeof value !== 'string') throw invalid(name, value);
  return value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function wantedTests(tests: unknown): WantedTest[] {
  if (!Array.isArray(tests)) throw invalid('tests', tests);
  return tests.map((test: unknown) => {
    if (!isJsonObject(test)) throw invalid('tests', test);
    const { className, classId, testMethods } = test;
    const names = testMethods ?? undefined;
    if (names !== undefined && !isTexts(names)) throw invalid('testMethods', testMethods);
    if (typeof className !== 'string' && typeof classId !== 'string') {
      throw new RestError(400, 'MISSING_ARGUMENT', 'Each test needs a className or a classId');
    }
    return {
      className: typeof className === 'string' ? className : undefined,
      classId: typeof classId === 'string' ? classId : undefined,
      methods: names === undefined || names.length === 0 ? undefined : names,
    };
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** A run with a maximum of 0 stops at its first failure. */
function failuresToStop(maximum: unknown): number | undefined {
  if (maximum === undefined || maximum === '') return undefined;
  const count = Number(maximum);
  if (!Number.isInteger(count) || count < -1 || count > 1_000_000) throw invalid('maxFailedTests', maximum);
  return count < 0 ? undefined : count + 1;
}

/** The org has no flows; asked for beside Apex tests, flow tests are simply none. */
function refuseFlowTests(category: unknown): void {
  if (category === undefined) return;
  if (!isTexts(category)) throw invalid('category', category);
  if (category.length > 0 && !category.includes('Apex')) throw notImplemented('flow tests');
}

function invalid(field: string, value: unknown): RestError {
  return new RestError(400, 'INVALID_INPUT', `Invalid value for ${field}: ${JSON.stringify(value)}`);
}
