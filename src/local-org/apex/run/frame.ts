import type { Value } from '../values/value.ts';
import type { MethodCode } from './code.ts';
import type { Transaction } from './transaction.ts';

/** One call of a method that is under way. */
export interface Frame {
  readonly run: Transaction;
  readonly code: MethodCode;
  /** `this`; null in static code. */
  readonly self: Value;
  readonly locals: Value[];
  /** 1-based; of what is executed at this moment. */
  line: number;
  /** What `return` gave. */
  result: Value;
}

/** An expression, ready to run. */
export type Code = (frame: Frame) => Value;

/** How a statement ended. */
export const signals = { next: 0, break: 1, continue: 2, return: 3 } as const;
export type Signal = (typeof signals)[keyof typeof signals];

/** A statement, ready to run. */
export type Step = (frame: Frame) => Signal;
