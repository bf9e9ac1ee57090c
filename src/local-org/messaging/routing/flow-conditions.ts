import { BooleanFilterError, booleanFilterHolds, parseBooleanFilter } from '../../assignment/boolean-filter.ts';
import { toId18 } from '../../store/record-id.ts';
import { FlowFailure, notUnderstood } from './flow-failure.ts';
import type { FlowValue } from './interview.ts';

/** A condition of a decision or a filter of records, its sides known. */
export interface Comparison {
  readonly operator: string;
  readonly left: FlowValue;
  readonly right: FlowValue;
}

/**
 * Whether an operator holds. Text is compared without case, as queries do it for filters; that decisions do so too is our
 * reading.
 * @throws FlowFailure for operators that are not understood
 */
export function holds({ operator, left, right }: Comparison): boolean {
  switch (operator) {
    case 'EqualTo':
      return same(left, right);
    case 'NotEqualTo':
      return !same(left, right);
    case 'IsNull':
      return (left === null) === (right !== false);
    case 'IsBlank':
      return (left === null || textOf(left).trim() === '') === (right !== false);
    case 'Contains':
      return lower(left).includes(lower(right));
    case 'StartsWith':
      return lower(left).startsWith(lower(right));
    case 'EndsWith':
      return lower(left).endsWith(lower(right));
    case 'GreaterThan':
      return order(left, right) > 0;
    case 'GreaterThanOrEqualTo':
      return order(left, right) >= 0;
    case 'LessThan':
      return order(left, right) < 0;
    case 'LessThanOrEqualTo':
      return order(left, right) <= 0;
    default:
      throw notUnderstood(`operator ${operator}`);
  }
}

/**
 * Whether conditions hold together.
 * @param logic `and`, `or`, or their numbers as in `1 AND (2 OR 3)`
 */
export function logicHolds(logic: string, conditions: readonly (() => boolean)[]): boolean {
  const word = logic.toLowerCase();
  if (word === 'and') return conditions.every((condition) => condition());
  if (word === 'or') return conditions.some((condition) => condition());
  try {
    return booleanFilterHolds(
      parseBooleanFilter(logic, conditions.length),
      (item) => conditions[item - 1]?.() === true,
    );
  } catch (error) {
    if (error instanceof BooleanFilterError) throw new FlowFailure(error.message);
    throw error;
  }
}

function same(left: FlowValue, right: FlowValue): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === 'number' || typeof right === 'number') return Number(left) === Number(right);
  const [one, other] = [textOf(left), textOf(right)];
  // An id of 15 characters is that of 18.
  return lower(left) === lower(right) || (toId18(one) !== undefined && toId18(one) === toId18(other));
}

/** Negative, zero or positive; NaN, for which nothing holds, where there is no order. */
function order(left: FlowValue, right: FlowValue): number {
  if (left === null || right === null) return Number.NaN;
  if (typeof left === 'number' || typeof right === 'number') return Number(left) - Number(right);
  const [one, other] = [lower(left), lower(right)];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function lower(value: FlowValue): string {
  return textOf(value).toLowerCase();
}

function textOf(value: FlowValue): string {
  if (value === null) return '';
  if (typeof value === 'object') throw new FlowFailure('A record cannot be compared.');
  return String(value);
}
