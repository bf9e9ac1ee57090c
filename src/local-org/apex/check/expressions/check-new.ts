import type { AssignExpression, Creation, Expression, NewExpression } from '../../parse/ast/ast-expressions.ts';
import { listOf } from '../../platform/platform.ts';
import { isAssignable } from '../../types/conversion.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import type { ApexType, ClassType, SObjectType } from '../../types/type.ts';
import { isCollection, isPrimitive, isSameType, primitives } from '../../types/type.ts';
import { findConstructor, signatureOf, typeList } from './check-calls.ts';
import type { Scope } from '../scope.ts';
import { typeIn } from '../scope.ts';
import { isVisible } from '../visibility.ts';

function isNamed(argument: Expression): argument is AssignExpression {
  return argument.kind === 'assign' && argument.operator === '=' && argument.target.kind === 'name';
}

function checkNamedField(argument: AssignExpression, type: SObjectType, expression: NewExpression, scope: Scope): void {
  const { context } = scope;
  const name = argument.target.kind === 'name' ? argument.target.name : '';
  const value = context.check(argument.value, scope);
  const field = findSObjectField(type, name, context.program.schema);
  if (field === undefined) context.report(expression.at, `Field does not exist: ${name} on ${type.name}`);
  else if (!isAssignable(value, field.type)) {
    context.report(expression.at, `Illegal assignment from ${value.name} to ${field.type.name}`);
  }
}

function checkSObject(expression: NewExpression, type: SObjectType, args: readonly Expression[], scope: Scope): void {
  const { context } = scope;
  if (type.schema === undefined) {
    context.report(expression.at, `Type cannot be constructed: ${type.name}`);
    return;
  }
  const seen = new Set<string>();
  for (const argument of args) {
    if (!isNamed(argument)) {
      context.check(argument, scope);
      context.report(expression.at, `Type requires name=value pair construction: ${type.name}`);
      return;
    }
    const name = argument.target.kind === 'name' ? argument.target.name : '';
    if (seen.has(name.toLowerCase())) context.report(expression.at, `Duplicate field initialization: ${name}`);
    seen.add(name.toLowerCase());
    checkNamedField(argument, type, expression, scope);
  }
}

function sameOrUnknown(a: ApexType | undefined, b: ApexType | undefined): boolean {
  return a === undefined || b === undefined || a.kind === 'unknown' || b.kind === 'unknown' || isSameType(a, b);
}

/** What a collection's constructor takes: another collection of the very same element type, for a list also its size. */
function fitsCollection(type: ClassType, argument: ApexType): boolean {
  if (argument.kind === 'unknown') return true;
  const [first, second] = type.arguments;
  if (isCollection(type, 'Map')) {
    if (isCollection(argument, 'Map')) {
      return (
        sameOrUnknown(first, argument.arguments[0]) && second !== undefined && fitsValue(argument.arguments[1], second)
      );
    }
    const rows =
      argument.kind === 'rows' ? argument.element : isCollection(argument, 'List') ? argument.arguments[0] : undefined;
    if (rows?.kind !== 'sobject' || first === undefined || second === undefined) return false;
    const keyed = isPrimitive(first, 'Id', 'String');
    return keyed && (isAssignable(rows, second) || rows.key === 'sobject');
  }
  if (argument.kind === 'rows') return first === undefined || isAssignable(argument, listOf(first));
  if (isCollection(type, 'List') && isPrimitive(argument, 'Integer')) return true;
  if (isCollection(argument, 'Iterable', 'Iterator')) return true;
  if (!isCollection(argument, 'List', 'Set')) return false;
  const element = argument.arguments[0];
  return (
    sameOrUnknown(first, element) ||
    (element?.kind === 'sobject' && first?.kind === 'sobject' && isAssignable(argument, listOf(first)))
  );
}

function fitsValue(from: ApexType | undefined, to: ApexType): boolean {
  return from === undefined || isAssignable(from, to);
}

const initializerExpectations: Readonly<Record<string, (args: readonly string[]) => string>> = {
  List: ([element = '']) => `expected an Integer or a List of type ${element}`,
  Set: ([element = '']) => `expected a List or a Set of type: ${element}`,
  Map: () => 'expected a Map with the same key and value types, or a valid SObject List',
};

function checkCollection(expression: NewExpression, type: ClassType, args: readonly ApexType[], scope: Scope): void {
  const [argument] = args;
  if (argument === undefined || (args.length === 1 && fitsCollection(type, argument))) return;
  const expected = initializerExpectations[type.symbol.name]?.(type.arguments.map((one) => one.name)) ?? '';
  scope.context.report(expression.at, `Invalid initializer type ${typeList(args)} found for ${type.name}: ${expected}`);
}

function checkConstructor(expression: NewExpression, type: ClassType, args: readonly ApexType[], scope: Scope): void {
  const { context } = scope;
  const { symbol } = type;
  if (symbol.kind !== 'class') {
    context.report(expression.at, `Type cannot be constructed: ${type.name}`);
    return;
  }
  if (symbol.isAbstract) {
    context.report(expression.at, `Abstract classes cannot be constructed: ${type.name}`);
    return;
  }
  const constructor = findConstructor(type, args);
  if (constructor === undefined) {
    context.report(expression.at, `Constructor not defined: [${type.name}].<Constructor>(${typeList(args)})`);
  } else if (constructor === 'ambiguous') {
    context.report(expression.at, `Ambiguous method signature: void <init>(${typeList(args)})`);
  } else {
    context.resolutions.methods.set(expression, constructor);
    if (!isVisible(constructor, constructor.visibility, scope.type)) {
      context.report(expression.at, `Method is not visible: ${signatureOf(constructor)}`);
    }
  }
}

function checkArguments(expression: NewExpression, type: ApexType, args: readonly Expression[], scope: Scope): void {
  if (type.kind === 'sobject') {
    checkSObject(expression, type, args, scope);
    return;
  }
  if (args.length > 0 && args.every(isNamed) && type.kind === 'class') {
    scope.context.report(
      expression.at,
      `Invalid constructor syntax, name=value pairs can only be used for SObjects: ${type.name}`,
    );
    return;
  }
  const types = args.map((one) => scope.context.check(one, scope));
  if (isCollection(type, 'List', 'Set', 'Map')) checkCollection(expression, type, types, scope);
  else if (type.kind === 'class') checkConstructor(expression, type, types, scope);
  else if (type.kind === 'primitive') scope.context.report(expression.at, `Type cannot be constructed: ${type.name}`);
}

function checkElements(expression: NewExpression, type: ApexType, elements: readonly Expression[], scope: Scope): void {
  const wanted = isCollection(type, 'List', 'Set') ? type.arguments[0] : undefined;
  for (const element of elements) {
    const actual = scope.context.check(element, scope);
    if (wanted !== undefined && !isAssignable(actual, wanted)) {
      scope.context.report(
        expression.at,
        `Initial expression is of incorrect type, expected: ${wanted.name} but was: ${actual.name}`,
      );
    }
  }
}

function checkPairs(creation: Extract<Creation, { kind: 'pairs' }>, type: ApexType, scope: Scope): void {
  const [keyType, valueType] = isCollection(type, 'Map') ? type.arguments : [];
  const check = (expression: Expression, wanted: ApexType | undefined, what: 'key' | 'value'): void => {
    const actual = scope.context.check(expression, scope);
    if (wanted === undefined || isAssignable(actual, wanted)) return;
    scope.context.report(expression.at, `Invalid ${what} type ${actual.name} for ${wanted.name}`);
  };
  for (const { key, value } of creation.pairs) {
    check(key, keyType, 'key');
    check(value, valueType, 'value');
  }
}

/** `new X(…)` in all its shapes; the type is that of the new value. */
export function checkNew(expression: NewExpression, scope: Scope): ApexType {
  const named = typeIn(expression.type, scope, expression.at);
  const { creation } = expression;
  switch (creation.kind) {
    case 'arguments':
      checkArguments(expression, named, creation.arguments, scope);
      return named;
    case 'size': {
      const size = scope.context.check(creation.size, scope);
      if (!isAssignable(size, primitives.Integer)) {
        scope.context.report(
          expression.at,
          `Invalid initializer type ${size.name} found for List<${named.name}>: expected an Integer or a List of type ${named.name}`,
        );
      }
      return listOf(named);
    }
    case 'elements': {
      const type = creation.isArray ? listOf(named) : named;
      checkElements(expression, type, creation.elements, scope);
      return type;
    }
    case 'pairs':
      checkPairs(creation, named, scope);
      return named;
  }
}
