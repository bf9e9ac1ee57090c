import { logEvents } from '../logs/log-events.ts';
import type { ExceptionValue } from '../values/exception.ts';
import type { Transaction } from './transaction.ts';

/** Where the running code is, innermost first: `Class.Foo.bar: line 3, column 1`, one a line. */
export function stackTrace(run: Transaction): string {
  return run.frames
    .toReversed()
    .map((frame) => `${frame.code.place}: line ${frame.line}, column 1`)
    .join('\n');
}

/** Notes where an exception was thrown, the first time it is. Must be called before the frame is left. */
export function noteOrigin(run: Transaction, exception: ExceptionValue): void {
  if (exception.stackTrace !== undefined) return;
  exception.stackTrace = stackTrace(run);
  exception.lineNumber = run.frames.at(-1)?.line;
  // Its own getMessage is not asked: it may throw again.
  const { type, message } = exception;
  logEvents.exceptionThrown(run.log, run.line, `${type.name}: ${message ?? 'Script-thrown exception'}`);
}
