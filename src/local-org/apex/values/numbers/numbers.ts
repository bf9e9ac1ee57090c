import { compareDecimals, decimalOf } from './decimal-math.ts';
import { Decimal } from './decimal.ts';
import { ApexDouble } from './double.ts';
import type { Value } from '../value.ts';

/** Integer, Long, Double or Decimal. */
export type NumberValue = number | bigint | ApexDouble | Decimal;

export function isNumber(value: Value): value is NumberValue {
  return (
    typeof value === 'number' || typeof value === 'bigint' || value instanceof ApexDouble || value instanceof Decimal
  );
}

/** Below 0, 0 or above 0, whatever the widths of the two. */
export function compareNumbers(left: NumberValue, right: NumberValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (left instanceof Decimal || right instanceof Decimal) return compareDecimals(decimalOf(left), decimalOf(right));
  if (left instanceof ApexDouble || right instanceof ApexDouble) return hostNumber(left) - hostNumber(right);
  return left < right ? -1 : left > right ? 1 : 0;
}

function hostNumber(value: NumberValue): number {
  if (value instanceof ApexDouble) return value.value;
  return value instanceof Decimal ? Number.NaN : Number(value);
}
