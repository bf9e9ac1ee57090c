import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue } from '../../state/record-store.ts';
import type { Job } from './job.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { findJob, putJob, removeJob } from './job.ts';

/** Longest text of AsyncApexJob.ExtendedStatus. */
const EXTENDED_STATUS = 1000;

/** Changes the AsyncApexJob row of a job, if it is there yet. */
export function updateJobRow(org: OrgState, { id, userId }: Job, values: Record<string, FieldValue>): void {
  if (org.records.get('AsyncApexJob', id) !== undefined) org.records.update('AsyncApexJob', id, values, userId);
}

function oneMore(org: OrgState, { id }: Job, field: string): Record<string, number> {
  return { [field]: Number(org.records.get('AsyncApexJob', id)?.[field] ?? 0) + 1 };
}

/**
 * Puts what is left of a job in its place, unless it has been aborted. A chunk that is done, well or not, counts as one of
 * "Batches Processed".
 */
export function advanceJob(org: OrgState, job: Job, left: Job | undefined): void {
  if (left === undefined) removeJob(org, job.id);
  else if (findJob(org, job.id) !== undefined) putJob(org, left);
  if (job.batch?.step === 'execute') updateJobRow(org, job, oneMore(org, job, 'JobItemsProcessed'));
}

/** Counts a failure; the first one is told (Object Reference, "AsyncApexJob": `ExtendedStatus`). */
export function noteFailure(org: OrgState, job: Job, text: string): void {
  const first = org.records.get('AsyncApexJob', job.id)?.['ExtendedStatus'] ?? text.slice(0, EXTENDED_STATUS);
  updateJobRow(org, job, { ...oneMore(org, job, 'NumberOfErrors'), ExtendedStatus: first });
}

/** Notes how a job ended; one that was aborted stays so. */
export function endJob(org: OrgState, job: Job, Status: 'Completed' | 'Failed'): void {
  if (org.records.get('AsyncApexJob', job.id)?.['Status'] === 'Aborted') return;
  updateJobRow(org, job, { Status, CompletedDate: storedDatetime(org.now()) });
}
