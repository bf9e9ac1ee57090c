import { platformType } from '../platform/platform.ts';
import type { ClassType } from '../types/type.ts';
import { Instance } from './instance.ts';

/** One row of a DmlException. */
export interface DmlFailure {
  /** Position of the record in the list that was saved. */
  readonly index: number;
  readonly id: string | null;
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** An exception of the platform or of the customer (a class that extends Exception). */
export class ExceptionValue extends Instance {
  message: string | null = null;
  cause: ExceptionValue | null = null;
  /** `Class.Foo.bar: line 3, column 1` and callers, one a line; undefined until it is thrown. */
  stackTrace: string | undefined = undefined;
  /** 1-based; of where it was thrown. */
  lineNumber: number | undefined = undefined;
  dml: readonly DmlFailure[] = [];

  constructor(type: ClassType, message: string | null = null) {
    super(type);
    this.message = message;
  }
}

/** An Apex exception on its way up. Salesforce's limit exceptions pass every catch. */
export class ApexThrown extends Error {
  readonly exception: ExceptionValue;
  readonly catchable: boolean;

  constructor(exception: ExceptionValue, catchable = true) {
    // The trace of the host is of no use here, and costly.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(exception.message ?? '');
    Error.stackTraceLimit = stackTraceLimit;
    this.exception = exception;
    this.catchable = catchable;
  }
}

/**
 * An exception of the platform, to be thrown: `throw apexError('System.NullPointerException', 'Attempt to …')`.
 * @param name a platform class, e.g. `System.StringException`
 */
export function apexError(name: string, message: string): ApexThrown {
  return new ApexThrown(new ExceptionValue(platformType(name), message));
}

/** A limit of the transaction is exceeded; nothing catches it. */
export function limitError(message: string): ApexThrown {
  return new ApexThrown(new ExceptionValue(platformType('System.LimitException'), message), false);
}
