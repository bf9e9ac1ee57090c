import type { ExceptionValue } from '../values/exception.ts';
import type { Run } from './run.ts';
import { textOf } from '../values/text.ts';

/** An uncaught exception as the platform tells of it: `System.NullPointerException: Attempt to …`. */
export function thrownText(run: Run, exception: ExceptionValue): string {
  const name = exception.type.name;
  const { message } = exception;
  if (run.hasMethod(exception, 'getMessage', 0))
    return `${name}: ${textOf(run, run.invoke(exception, 'getMessage', []))}`;
  return `${name}: ${message ?? 'Script-thrown exception'}`;
}
