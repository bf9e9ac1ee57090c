import type { Value } from '../../values/value.ts';
import { apexError } from '../../values/exception.ts';
import { nullArgument } from '../native.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexSet } from '../../values/collections/set.ts';

/** Refuses to add to or take from a collection that a for loop walks. @throws ApexThrown System.FinalException */
export function mayChange(isWalked: boolean): void {
  if (isWalked) throw apexError('System.FinalException', 'Cannot modify a collection while it is being iterated.');
}

/** As `mayChange`, for a list that may be one of a trigger's. @throws ApexThrown System.FinalException */
export function mayChangeList(list: ApexList): void {
  if (list.isReadOnly) throw apexError('System.FinalException', 'Collection is read-only');
  mayChange(list.iterators > 0);
}

/** @throws ApexThrown System.ListException unless 0 <= index < end */
export function within(index: number, end: number): number {
  if (index < 0 || index >= end) throw apexError('System.ListException', `List index out of bounds: ${index}`);
  return index;
}

/** The elements of a List or Set argument. @throws ApexThrown System.NullPointerException for null */
export function itemsArgument(value: Value | undefined): readonly Value[] {
  if (value instanceof ApexList || value instanceof ApexSet) return value.items;
  throw nullArgument();
}
