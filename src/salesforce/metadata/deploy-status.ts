/** The life of a deployment, as Salesforce names it. */
export const deployStates = [
  'Pending',
  'InProgress',
  'Finalizing',
  'FinalizingFailed',
  'Succeeded',
  'SucceededPartial',
  'Failed',
  'Canceling',
  'Canceled',
] as const;
export type DeployState = (typeof deployStates)[number];

/** One component's outcome (the API's DeployMessage). */
export interface ComponentMessage {
  type: string;
  fullName: string;
  fileName: string;
  state: 'created' | 'changed' | 'deleted' | 'unchanged' | 'failed';
  problem?: string;
  problemType?: string;
  line?: number;
  column?: number;
}

export interface TestFailure {
  className: string;
  methodName: string;
  message: string;
  stackTrace?: string;
  /** Milliseconds. */
  time: number;
}

export interface TestSuccess {
  className: string;
  methodName: string;
  /** Milliseconds. */
  time: number;
}

export interface Coverage {
  name: string;
  type: string;
  lines: number;
  uncovered: number;
  /** 1-based numbers of lines no test reached. */
  uncoveredLines: number[];
}

/** A deployment as one look at it found it, whichever API answered. */
export interface DeployStatus {
  id: string;
  state: DeployState;
  done: boolean;
  success: boolean;
  checkOnly: boolean;
  stateDetail?: string;
  errorMessage?: string;
  errorStatusCode?: string;
  components: { total: number; deployed: number; errors: number };
  tests: { total: number; completed: number; errors: number };
  componentFailures: ComponentMessage[];
  componentSuccesses: ComponentMessage[];
  testFailures: TestFailure[];
  testSuccesses: TestSuccess[];
  coverage: Coverage[];
  coverageWarnings: { name?: string; message: string }[];
  createdDate?: string;
  completedDate?: string;
}

/** An answer that is no deployment status; counted against the error budget like a broken connection. */
export class UnknownDeployStatus extends Error {
  override readonly name = 'UnknownDeployStatus';
}

/**
 * Reads a DeployResult from REST (JSON types, arrays) or SOAP (texts, a single item where there is one).
 * @throws UnknownDeployStatus if it has no status that this program knows
 */
export function readDeployStatus(raw: unknown): DeployStatus {
  const result = record(raw);
  const state = deployStates.find((one) => one === result['status']);
  if (state === undefined) {
    throw new UnknownDeployStatus(
      `the org answered with the deployment status ${JSON.stringify(result['status'] ?? null)}`,
    );
  }
  const details = record(result['details']);
  const tests = record(details['runTestResult']);
  return {
    id: text(result['id']),
    state,
    done: flag(result['done']),
    success: flag(result['success']),
    checkOnly: flag(result['checkOnly']),
    ...optional('stateDetail', result['stateDetail']),
    ...optional('errorMessage', result['errorMessage']),
    ...optional('errorStatusCode', result['errorStatusCode']),
    ...optional('createdDate', result['createdDate']),
    ...optional('completedDate', result['completedDate']),
    components: {
      total: count(result['numberComponentsTotal']),
      deployed: count(result['numberComponentsDeployed']),
      errors: count(result['numberComponentErrors']),
    },
    tests: {
      total: count(result['numberTestsTotal']),
      completed: count(result['numberTestsCompleted']),
      errors: count(result['numberTestErrors']),
    },
    componentFailures: list(details['componentFailures']).map(componentMessage),
    componentSuccesses: list(details['componentSuccesses']).map(componentMessage),
    testFailures: list(tests['failures']).map((row) => ({
      ...testName(row),
      message: text(row['message']),
      ...optional('stackTrace', row['stackTrace']),
    })),
    testSuccesses: list(tests['successes']).map(testName),
    coverage: list(tests['codeCoverage']).map((row) => ({
      name: text(row['name']),
      type: text(row['type']),
      lines: count(row['numLocations']),
      uncovered: count(row['numLocationsNotCovered']),
      uncoveredLines: list(row['locationsNotCovered']).map((place) => count(place['line'])),
    })),
    coverageWarnings: list(tests['codeCoverageWarnings']).map((row) => ({
      ...optional('name', row['name']),
      message: text(row['message']),
    })),
  };
}

function componentMessage(row: Record<string, unknown>): ComponentMessage {
  const line = count(row['lineNumber']);
  const column = count(row['columnNumber']);
  return {
    type: text(row['componentType']),
    fullName: text(row['fullName']),
    fileName: text(row['fileName']),
    state: componentState(row),
    ...optional('problem', row['problem']),
    ...optional('problemType', row['problemType']),
    ...(line > 0 ? { line } : {}),
    ...(column > 0 ? { column } : {}),
  };
}

function componentState(row: Record<string, unknown>): ComponentMessage['state'] {
  if (!flag(row['success'])) return 'failed';
  if (flag(row['created'])) return 'created';
  if (flag(row['deleted'])) return 'deleted';
  return flag(row['changed']) ? 'changed' : 'unchanged';
}

function testName(row: Record<string, unknown>): TestSuccess {
  return { className: text(row['name']), methodName: text(row['methodName']), time: count(row['time']) };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** XML answers give one item as an object and many as an array. */
function list(value: unknown): Record<string, unknown>[] {
  if (value === undefined || value === null || value === '') return [];
  return (Array.isArray(value) ? value : [value]).map(record);
}

/** XML's nil arrives as an object with attributes. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function flag(value: unknown): boolean {
  return value === true || value === 'true';
}

function count(value: unknown): number {
  const number = Number(text(value) || 0);
  return Number.isFinite(number) ? number : 0;
}

function optional<K extends string>(key: K, value: unknown): { [P in K]?: string } {
  const found = text(value);
  return found === '' ? {} : ({ [key]: found } as { [P in K]?: string });
}
