import { ceilingsOf, LimitCounters } from '../run/limits.ts';
import { Transaction } from '../run/transaction.ts';
import { runWork } from './job-work.ts';
import { advanceJob, endJob, updateJobRow } from './job-row.ts';
import { entryOf, findJob, waitingJobs } from './job.ts';
import type { Job } from './job.ts';

/** Runs a job of a test on the spot: with the limits of its kind, the static variables of the test and its mocks. */
function runInTest(test: Transaction, job: Job): void {
  const { org } = test;
  updateJobRow(org, job, { Status: 'Processing' });
  for (let part: Job | undefined = job; part !== undefined; part = findJob(org, job.id)) {
    const entry = entryOf(part);
    const run = new Transaction({
      org,
      host: test.host,
      program: test.program,
      entry,
      userId: job.userId,
      limits: new LimitCounters(ceilingsOf(entry)),
      log: test.log,
      inputs: test,
      statics: test.statics,
      initialized: test.initialized,
      ...(test.hits === undefined ? {} : { hits: test.hits }),
      ...(test.test === undefined ? {} : { test: { ...test.test, limits: undefined } }),
    });
    const current = part;
    test.host.within(run, () => {
      advanceJob(org, current, runWork(run, current));
    });
  }
  endJob(org, job, 'Completed');
}

/**
 * Runs the jobs a test has enqueued so far, in their order. What they enqueue themselves waits for the end of the test.
 * @throws ApexThrown what a job throws: the test gets it
 */
export function runTestJobs(test: Transaction): void {
  const jobs = waitingJobs(test.org).filter((job) => job.ofTest);
  for (const job of jobs) runInTest(test, job);
}
