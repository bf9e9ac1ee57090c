import { platformType } from '../../platform/platform.ts';
import { runtimeType } from '../../run/runtime-type.ts';
import type { ApexType, ClassType } from '../../types/type.ts';
import { classType } from '../../types/type.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { notImplemented } from '../../values/not-implemented.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { ApexValue } from '../../values/value.ts';
import type { Value } from '../../values/value.ts';
import { methodsOf } from '../native.ts';
import type { InstanceNative, NativeClass } from '../native.ts';

/** What `iterator()` of a List or Set gives. */
class ItemIterator extends ApexValue {
  readonly type: ClassType;
  readonly items: readonly Value[];
  next = 0;

  constructor(element: ApexType, items: readonly Value[]) {
    super();
    this.type = classType(platformType('Iterator').symbol, [element]);
    this.items = items;
  }
}

/** `iterator()` of a List or Set. A set's elements are those it has at this moment. */
export const iterate: InstanceNative = (_run, self) => {
  if (!(self instanceof ApexList) && !(self instanceof ApexSet)) {
    throw notImplemented(`Iterable.iterator of ${runtimeType(self).name}`);
  }
  const [element] = self.type.arguments;
  if (element === undefined) throw new Error(`A collection without element type: ${self.type.name}`);
  return new ItemIterator(element, self.items);
};

export const iteratorClass: NativeClass = {
  name: 'Iterator',
  methods: methodsOf<ItemIterator>({
    hasnext: (_run, self) => self.next < self.items.length,
    next: (_run, self) => {
      const item = self.items[self.next];
      if (item === undefined) throw apexError('System.NoSuchElementException', 'Iterator has no more elements.');
      self.next += 1;
      return item;
    },
  }),
};

export const iterableClass: NativeClass = { name: 'Iterable', methods: { iterator: iterate } };
