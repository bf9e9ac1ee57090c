import { isComparable } from './conversion.ts';
import type { ApexType } from './type.ts';
import { isNumeric, isPrimitive, primitives, unknownType } from './type.ts';

/** The type of an operation, or Salesforce's words why there is none. */
export type OperationResult = { readonly type: ApexType } | { readonly problem: string };

const arithmeticProblem = 'Arithmetic expressions must use numeric arguments';

function promote(left: ApexType, right: ApexType): ApexType {
  for (const wider of ['Decimal', 'Double', 'Long'] as const) {
    if (isPrimitive(left, wider) || isPrimitive(right, wider)) return primitives[wider];
  }
  return primitives.Integer;
}

function shiftDate(left: ApexType, right: ApexType): OperationResult | undefined {
  if (isPrimitive(left, 'Date')) {
    const fits = isPrimitive(right, 'Integer', 'Long');
    return fits ? { type: left } : { problem: 'Date expressions must use Integer or Long' };
  }
  if (isPrimitive(left, 'Datetime')) {
    return isNumeric(right)
      ? { type: left }
      : { problem: 'Date/time expressions must use Integer or Double or Decimal' };
  }
  if (isPrimitive(left, 'Time')) {
    const fits = isPrimitive(right, 'Integer', 'Long');
    return fits ? { type: left } : { problem: 'Time expressions must use Integer or Long' };
  }
  return undefined;
}

function arithmetic(operator: string, left: ApexType, right: ApexType): OperationResult {
  if (left.kind === 'void' || right.kind === 'void')
    return { problem: 'Arithmetic expressions are not allowed on void types' };
  if (operator === '+' && (isPrimitive(left, 'String') || isPrimitive(right, 'String')))
    return { type: primitives.String };
  // An Id joins to text with + as a String does.
  if (operator === '+' && (isPrimitive(left, 'Id') || isPrimitive(right, 'Id'))) return { type: primitives.String };
  if (left.kind === 'unknown' || right.kind === 'unknown') return { type: unknownType };
  const shifted = operator === '+' || operator === '-' ? shiftDate(left, right) : undefined;
  if (shifted !== undefined) return shifted;
  return isNumeric(left) && isNumeric(right) ? { type: promote(left, right) } : { problem: arithmeticProblem };
}

function bitwise(operator: string, left: ApexType, right: ApexType): OperationResult {
  if (left.kind === 'unknown' || right.kind === 'unknown') return { type: unknownType };
  if (isPrimitive(left, 'Boolean') && isPrimitive(right, 'Boolean')) return { type: primitives.Boolean };
  if (isPrimitive(left, 'Integer', 'Long') && isPrimitive(right, 'Integer', 'Long'))
    return { type: promote(left, right) };
  return {
    problem: `${operator} operator can only be applied to Boolean expressions or to Integer or Long expressions`,
  };
}

function shift(operator: string, left: ApexType, right: ApexType): OperationResult {
  if (left.kind === 'unknown' || right.kind === 'unknown') return { type: unknownType };
  const fits = isPrimitive(left, 'Integer', 'Long') && isPrimitive(right, 'Integer', 'Long');
  return fits ? { type: left } : { problem: `${operator} operation can only be applied to Integer or Long types` };
}

function logical(left: ApexType, right: ApexType): OperationResult {
  const fits = [left, right].every((one) => one.kind === 'unknown' || isPrimitive(one, 'Boolean'));
  return fits ? { type: primitives.Boolean } : { problem: 'Logical operator can only be applied to Boolean' };
}

function equality(left: ApexType, right: ApexType): OperationResult {
  const fits = left.kind === 'unknown' || right.kind === 'unknown' || isComparable(left, right);
  return fits
    ? { type: primitives.Boolean }
    : { problem: `Comparison arguments must be compatible types: ${left.name}, ${right.name}` };
}

/** `===` asks whether two references are one object; values of primitives are not references. */
function identity(left: ApexType, right: ApexType): OperationResult {
  const compared = equality(left, right);
  if ('problem' in compared || left.kind !== 'primitive' || isPrimitive(left, 'Object')) return compared;
  return { problem: `Exact equality operator only allowed for reference types: ${left.name}` };
}

function isOrdered(type: ApexType): boolean {
  return type.kind === 'unknown' || isNumeric(type) || isPrimitive(type, 'String', 'Id', 'Date', 'Datetime', 'Time');
}

/** Date and Datetime order against each other, as numbers of any width do. */
function inequality(left: ApexType, right: ApexType): OperationResult {
  const fits =
    left.kind === 'unknown' ||
    right.kind === 'unknown' ||
    (left.kind !== 'null' && right.kind !== 'null' && isComparable(left, right)) ||
    (isPrimitive(left, 'Date', 'Datetime') && isPrimitive(right, 'Date', 'Datetime'));
  if (!fits) return { problem: `Comparison arguments must be compatible types: ${left.name}, ${right.name}` };
  const unordered = [left, right].find((one) => !isOrdered(one));
  return unordered === undefined
    ? { type: primitives.Boolean }
    : { problem: `Inequality operator not allowed for this type: ${unordered.name}` };
}

/** The type of `left operator right`, with Apex's rules of promotion. */
export function binaryType(operator: string, left: ApexType, right: ApexType): OperationResult {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
      return arithmetic(operator, left, right);
    case '&':
    case '|':
    case '^':
      return bitwise(operator, left, right);
    case '<<':
    case '>>':
    case '>>>':
      return shift(operator, left, right);
    case '&&':
    case '||':
      return logical(left, right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return inequality(left, right);
    case '===':
    case '!==':
      return identity(left, right);
    default:
      return equality(left, right);
  }
}

/** The type of `!x`, `-x`, `+x`, `~x`, `++x`, `--x`. */
export function prefixType(operator: string, operand: ApexType): OperationResult {
  if (operand.kind === 'unknown') return { type: unknownType };
  switch (operator) {
    case '!':
      return isPrimitive(operand, 'Boolean')
        ? { type: primitives.Boolean }
        : { problem: '! operator can only be applied to boolean expressions' };
    case '~':
      return isPrimitive(operand, 'Integer', 'Long')
        ? { type: operand }
        : { problem: `Invalid type for bitwise negate: ${operand.name}` };
    case '++':
    case '--': {
      const name = operator === '++' ? 'increment' : 'decrement';
      return isNumeric(operand)
        ? { type: operand }
        : { problem: `Unary prefix ${name} can only be applied to numeric expressions: ${operand.name}` };
    }
    default:
      return isNumeric(operand) ? { type: operand } : { problem: 'Unary negation must use a numeric argument' };
  }
}
