import type { ExceptionValue } from '../values/exception.ts';
import type { Run } from './run.ts';
import { textOf } from '../values/text.ts';

/** What an uncaught exception says; a class of the customer's may say it with a `getMessage` of its own. */
export function thrownMessage(run: Run, exception: ExceptionValue): string {
  if (run.hasMethod(exception, 'getMessage', 0)) return textOf(run, run.invoke(exception, 'getMessage', []));
  return exception.message ?? 'Script-thrown exception';
}

/** An uncaught exception as the platform tells of it: `System.NullPointerException: Attempt to …`. */
export function thrownText(run: Run, exception: ExceptionValue): string {
  return `${exception.type.name}: ${thrownMessage(run, exception)}`;
}
