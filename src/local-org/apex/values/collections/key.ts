import type { Run } from '../../run/run.ts';
import { ApexDouble } from '../numbers/double.ts';
import { Decimal } from '../numbers/decimal.ts';
import { EnumValue } from '../enums/enum-value.ts';
import { Instance } from '../instance.ts';
import { ApexBlob } from '../blob.ts';
import { SObject } from '../records/sobject.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../temporal.ts';
import { TypeValue } from '../tokens.ts';
import type { Value } from '../value.ts';

/** Sets a key's kind apart from a string that reads the same. */
function tagged(kind: string, text: string): string {
  return `\u0000${kind}${text}`;
}

function keyOfRecord(run: Run, record: SObject): string {
  const parts = Array.from(record.fields, ([name, value]) => `${name}=${keyText(run, value)}`);
  return tagged('o', `${record.type.key};${parts.sort().join('\u0001')}`);
}

function keyText(run: Run, value: Value): string {
  const key = keyOf(run, value, () => []);
  return typeof key === 'object' && key !== null
    ? tagged('ref', String(identityOf(key)))
    : `${typeof key}:${String(key)}`;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** A number for an object, the same as long as it lives. */
export function identityOf(value: object): number {
  const known = identities.get(value);
  if (known !== undefined) return known;
  lastIdentity += 1;
  identities.set(value, lastIdentity);
  return lastIdentity;
}

/** An instance that says itself what it equals is looked for among those that are there. */
function keyOfInstance(run: Run, value: Instance, present: () => Iterable<Value>): Instance {
  if (!run.hasMethod(value, 'equals', 1) || !run.hasMethod(value, 'hashCode', 0)) return value;
  const hash = run.invoke(value, 'hashCode', []);
  for (const other of present()) {
    if (!(other instanceof Instance) || !run.hasMethod(other, 'hashCode', 0)) continue;
    if (run.invoke(other, 'hashCode', []) === hash && run.invoke(value, 'equals', [other]) === true) return other;
  }
  return value;
}

/**
 * What a JavaScript Map can tell keys of sets and maps apart by: two values have the same key exactly when Apex takes
 * them for the same element. Strings are told apart by case.
 */
export function keyOf(run: Run, value: Value, present: () => Iterable<Value>): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Decimal) return tagged('d', `${value.unscaled}/${value.scale}`);
  if (value instanceof ApexDouble) return tagged('f', String(value.value));
  if (value instanceof ApexDate) return tagged('date', String(value.days));
  if (value instanceof ApexDatetime) return tagged('time', String(value.time));
  if (value instanceof ApexTime) return tagged('clock', String(value.milliseconds));
  if (value instanceof ApexBlob) return tagged('blob', Buffer.from(value.bytes).toString('base64'));
  if (value instanceof SObject) return keyOfRecord(run, value);
  const parts = value.keyParts?.((one) => keyText(run, one));
  if (parts !== undefined) return tagged('', parts);
  if (value instanceof EnumValue) return value;
  if (value instanceof TypeValue) return tagged('type', value.of.key);
  return value instanceof Instance ? keyOfInstance(run, value, present) : value;
}
