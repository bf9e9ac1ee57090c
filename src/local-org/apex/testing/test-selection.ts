import { RestError } from '../../http/rest-error.ts';
import type { TestClass, TestMethod } from './test-classes.ts';

/** A class that tests are wanted of, by one of its names. */
export interface WantedTest {
  readonly className: string | undefined;
  readonly classId: string | undefined;
  /** Undefined for all of them. Names that are none of the class's are passed over. */
  readonly methods: readonly string[] | undefined;
}

/** What a client of the Tooling API asks to be run. */
export interface TestRunRequest {
  /** Undefined for all tests of the org. */
  readonly wanted: readonly WantedTest[] | undefined;
  /** Failures at which the run stops; undefined: it does not. */
  readonly failuresToStop: number | undefined;
  readonly skipCodeCoverage: boolean;
}

/** A test class with the methods of it that are to be run. */
export interface ChosenTests {
  readonly testClass: TestClass;
  readonly methods: readonly TestMethod[];
}

/** Methods of a class by their names, in the order of the text. */
export function methodsNamed(testClass: TestClass, names: readonly string[] | undefined): readonly TestMethod[] {
  if (names === undefined) return testClass.methods;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return testClass.methods.filter(({ method }) => wanted.has(method.name.toLowerCase()));
}

/**
 * The tests a request is for; a class that is named twice is run once, with the methods of both.
 * @throws RestError 403 INVALID_INPUT for what is no test class
 */
export function chooseTests(all: readonly TestClass[], { wanted }: TestRunRequest): ChosenTests[] {
  if (wanted === undefined) return all.map((testClass) => ({ testClass, methods: testClass.methods }));
  const chosen = new Map<TestClass, Set<TestMethod>>();
  for (const one of wanted) {
    const testClass = all.find((candidate) => isWanted(candidate, one));
    if (testClass === undefined) throw notATest(one);
    const methods = chosen.get(testClass) ?? new Set();
    for (const method of methodsNamed(testClass, one.methods)) methods.add(method);
    chosen.set(testClass, methods);
  }
  return Array.from(chosen, ([testClass, methods]) => ({
    testClass,
    methods: testClass.methods.filter((method) => methods.has(method)),
  }));
}

function isWanted({ symbol, id }: TestClass, { className, classId }: WantedTest): boolean {
  if (classId !== undefined) return id === classId || id.slice(0, 15) === classId;
  return symbol.name.toLowerCase() === className?.toLowerCase();
}

/** The sentence about names is Salesforce's; the one about ids is made after it. */
function notATest({ className, classId }: WantedTest): RestError {
  const [what, noun, value] = classId === undefined ? ['name', 'name', className ?? ''] : ['ID', 'ID', classId];
  const message = `This class ${what}'s value is invalid: ${value}. Provide the ${noun} of an Apex class that has test methods.`;
  return new RestError(403, 'INVALID_INPUT', message);
}
