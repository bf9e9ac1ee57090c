import type { Expression } from '../../parse/ast/ast-expressions.ts';
import { nullPointer } from '../../library/native.ts';
import type { Code } from '../../run/frame.ts';
import { unknownType } from '../../types/type.ts';
import { ApexValue } from '../../values/value.ts';
import type { Emitter } from '../emitter.ts';

class Skipped extends ApexValue {
  readonly type = unknownType;
}

/** Stands for the value of a chain that a `?.` on null has ended; it never leaves the chain. */
export const skipped: ApexValue = new Skipped();

/** Whether a `?.` somewhere before the end of a dotted chain may end it early. */
export function mayBeSkipped(expression: Expression): boolean {
  for (let at: Expression | undefined = expression; at?.kind === 'field' || at?.kind === 'call'; at = at.target) {
    if (at.safe) return true;
  }
  return false;
}

/** Whole chains give null where a link of theirs was skipped. */
export function closeChain(expression: Expression, code: Code): Code {
  if (!mayBeSkipped(expression)) return code;
  return (frame) => {
    const value = code(frame);
    return value === skipped ? null : value;
  };
}

/**
 * What a link of a chain hangs on: never null; `skipped` where the rest of the chain is to be skipped.
 * @throws ApexThrown System.NullPointerException, when it runs
 */
export function receiver(emitter: Emitter, target: Expression, safe: boolean): Code {
  const code = emitter.link(target);
  return (frame) => {
    const value = code(frame);
    if (value !== null) return value;
    if (safe) return skipped;
    throw nullPointer();
  };
}
