import type { Expression } from '../../parse/ast-expressions.ts';
import { nullPointer } from '../../library/native.ts';
import type { Frame, Step } from '../../run/frame.ts';
import { signals } from '../../run/frame.ts';
import type { Emitter } from '../emitter.ts';

/** Notes that a line was reached: for stack traces, coverage and the CPU limit. */
export function atStatement(emitter: Emitter, line: number, counts: boolean, step: Step): Step {
  const { code } = emitter;
  if (counts && !code.isTest) code.lines.add(line);
  const isCounted = counts && !code.isTest;
  return (frame) => {
    frame.line = line;
    const { run } = frame;
    run.step();
    if (isCounted && run.hits !== undefined) {
      let hits = run.hits.get(code);
      if (hits === undefined) {
        hits = new Map();
        run.hits.set(code, hits);
      }
      hits.set(line, (hits.get(line) ?? 0) + 1);
    }
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
