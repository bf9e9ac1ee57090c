import type { ConstructorCall, Expression, Literal } from '../../parse/ast/ast-expressions.ts';
import { setExceptionParts, runConstructor } from '../../run/calls/construct.ts';
import type { Code } from '../../run/frame.ts';
import { castTo, isInstance } from '../../run/runtime-type.ts';
import { nullPointer } from '../../library/native.ts';
import { voidType } from '../../types/type.ts';
import { parseDecimal } from '../../values/numbers/decimal-math.ts';
import { ApexDouble } from '../../values/numbers/double.ts';
import { apexError, ExceptionValue } from '../../values/exception.ts';
import { Instance } from '../../values/instance.ts';
import { ApexList } from '../../values/collections/list.ts';
import { TypeValue } from '../../values/tokens.ts';
import type { Value } from '../../values/value.ts';
import { emitAssign, emitStep } from './assignments.ts';
import { emitArguments, emitCall } from './calls.ts';
import { converted, singleRow } from './conversions.ts';
import { emitNew } from './creation.ts';
import type { Emitter } from '../emitter.ts';
import { missing, typeNamed, typeOf } from '../emitter.ts';
import { emitPath } from './names.ts';
import { emitBinary, emitPrefix } from './operators.ts';
import { emitQuery } from './queries.ts';

function literalValue({ type, text }: Literal): Value {
  switch (type) {
    case 'null':
      return null;
    case 'Boolean':
      return text.toLowerCase() === 'true';
    case 'Integer':
      return Number(text) | 0;
    case 'Long':
      return BigInt.asIntN(64, BigInt(text));
    case 'Double':
      return new ApexDouble(Number(text));
    case 'Decimal':
      return parseDecimal(text);
    case 'String':
      return text;
  }
}

function emitIndex(emitter: Emitter, target: Expression, index: Expression): Code {
  const list = emitter.expression(target);
  const at = emitter.expression(index);
  return (frame) => {
    const items = list(frame);
    if (!(items instanceof ApexList)) throw nullPointer();
    const place = at(frame);
    if (typeof place !== 'number') throw nullPointer();
    if (place < 0 || place >= items.items.length) {
      throw apexError('System.ListException', `List index out of bounds: ${place}`);
    }
    return items.items[place] ?? null;
  };
}

/** `this(…)` and `super(…)` that a constructor begins with. */
function emitConstructorCall(emitter: Emitter, call: ConstructorCall): Code {
  const constructor = emitter.resolutions.methods.get(call);
  const args = emitArguments(
    emitter,
    call.arguments,
    constructor?.parameters ?? call.arguments.map((argument) => typeOf(emitter, argument)),
  );
  return (frame) => {
    const { self } = frame;
    if (!(self instanceof Instance)) throw new Error('A constructor runs without an object.');
    const values = args(frame);
    if (constructor !== undefined) runConstructor(frame.run, self, constructor, values);
    else if (self instanceof ExceptionValue) setExceptionParts(self, values);
    return null;
  };
}

function emitConditional(emitter: Emitter, expression: Extract<Expression, { kind: 'conditional' }>): Code {
  const condition = emitter.expression(expression.condition);
  const type = typeOf(emitter, expression);
  const branch = (one: Expression): Code => converted(emitter.expression(one), typeOf(emitter, one), type);
  const whenTrue = branch(expression.whenTrue);
  const whenFalse = branch(expression.whenFalse);
  return (frame) => {
    const chosen = condition(frame);
    if (chosen === null) throw nullPointer();
    return chosen === true ? whenTrue(frame) : whenFalse(frame);
  };
}

function emitCoalesce(emitter: Emitter, expression: Extract<Expression, { kind: 'coalesce' }>): Code {
  const type = typeOf(emitter, expression);
  const side = (one: Expression): Code => converted(emitter.expression(one), typeOf(emitter, one), type);
  const left = emitter.expression(expression.left);
  const right = side(expression.right);
  const asResult = typeOf(emitter, expression.left);
  // A query without rows is no exception here: it is what the right side stands in for.
  if (asResult.kind === 'rows' && type.kind === 'sobject') {
    return (frame) => {
      const rows = left(frame);
      if (rows instanceof ApexList && rows.items.length === 0) return right(frame);
      return singleRow(rows);
    };
  }
  const convertedLeft = side(expression.left);
  return (frame) => convertedLeft(frame) ?? right(frame);
}

function emitUnary(emitter: Emitter, expression: Extract<Expression, { kind: 'prefix' | 'postfix' }>): Code {
  const { operator, operand } = expression;
  if (operator === '++' || operator === '--') {
    return emitStep(emitter, operand, operator, expression.kind === 'postfix' ? 'before' : 'after');
  }
  return emitPrefix(operator, emitter.expression(operand));
}

/** Turns an expression into code. */
export function emitExpression(emitter: Emitter, expression: Expression): Code {
  switch (expression.kind) {
    case 'literal': {
      const value = literalValue(expression);
      return () => value;
    }
    case 'name':
    case 'field':
      return emitPath(emitter, expression);
    case 'this':
    case 'super':
      return (frame) => frame.self;
    case 'call':
      return emitCall(emitter, expression);
    case 'constructorCall':
      return emitConstructorCall(emitter, expression);
    case 'new':
      return emitNew(emitter, expression);
    case 'binary':
      return emitBinary(
        expression,
        (operand) => emitter.expression(operand),
        (operand) => typeOf(emitter, operand),
      );
    case 'assign':
      return emitAssign(emitter, expression);
    case 'index':
      return emitIndex(emitter, expression.target, expression.index);
    case 'prefix':
    case 'postfix':
      return emitUnary(emitter, expression);
    case 'conditional':
      return emitConditional(emitter, expression);
    case 'coalesce':
      return emitCoalesce(emitter, expression);
    case 'cast': {
      const type = typeNamed(emitter, expression.type);
      const operand = converted(emitter.expression(expression.operand), typeOf(emitter, expression.operand), type);
      return (frame) => castTo(operand(frame), type);
    }
    case 'instanceof': {
      const type = typeNamed(emitter, expression.type);
      const operand = emitter.expression(expression.operand);
      return (frame) => isInstance(operand(frame), type);
    }
    case 'classLiteral': {
      const type = new TypeValue(expression.type === undefined ? voidType : typeNamed(emitter, expression.type));
      return () => type;
    }
    case 'soql':
      return emitQuery(emitter, expression.query, typeOf(emitter, expression), expression.at.line);
    case 'sosl':
      return missing(emitter, expression.at, 'SOSL searches');
  }
}
