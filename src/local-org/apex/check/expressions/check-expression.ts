import type { Expression, Literal } from '../../parse/ast/ast-expressions.ts';
import { listOf, platformType } from '../../platform/platform.ts';
import { commonType, isAssignable, isCastable, isPolymorphic } from '../../types/conversion.ts';
import { binaryType, prefixType } from '../../types/operators.ts';
import type { OperationResult } from '../../types/operators.ts';
import type { ApexType } from '../../types/type.ts';
import {
  classType,
  isCollection,
  isNumeric,
  isPrimitive,
  nullType,
  primitives,
  sobjectType,
  unknownType,
} from '../../types/type.ts';
import { checkAssign, checkTarget } from './check-assignment.ts';
import { checkCall, checkConstructorCall } from './check-calls.ts';
import { checkPath } from './check-names.ts';
import { checkNew } from './check-new.ts';
import { checkQuery } from '../queries/check-soql.ts';
import type { Scope } from '../scope.ts';
import { typeIn } from '../scope.ts';

const largest = { Integer: 2n ** 31n - 1n, Long: 2n ** 63n - 1n } as const;

/** The sign is no part of a number: the smallest Integer and Long cannot be written. */
function checkLiteral(literal: Literal, scope: Scope): ApexType {
  if (literal.type === 'null') return nullType;
  if ((literal.type === 'Integer' || literal.type === 'Long') && BigInt(literal.text) > largest[literal.type]) {
    scope.context.report(literal.at, `Illegal ${literal.type.toLowerCase()}`);
  }
  return primitives[literal.type];
}

function settle(result: OperationResult, expression: Expression, scope: Scope): ApexType {
  if ('type' in result) return result.type;
  scope.context.report(expression.at, result.problem);
  return unknownType;
}

/** Reports a condition that is no Boolean, at the condition. */
export function checkCondition(condition: Expression, scope: Scope): void {
  const type = scope.context.check(condition, scope);
  if (type.kind !== 'unknown' && !isPrimitive(type, 'Boolean')) {
    scope.context.report(condition.at, `Condition expression must be of type Boolean: ${type.name}`);
  }
}

function checkConditional(expression: Extract<Expression, { kind: 'conditional' }>, scope: Scope): ApexType {
  checkCondition(expression.condition, scope);
  const whenTrue = scope.context.check(expression.whenTrue, scope);
  const whenFalse = scope.context.check(expression.whenFalse, scope);
  if (whenTrue.kind === 'unknown' || whenFalse.kind === 'unknown') return unknownType;
  const common = commonType(whenTrue, whenFalse);
  if (common !== undefined) return common;
  scope.context.report(expression.at, `Incompatible types in ternary operator: ${whenFalse.name}, ${whenTrue.name}`);
  return unknownType;
}

function checkCoalesce(expression: Extract<Expression, { kind: 'coalesce' }>, scope: Scope): ApexType {
  const left = scope.context.check(expression.left, scope);
  const right = scope.context.check(expression.right, scope);
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknownType;
  const common = commonType(left, right);
  if (common !== undefined) return common;
  scope.context.report(expression.at, `Incompatible types in null coalescing operator: ${left.name}, ${right.name}`);
  return unknownType;
}

function checkCast(expression: Extract<Expression, { kind: 'cast' }>, scope: Scope): ApexType {
  const type = typeIn(expression.type, scope, expression.at);
  const operand = scope.context.check(expression.operand, scope);
  if (!isCastable(operand, type)) {
    scope.context.report(
      expression.at,
      `Incompatible types since an instance of ${operand.name} is never an instance of ${type.name}`,
    );
  }
  return type;
}

function checkInstanceof(expression: Extract<Expression, { kind: 'instanceof' }>, scope: Scope): ApexType {
  const operand = scope.context.check(expression.operand, scope);
  const type = typeIn(expression.type, scope, expression.at);
  if (operand.kind === 'unknown' || operand.kind === 'null' || type.kind === 'unknown') return primitives.Boolean;
  const tested = `since an instance of ${operand.name} is`;
  if (isAlways(operand, type)) {
    scope.context.report(
      expression.at,
      `Operation instanceof is always true ${tested} always an instance of ${type.name}`,
    );
  } else if (!isCastable(operand, type)) {
    scope.context.report(
      expression.at,
      `Operation instanceof is always false ${tested} never an instance of ${type.name}`,
    );
  }
  return primitives.Boolean;
}

/** Conversions such as Id to String are no inheritance: only a type and its supertypes make a test pointless. */
function isAlways(operand: ApexType, type: ApexType): boolean {
  if (operand.kind === 'primitive' && type.kind === 'primitive')
    return operand.key === type.key || isPrimitive(type, 'Object');
  if (isCollection(operand, 'List', 'Set', 'Map') || operand.kind === 'rows') return operand.key === type.key;
  if (isPolymorphic(operand)) return false;
  return isAssignable(operand, type);
}

function checkIndex(expression: Extract<Expression, { kind: 'index' }>, scope: Scope): ApexType {
  const target = scope.context.check(expression.target, scope);
  const index = scope.context.check(expression.index, scope);
  if (index.kind !== 'unknown' && !isPrimitive(index, 'Integer')) {
    scope.context.report(expression.at, `List index must be of type Integer: ${index.name}`);
  }
  if (target.kind === 'unknown') return unknownType;
  if (target.kind === 'rows') return target.element;
  if (isCollection(target, 'List')) return target.arguments[0] ?? unknownType;
  scope.context.report(expression.at, `Expression must be a list type: ${target.name}`);
  return unknownType;
}

function checkPostfix(expression: Extract<Expression, { kind: 'postfix' }>, scope: Scope): ApexType {
  const operand = checkTarget(expression.operand, scope);
  if (operand.kind !== 'unknown' && !isNumeric(operand)) {
    scope.context.report(
      expression.at,
      `Unary postfix increment/decrement can only be applied to numeric expressions: ${operand.name}`,
    );
  }
  return operand;
}

function checkPrefix(expression: Extract<Expression, { kind: 'prefix' }>, scope: Scope): ApexType {
  const writes = expression.operator === '++' || expression.operator === '--';
  const operand = writes ? checkTarget(expression.operand, scope) : scope.context.check(expression.operand, scope);
  return settle(prefixType(expression.operator, operand), expression, scope);
}

function checkThis(expression: Expression, scope: Scope): ApexType {
  if (!scope.isStatic || scope.body === 'trigger') return classType(scope.type);
  scope.context.report(expression.at, 'This cannot be referenced in a static context');
  return unknownType;
}

function checkSuper(expression: Expression, scope: Scope): ApexType {
  if (scope.isStatic) scope.context.report(expression.at, 'Super cannot be referenced in a static context');
  return scope.type.header().superclass ?? unknownType;
}

function typeOfExpression(expression: Expression, scope: Scope): ApexType {
  switch (expression.kind) {
    case 'literal':
      return checkLiteral(expression, scope);
    case 'name':
    case 'field':
      return checkPath(expression, scope);
    case 'this':
      return checkThis(expression, scope);
    case 'super':
      return checkSuper(expression, scope);
    case 'call':
      return checkCall(expression, scope);
    case 'constructorCall':
      return checkConstructorCall(expression, scope);
    case 'new':
      return checkNew(expression, scope);
    case 'binary': {
      const left = scope.context.check(expression.left, scope);
      const right = scope.context.check(expression.right, scope);
      return settle(binaryType(expression.operator, left, right), expression, scope);
    }
    case 'assign':
      return checkAssign(expression, scope);
    case 'index':
      return checkIndex(expression, scope);
    case 'prefix':
      return checkPrefix(expression, scope);
    case 'postfix':
      return checkPostfix(expression, scope);
    case 'conditional':
      return checkConditional(expression, scope);
    case 'coalesce':
      return checkCoalesce(expression, scope);
    case 'cast':
      return checkCast(expression, scope);
    case 'instanceof':
      return checkInstanceof(expression, scope);
    case 'classLiteral':
      if (expression.type !== undefined) typeIn(expression.type, scope, expression.at);
      return platformType('System.Type');
    case 'soql':
      return checkQuery(expression.query, expression.at, scope);
    case 'sosl':
      for (const bind of expression.search.binds) scope.context.check(bind, scope);
      return listOf(listOf(sobjectType));
  }
}

export function checkExpression(expression: Expression, scope: Scope): ApexType {
  const type = typeOfExpression(expression, scope);
  scope.context.resolutions.types.set(expression, type);
  return type;
}
