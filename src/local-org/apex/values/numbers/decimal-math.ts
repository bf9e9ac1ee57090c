import { powerOfTen, precision, roundedQuotient, setScale, withoutTrailingZeros } from './decimal-rounding.ts';
import type { RoundingModeName } from './decimal-rounding.ts';
import { Decimal } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { apexError } from '../exception.ts';
import type { NumberValue } from './numbers.ts';

/** Digits that the quotient of two Decimals has at most: 1/3 has 33 places, 1/31, which begins with 0.0, has 34. */
const quotientDigits = 33;

function divideByZero(): Error {
  return apexError('System.MathException', 'Divide by 0');
}

/** A Double by the shortest digits that name it, a whole one with one place, as Java's `Double.toString` has it. */
function decimalOfDouble(value: number): Decimal {
  if (!Number.isFinite(value)) throw apexError('System.MathException', 'Infinite or NaN');
  const text = String(value);
  return parseDecimal(Number.isInteger(value) && Math.abs(value) < 1e7 ? `${text}.0` : text);
}

/** Any number as a Decimal. @throws ApexThrown System.MathException for a Double that is infinite or no number */
export function decimalOf(value: NumberValue): Decimal {
  if (value instanceof Decimal) return value;
  if (value instanceof ApexDouble) return decimalOfDouble(value.value);
  return new Decimal(BigInt(value), 0);
}

/** Digits, with point and exponent as they may be, e.g. `-1.50`, `1e21`. @throws RangeError for anything else */
export function parseDecimal(text: string): Decimal {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text.trim()) ?? [];
  if (whole === '' && fraction === '') throw new RangeError(`Not a number: ${text}`);
  const unscaled = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? new Decimal(unscaled, scale) : new Decimal(unscaled * powerOfTen(-scale), 0);
}

/** The two as integers of one scale. */
export function aligned(left: Decimal, right: Decimal): { left: bigint; right: bigint; scale: number } {
  const scale = Math.max(left.scale, right.scale);
  return { left: rescaled(left, scale), right: rescaled(right, scale), scale };
}

function rescaled(value: Decimal, scale: number): bigint {
  return value.unscaled * powerOfTen(scale - value.scale);
}

export function compareDecimals(one: Decimal, other: Decimal): number {
  const { left, right } = aligned(one, other);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function addDecimals(one: Decimal, other: Decimal): Decimal {
  const { left, right, scale } = aligned(one, other);
  return new Decimal(left + right, scale);
}

export function subtractDecimals(one: Decimal, other: Decimal): Decimal {
  const { left, right, scale } = aligned(one, other);
  return new Decimal(left - right, scale);
}

export function multiplyDecimals(one: Decimal, other: Decimal): Decimal {
  return new Decimal(one.unscaled * other.unscaled, one.scale + other.scale);
}

/**
 * `one / other` with the digits that are asked for.
 * @throws ApexThrown System.MathException `Divide by 0`
 */
export function divideToScale(one: Decimal, other: Decimal, scale: number, mode: RoundingModeName): Decimal {
  if (other.unscaled === 0n) throw divideByZero();
  const shift = scale - one.scale + other.scale;
  return new Decimal(
    roundedQuotient(one.unscaled * powerOfTen(shift), other.unscaled * powerOfTen(-shift), mode),
    scale,
  );
}

/**
 * `one / other` as the operator gives it: 33 digits, the last one rounded half up, without zeros at the end beyond those
 * that the operands ask for (4.00 / 2 is 2.00, 1.0 / 4 is 0.25).
 * @throws ApexThrown System.MathException `Divide by 0`
 */
export function divideDecimals(one: Decimal, other: Decimal): Decimal {
  if (other.unscaled === 0n) throw divideByZero();
  const preferredScale = Math.max(one.scale - other.scale, 0);
  if (one.unscaled === 0n) return new Decimal(0n, preferredScale);
  // A first quotient of one digit too many, or just enough: the digits before the point are estimated.
  const estimate = quotientDigits - (precision(one) - one.scale) + (precision(other) - other.scale);
  const quotient = divideToScale(one, other, estimate, 'DOWN');
  const scale = estimate - (precision(quotient) - quotientDigits);
  const rounded = divideToScale(one, other, scale, 'HALF_UP');
  // 9.99…95 has become 10.0…: one digit more than allowed, but it is a zero.
  const fitting = precision(rounded) > quotientDigits ? setScale(rounded, scale - 1, 'DOWN') : rounded;
  return withoutTrailingZeros(fitting, preferredScale);
}

export function negateDecimal(value: Decimal): Decimal {
  return new Decimal(-value.unscaled, value.scale);
}

export function absoluteDecimal(value: Decimal): Decimal {
  return value.unscaled < 0n ? negateDecimal(value) : value;
}

/** The nearest 64-bit floating point number. */
export function decimalToHostNumber(value: Decimal): number {
  return Number(`${value.unscaled}e${-value.scale}`);
}

/** The digits before the point. */
export function decimalToBigint(value: Decimal): bigint {
  return setScale(value, 0, 'DOWN').unscaled;
}
