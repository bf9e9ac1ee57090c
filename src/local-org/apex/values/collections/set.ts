import { platformType } from '../../platform/platform.ts';
import type { ApexType, ClassType } from '../../types/type.ts';
import { classType } from '../../types/type.ts';
import type { Run } from '../../run/run.ts';
import { KeyedEntries } from './keyed.ts';
import { ApexValue } from '../value.ts';
import type { Value } from '../value.ts';

/** A Set; its elements keep the order in which they came. */
export class ApexSet extends ApexValue {
  readonly type: ClassType;
  readonly entries = new KeyedEntries();
  /** See `ApexList.iterators`. */
  iterators = 0;

  /** @param type the set's own type, e.g. `Set<Id>` */
  constructor(type: ClassType) {
    super();
    this.type = type;
  }

  static of(run: Run, element: ApexType, items: Iterable<Value> = []): ApexSet {
    const set = new ApexSet(classType(platformType('Set').symbol, [element]));
    for (const item of items) set.entries.set(run, item, null);
    return set;
  }

  override keyParts(keyText: (value: Value) => string): string {
    return `s${this.items.map(keyText).sort().join('\u0002')}`;
  }

  get items(): Value[] {
    return this.entries.keys();
  }
}
