import type { Run } from '../../run/run.ts';
import type { Value } from '../../values/value.ts';
import type { InstanceNative, NativeClass } from '../native.ts';

type Getters<T extends Value> = Readonly<Record<string, (self: T, run: Run) => Value>>;

/**
 * The ways to ask a describe result for a property: `getLabel()`, `isCustom()` and the field `Label`.
 * @param table by the property's name
 */
export function describeGetters<T extends Value>(table: Getters<T>): Required<Pick<NativeClass, 'methods' | 'fields'>> {
  const methods: Record<string, InstanceNative> = {};
  const fields: Record<string, { get(run: Run, self: Value): Value }> = {};
  for (const [name, read] of Object.entries(table)) {
    const key = name.toLowerCase();
    // The compiler has seen to it that the method is called on a result of this class.
    const get = (run: Run, self: Value): Value => read(self as T, run);
    methods[`get${key}`] = get;
    methods[`is${key}`] = get;
    methods[key] = get;
    fields[key] = { get };
  }
  return { methods, fields };
}
