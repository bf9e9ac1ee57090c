import type { Run } from '../../run/run.ts';
import { equal } from '../../values/equality.ts';
import { ExceptionValue } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import { identityOf } from '../../values/collections/key.ts';
import { fieldsText, textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import type { NativeClass } from '../native.ts';
import { exceptionText } from './exception.ts';
import { hashOf } from './hash-code.ts';

/** A copy that shares the values of its fields. */
function shallowCopy(instance: Instance): Instance {
  const copy = instance instanceof ExceptionValue ? new ExceptionValue(instance.type) : new Instance(instance.type);
  for (const [field, value] of instance.fields) copy.fields.set(field, value);
  return copy;
}

/** The customer's own `toString` has been looked for before: calling it here would turn `super.toString()` into a circle. */
function plainText(run: Run, value: Value): string {
  if (value instanceof ExceptionValue) return exceptionText(value);
  return value instanceof Instance ? fieldsText(run, value) : textOf(run, value);
}

/** What every value has. */
export const objectClass: NativeClass = {
  name: 'Object',
  methods: {
    clone: (_run, self) => (self instanceof Instance ? shallowCopy(self) : self),
    equals: (run, self, [other = null]) => (self instanceof Instance ? self === other : equal(run, self, other)),
    hashcode: (run, self) => (self instanceof Instance ? identityOf(self) : hashOf(run, self)),
    tostring: plainText,
  },
};
