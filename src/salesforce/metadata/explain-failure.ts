import type { ComponentMessage, DeployStatus } from './deploy-status.ts';

/** Failed tests that are told one by one; one cause often fails them all. */
const testsTold = 5;

/**
 * Why a deployment failed, in sentences, most telling first. Salesforce may answer `Failed` with an empty list of component
 * failures: the reason is then in the tests, the coverage warnings or the error message.
 * @returns at least one sentence for every deployment that did not succeed
 */
export function explainFailure(status: DeployStatus): string[] {
  if (status.success) return [];
  const reasons: string[] = [];
  for (const one of status.componentFailures) reasons.push(componentReason(one));
  for (const one of status.testFailures.slice(0, testsTold))
    reasons.push(`Test ${one.className}.${one.methodName}: ${one.message}`);
  const untold = status.testFailures.length - testsTold;
  if (untold > 0) reasons.push(`${untold} more ${untold === 1 ? 'test' : 'tests'} failed`);
  // What a failed test has not run is not covered: that is no reason of its own.
  if (status.testFailures.length === 0) {
    for (const one of status.coverageWarnings)
      reasons.push(`Coverage${one.name === undefined ? '' : ` of ${one.name}`}: ${one.message}`);
  }
  if (status.errorMessage !== undefined) {
    reasons.push(
      status.errorStatusCode === undefined ? status.errorMessage : `${status.errorStatusCode}: ${status.errorMessage}`,
    );
  }
  if (reasons.length > 0) return reasons;
  if (status.state === 'Canceled') return ['The deployment was canceled in the org.'];
  return [
    `Salesforce answered ${status.state} and gave no reason${status.stateDetail === undefined ? '' : ` (${status.stateDetail})`}. Setup → Deployment Status in the org may say more.`,
  ];
}

/** One component's failure as a sentence, with its place. */
export function componentReason(one: ComponentMessage): string {
  const column = one.column === undefined ? '' : `, column ${one.column}`;
  const place = one.line === undefined ? '' : ` (line ${one.line}${column})`;
  return `${one.type} ${one.fullName}${place}: ${one.problem ?? 'refused without a reason'}`;
}
