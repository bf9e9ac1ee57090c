import type { OrgState } from '../../state/org-state.ts';
import { sendCallout } from '../run/callouts/send-callout.ts';
import { apexOf } from '../runtime.ts';
import { CalloutPending, Journal } from '../run/callouts/replay.ts';
import type { Transaction } from '../run/transaction.ts';
import { journaledCallouts } from '../run/callouts/journaled-callouts.ts';
import type { CalloutRequest, CalloutResult } from '../run/callouts/callouts.ts';
import { ApexThrown } from '../values/exception.ts';
import type { ExceptionValue } from '../values/exception.ts';
import { thrownMessage, thrownText } from '../run/thrown-text.ts';
import { afterFailedPart } from './kinds/batch.ts';
import { runWork } from './job-work.ts';
import { advanceJob, endJob, noteFailure, updateJobRow } from './job-row.ts';
import { entryOf, findJob, removeJob } from './job.ts';
import { scheduleAgain } from './kinds/scheduled-again.ts';
import type { Job } from './job.ts';
import { openLogOf } from '../logs/log-of-transaction.ts';

/**
 * Runs the parts of a job one after the other; each is a transaction of its own.
 * @param signal given: the job goes back to the queue as it was
 */
export async function runJob(org: OrgState, job: Job, signal: AbortSignal): Promise<void> {
  org.transaction(() => {
    updateJobRow(org, job, { Status: 'Processing' });
  });
  let wentWell = true;
  for (let current: Job | undefined = job; current !== undefined; current = findJob(org, current.id)) {
    if (signal.aborted) {
      org.transaction(() => {
        updateJobRow(org, job, { Status: 'Queued' });
      });
      return;
    }
    try {
      wentWell = await runPart(org, current, signal);
    } catch (error) {
      // A bug of the local org: the job would meet it again and again.
      org.transaction(() => {
        noteFailure(org, job, String(error));
        endJob(org, job, 'Failed');
        removeJob(org, job.id);
      });
      throw error;
    }
  }
  org.transaction(() => {
    // What ended the job decides; chunks of a batch that failed did not end it.
    endJob(org, job, wentWell ? 'Completed' : 'Failed');
    scheduleAgain(org, job);
  });
  apexOf(org).announceCommit();
}

/**
 * Runs one part as often as it needs to have all its callouts answered.
 * @returns false if something was thrown
 */
async function runPart(org: OrgState, job: Job, signal: AbortSignal): Promise<boolean> {
  const apex = apexOf(org);
  const journal = new Journal(org.now);
  for (;;) {
    await apex.ready();
    const log = openLogOf(org, job.userId, job.work.kind);
    const run: Transaction = apex.newTransaction(entryOf(job), job.userId, {
      inputs: journal,
      callouts: journaledCallouts(journal),
      log: log.debugLog,
    });
    try {
      apex.within(run, () => {
        advanceJob(org, job, runWork(run, job));
      });
      log.close('Success', { usage: run });
      return true;
    } catch (error) {
      if (error instanceof CalloutPending) {
        const { request } = error;
        const response = await callOut(org, request, signal);
        if (response === undefined) return true;
        journal.answered(request, response);
        continue;
      }
      if (!(error instanceof ApexThrown)) throw error;
      const { exception } = error;
      log.close(thrownText(run, exception), { usage: run, stackTrace: exception.stackTrace ?? '' });
      org.transaction(() => {
        noteFailure(org, job, failureText(run, job, exception));
        advanceJob(org, job, afterFailedPart(job));
      });
      return false;
    }
  }
}

/** Batches tell the message alone, behind "First error: ". */
function failureText(run: Transaction, job: Job, exception: ExceptionValue): string {
  if (job.work.kind === 'batch') return `First error: ${thrownMessage(run, exception)}`;
  const thrown = thrownText(run, exception);
  return exception.stackTrace === undefined || exception.stackTrace === ''
    ? thrown
    : `${thrown}\n${exception.stackTrace}`;
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
