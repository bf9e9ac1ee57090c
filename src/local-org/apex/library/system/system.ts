import { enqueueQueueable } from '../../async/enqueue.ts';
import { abortJob } from '../../async/abort-job.ts';
import { scheduleJob } from '../../async/kinds/schedule.ts';
import type { Run } from '../../run/run.ts';
import { transactionOf } from '../../run/transaction.ts';
import { ApexDate, ApexDatetime, msPerDay } from '../../values/temporal.ts';
import type { Value } from '../../values/value.ts';
import { notImplemented } from '../../values/not-implemented.ts';
import type { NativeClass } from '../native.ts';
import { integerArgument, textArgument } from '../native.ts';
import { localParts, userTimeZone } from '../time/time-zone.ts';
import { debug } from './debug.ts';

/** Today in the time zone of the running user. */
function today(run: Run): ApexDate {
  const { year, month, day } = localParts(run.now().getTime(), userTimeZone(run));
  return new ApexDate(Date.UTC(year, month - 1, day) / msPerDay);
}

function isEntry(...entries: readonly Run['entry'][]): (run: Run) => Value {
  return (run) => entries.includes(run.entry);
}

/** What `System` itself offers, but for its assertions. */
export const systemClass: NativeClass = {
  name: 'System.System',
  statics: {
    abortjob: (run, args) => {
      abortJob(transactionOf(run), textArgument(args, 0));
      return null;
    },
    currenttimemillis: (run) => BigInt(run.now().getTime()),
    debug,
    'enqueuejob/1': (run, [job = null]) => enqueueQueueable(transactionOf(run), job, 0),
    'enqueuejob/2': (run, args, call) => {
      const [job = null] = args;
      if (call.parameters[1]?.key !== 'integer') throw notImplemented('System.AsyncOptions');
      return enqueueQueueable(transactionOf(run), job, integerArgument(args, 1));
    },
    isbatch: isEntry('batch'),
    isfuture: isEntry('future'),
    isqueueable: isEntry('queueable'),
    isscheduled: isEntry('schedulable'),
    now: (run) => new ApexDatetime(run.now().getTime()),
    schedule: (run, args) =>
      scheduleJob(transactionOf(run), textArgument(args, 0), textArgument(args, 1), args[2] ?? null),
    today: (run) => today(run),
  },
};
