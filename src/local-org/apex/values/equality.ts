import type { Run } from '../run/run.ts';
import { compareNumbers, isNumber } from './numbers/numbers.ts';
import { ApexBlob } from './blob.ts';
import { Instance } from './instance.ts';
import { ApexList } from './collections/list.ts';
import { ApexMap } from './collections/map.ts';
import { ApexSet } from './collections/set.ts';
import { SObject } from './records/sobject.ts';
import { ApexDate, ApexDatetime, ApexTime, msPerDay } from './temporal.ts';
import { TypeValue } from './tokens.ts';
import type { Value } from './value.ts';

function listsEqual(run: Run, left: readonly Value[], right: readonly Value[], textEqual: TextEqual): boolean {
  return left.length === right.length && left.every((item, index) => same(run, item, right[index] ?? null, textEqual));
}

function recordsEqual(run: Run, left: SObject, right: SObject): boolean {
  if (left.type.key !== right.type.key) return false;
  const names = new Set([...left.fields.keys(), ...right.fields.keys()]);
  return Array.from(names).every((name) =>
    same(run, left.fields.get(name) ?? null, right.fields.get(name) ?? null, exactly),
  );
}

function mapsEqual(run: Run, left: ApexMap, right: ApexMap): boolean {
  if (left.entries.size !== right.entries.size) return false;
  return left.entries.entries().every(([key, value]) => {
    const other = right.entries.get(run, key);
    return other !== undefined && same(run, value, other, exactly);
  });
}

/** Milliseconds of a Date or Datetime: the two compare with each other. */
export function instantOf(value: Value): number | undefined {
  if (value instanceof ApexDatetime) return value.time;
  return value instanceof ApexDate ? value.days * msPerDay : undefined;
}

type TextEqual = (left: string, right: string) => boolean;
const exactly: TextEqual = (left, right) => left === right;
/** `==` on Strings ignores case; 15- and 18-character ids of one record are equal. */
const ignoringCase: TextEqual = (left, right) =>
  left === right || (left.length === right.length && left.toLowerCase() === right.toLowerCase());

function same(run: Run, left: Value, right: Value, textEqual: TextEqual): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (typeof left === 'string' && typeof right === 'string') return textEqual(left, right);
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  const instant = instantOf(left);
  if (instant !== undefined) return instant === instantOf(right);
  if (left instanceof ApexTime) return right instanceof ApexTime && left.milliseconds === right.milliseconds;
  if (left instanceof ApexBlob) return right instanceof ApexBlob && Buffer.from(left.bytes).equals(right.bytes);
  if (left instanceof ApexList) return right instanceof ApexList && listsEqual(run, left.items, right.items, textEqual);
  if (left instanceof ApexSet) {
    return (
      right instanceof ApexSet &&
      left.entries.size === right.entries.size &&
      left.items.every((item) => right.entries.has(run, item))
    );
  }
  if (left instanceof ApexMap) return right instanceof ApexMap && mapsEqual(run, left, right);
  if (left instanceof SObject) return right instanceof SObject && recordsEqual(run, left, right);
  if (left instanceof TypeValue) return right instanceof TypeValue && left.of.key === right.of.key;
  if (left instanceof Instance && run.hasMethod(left, 'equals', 1)) return run.invoke(left, 'equals', [right]) === true;
  return false;
}

/** `left == right` */
export function looselyEqual(run: Run, left: Value, right: Value): boolean {
  return same(run, left, right, ignoringCase);
}

/** `left.equals(right)`, and what assertions and collections compare by: text by case. */
export function equal(run: Run, left: Value, right: Value): boolean {
  return same(run, left, right, exactly);
}
