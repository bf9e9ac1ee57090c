import { isPrimitive } from '../../types/type.ts';
import { ExceptionValue } from '../../values/exception.ts';
import { textOf } from '../../values/text.ts';
import type { SObject } from '../../values/records/sobject.ts';
import type { Run } from '../../run/run.ts';
import type { Value } from '../../values/value.ts';
import { methodsOf } from '../native.ts';
import type { InstanceNative } from '../native.ts';
import { fieldName } from './field-name.ts';
import { addFieldError, addRecordError, recordErrors } from '../../values/records/record-errors.ts';

function messageOf(run: Run, value: Value | undefined): string {
  if (value instanceof ExceptionValue) return value.message ?? '';
  return value === null || value === undefined ? '' : textOf(run, value);
}

/**
 * `addError(message)`, `addError(exception)`, `addError(field, message)`, each with an `escape` behind it. What is not
 * escaped matters to pages of Salesforce Classic alone; the message a save reports is the same.
 */
const addError: InstanceNative<SObject> = (run, self, args, call) => {
  const [first, second = null] = args;
  const named = args.length >= 2 && call.parameters[1] !== undefined && isPrimitive(call.parameters[1], 'String');
  if (named) addFieldError(self, fieldName(run, self, first), messageOf(run, second));
  else addRecordError(self, messageOf(run, first));
  return null;
};

export const sobjectErrors = methodsOf<SObject>({
  adderror: addError,
  geterrors: recordErrors,
  haserrors: (_run, self) => self.errors.length > 0,
});
