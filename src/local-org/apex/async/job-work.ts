import { platformType } from '../platform/platform.ts';
import { codeOf, findDeclared, initialize, runCode } from '../run/calls/invoke.ts';
import type { Transaction } from '../run/transaction.ts';
import { findAnnotation } from '../symbols/modifiers.ts';
import { classType } from '../types/type.ts';
import { apexError } from '../values/exception.ts';
import { Instance } from '../values/instance.ts';
import { PlatformObject } from '../values/platform-object.ts';
import type { Value } from '../values/value.ts';
import { runBatchPart } from './kinds/batch.ts';
import type { Job } from './job.ts';
import { loadValues } from './stored-values/load-values.ts';
import { implementsInterface } from './implements.ts';
import { typeOfText } from './stored-values/type-text.ts';

function objectOf(run: Transaction, job: Job): Instance {
  if (job.work.kind === 'future') throw new Error('A future method has no object.');
  const [object] = loadValues(run, job.work.object);
  if (!(object instanceof Instance)) throw new Error('The stored job is no object.');
  return object;
}

function runFuture(run: Transaction, work: Extract<Job['work'], { kind: 'future' }>): void {
  const type = typeOfText(work.className, run.program.program);
  const methods = type?.kind === 'class' ? type.symbol.members().methods.get(work.method.toLowerCase()) : undefined;
  const method = methods?.find((one) => one.parameters.length === work.arguments.roots.length);
  if (method === undefined) {
    throw apexError('System.AsyncException', `Method does not exist: ${work.className}.${work.method}`);
  }
  const declaration = method.declaration?.modifiers;
  const future = declaration === undefined ? undefined : findAnnotation(declaration, 'future');
  const callout = future?.properties.find((one) => one.name?.text.toLowerCase() === 'callout');
  if (callout?.value !== true)
    run.calloutRefusal =
      'Callout not allowed from this future method. Please enable callout by annotating the future method. eg: @Future(callout=true)';
  const args = loadValues(run, work.arguments);
  initialize(run, method.owner);
  runCode(run, codeOf(run, method), null, args);
}

/** Calls `execute` of a Queueable or a Schedulable with its context. */
function execute(run: Transaction, object: Instance, context: Value): void {
  const method = findDeclared(classType(object.type.symbol), 'execute', 1);
  if (method === undefined) throw apexError('System.AsyncException', `${object.type.name} has no method execute`);
  initialize(run, object.type.symbol);
  runCode(run, codeOf(run, method), object, [context]);
}

/**
 * Runs one part of a job in the transaction made for it.
 * @returns the job that is to follow in its place; undefined if it is done
 */
export function runWork(run: Transaction, job: Job): Job | undefined {
  const { work } = job;
  switch (work.kind) {
    case 'future':
      runFuture(run, work);
      return undefined;
    case 'queueable': {
      const object = objectOf(run, job);
      if (!implementsInterface(object, 'Database.AllowsCallouts')) {
        run.calloutRefusal = 'Callout not allowed from this queueable. Please implement Database.AllowsCallouts';
      }
      execute(run, object, new PlatformObject(platformType('System.QueueableContextImpl'), [['jobid', job.id]]));
      return undefined;
    }
    case 'scheduled':
      execute(
        run,
        objectOf(run, job),
        new PlatformObject(platformType('System.SchedulableContextImpl'), [['triggerid', work.triggerId]]),
      );
      return undefined;
    case 'batch':
      return runBatchPart(run, job, objectOf(run, job));
  }
}
