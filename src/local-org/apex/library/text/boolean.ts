import { apexError } from '../../values/exception.ts';
import { runtimeType } from '../../run/runtime-type.ts';
import type { Value } from '../../values/value.ts';
import type { NativeClass } from '../native.ts';
import { nullArgument } from '../native.ts';

/** `Boolean`. */
export const booleanClass: NativeClass = {
  name: 'Boolean',
  statics: { valueof: (_run, [value = null]) => booleanOf(value) },
};

/** A Boolean stays what it is; of texts only `true`, in any case, is true. */
function booleanOf(value: Value): boolean {
  if (value === null) throw nullArgument();
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toLowerCase() === 'true';
  throw apexError('System.TypeException', `Invalid conversion from runtime type ${runtimeType(value).name} to Boolean`);
}
