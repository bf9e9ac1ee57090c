import { runTestJobs } from '../../async/test-jobs.ts';
import { ceilingsOf, LimitCounters } from '../../run/limits.ts';
import type { Run } from '../../run/run.ts';
import type { TestState } from '../../run/test-state.ts';
import { apexError } from '../../values/exception.ts';
import { TypeValue } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';
import type { NativeClass } from '../native.ts';
import { nullArgument, textArgument } from '../native.ts';
import { setCreatedDate } from './created-date.ts';
import { transactionOf } from '../../run/transaction.ts';

function testOf(run: Run, method: string): TestState {
  const { test } = transactionOf(run);
  if (test === undefined)
    throw apexError('System.TypeException', `Test.${method} can be called only from a test method`);
  return test;
}

/** From here on a test has limits of its own, and may call out again. */
function startTest(run: Run): null {
  const test = testOf(run, 'startTest');
  if (test.phase !== 'before') {
    throw apexError('System.FinalException', 'Testing already started');
  }
  test.phase = 'started';
  test.limits = new LimitCounters(ceilingsOf('test'));
  const transaction = transactionOf(run);
  transaction.hasPendingWork = false;
  transaction.restartCpuTime();
  return null;
}

/** Runs what was enqueued since `startTest`; the limits from before are in force again. */
function stopTest(run: Run): null {
  const test = testOf(run, 'stopTest');
  if (test.phase !== 'started') {
    throw apexError(
      'System.FinalException',
      test.phase === 'before' ? 'Testing not started' : 'Testing already stopped',
    );
  }
  runTestJobs(transactionOf(run));
  test.phase = 'stopped';
  test.limits = undefined;
  return null;
}

function setMock(run: Run, [type, mock = null]: readonly Value[]): null {
  const test = testOf(run, 'setMock');
  if (!(type instanceof TypeValue) || mock === null) throw nullArgument();
  const name = type.of.name.replace(/^System\./i, '').toLowerCase();
  if (name !== 'httpcalloutmock' && name !== 'webservicemock') {
    throw apexError('System.TypeException', `Invalid mock type: ${type.of.name}`);
  }
  test.mocks.set(name, mock);
  return null;
}

/** `Test`, as far as it is about code. */
export const testClass: NativeClass = {
  name: 'System.Test',
  statics: {
    isrunningtest: (run) => run.isTest,
    setcreateddate: (run, args) => {
      testOf(run, 'setCreatedDate');
      setCreatedDate(transactionOf(run), textArgument(args, 0), args[1] ?? null);
      return null;
    },
    setmock: setMock,
    starttest: startTest,
    stoptest: stopTest,
  },
};
