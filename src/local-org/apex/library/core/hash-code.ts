import type { Run } from '../../run/run.ts';
import { ApexBlob } from '../../values/blob.ts';
import { Decimal } from '../../values/numbers/decimal.ts';
import { ApexDouble } from '../../values/numbers/double.ts';
import { EnumValue } from '../../values/enums/enum-value.ts';
import { Instance } from '../../values/instance.ts';
import { identityOf } from '../../values/collections/key.ts';
import { ApexList } from '../../values/collections/list.ts';
import { ApexMap } from '../../values/collections/map.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { SObject } from '../../values/records/sobject.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../../values/temporal.ts';
import { TypeValue } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';

/** As Java folds the parts of a thing, in order, into 32 bits. */
function folded(parts: Iterable<number>, start: number): number {
  let hash = start;
  for (const part of parts) hash = (Math.imul(hash, 31) + part) | 0;
  return hash;
}

/** `String.hashCode()`, which is Java's. */
export function textHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

function longHash(value: bigint): number {
  return Number(BigInt.asIntN(32, value ^ (value >> 32n)));
}

function doubleHash(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getInt32(0) ^ view.getInt32(4);
}

function decimalHash({ unscaled, scale }: Decimal): number {
  const size = unscaled < 0n ? -unscaled : unscaled;
  const words: number[] = [];
  for (let rest = size; rest > 0n; rest >>= 32n) words.unshift(Number(BigInt.asIntN(32, rest)));
  const hash = folded(words, 0);
  return (Math.imul(31, unscaled < 0n ? -hash : hash) + scale) | 0;
}

function sum(parts: Iterable<number>): number {
  let total = 0;
  for (const part of parts) total = (total + part) | 0;
  return total;
}

function recordHash(run: Run, record: SObject): number {
  const fields = Array.from(record.fields, ([name, value]) => textHash(name) ^ hashOf(run, value));
  return (textHash(record.type.key) + sum(fields)) | 0;
}

function ownHash(run: Run, instance: Instance): number {
  if (!run.hasMethod(instance, 'hashCode', 0)) return identityOf(instance);
  const hash = run.invoke(instance, 'hashCode', []);
  return typeof hash === 'number' ? hash : 0;
}

/** `value.hashCode()`: values that are equal have the same; 0 for null. */
export function hashOf(run: Run, value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return longHash(value);
  if (typeof value === 'string') return textHash(value);
  if (value instanceof ApexDouble) return doubleHash(value.value);
  if (value instanceof Decimal) return decimalHash(value);
  if (value instanceof ApexDate) return longHash(BigInt(value.days));
  if (value instanceof ApexDatetime) return longHash(BigInt(value.time));
  if (value instanceof ApexTime) return value.milliseconds;
  if (value instanceof ApexBlob) return folded(value.bytes, 1);
  if (value instanceof EnumValue) return textHash(value.name);
  if (value instanceof TypeValue) return textHash(value.of.key);
  if (value instanceof SObject) return recordHash(run, value);
  if (value instanceof Instance) return ownHash(run, value);
  const hash = (item: Value): number => hashOf(run, item);
  if (value instanceof ApexList) return folded(value.items.map(hash), 1);
  if (value instanceof ApexSet) return sum(value.items.map(hash));
  if (value instanceof ApexMap) return sum(value.entries.entries().map(([key, item]) => hash(key) ^ hash(item)));
  return identityOf(value);
}
