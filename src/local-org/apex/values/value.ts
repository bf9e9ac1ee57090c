import type { ApexType } from '../types/type.ts';

/**
 * What an Apex expression gives when it is run. `number` is an Integer and nothing else, `bigint` a Long, `string` a String
 * or an Id (18 characters); every other type is an object of its own class. `undefined` is never a value.
 */
export type Value = null | boolean | number | bigint | string | ApexValue;

/** Every value that is no JavaScript primitive knows its own type. */
export abstract class ApexValue {
  abstract readonly type: ApexType;

  /** Of collections: what tells two of them apart as keys, put together from what tells their elements apart. */
  keyParts?(keyText: (value: Value) => string): string;
}
