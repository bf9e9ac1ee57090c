import { platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { isAssignable } from '../../types/conversion.ts';
import { EnumValue } from '../../values/enums/enum-value.ts';
import { instantOf } from '../../values/equality.ts';
import { apexError } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import { compareNumbers, isNumber } from '../../values/numbers/numbers.ts';
import { SObject } from '../../values/records/sobject.ts';
import { ApexTime } from '../../values/temporal.ts';
import type { Value } from '../../values/value.ts';

function notComparable(): Error {
  return apexError('System.ListException', 'One or more of the items in this list is not Comparable.');
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareInstances(run: Run, left: Instance, right: Value): number {
  if (!isAssignable(left.type, platformType('System.Comparable'))) throw notComparable();
  const result = run.invoke(left, 'compareTo', [right]);
  return typeof result === 'number' ? result : 0;
}

function labelOf(run: Run, record: SObject): string {
  return run.org.schema().data.object(record.type.name)?.label ?? record.type.name;
}

/** Names of the fields that either record has, in the order in which they decide: standard before custom, by alphabet. */
function decidingFields(left: SObject, right: SObject): string[] {
  const names = new Set([...left.fields.keys(), ...right.fields.keys()]);
  names.delete('Id');
  names.delete('Name');
  const isCustom = (name: string): boolean => name.endsWith('__c');
  return Array.from(names).toSorted((a, b) => Number(isCustom(a)) - Number(isCustom(b)) || compareTexts(a, b));
}

/** Order of records (Apex Developer Guide, "Sorting Lists"): label of the object, Name, standard fields, custom fields. */
function compareRecords(run: Run, left: SObject, right: SObject): number {
  const byLabel = compareTexts(labelOf(run, left), labelOf(run, right));
  if (byLabel !== 0) return byLabel;
  for (const name of ['Name', ...decidingFields(left, right)]) {
    const [one = null, other = null] = [left.fields.get(name), right.fields.get(name)];
    const isPlain = (value: Value): boolean => !(value instanceof SObject) && ordinary(value, value) !== undefined;
    if ((one !== null && !isPlain(one)) || (other !== null && !isPlain(other))) continue;
    const order = compareValues(run, one, other);
    if (order !== 0) return order;
  }
  return 0;
}

/** The order of two values that are neither records nor the customer's; undefined where they have none. */
function ordinary(left: Value, right: Value): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (left instanceof EnumValue && right instanceof EnumValue && left.type.key === right.type.key) {
    return left.ordinal - right.ordinal;
  }
  if (left instanceof ApexTime && right instanceof ApexTime) return left.milliseconds - right.milliseconds;
  const [from, to] = [instantOf(left), instantOf(right)];
  return from === undefined || to === undefined ? undefined : from - to;
}

/**
 * The order `List.sort()` brings values into: null first, text by code unit, enums by their declaration, instances by
 * `compareTo`, records by their fields.
 * @throws ApexThrown System.ListException where the values have no order
 */
export function compareValues(run: Run, left: Value, right: Value): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (left instanceof Instance) return compareInstances(run, left, right);
  if (left instanceof SObject && right instanceof SObject) return compareRecords(run, left, right);
  const order = ordinary(left, right);
  if (order === undefined) throw notComparable();
  return order;
}
