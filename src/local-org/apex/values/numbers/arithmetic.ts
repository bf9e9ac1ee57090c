import {
  addDecimals,
  decimalOf,
  decimalToBigint,
  decimalToHostNumber,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  subtractDecimals,
} from './decimal-math.ts';
import { Decimal } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { apexError } from '../exception.ts';
import type { NumberValue } from './numbers.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type BitwiseOperator = '&' | '|' | '^' | '<<' | '>>' | '>>>';
export type NumberTypeName = 'Integer' | 'Long' | 'Double' | 'Decimal';

const divideByZero = (): Error => apexError('System.MathException', 'Divide by 0');

/** Cuts a whole number to the 32 bits of an Integer. */
function toInteger(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

/** Cuts a whole number to the 64 bits of a Long. */
function toLong(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** The whole part of a double within the range of a type of so many bits, as Java narrows; what is no number is 0. */
function narrowed(value: number, bits: 32 | 64): bigint {
  if (Number.isNaN(value)) return 0n;
  const limit = 2n ** BigInt(bits - 1);
  if (value >= Number(limit)) return limit - 1n;
  return value <= -Number(limit) ? -limit : BigInt(Math.trunc(value));
}

function wholeOf(value: NumberValue, bits: 32 | 64): bigint {
  if (value instanceof ApexDouble) return narrowed(value.value, bits);
  return value instanceof Decimal ? decimalToBigint(value) : BigInt(value);
}

function hostNumberOf(value: NumberValue): number {
  if (value instanceof ApexDouble) return value.value;
  return value instanceof Decimal ? decimalToHostNumber(value) : Number(value);
}

/**
 * A number as one of another type, implicitly or by a cast. Narrowing drops what is behind the point; a Long or Decimal
 * too wide keeps its lowest bits, a Double too wide becomes the largest or smallest value of the type.
 * @throws ApexThrown System.MathException for a Double that is infinite or no number, to Decimal
 */
export function convertNumber(value: NumberValue, to: NumberTypeName): NumberValue {
  switch (to) {
    case 'Integer':
      return typeof value === 'number' ? value : toInteger(wholeOf(value, 32));
    case 'Long':
      return typeof value === 'bigint' ? value : toLong(wholeOf(value, 64));
    case 'Double':
      return value instanceof ApexDouble ? value : new ApexDouble(hostNumberOf(value));
    case 'Decimal':
      return decimalOf(value);
    default:
      throw new Error(`Not a type of numbers: ${String(to satisfies never)}`);
  }
}

function integerArithmetic(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return (left + right) | 0;
    case '-':
      return (left - right) | 0;
    case '*':
      return Math.imul(left, right);
    default:
      if (right === 0) throw divideByZero();
      return (left / right) | 0;
  }
}

function longArithmetic(operator: ArithmeticOperator, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return toLong(left + right);
    case '-':
      return toLong(left - right);
    case '*':
      return toLong(left * right);
    default:
      if (right === 0n) throw divideByZero();
      return toLong(left / right);
  }
}

function doubleArithmetic(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      if (right === 0) throw divideByZero();
      return left / right;
  }
}

const decimalArithmetic = {
  '+': addDecimals,
  '-': subtractDecimals,
  '*': multiplyDecimals,
  '/': divideDecimals,
} satisfies Record<ArithmeticOperator, unknown>;

/**
 * `left operator right` in the wider type of the two: Integer, Long, Double, Decimal. Integers and Longs wrap around.
 * @throws ApexThrown System.MathException `Divide by 0`
 */
export function arithmetic(operator: ArithmeticOperator, left: NumberValue, right: NumberValue): NumberValue {
  if (typeof left === 'number' && typeof right === 'number') return integerArithmetic(operator, left, right);
  if (left instanceof Decimal || right instanceof Decimal)
    return decimalArithmetic[operator](decimalOf(left), decimalOf(right));
  if (left instanceof ApexDouble || right instanceof ApexDouble)
    return new ApexDouble(doubleArithmetic(operator, hostNumberOf(left), hostNumberOf(right)));
  return longArithmetic(operator, BigInt(left), BigInt(right));
}

/** `-value`; the smallest Integer and the smallest Long stay what they are. */
export function negateNumber(value: NumberValue): NumberValue {
  if (value instanceof Decimal) return negateDecimal(value);
  if (value instanceof ApexDouble) return new ApexDouble(-value.value);
  return typeof value === 'number' ? -value | 0 : toLong(-value);
}

/** An Integer or a Long. @throws ApexThrown System.TypeException for other numbers, which the compiler lets through as Object */
function bitsOf(value: NumberValue): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw apexError('System.TypeException', 'Bitwise operators can only be applied to Integer or Long');
}

/** Shifts have the type of their left side; of the distance only the lowest bits count, as in Java. */
function shifted(operator: '<<' | '>>' | '>>>', left: number | bigint, distance: number | bigint): number | bigint {
  if (typeof left === 'number') {
    const places = toInteger(BigInt(distance)) & 31;
    if (operator === '<<') return left << places;
    return operator === '>>' ? left >> places : (left >>> places) | 0;
  }
  const places = BigInt.asUintN(6, BigInt(distance));
  if (operator === '<<') return toLong(left << places);
  return operator === '>>' ? left >> places : toLong(BigInt.asUintN(64, left) >> places);
}

/**
 * `&`, `|`, `^` in the wider type of the two, and shifts in the type of the left one.
 * @throws ApexThrown System.TypeException for what is neither Integer nor Long
 */
export function bitwise(operator: BitwiseOperator, left: NumberValue, right: NumberValue): number | bigint {
  const [one, other] = [bitsOf(left), bitsOf(right)];
  if (operator === '<<' || operator === '>>' || operator === '>>>') return shifted(operator, one, other);
  if (typeof one === 'number' && typeof other === 'number') {
    if (operator === '&') return one & other;
    return operator === '|' ? one | other : one ^ other;
  }
  const [long, otherLong] = [BigInt(one), BigInt(other)];
  if (operator === '&') return long & otherLong;
  return operator === '|' ? long | otherLong : long ^ otherLong;
}

/** `~value` @throws ApexThrown System.TypeException for what is neither Integer nor Long */
export function complement(value: NumberValue): number | bigint {
  const bits = bitsOf(value);
  return typeof bits === 'number' ? ~bits : ~bits;
}
