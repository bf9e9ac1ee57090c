import type { Transaction } from '../run/transaction.ts';
import type { ClassSymbol, MethodSymbol } from '../symbols/symbol.ts';
import { outermost } from '../symbols/symbol.ts';
import { apexError } from '../values/exception.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import { nullArgument } from '../library/native.ts';
import { putJob } from './job.ts';
import type { JobWork } from './job.ts';
import { storeValues } from './stored-values/store-values.ts';

type JobType = 'Future' | 'Queueable' | 'BatchApex' | 'ScheduledApex';

/** Id of the ApexClass row of a class; inner classes belong to their outermost one. */
export function classIdOf(run: Transaction, symbol: ClassSymbol): string | null {
  return run.org.records.find('ApexClass', { Name: outermost(symbol).simpleName })[0]?.Id ?? null;
}

interface NewJob {
  readonly type: JobType;
  readonly owner: ClassSymbol;
  readonly method: string | null;
  readonly work: JobWork;
  readonly delayMinutes: number;
  /** Instead of a delay. */
  readonly due?: Date;
  readonly cronTriggerId?: string;
}

/** Makes the row and the stored work of a job, within the transaction that wants it. @returns the job's id */
export function addJob(run: Transaction, job: NewJob): string {
  run.hasPendingWork = true;
  const row = run.org.records.insert(
    'AsyncApexJob',
    {
      JobType: job.type,
      Status: 'Queued',
      ApexClassId: classIdOf(run, job.owner),
      MethodName: job.method,
      JobItemsProcessed: 0,
      TotalJobItems: 0,
      NumberOfErrors: 0,
      ...(job.cronTriggerId === undefined ? {} : { CronTriggerId: job.cronTriggerId }),
    },
    run.userId,
  );
  const due = job.due ?? new Date(run.org.now().getTime() + job.delayMinutes * 60_000);
  putJob(run.org, {
    id: row.Id,
    userId: run.userId,
    work: job.work,
    notBefore: due.toISOString(),
    ofTest: run.isTest,
  });
  return row.Id;
}

/**
 * A call of a future method: it runs once this transaction has committed.
 * @throws ApexThrown System.AsyncException in a future or a batch
 */
export function enqueueFuture(run: Transaction, method: MethodSymbol, args: readonly Value[]): void {
  if (run.entry === 'future' || run.entry === 'batch') {
    const name = `${method.owner.name}.${method.name}`;
    throw apexError(
      'System.AsyncException',
      `Future method cannot be called from a future or batch method: ${name}(${method.parameters.map((one) => one.name).join(', ')})`,
    );
  }
  run.limits.use('FutureCalls');
  const work: JobWork = {
    kind: 'future',
    className: method.owner.name,
    method: method.name,
    arguments: storeValues(args),
  };
  addJob(run, { type: 'Future', owner: method.owner, method: method.name, work, delayMinutes: 0 });
}

function customerObject(value: Value): Instance {
  if (value instanceof Instance) return value;
  throw nullArgument();
}

/** Longest delay of a Queueable, in minutes. */
const MAX_DELAY_MINUTES = 10;

/**
 * `System.enqueueJob`: the object is stored as it is now.
 * @returns the job's id
 * @throws ApexThrown System.AsyncException for a chain of Queueables in a test; System.LimitException
 */
export function enqueueQueueable(run: Transaction, object: Value, delayMinutes: number): string {
  const instance = customerObject(object);
  if (delayMinutes < 0 || delayMinutes > MAX_DELAY_MINUTES) {
    throw apexError('System.IllegalArgumentException', `delay must be between 0 and ${MAX_DELAY_MINUTES} minutes`);
  }
  if (run.test !== undefined && run.entry === 'queueable') {
    throw apexError('System.AsyncException', 'Maximum stack depth has been reached.');
  }
  run.limits.use('QueueableJobs');
  const work: JobWork = { kind: 'queueable', object: storeValues([instance]) };
  return addJob(run, { type: 'Queueable', owner: instance.type.symbol, method: null, work, delayMinutes });
}

/** `Database.executeBatch`. @returns the job's id */
export function enqueueBatch(run: Transaction, object: Value, scopeSize: number): string {
  const instance = customerObject(object);
  if (run.entry === 'batch' || run.entry === 'future') {
    throw apexError(
      'System.AsyncException',
      'Database.executeBatch cannot be called from a batch start, batch execute, or future method.',
    );
  }
  const work: JobWork = { kind: 'batch', object: storeValues([instance]), scopeSize };
  return addJob(run, { type: 'BatchApex', owner: instance.type.symbol, method: null, work, delayMinutes: 0 });
}

/** The next execution of a scheduled object. @returns the job's id */
export function addScheduledJob(
  run: Transaction,
  object: Instance,
  work: Extract<JobWork, { kind: 'scheduled' }>,
  due: Date,
): string {
  const owner = object.type.symbol;
  const cronTriggerId = work.triggerId;
  return addJob(run, { type: 'ScheduledApex', owner, method: null, work, delayMinutes: 0, due, cronTriggerId });
}
