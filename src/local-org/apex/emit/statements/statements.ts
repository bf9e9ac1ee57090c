import type { Block, DmlStatement, LocalVariables, Statement, VariableDeclarator } from '../../parse/ast/ast.ts';
import type { Expression } from '../../parse/ast/ast-expressions.ts';
import { executeStatement } from '../../database/dml/dml-statement.ts';
import { nullPointer } from '../../library/native.ts';
import { runAs } from '../../run/calls/run-as.ts';
import type { Step } from '../../run/frame.ts';
import { signals } from '../../run/frame.ts';
import { ApexThrown, ExceptionValue } from '../../values/exception.ts';
import { converted, singleRow } from '../expressions/conversions.ts';
import { alwaysEnds } from '../lines/endings.ts';
import type { BodyEmitter } from '../emitter.ts';
import { missing, typeNamed, typeOf } from '../emitter.ts';
import { emitDoWhile, emitFor, emitForEach, emitWhile } from './loops.ts';
import { emitSwitch } from './switch-statement.ts';
import { emitTry } from './try-statement.ts';
import { atStatement, emitCondition, sequence } from './steps.ts';

function emitLocals(emitter: BodyEmitter, statement: LocalVariables): Step {
  const type = typeNamed(emitter, statement.type);
  const emitVariable = ({ name, initializer }: VariableDeclarator): Step => {
    const value =
      initializer === undefined
        ? undefined
        : converted(emitter.expression(initializer), typeOf(emitter, initializer), type);
    const slot = emitter.slots.declare(name.text, type);
    return (frame) => {
      frame.locals[slot] = value === undefined ? null : value(frame);
      return signals.next;
    };
  };
  return sequence(
    statement.variables.map((variable) => emitter.counted.at(variable.name.at.line, () => emitVariable(variable))),
  );
}

type IfStatement = Extract<Statement, { kind: 'if' }>;

/**
 * The way out of an `if` is on the line where the first one of its chain stands. It matters where the first condition
 * is on another line.
 */
function emitWayOut(emitter: BodyEmitter, first: IfStatement): Step {
  const isNoted = first.at.line === first.condition.at.line;
  const note = isNoted ? undefined : emitter.counted.mark(first.at.line);
  return (frame) => {
    note?.(frame);
    return signals.next;
  };
}

function emitElse(emitter: BodyEmitter, statement: Statement | undefined, first: IfStatement): Step {
  if (statement === undefined) return emitWayOut(emitter, first);
  return statement.kind === 'if'
    ? atStatement(statement.at.line, emitIf(emitter, statement, first))
    : emitter.statement(statement);
}

function emitIf(emitter: BodyEmitter, statement: IfStatement, first: IfStatement = statement): Step {
  const condition = emitCondition(emitter, statement.condition);
  const body = emitter.statement(statement.whenTrue);
  const wayOut = alwaysEnds(statement.whenTrue) ? undefined : emitWayOut(emitter, first);
  const whenTrue = wayOut === undefined ? body : sequence([body, wayOut]);
  const whenFalse = emitElse(emitter, statement.whenFalse, first);
  return (frame) => (condition(frame) ? whenTrue(frame) : whenFalse(frame));
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
      return emitWhile(emitter, statement);
    case 'doWhile':
      return emitDoWhile(emitter, statement);
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

/** Statements whose line counts for itself, and not for the expressions in them. */
const ownLine: ReadonlySet<Statement['kind']> = new Set([
  'forEach',
  'try',
  'return',
  'throw',
  'break',
  'continue',
  'dml',
]);

/** Turns a statement into code. */
export function emitStatement(emitter: BodyEmitter, statement: Statement): Step {
  if (statement.kind === 'block') return emitter.block(statement);
  const { line } = statement.at;
  const emit = (): Step => emitBare(emitter, statement);
  return atStatement(line, ownLine.has(statement.kind) ? emitter.counted.at(line, emit) : emit());
}

export function emitBlock(emitter: BodyEmitter, block: Block): Step {
  return sequence(block.statements.map((statement) => emitter.statement(statement)));
}
