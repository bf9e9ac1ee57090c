import { listOf } from '../../platform/platform.ts';
import type { ApexType, ClassType } from '../../types/type.ts';
import { ApexValue } from '../value.ts';
import type { Value } from '../value.ts';

/** A List or array: `items` is changed in place. */
export class ApexList extends ApexValue {
  readonly type: ClassType;
  readonly items: Value[];
  /** Set while a for loop walks it: Apex forbids changing a collection that is being iterated over. */
  iterators = 0;
  /** `Trigger.new` and `Trigger.old`: their records may change, they may not. */
  isReadOnly = false;

  /** @param type the list's own type, e.g. `List<String>` */
  constructor(type: ClassType, items: Value[] = []) {
    super();
    this.type = type;
    this.items = items;
  }

  override keyParts(keyText: (value: Value) => string): string {
    return `l${this.items.map(keyText).join('\u0002')}`;
  }

  /** A list of a given element type. */
  static of(element: ApexType, items: Value[] = []): ApexList {
    return new ApexList(listOf(element), items);
  }
}
