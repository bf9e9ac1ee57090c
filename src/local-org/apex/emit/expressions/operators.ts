import type { BinaryExpression, Expression } from '../../parse/ast/ast-expressions.ts';
import type { Code } from '../../run/frame.ts';
import type { ApexType } from '../../types/type.ts';
import { isPrimitive } from '../../types/type.ts';
import { arithmetic, bitwise, complement, negateNumber } from '../../values/numbers/arithmetic.ts';
import { nullPointer } from '../../library/native.ts';
import { apexError } from '../../values/exception.ts';
import { instantOf, looselyEqual } from '../../values/equality.ts';
import { compareNumbers, isNumber } from '../../values/numbers/numbers.ts';
import { ApexDate, ApexDatetime, ApexTime, msPerDay } from '../../values/temporal.ts';
import { textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import type { Run } from '../../run/run.ts';
import { convertNumber } from '../../values/numbers/arithmetic.ts';

/** Days of a number added to a Date or Datetime; fractions count for a Datetime. */
function shifted(operator: '+' | '-', left: ApexDate | ApexDatetime | ApexTime, right: Value): Value {
  if (!isNumber(right)) throw nullPointer();
  const double = convertNumber(right, 'Double');
  const amount = typeof double === 'object' && 'value' in double ? double.value : Number(right);
  const signed = operator === '+' ? amount : -amount;
  if (left instanceof ApexDate) return new ApexDate(left.days + Math.trunc(signed));
  if (left instanceof ApexDatetime) return new ApexDatetime(left.time + Math.round(signed * msPerDay));
  return new ApexTime((((left.milliseconds + signed) % msPerDay) + msPerDay) % msPerDay);
}

/** `left operator right` for `+ - * /` and the bit operators, on values that are there. */
export function combine(run: Run, operator: string, left: Value, right: Value, isText: boolean): Value {
  if (isText) return textOf(run, left) + textOf(run, right);
  if (left === null || right === null) throw nullPointer();
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
      if (isNumber(left) && isNumber(right)) return arithmetic(operator, left, right);
      if ((operator === '+' || operator === '-') && isTemporal(left)) return shifted(operator, left, right);
      break;
    case '&':
    case '|':
    case '^':
      if (typeof left === 'boolean' && typeof right === 'boolean') {
        return operator === '&' ? left && right : operator === '|' ? left || right : left !== right;
      }
      if (isNumber(left) && isNumber(right)) return bitwise(operator, left, right);
      break;
    case '<<':
    case '>>':
    case '>>>':
      if (isNumber(left) && isNumber(right)) return bitwise(operator, left, right);
      break;
  }
  throw apexError('System.TypeException', `Arithmetic expressions must use numeric arguments`);
}

function isTemporal(value: Value): value is ApexDate | ApexDatetime | ApexTime {
  return value instanceof ApexDate || value instanceof ApexDatetime || value instanceof ApexTime;
}

/**
 * Below 0, 0 or above 0; no number where null is neither less nor greater. Any text is greater than null
 * (Apex Developer Guide, "Expression Operators").
 */
function order(left: Value, right: Value): number {
  if (left === null || right === null) {
    if (typeof left === 'string') return 1;
    return typeof right === 'string' ? -1 : Number.NaN;
  }
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  const [one, other] = [instantOf(left), instantOf(right)];
  if (one !== undefined && other !== undefined) return one - other;
  if (left instanceof ApexTime && right instanceof ApexTime) return left.milliseconds - right.milliseconds;
  throw apexError('System.TypeException', 'Inequality operator not allowed for this type');
}

/** `<` on Strings goes by the characters, without regard to case. */
function compareText(left: string, right: string): number {
  const [one, other] = [left.toLowerCase(), right.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}

const comparisons: Readonly<Record<string, (difference: number) => boolean>> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

function truth(value: Value): boolean {
  if (value === null) throw nullPointer();
  return value === true;
}

function emitEquality(operator: string, left: Code, right: Code): Code {
  switch (operator) {
    case '===':
      return (frame) => left(frame) === right(frame);
    case '!==':
      return (frame) => left(frame) !== right(frame);
    case '==':
      return (frame) => {
        const one = left(frame);
        const other = right(frame);
        return one === other || looselyEqual(frame.run, one, other);
      };
    default:
      return (frame) => {
        const one = left(frame);
        const other = right(frame);
        return one !== other && !looselyEqual(frame.run, one, other);
      };
  }
}

/** Integers need no more than the processor has. */
function emitIntegers(operator: string, left: Code, right: Code): Code | undefined {
  const compute: Readonly<Record<string, (one: number, other: number) => Value>> = {
    '+': (one, other) => (one + other) | 0,
    '-': (one, other) => (one - other) | 0,
  };
  const apply = compute[operator];
  if (apply === undefined) return undefined;
  return (frame) => {
    const one = left(frame);
    const other = right(frame);
    if (typeof one !== 'number' || typeof other !== 'number') throw nullPointer();
    return apply(one, other);
  };
}

/** Whether `+` of the two types joins texts. */
export function joinsText(operator: string, left: ApexType, right: ApexType): boolean {
  return operator === '+' && (isPrimitive(left, 'String', 'Id') || isPrimitive(right, 'String', 'Id'));
}

export function emitBinary(
  expression: BinaryExpression,
  emit: (operand: Expression) => Code,
  typeOf: (operand: Expression) => ApexType,
): Code {
  const { operator } = expression;
  const left = emit(expression.left);
  const right = emit(expression.right);
  if (operator === '&&') return (frame) => truth(left(frame)) && truth(right(frame));
  if (operator === '||') return (frame) => truth(left(frame)) || truth(right(frame));
  if (['==', '!=', '<>', '===', '!=='].includes(operator)) return emitEquality(operator, left, right);
  const [leftType, rightType] = [typeOf(expression.left), typeOf(expression.right)];
  if (isPrimitive(leftType, 'Integer') && isPrimitive(rightType, 'Integer')) {
    const integers = emitIntegers(operator, left, right);
    if (integers !== undefined) return integers;
  }
  const compare = comparisons[operator];
  if (compare !== undefined) {
    return (frame) => {
      const one = left(frame);
      return compare(order(one, right(frame)));
    };
  }
  const isText = joinsText(operator, leftType, rightType);
  return (frame) => {
    const one = left(frame);
    return combine(frame.run, operator, one, right(frame), isText);
  };
}

/** `!x`, `-x`, `+x`, `~x` */
export function emitPrefix(operator: string, operand: Code): Code {
  switch (operator) {
    case '!':
      return (frame) => !truth(operand(frame));
    case '-':
      return (frame) => negateNumber(number(operand(frame)));
    case '~':
      return (frame) => complement(number(operand(frame)));
    default:
      return (frame) => number(operand(frame));
  }
}

function number(value: Value): Exclude<ReturnType<typeof negateNumber>, null> {
  if (value === null || !isNumber(value)) throw nullPointer();
  return value;
}
