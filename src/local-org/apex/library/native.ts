import type { Run } from '../run/run.ts';
import type { ClassSymbol } from '../symbols/symbol.ts';
import type { ApexType, ClassType } from '../types/type.ts';
import { apexError } from '../values/exception.ts';
import type { PlatformObject } from '../values/platform-object.ts';
import type { Value } from '../values/value.ts';

/** What the compiler found out about a call. */
export interface NativeCall {
  /** Parameter types of the overload that was chosen, type parameters replaced. */
  readonly parameters: readonly ApexType[];
  /** Types of the arguments as written. */
  readonly arguments: readonly ApexType[];
  readonly returnType: ApexType;
  /** Of the value or class it is called on. */
  readonly target: ApexType;
}

export type StaticNative = (run: Run, args: readonly Value[], call: NativeCall) => Value;
/** `self` is never null: the call has thrown before. Methods without a result give null. */
export type InstanceNative<T extends Value = Value> = (
  run: Run,
  self: T,
  args: readonly Value[],
  call: NativeCall,
) => Value;

export interface NativeField {
  readonly get?: (run: Run, self: Value) => Value;
  readonly set?: (run: Run, self: Value, value: Value) => void;
}

/**
 * How a class of the platform runs: one file a class. Names are lower case; where overloads differ in their number of
 * arguments and not all of them are here, the key says which: `format/1`. Arguments come converted to the parameter
 * types. What is missing from a table is refused when Apex that uses it is compiled, by name.
 */
export interface NativeClass {
  /** As the signatures name it: `String`, `System.HttpRequest`, `List`. */
  readonly name: string;
  readonly construct?: (run: Run, args: readonly Value[], type: ClassType, call: NativeCall) => Value;
  readonly statics?: Readonly<Record<string, StaticNative>>;
  readonly methods?: Readonly<Record<string, InstanceNative>>;
  readonly staticFields?: Readonly<Record<string, (run: Run) => Value>>;
  readonly fields?: Readonly<Record<string, NativeField>>;
}

/** Types the `self` of a table: the compiler has seen to it that it is one. */
export function methodsOf<T extends Value>(
  table: Readonly<Record<string, InstanceNative<T>>>,
): Readonly<Record<string, InstanceNative>> {
  return table as unknown as Readonly<Record<string, InstanceNative>>;
}

/** `getX`, `setX` (and `isX`) and the field `X` of each named property of a class whose objects are `PlatformObject`s. */
export function propertyMethods(...names: readonly string[]): Required<Pick<NativeClass, 'methods' | 'fields'>> {
  const methods: Record<string, InstanceNative> = {};
  const fields: Record<string, NativeField> = {};
  for (const name of names) {
    const key = name.toLowerCase();
    const read = (_run: Run, self: Value): Value => (self as PlatformObject).get(key);
    methods[`get${key}`] = read;
    methods[`is${key}`] = read;
    methods[`set${key}`] = (_run, self, [value = null]) => {
      (self as PlatformObject).set(key, value);
      return null;
    };
    fields[key] = {
      get: read,
      set: (_run, self, value) => {
        (self as PlatformObject).set(key, value);
      },
    };
  }
  return { methods, fields };
}

/** The exception of `null.something`. */
export function nullPointer(): Error {
  return apexError('System.NullPointerException', 'Attempt to de-reference a null object');
}

/** The exception of a platform method that was given null. */
export function nullArgument(): Error {
  return apexError('System.NullPointerException', 'Argument cannot be null.');
}

/** A String or Id argument. @throws ApexThrown System.NullPointerException for null */
export function textArgument(args: readonly Value[], index: number): string {
  const value = args[index];
  if (typeof value !== 'string') throw nullArgument();
  return value;
}

/** An Integer argument. @throws ApexThrown System.NullPointerException for null */
export function integerArgument(args: readonly Value[], index: number): number {
  const value = args[index];
  if (typeof value !== 'number') throw nullArgument();
  return value;
}

/** A Boolean argument; null is false. */
export function flagArgument(args: readonly Value[], index: number): boolean {
  return args[index] === true;
}

/** All that platform classes can do here, as the compiler of a program looks it up. Names are in any case. */
export interface Natives {
  class(name: string): NativeClass | undefined;
  /** A static method by the name of its class. */
  static(owner: string, name: string, parameters: number): StaticNative | undefined;
  /** A method of an object: its class's own, one of a class above it, or what every value has. */
  method(symbol: ClassSymbol, name: string, parameters: number): InstanceNative | undefined;
  staticField(owner: string, name: string): ((run: Run) => Value) | undefined;
  field(symbol: ClassSymbol, name: string): NativeField | undefined;
}
