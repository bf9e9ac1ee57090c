import { platformType } from '../../platform/platform.ts';
import { itemsOf } from '../../run/calls/iterate.ts';
import { codeOf, findDeclared, runCode } from '../../run/calls/invoke.ts';
import type { Transaction } from '../../run/transaction.ts';
import { classType, sobjectType } from '../../types/type.ts';
import { apexError } from '../../values/exception.ts';
import type { Instance } from '../../values/instance.ts';
import { ApexList } from '../../values/collections/list.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { SObject } from '../../values/records/sobject.ts';
import type { Value } from '../../values/value.ts';
import { implementsInterface } from '../implements.ts';
import type { BatchProgress } from './batch-progress.ts';
import type { Job } from '../job.ts';
import { loadValues } from '../stored-values/load-values.ts';
import { storeValues } from '../stored-values/store-values.ts';
import type { ValueGraph } from '../stored-values/value-graph.ts';

function call(run: Transaction, object: Instance, name: string, args: readonly Value[]): Value {
  const method = findDeclared(classType(object.type.symbol), name, args.length);
  if (method === undefined) throw apexError('System.AsyncException', `${object.type.name} has no method ${name}`);
  return runCode(run, codeOf(run, method), object, args);
}

/** A stateful batch keeps what its object has become; others begin each part as they were enqueued. */
function objectAfter(object: Instance, former: ValueGraph): ValueGraph {
  return implementsInterface(object, 'Database.Stateful') ? storeValues([object]) : former;
}

function listOf(items: readonly Value[]): ApexList {
  const [first] = items;
  return ApexList.of(first instanceof SObject ? first.type : sobjectType, [...items]);
}

function tooManyInTest(): Error {
  const message =
    'No more than one executeBatch can be called from within a test method. Please make sure the iterable returned from your start method matches the batch size, resulting in one executeBatch invocation.';
  return apexError('System.UnexpectedException', message);
}

/**
 * Runs the next part of a batch: start, a chunk, or finish.
 * @returns the job with what is left; undefined after finish
 */
export function runBatchPart(run: Transaction, job: Job, object: Instance): Job | undefined {
  if (job.work.kind !== 'batch') throw new Error('The job is no batch.');
  const { work } = job;
  const context = new PlatformObject(platformType('Database.BatchableContextImpl'), [
    ['jobid', job.id],
    ['childjobid', job.id],
  ]);
  const progress = job.batch;
  if (progress === undefined) {
    const items = itemsOf(run, call(run, object, 'start', [context]));
    const total = Math.ceil(items.length / work.scopeSize);
    if (run.isTest && total > 1) throw tooManyInTest();
    run.org.records.update('AsyncApexJob', job.id, { TotalJobItems: total }, job.userId);
    const next: BatchProgress =
      items.length === 0 ? { step: 'finish' } : { step: 'execute', items: storeValues(items), next: 0 };
    return { ...job, work: { ...work, object: objectAfter(object, work.object) }, batch: next };
  }
  if (progress.step === 'finish') {
    call(run, object, 'finish', [context]);
    return undefined;
  }
  const items = loadValues(run, progress.items);
  const end = progress.next + work.scopeSize;
  call(run, object, 'execute', [context, listOf(items.slice(progress.next, end))]);
  const next: BatchProgress = end >= items.length ? { step: 'finish' } : { ...progress, next: end };
  return { ...job, work: { ...work, object: objectAfter(object, work.object) }, batch: next };
}

/** A chunk that threw is left out; the batch goes on with the next. */
export function afterFailedPart(job: Job): Job | undefined {
  if (job.work.kind !== 'batch' || job.batch?.step !== 'execute') return undefined;
  const end = job.batch.next + job.work.scopeSize;
  const isLast = end >= job.batch.items.roots.length;
  return { ...job, batch: isLast ? { step: 'finish' } : { ...job.batch, next: end } };
}
