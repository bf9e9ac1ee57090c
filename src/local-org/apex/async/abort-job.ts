import { toId18 } from '../../store/record-id.ts';
import type { Transaction } from '../run/transaction.ts';
import { apexError } from '../values/exception.ts';
import { removeJob, waitingJobs } from './job.ts';

/** `System.abortJob(id)`: of a job, or of a scheduled one by its CronTrigger. */
export function abortJob(run: Transaction, id: string): void {
  const { org } = run;
  // With 15 or 18 characters: messages and Setup show the short form.
  const meant = toId18(id);
  const jobs = waitingJobs(org).filter(
    (job) => job.id === meant || (job.work.kind === 'scheduled' && job.work.triggerId === meant),
  );
  if (jobs.length === 0) throw apexError('System.AsyncException', `Job does not exist or is already complete: ${id}`);
  for (const job of jobs) {
    removeJob(org, job.id);
    org.records.update('AsyncApexJob', job.id, { Status: 'Aborted' }, run.userId);
    if (job.work.kind === 'scheduled') org.records.delete('CronTrigger', job.work.triggerId);
  }
}
