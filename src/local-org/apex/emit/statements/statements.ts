import type { Block, DmlStatement, LocalVariables, Statement } from '../../parse/ast.ts';
import type { Expression } from '../../parse/ast-expressions.ts';
import { executeStatement } from '../../database/dml/dml-statement.ts';
import { nullPointer } from '../../library/native.ts';
import { runAs } from '../../run/calls/run-as.ts';
import type { Step } from '../../run/frame.ts';
import { signals } from '../../run/frame.ts';
import { ApexThrown, ExceptionValue } from '../../values/exception.ts';
import { converted, singleRow } from '../expressions/conversions.ts';
import { countsForCoverage } from './coverage-lines.ts';
import type { BodyEmitter } from '../emitter.ts';
import { missing, typeNamed, typeOf } from '../emitter.ts';
import { emitFor, emitForEach, emitWhile } from './loops.ts';
import { emitSwitch } from './switch-statement.ts';
import { emitTry } from './try-statement.ts';
import { atStatement, emitCondition, sequence } from './steps.ts';

function emitLocals(emitter: BodyEmitter, statement: LocalVariables): Step {
  const type = typeNamed(emitter, statement.type);
  const variables = statement.variables.map(({ name, initializer }) => {
    const value =
      initializer === undefined
        ? undefined
        : converted(emitter.expression(initializer), typeOf(emitter, initializer), type);
    return { slot: emitter.slots.declare(name.text, type), value };
  });
  const [only] = variables;
  if (only !== undefined && variables.length === 1) {
    const { slot, value } = only;
    return (frame) => {
      frame.locals[slot] = value === undefined ? null : value(frame);
      return signals.next;
    };
  }
  return (frame) => {
    for (const { slot, value } of variables) frame.locals[slot] = value === undefined ? null : value(frame);
    return signals.next;
  };
}

function emitIf(emitter: BodyEmitter, statement: Extract<Statement, { kind: 'if' }>): Step {
  const condition = emitCondition(emitter, statement.condition);
  const whenTrue = emitter.statement(statement.whenTrue);
  const whenFalse = statement.whenFalse === undefined ? undefined : emitter.statement(statement.whenFalse);
  return (frame) => {
    if (condition(frame)) return whenTrue(frame);
    return whenFalse === undefined ? signals.next : whenFalse(frame);
  };
}

function emitReturn(emitter: BodyEmitter, value: Expression | undefined): Step {
  if (value === undefined) return () => signals.return;
  const from = typeOf(emitter, value);
  const code = converted(emitter.expression(value), from, emitter.returnType ?? from);
  return (frame) => {
    frame.result = code(frame);
    return signals.return;
  };
}

function emitThrow(emitter: BodyEmitter, value: Expression): Step {
  const code = emitter.expression(value);
  return (frame) => {
    const exception = code(frame);
    if (!(exception instanceof ExceptionValue)) throw nullPointer();
    // What is thrown again keeps the place where it came from.
    throw new ApexThrown(exception);
  };
}

function emitDml(emitter: BodyEmitter, statement: DmlStatement): Step {
  const target = emitter.expression(statement.target);
  const duplicates = statement.duplicates === undefined ? undefined : emitter.expression(statement.duplicates);
  const { operation, access = 'system' } = statement;
  const externalIdField = statement.externalId?.at(-1)?.text;
  const isSingle = typeOf(emitter, statement.target).kind === 'sobject';
  return (frame) => {
    const value = target(frame);
    executeStatement(frame.run, {
      operation,
      target: isSingle ? singleRow(value) : value,
      duplicates: duplicates?.(frame),
      externalIdField,
      access,
    });
    return signals.next;
  };
}

function emitRunAs(emitter: BodyEmitter, statement: Extract<Statement, { kind: 'runAs' }>): Step {
  const [user] = statement.arguments.map((argument) => emitter.expression(argument));
  const body = emitter.block(statement.body);
  if (user === undefined) {
    const code = missing(emitter, statement.at, 'System.runAs without a user');
    return (frame) => {
      code(frame);
      return signals.next;
    };
  }
  return (frame) => runAs(frame.run, singleRow(user(frame)), () => body(frame));
}

/** A statement without what is done at every statement. */
function emitBare(emitter: BodyEmitter, statement: Exclude<Statement, Block>): Step {
  switch (statement.kind) {
    case 'locals':
      return emitLocals(emitter, statement);
    case 'expression': {
      const code = emitter.expression(statement.expression);
      return (frame) => {
        code(frame);
        return signals.next;
      };
    }
    case 'if':
      return emitIf(emitter, statement);
    case 'while':
    case 'doWhile':
      return emitWhile(emitter, statement);
    case 'for':
      return emitFor(emitter, statement);
    case 'forEach':
      return emitForEach(emitter, statement);
    case 'try':
      return emitTry(emitter, statement);
    case 'switch':
      return emitSwitch(emitter, statement);
    case 'return':
      return emitReturn(emitter, statement.value);
    case 'throw':
      return emitThrow(emitter, statement.value);
    case 'break':
      return () => signals.break;
    case 'continue':
      return () => signals.continue;
    case 'runAs':
      return emitRunAs(emitter, statement);
    case 'dml':
      return emitDml(emitter, statement);
  }
}

/** Turns a statement into code. */
export function emitStatement(emitter: BodyEmitter, statement: Statement): Step {
  if (statement.kind === 'block') return emitter.block(statement);
  return atStatement(emitter, statement.at.line, countsForCoverage(emitter, statement), emitBare(emitter, statement));
}

export function emitBlock(emitter: BodyEmitter, block: Block): Step {
  return sequence(block.statements.map((statement) => emitter.statement(statement)));
}
