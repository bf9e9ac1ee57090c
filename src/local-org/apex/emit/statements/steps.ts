import type { Expression } from '../../parse/ast/ast-expressions.ts';
import { nullPointer } from '../../library/native.ts';
import type { Frame, Step } from '../../run/frame.ts';
import { signals } from '../../run/frame.ts';
import type { Emitter } from '../emitter.ts';

/** Notes that a statement was reached, for stack traces and the CPU limit. */
export function atStatement(line: number, step: Step): Step {
  return (frame) => {
    frame.line = line;
    frame.run.step();
    return step(frame);
  };
}

/** Evaluates a condition. @throws ApexThrown System.NullPointerException */
export function emitCondition(emitter: Emitter, condition: Expression): (frame: Frame) => boolean {
  const code = emitter.expression(condition);
  return (frame) => {
    const value = code(frame);
    if (value === null) throw nullPointer();
    return value === true;
  };
}

/** Steps one after the other, until one of them ends the rest. */
export function sequence(steps: readonly Step[]): Step {
  const [first, second] = steps;
  if (first === undefined) return () => signals.next;
  if (steps.length === 1) return first;
  if (steps.length === 2 && second !== undefined) {
    return (frame) => {
      const signal = first(frame);
      return signal === signals.next ? second(frame) : signal;
    };
  }
  return (frame) => {
    for (const step of steps) {
      const signal = step(frame);
      if (signal !== signals.next) return signal;
    }
    return signals.next;
  };
}
