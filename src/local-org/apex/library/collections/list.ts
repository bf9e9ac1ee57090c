import type { Run } from '../../run/run.ts';
import { equal } from '../../values/equality.ts';
import { Instance } from '../../values/instance.ts';
import { ApexList } from '../../values/collections/list.ts';
import { cloneRecord } from '../../values/records/sobject-clone.ts';
import { SObject } from '../../values/records/sobject.ts';
import { textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import { collate } from '../core/collator.ts';
import { hashOf } from '../core/hash-code.ts';
import { flagArgument, integerArgument, methodsOf, nullArgument } from '../native.ts';
import type { InstanceNative, NativeClass } from '../native.ts';
import { iterate } from './iterator.ts';
import { compareValues } from './order.ts';
import { itemsArgument, mayChangeList, within } from './refusals.ts';
import { recordTypeOf } from './record-type.ts';

function compareBy(run: Run, comparator: Value): (left: Value, right: Value) => number {
  if (!(comparator instanceof Instance)) return collate;
  return (left, right) => {
    const order = run.invoke(comparator, 'compare', [left, right]);
    if (typeof order !== 'number') throw nullArgument();
    return order;
  };
}

/** Sorts a copy, so that a comparator that throws leaves the list as it was. */
function sort(list: ApexList, compare: (left: Value, right: Value) => number): null {
  if (list.isReadOnly) mayChangeList(list);
  const sorted = list.items.toSorted(compare);
  list.items.splice(0, list.items.length, ...sorted);
  return null;
}

function appendAll(list: ApexList, items: readonly Value[]): null {
  mayChangeList(list);
  // One by one: a list that is added to itself doubles, and a long one is no argument list.
  for (const item of Array.from(items)) list.items.push(item);
  return null;
}

/** A list of copies of its records, with their parents and children. */
const deepClone: InstanceNative<ApexList> = (run, self, args) => {
  const options = {
    deep: true,
    preserveId: flagArgument(args, 0),
    preserveReadonlyTimestamps: flagArgument(args, 1),
    preserveAutonumber: flagArgument(args, 2),
  };
  const copies = self.items.map((item) => (item instanceof SObject ? cloneRecord(run, item, options) : item));
  return new ApexList(self.type, copies);
};

export const listClass: NativeClass = {
  name: 'List',
  construct: (_run, [from], type) => {
    if (from === undefined) return new ApexList(type);
    if (typeof from !== 'number') return new ApexList(type, Array.from(itemsArgument(from)));
    return new ApexList(type, Array.from<Value>({ length: Math.max(0, from) }).fill(null));
  },
  methods: methodsOf<ApexList>({
    add: (_run, self, args) => {
      mayChangeList(self);
      const [first = null, second] = args;
      if (second === undefined) self.items.push(first);
      else self.items.splice(within(integerArgument(args, 0), self.items.length + 1), 0, second);
      return null;
    },
    addall: (_run, self, [items]) => appendAll(self, itemsArgument(items)),
    clear: (_run, self) => {
      mayChangeList(self);
      self.items.length = 0;
      return null;
    },
    clone: (_run, self) => new ApexList(self.type, Array.from(self.items)),
    contains: (run, self, [item = null]) => self.items.some((one) => equal(run, one, item)),
    deepclone: deepClone,
    equals: (run, self, [other = null]) => equal(run, self, other),
    get: (_run, self, args) => self.items[within(integerArgument(args, 0), self.items.length)] ?? null,
    getsobjecttype: (_run, self) => recordTypeOf(self.type.arguments[0]),
    hashcode: (run, self) => hashOf(run, self),
    indexof: (run, self, [item = null]) => self.items.findIndex((one) => equal(run, one, item)),
    isempty: (_run, self) => self.items.length === 0,
    iterator: iterate,
    remove: (_run, self, args) => {
      mayChangeList(self);
      const [removed = null] = self.items.splice(within(integerArgument(args, 0), self.items.length), 1);
      return removed;
    },
    set: (_run, self, args) => {
      if (self.isReadOnly) mayChangeList(self);
      self.items[within(integerArgument(args, 0), self.items.length)] = args[1] ?? null;
      return null;
    },
    size: (_run, self) => self.items.length,
    sort: (run, self, [comparator]) => {
      if (comparator === undefined) return sort(self, (left, right) => compareValues(run, left, right));
      if (comparator === null) throw nullArgument();
      return sort(self, compareBy(run, comparator));
    },
    tostring: (run, self) => textOf(run, self),
  }),
};
