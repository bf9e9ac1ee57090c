import type { ClassType } from '../types/type.ts';
import { ApexValue } from './value.ts';
import type { Value } from './value.ts';

/** An object of a platform class that is no more than its properties, by lower-case name (`Messaging.SingleEmailMessage`). */
export class PlatformObject extends ApexValue {
  readonly type: ClassType;
  readonly properties: Map<string, Value>;

  constructor(type: ClassType, properties: Iterable<readonly [string, Value]> = []) {
    super();
    this.type = type;
    this.properties = new Map(Array.from(properties, ([name, value]) => [name.toLowerCase(), value]));
  }

  /** Null where it was never set. */
  get(name: string): Value {
    return this.properties.get(name.toLowerCase()) ?? null;
  }

  set(name: string, value: Value): void {
    this.properties.set(name.toLowerCase(), value);
  }
}
