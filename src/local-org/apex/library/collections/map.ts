import type { Run } from '../../run/run.ts';
import { unknownType } from '../../types/type.ts';
import { equal } from '../../values/equality.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { cloneRecord } from '../../values/records/sobject-clone.ts';
import { SObject } from '../../values/records/sobject.ts';
import { textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import { hashOf } from '../core/hash-code.ts';
import { methodsOf, nullArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { isWalked, keySetOf } from './key-set.ts';
import { recordTypeOf } from './record-type.ts';
import { mayChange } from './refusals.ts';

/** Records by their Ids. @throws ApexThrown System.ListException for a row without one and for a second of the same */
function rowsById(rows: ApexList, refuseDuplicates: boolean): (readonly [string, SObject])[] {
  const seen = new Set<string>();
  return rows.items.map((row, index) => {
    if (!(row instanceof SObject)) throw apexError('System.ListException', `Null row at index: ${index}`);
    const id = row.fields.get('Id');
    if (typeof id !== 'string') throw apexError('System.ListException', `Row with null Id at index: ${index}`);
    if (refuseDuplicates && seen.has(id)) {
      throw apexError('System.ListException', `Row with duplicate Id at index: ${index}`);
    }
    seen.add(id);
    return [id, row];
  });
}

/** Entries of a Map or of a list of records. @throws ApexThrown System.NullPointerException for null */
function entriesOf(from: Value | undefined, refuseDuplicates: boolean): (readonly [Value, Value])[] {
  if (from instanceof ApexMap) return from.entries.entries();
  if (from instanceof ApexList) return rowsById(from, refuseDuplicates);
  throw nullArgument();
}

function putAll(run: Run, map: ApexMap, entries: readonly (readonly [Value, Value])[]): ApexMap {
  if (entries.some(([key]) => !map.entries.has(run, key))) mayChange(isWalked(map));
  for (const [key, value] of entries) map.entries.set(run, key, value);
  return map;
}

/** Records are copied whole: the keys of a map of records speak of their Ids. */
function copies(run: Run, map: ApexMap): (readonly [Value, Value])[] {
  const options = { deep: true, preserveId: true };
  return map.entries
    .entries()
    .map(([key, value]) => [key, value instanceof SObject ? cloneRecord(run, value, options) : value]);
}

export const mapClass: NativeClass = {
  name: 'Map',
  construct: (run, [from], type) => {
    const map = new ApexMap(type);
    return from === undefined ? map : putAll(run, map, entriesOf(from, true));
  },
  methods: methodsOf<ApexMap>({
    clear: (_run, self) => {
      mayChange(isWalked(self));
      self.entries.clear();
      return null;
    },
    clone: (run, self) => putAll(run, new ApexMap(self.type), self.entries.entries()),
    containskey: (run, self, [key = null]) => self.entries.has(run, key),
    deepclone: (run, self) => putAll(run, new ApexMap(self.type), copies(run, self)),
    equals: (run, self, [other = null]) => equal(run, self, other),
    get: (run, self, [key = null]) => self.entries.get(run, key) ?? null,
    getsobjecttype: (_run, self) => recordTypeOf(self.type.arguments[1]),
    hashcode: (run, self) => hashOf(run, self),
    isempty: (_run, self) => self.entries.size === 0,
    keyset: (_run, self) => keySetOf(self),
    put: (run, self, [key = null, value = null]) => {
      const former = self.entries.get(run, key) ?? null;
      putAll(run, self, [[key, value]]);
      return former;
    },
    putall: (run, self, [from]) => {
      putAll(run, self, entriesOf(from, false));
      return null;
    },
    remove: (run, self, [key = null]) => {
      if (self.entries.has(run, key)) mayChange(isWalked(self));
      return self.entries.delete(run, key) ?? null;
    },
    size: (_run, self) => self.entries.size,
    tostring: (run, self) => textOf(run, self),
    values: (_run, self) => ApexList.of(self.type.arguments[1] ?? unknownType, self.entries.values()),
  }),
};
