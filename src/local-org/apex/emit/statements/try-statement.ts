import type { Statement } from '../../parse/ast/ast.ts';
import type { Signal, Step } from '../../run/frame.ts';
import { signals } from '../../run/frame.ts';
import { isInstance } from '../../run/runtime-type.ts';
import { noteOrigin } from '../../run/stack-trace.ts';
import { ApexThrown } from '../../values/exception.ts';
import type { BodyEmitter } from '../emitter.ts';
import { typeNamed } from '../emitter.ts';

/** Whether code may go on after an error: limit exceptions and what is no exception of Apex end the transaction. */
function isCatchable(error: unknown): error is ApexThrown {
  return error instanceof ApexThrown && error.catchable;
}

/** `try`, `catch` and `finally`. A `finally` that returns replaces what was on its way. */
export function emitTry(emitter: BodyEmitter, statement: Extract<Statement, { kind: 'try' }>): Step {
  const body = emitter.block(statement.body);
  const catches = statement.catches.map((clause) => {
    const type = typeNamed(emitter, clause.type);
    const slot = emitter.slots.declare(clause.name.text, type);
    const catchBody = emitter.counted.at(clause.body.at.line, () => emitter.block(clause.body));
    return { type, slot, body: catchBody };
  });
  const last = statement.finallyBody === undefined ? undefined : emitter.block(statement.finallyBody);
  const guarded: Step = (frame) => {
    try {
      return body(frame);
    } catch (error) {
      if (!isCatchable(error)) throw error;
      noteOrigin(frame.run, error.exception);
      const clause = catches.find(({ type }) => isInstance(error.exception, type));
      if (clause === undefined) throw error;
      frame.locals[clause.slot] = error.exception;
      return clause.body(frame);
    }
  };
  if (last === undefined) return guarded;
  return (frame) => {
    let signal: Signal;
    try {
      signal = guarded(frame);
    } catch (error) {
      if (!isCatchable(error)) throw error;
      noteOrigin(frame.run, error.exception);
      const ended = last(frame);
      if (ended === signals.next) throw error;
      return ended;
    }
    const { result } = frame;
    const ended = last(frame);
    if (ended !== signals.next) return ended;
    frame.result = result;
    return signal;
  };
}
