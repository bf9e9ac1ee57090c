import type { OrgState } from '../../state/org-state.ts';
import { sendCallout } from '../run/callouts/send-callout.ts';
import { apexOf } from '../runtime.ts';
import { CalloutPending, Journal } from '../run/callouts/replay.ts';
import type { Entry } from '../run/run.ts';
import type { Transaction } from '../run/transaction.ts';
import { journaledCallouts } from '../run/callouts/journaled-callouts.ts';
import type { CalloutRequest, CalloutResult } from '../run/callouts/callouts.ts';
import { ApexThrown } from '../values/exception.ts';
import { thrownText } from '../run/thrown-text.ts';
import { afterFailedPart } from './kinds/batch.ts';
import { runWork } from './job-work.ts';
import { findJob, putJob, removeJob } from './job.ts';
import { scheduleAgain } from './kinds/scheduled-again.ts';
import type { Job } from './job.ts';
import { openLogOf } from '../logs/log-of-transaction.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';

const entries: Readonly<Record<Job['work']['kind'], Entry>> = {
  future: 'future',
  queueable: 'queueable',
  scheduled: 'schedulable',
  batch: 'batch',
};

/** Longest text of AsyncApexJob.ExtendedStatus. */
const EXTENDED_STATUS = 1000;

function update(org: OrgState, job: Job, values: Record<string, string | number | null>): void {
  if (org.records.get('AsyncApexJob', job.id) !== undefined) {
    org.records.update('AsyncApexJob', job.id, values, job.userId);
  }
}

/**
 * Runs the parts of a job one after the other; each is a transaction of its own.
 * @param signal given: the job goes back to the queue as it was
 */
export async function runJob(org: OrgState, job: Job, signal: AbortSignal): Promise<void> {
  org.transaction(() => {
    update(org, job, { Status: 'Processing' });
  });
  let errors = 0;
  let processed = 0;
  let status: string | null = null;
  for (let current: Job | undefined = job; current !== undefined; current = findJob(org, current.id)) {
    const failure: string | undefined = await runPart(org, current, signal);
    if (signal.aborted) {
      org.transaction(() => {
        update(org, job, { Status: 'Queued' });
      });
      return;
    }
    processed += 1;
    if (failure !== undefined) {
      errors += 1;
      status ??= failure.slice(0, EXTENDED_STATUS);
    }
  }
  org.transaction(() => {
    const isBatch = job.work.kind === 'batch';
    update(org, job, {
      Status: errors > 0 && !isBatch ? 'Failed' : 'Completed',
      NumberOfErrors: errors,
      JobItemsProcessed: isBatch ? processed : 0,
      ExtendedStatus: status,
      CompletedDate: storedDatetime(org.now()),
    });
    scheduleAgain(org, job);
  });
  apexOf(org).announceCommit();
}

/**
 * Runs one part as often as it needs to have all its callouts answered.
 * @returns what was thrown, as AsyncApexJob tells it; undefined if it went well
 */
async function runPart(org: OrgState, job: Job, signal: AbortSignal): Promise<string | undefined> {
  const apex = apexOf(org);
  const journal = new Journal(org.now);
  for (;;) {
    await apex.ready();
    const log = openLogOf(org, job.userId, job.work.kind);
    const run: Transaction = apex.newTransaction(entries[job.work.kind], job.userId, {
      inputs: journal,
      callouts: journaledCallouts(journal),
      log: log.debugLog,
    });
    try {
      apex.within(run, () => {
        const next = runWork(run, job);
        if (next === undefined) removeJob(org, job.id);
        else putJob(org, next);
      });
      log.close('Success', { usage: run });
      return undefined;
    } catch (error) {
      if (error instanceof CalloutPending) {
        const { request } = error;
        const response = await callOut(org, request, signal);
        if (response === undefined) return undefined;
        journal.answered(request, response);
        continue;
      }
      if (!(error instanceof ApexThrown)) {
        org.transaction(() => {
          removeJob(org, job.id);
          update(org, job, { Status: 'Failed', NumberOfErrors: 1, CompletedDate: storedDatetime(org.now()) });
        });
        throw error;
      }
      const { exception } = error;
      log.close(thrownText(run, exception), { usage: run, stackTrace: exception.stackTrace ?? '' });
      const next = afterFailedPart(job);
      org.transaction(() => {
        if (next === undefined) removeJob(org, job.id);
        else putJob(org, next);
      });
      return failureText(run, error);
    }
  }
}

function failureText(run: Transaction, { exception }: ApexThrown): string {
  const place = exception.stackTrace === undefined || exception.stackTrace === '' ? '' : `\n${exception.stackTrace}`;
  return `${thrownText(run, exception)}${place}`;
}

/** @returns undefined where the callout was given up */
async function callOut(
  org: OrgState,
  request: CalloutRequest,
  signal: AbortSignal,
): Promise<CalloutResult | undefined> {
  try {
    return await sendCallout(org, request, signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
