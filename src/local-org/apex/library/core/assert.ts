import type { Run } from '../../run/run.ts';
import { isInstance } from '../../run/runtime-type.ts';
import { platformType } from '../../platform/platform.ts';
import { equal } from '../../values/equality.ts';
import { ApexThrown, ExceptionValue } from '../../values/exception.ts';
import { textOf } from '../../values/text.ts';
import { TypeValue } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument } from '../native.ts';
import type { NativeClass, StaticNative } from '../native.ts';
import { hashOf } from './hash-code.ts';

/** `Assertion Failed: message: details`. No catch stops it (Apex Reference Guide, "Assert Class"). */
function failed(run: Run, message: Value | undefined, details?: string): ApexThrown {
  const own = message === undefined || message === null ? [] : [textOf(run, message)];
  const text = ['Assertion Failed', ...own, ...(details === undefined ? [] : [details])].join(': ');
  return new ApexThrown(new ExceptionValue(platformType('System.AssertException'), text), false);
}

function check(run: Run, holds: boolean, message: Value | undefined): null {
  if (!holds) throw failed(run, message);
  return null;
}

const areEqual: StaticNative = (run, [expected = null, actual = null, message]) => {
  if (equal(run, expected, actual)) return null;
  throw failed(run, message, `Expected: ${textOf(run, expected)}, Actual: ${textOf(run, actual)}`);
};

const areNotEqual: StaticNative = (run, [notExpected = null, actual = null, message]) => {
  if (!equal(run, notExpected, actual)) return null;
  throw failed(run, message, `Same value: ${textOf(run, notExpected)}`);
};

function isOfType(value: Value, type: Value): boolean {
  if (!(type instanceof TypeValue)) throw nullArgument();
  return isInstance(value, type.of);
}

export const assertClass: NativeClass = {
  name: 'System.Assert',
  statics: {
    areequal: areEqual,
    arenotequal: areNotEqual,
    fail: (run, [message]) => check(run, false, message),
    isfalse: (run, [condition, message]) => check(run, condition === false, message),
    isinstanceoftype: (run, [value = null, type = null, message]) => check(run, isOfType(value, type), message),
    isnotinstanceoftype: (run, [value = null, type = null, message]) => check(run, !isOfType(value, type), message),
    isnotnull: (run, [value, message]) => check(run, value !== null, message),
    isnull: (run, [value, message]) => check(run, value === null, message),
    istrue: (run, [condition, message]) => check(run, condition === true, message),
  },
};

/** The older assertions and what they compare by; what else `System.System` has is in other rooms. */
export const systemAssertions: NativeClass = {
  name: 'System.System',
  statics: {
    assert: (run, [condition, message]) => check(run, condition === true, message),
    assertequals: areEqual,
    assertnotequals: areNotEqual,
    equals: (run, [one = null, other = null]) => equal(run, one, other),
    hashcode: (run, [value = null]) => hashOf(run, value),
  },
};
