import { primitives } from '../../types/type.ts';
import { apexError } from '../../values/exception.ts';
import type { DmlFailure, ExceptionValue } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { platformConstant } from '../../values/enums/platform-enums.ts';
import type { Value } from '../../values/value.ts';
import { integerArgument, methodsOf } from '../native.ts';
import type { NativeClass } from '../native.ts';

/** `System.DmlException`, `Outer.Inner`. */
function typeName({ type }: ExceptionValue): string {
  return type.symbol.origin === 'platform' ? type.name : type.symbol.name;
}

function messageOf(exception: ExceptionValue): string {
  return exception.message ?? 'Script-thrown exception';
}

/** `System.DmlException: Insert failed. …` */
export function exceptionText(exception: ExceptionValue): string {
  return `${typeName(exception)}: ${messageOf(exception)}`;
}

/** A failed row by its position among the failed ones. @throws ApexThrown System.ListException */
function failureAt(exception: ExceptionValue, args: readonly Value[]): DmlFailure {
  const index = integerArgument(args, 0);
  const failure = exception.dml[index];
  if (failure === undefined) throw apexError('System.ListException', `List index out of bounds: ${index}`);
  return failure;
}

/** Every exception, the platform's and the customer's. `getDmlFields` is missing: a failure does not know its object. */
export const exceptionClass: NativeClass = {
  name: 'Exception',
  methods: methodsOf<ExceptionValue>({
    getcause: (_run, self) => self.cause,
    getdmlfieldnames: (_run, self, args) => ApexList.of(primitives.String, [...failureAt(self, args).fields]),
    getdmlid: (_run, self, args) => failureAt(self, args).id,
    getdmlindex: (_run, self, args) => failureAt(self, args).index,
    getdmlmessage: (_run, self, args) => failureAt(self, args).message,
    getdmlstatuscode: (_run, self, args) => failureAt(self, args).statusCode,
    getdmltype: (_run, self, args) => platformConstant('System.StatusCode', failureAt(self, args).statusCode),
    getlinenumber: (_run, self) => self.lineNumber ?? null,
    getmessage: (_run, self) => messageOf(self),
    getnumdml: (_run, self) => self.dml.length,
    getstacktracestring: (_run, self) => self.stackTrace ?? '',
    gettypename: (_run, self) => typeName(self),
    initcause: (_run, self, [cause = null]) => {
      self.cause = cause as ExceptionValue | null;
      return null;
    },
    setmessage: (_run, self, [message = null]) => {
      self.message = message as string | null;
      return null;
    },
  }),
};
