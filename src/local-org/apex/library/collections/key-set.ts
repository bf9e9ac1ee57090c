import { platformType } from '../../platform/platform.ts';
import { classType, unknownType } from '../../types/type.ts';
import type { KeyedEntries } from '../../values/collections/keyed.ts';
import type { ApexMap } from '../../values/collections/map.ts';
import { ApexSet } from '../../values/collections/set.ts';

/** What `Map.keySet()` gives: no copy but a look at the map's own keys. Taking one out takes it from the map. */
export class KeySet extends ApexSet {
  override readonly entries: KeyedEntries;

  constructor(map: ApexMap) {
    super(classType(platformType('Set').symbol, [map.type.arguments[0] ?? unknownType]));
    this.entries = map.entries;
  }
}

const views = new WeakMap<ApexMap, KeySet>();

/** The one key set of a map, so that the map knows whether its keys are being iterated over. */
export function keySetOf(map: ApexMap): KeySet {
  let view = views.get(map);
  if (view === undefined) {
    view = new KeySet(map);
    views.set(map, view);
  }
  return view;
}

/** Whether a loop walks the keys of a map at this moment. */
export function isWalked(map: ApexMap): boolean {
  return (views.get(map)?.iterators ?? 0) > 0;
}
