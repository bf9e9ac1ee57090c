import { mapOf } from '../../platform/platform.ts';
import type { ApexType, ClassType } from '../../types/type.ts';
import type { Run } from '../../run/run.ts';
import { KeyedEntries } from './keyed.ts';
import { ApexValue } from '../value.ts';
import type { Value } from '../value.ts';

/** A Map; its entries keep the order in which they came. */
export class ApexMap extends ApexValue {
  readonly type: ClassType;
  readonly entries = new KeyedEntries();

  /** @param type the map's own type, e.g. `Map<Id, Account>` */
  constructor(type: ClassType) {
    super();
    this.type = type;
  }

  override keyParts(keyText: (value: Value) => string): string {
    const entries = this.entries.entries().map(([key, value]) => `${keyText(key)}\u0003${keyText(value)}`);
    return `m${entries.sort().join('\u0002')}`;
  }

  static of(run: Run, key: ApexType, value: ApexType, items: Iterable<readonly [Value, Value]> = []): ApexMap {
    const map = new ApexMap(mapOf(key, value));
    for (const [one, other] of items) map.entries.set(run, one, other);
    return map;
  }
}
