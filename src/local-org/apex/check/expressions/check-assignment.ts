import type { Position } from '../../parse/ast/ast.ts';
import type { AssignExpression, Expression } from '../../parse/ast/ast-expressions.ts';
import { isSubclassOf } from '../../symbols/hierarchy.ts';
import type { FieldSymbol } from '../../symbols/symbol.ts';
import { isAssignable } from '../../types/conversion.ts';
import { binaryType } from '../../types/operators.ts';
import type { ApexType } from '../../types/type.ts';
import { unknownType } from '../../types/type.ts';
import { checkPath, pathOf } from './check-names.ts';
import type { Scope } from '../scope.ts';
import { isVisible } from '../visibility.ts';

/** Final members are set where they are declared, in an initializer of their kind or, if not static, in a constructor. */
function mayWriteFinal(field: FieldSymbol, scope: Scope): boolean {
  if (field.isStatic) return field.owner === scope.type && scope.body === 'initializer' && scope.isStatic;
  if (!isSubclassOf(scope.type, field.owner)) return false;
  return scope.body === 'constructor' || (scope.body === 'initializer' && !scope.isStatic);
}

function checkFieldWritable(target: Expression, at: Position, scope: Scope): void {
  const denotation = scope.context.resolutions.denotations.get(target);
  const field = denotation?.kind === 'value' ? denotation.field : undefined;
  if (field === undefined) return;
  if (field.kind === 'constant') scope.context.report(at, `Variable is not visible: ${field.owner.name}.${field.name}`);
  else if (!isVisible(field, field.writeVisibility, scope.type)) {
    scope.context.report(at, `Variable is not visible: ${field.owner.name}.${field.name}`);
  } else if (field.isFinal && !mayWriteFinal(field, scope)) {
    scope.context.report(
      at,
      `Final members can only be assigned in their declaration, init blocks, or constructors: ${field.name}`,
    );
  }
}

/** `Trigger.old[0].Name`: the records of before are not for changing. */
function isOfOldRecord(target: Expression): boolean {
  if (target.kind !== 'field' || target.target.kind !== 'index') return false;
  return pathOf(target.target.target)?.join('.').toLowerCase() === 'trigger.old';
}

/** The type of something written to; what is no variable is reported. */
export function checkTarget(target: Expression, scope: Scope): ApexType {
  if (target.kind === 'name' || target.kind === 'field') {
    if (isOfOldRecord(target)) scope.context.report(target.at, 'Expression cannot be assigned');
    const type = checkPath(target, scope, 'write');
    checkFieldWritable(target, target.kind === 'field' ? target.name.at : target.at, scope);
    return type;
  }
  const type = scope.context.check(target, scope);
  if (target.kind !== 'index') {
    scope.context.report(target.at, 'Expression cannot be assigned');
    return unknownType;
  }
  return type;
}

/** Reports a value that does not fit the variable it is given to. */
export function checkFits(value: ApexType, variable: ApexType, at: Position, scope: Scope): void {
  if (!isAssignable(value, variable)) {
    scope.context.report(at, `Illegal assignment from ${value.name} to ${variable.name}`);
  }
}

export function checkAssign(expression: AssignExpression, scope: Scope): ApexType {
  const target = checkTarget(expression.target, scope);
  const value = scope.context.check(expression.value, scope);
  if (expression.operator === '=') {
    checkFits(value, target, expression.at, scope);
    return target;
  }
  const result = binaryType(expression.operator.slice(0, -1), target, value);
  if ('problem' in result) scope.context.report(expression.at, result.problem);
  else checkFits(result.type, target, expression.at, scope);
  return target;
}
