import { ceilingsOf, LimitCounters } from '../run/limits.ts';
import type { Entry } from '../run/run.ts';
import { Transaction } from '../run/transaction.ts';
import { runWork } from './job-work.ts';
import { findJob, putJob, removeJob, waitingJobs } from './job.ts';
import type { Job } from './job.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';

const entries: Readonly<Record<Job['work']['kind'], Entry>> = {
  future: 'future',
  queueable: 'queueable',
  scheduled: 'schedulable',
  batch: 'batch',
};

/** Runs a job of a test on the spot: with the limits of its kind, the static variables of the test and its mocks. */
function runInTest(test: Transaction, job: Job): void {
  const { org } = test;
  org.records.update('AsyncApexJob', job.id, { Status: 'Processing' }, job.userId);
  for (let part: Job | undefined = job; part !== undefined; part = findJob(org, job.id)) {
    const entry = entries[part.work.kind];
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
      const next = runWork(run, current);
      if (next === undefined) removeJob(org, job.id);
      else putJob(org, next);
    });
  }
  org.records.update(
    'AsyncApexJob',
    job.id,
    { Status: 'Completed', CompletedDate: storedDatetime(test.org.now()) },
    job.userId,
  );
}

/**
 * Runs the jobs a test has enqueued so far, in their order. What they enqueue themselves waits for the end of the test.
 * @throws ApexThrown what a job throws: the test gets it
 */
export function runTestJobs(test: Transaction): void {
  const jobs = waitingJobs(test.org).filter((job) => job.ofTest);
  for (const job of jobs) runInTest(test, job);
}
