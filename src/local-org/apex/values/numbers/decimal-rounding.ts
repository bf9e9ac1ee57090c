import { Decimal } from './decimal.ts';
import { apexError } from '../exception.ts';

/** The constants of `System.RoundingMode`. */
export type RoundingModeName =
  | 'CEILING'
  | 'DOWN'
  | 'FLOOR'
  | 'HALF_DOWN'
  | 'HALF_EVEN'
  | 'HALF_UP'
  | 'UNNECESSARY'
  | 'UP';

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** 10^`exponent`; 1 for an exponent below 0. */
export function powerOfTen(exponent: number): bigint {
  return exponent > 0 ? 10n ** BigInt(exponent) : 1n;
}

/** Whether what was cut off makes the last digit that stays go away from zero. `half`: the rest against a half. */
function goesUp(mode: RoundingModeName, negative: boolean, half: -1 | 0 | 1, odd: boolean): boolean {
  switch (mode) {
    case 'UP':
      return true;
    case 'DOWN':
      return false;
    case 'CEILING':
      return !negative;
    case 'FLOOR':
      return negative;
    case 'HALF_UP':
      return half >= 0;
    case 'HALF_DOWN':
      return half > 0;
    case 'HALF_EVEN':
      return half > 0 || (half === 0 && odd);
    case 'UNNECESSARY':
      throw apexError('System.MathException', 'Rounding necessary');
    default:
      throw new Error(`Not a rounding mode: ${String(mode satisfies never)}`);
  }
}

/** `dividend / divisor` as a whole number. @throws ApexThrown System.MathException where UNNECESSARY would lose something */
export function roundedQuotient(dividend: bigint, divisor: bigint, mode: RoundingModeName): bigint {
  const quotient = dividend / divisor;
  const rest = magnitude(dividend % divisor);
  if (rest === 0n) return quotient;
  const negative = dividend < 0n !== divisor < 0n;
  const twice = rest * 2n - magnitude(divisor);
  const up = goesUp(mode, negative, twice < 0n ? -1 : twice === 0n ? 0 : 1, quotient % 2n !== 0n);
  if (!up) return quotient;
  return negative ? quotient - 1n : quotient + 1n;
}

/**
 * The value with `scale` digits after the point; a negative scale rounds before it.
 * @throws ApexThrown System.MathException where UNNECESSARY would lose something
 */
export function setScale(value: Decimal, scale: number, mode: RoundingModeName): Decimal {
  if (scale === value.scale) return value;
  const less = value.scale - scale;
  return new Decimal(
    less > 0 ? roundedQuotient(value.unscaled, powerOfTen(less), mode) : value.unscaled * powerOfTen(-less),
    scale,
  );
}

/** Number of digits, 1 for zero. */
export function precision(value: Decimal): number {
  return magnitude(value.unscaled).toString().length;
}

/** Takes zeros off the end as long as the scale stays at or above `least`. */
export function withoutTrailingZeros(value: Decimal, least = Number.NEGATIVE_INFINITY): Decimal {
  if (value.unscaled === 0n) return new Decimal(0n, Math.min(value.scale, Math.max(0, least)));
  let { unscaled, scale } = value;
  while (scale > least && unscaled % 10n === 0n) {
    unscaled /= 10n;
    scale -= 1;
  }
  return new Decimal(unscaled, scale);
}
