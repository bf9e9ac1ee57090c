import { setScale } from '../../values/numbers/decimal-rounding.ts';
import type { RoundingModeName } from '../../values/numbers/decimal-rounding.ts';
import type { Decimal } from '../../values/numbers/decimal.ts';
import { EnumValue } from '../../values/enums/enum-value.ts';
import { apexError } from '../../values/exception.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument } from '../native.ts';

/** The mode that a constant of `System.RoundingMode` names. @throws ApexThrown System.NullPointerException for null */
export function roundingMode(value: Value | undefined): RoundingModeName {
  if (!(value instanceof EnumValue)) throw nullArgument();
  return value.name as RoundingModeName;
}

function integerOf(value: bigint): number {
  if (BigInt.asIntN(32, value) === value) return Number(value);
  throw apexError('System.MathException', `Integer overflow: ${value}`);
}

/**
 * A Long; of what is wider the lowest 64 bits.
 * @throws ApexThrown System.MathException where UNNECESSARY would lose something
 */
export function decimalToLong(value: Decimal, mode: RoundingModeName): bigint {
  return BigInt.asIntN(64, setScale(value, 0, mode).unscaled);
}

/** @throws ApexThrown System.MathException `Integer overflow: x` */
export function decimalToInteger(value: Decimal, mode: RoundingModeName): number {
  return integerOf(setScale(value, 0, mode).unscaled);
}

/** The nearest whole number, the greater one of two that are as near. NaN is 0, what is too wide the limit: as in Java. */
export function doubleToLong(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  const limit = 2n ** 63n;
  if (value >= 2 ** 63) return limit - 1n;
  return value <= -(2 ** 63) ? -limit : BigInt(Math.round(value));
}

/** @throws ApexThrown System.MathException `Integer overflow: x` */
export function doubleToInteger(value: number): number {
  return integerOf(doubleToLong(value));
}
