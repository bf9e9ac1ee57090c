import type { OrgState } from '../state/org-state.ts';
import { publish } from './streaming-hub.ts';

/** Channels on which the org tells what it has done, by what is told there. */
export const systemTopics = { log: '/systemTopic/Logging', testResult: '/systemTopic/TestResult' } as const;

export function isSystemTopic(channel: string): boolean {
  return Object.values<string>(systemTopics).includes(channel);
}

/** Tells that an `ApexLog` row was made. */
export function publishLog(org: OrgState, logId: string): void {
  tell(org, systemTopics.log, 'created', 'ApexLog', logId);
}

/** Tells that a test run got on or ended. @param jobId of its `AsyncApexJob`, `707…` */
export function publishTestResult(org: OrgState, jobId: string): void {
  tell(org, systemTopics.testResult, 'updated', 'AsyncApexJob', jobId);
}

/**
 * Told once the transaction that runs at this moment is over, and only if the row is there then: what was rolled back did
 * not happen. Transactions are synchronous, so they are over before the next microtask.
 */
function tell(org: OrgState, channel: string, type: 'created' | 'updated', sobject: string, id: string): void {
  const createdDate = org.now().toISOString().replace('Z', '+0000');
  queueMicrotask(() => {
    if (org.records.get(sobject, id) === undefined) return;
    publish(org, channel, { event: { createdDate, type }, sobject: { Id: id } });
  });
}
