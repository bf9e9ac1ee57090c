import type { Run } from '../../run/run.ts';
import { equal } from '../../values/equality.ts';
import { apexError } from '../../values/exception.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import { hashOf } from '../core/hash-code.ts';
import { methodsOf } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { iterate } from './iterator.ts';
import { KeySet } from './key-set.ts';
import { itemsArgument, mayChange } from './refusals.ts';

/** Adds what is not there yet; whether anything was. */
function addAll(run: Run, set: ApexSet, items: readonly Value[]): boolean {
  if (set instanceof KeySet) throw apexError('System.FinalException', 'Collection is read-only');
  const fresh = items.filter((item) => !set.entries.has(run, item));
  if (fresh.length > 0) mayChange(set.iterators > 0);
  for (const item of fresh) set.entries.set(run, item, null);
  return fresh.length > 0;
}

/** Takes out what is there; whether anything was. */
function removeAll(run: Run, set: ApexSet, items: readonly Value[]): boolean {
  const present = items.filter((item) => set.entries.has(run, item));
  if (present.length > 0) mayChange(set.iterators > 0);
  for (const item of present) set.entries.delete(run, item);
  return present.length > 0;
}

function setFrom(run: Run, type: ApexSet['type'], items: readonly Value[]): ApexSet {
  const set = new ApexSet(type);
  for (const item of items) set.entries.set(run, item, null);
  return set;
}

export const setClass: NativeClass = {
  name: 'Set',
  construct: (run, [from], type) => setFrom(run, type, from === undefined ? [] : itemsArgument(from)),
  methods: methodsOf<ApexSet>({
    add: (run, self, [item = null]) => addAll(run, self, [item]),
    addall: (run, self, [items]) => addAll(run, self, itemsArgument(items)),
    clear: (_run, self) => {
      mayChange(self.iterators > 0);
      self.entries.clear();
      return null;
    },
    clone: (run, self) => setFrom(run, self.type, self.items),
    contains: (run, self, [item = null]) => self.entries.has(run, item),
    containsall: (run, self, [items]) => itemsArgument(items).every((item) => self.entries.has(run, item)),
    equals: (run, self, [other = null]) => equal(run, self, other),
    hashcode: (run, self) => hashOf(run, self),
    isempty: (_run, self) => self.entries.size === 0,
    iterator: iterate,
    remove: (run, self, [item = null]) => removeAll(run, self, [item]),
    removeall: (run, self, [items]) => removeAll(run, self, itemsArgument(items)),
    retainall: (run, self, [items]) => {
      const kept = setFrom(run, self.type, itemsArgument(items));
      return removeAll(
        run,
        self,
        self.items.filter((item) => !kept.entries.has(run, item)),
      );
    },
    size: (_run, self) => self.entries.size,
    tostring: (run, self) => textOf(run, self),
  }),
};
