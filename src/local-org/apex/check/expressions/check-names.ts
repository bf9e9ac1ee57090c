import type { Expression, FieldExpression, NameExpression } from '../../parse/ast/ast-expressions.ts';
import { platformType } from '../../platform/platform.ts';
import { findField, memberClass } from '../../symbols/find-member.ts';
import { findSObjectType, findType, isNamespace } from '../../symbols/program.ts';
import type { ClassSymbol } from '../../symbols/symbol.ts';
import { findSObjectField } from '../../types/sobject-fields.ts';
import type { ApexType, ClassType, SObjectType } from '../../types/type.ts';
import { classType, isPrimitive, primitives, unknownType } from '../../types/type.ts';
import type { Denotation, Scope } from '../scope.ts';
import { triggerVariableType } from './trigger-variables.ts';
import { isVisible } from '../visibility.ts';

function value(type: ApexType): Denotation {
  return { kind: 'value', type };
}

/** A field by its bare name: the class's own and inherited ones, then the static ones of the classes around it. */
function findOwnField(name: string, scope: Scope): Denotation | undefined {
  for (let at: ClassSymbol | undefined = scope.type; at !== undefined; at = at.outer) {
    const found = findField(classType(at), name);
    if (found === undefined) continue;
    const reachable = found.field.isStatic || (at === scope.type && !scope.isStatic);
    if (reachable) return { kind: 'value', type: found.type, field: found.field };
  }
  return undefined;
}

function typeOrNamespace(name: string, scope: Scope): Denotation {
  if (name.toLowerCase() === 'page') return { kind: 'namespace', name };
  const type = findType([name], scope.type, scope.context.program);
  if (type !== undefined) return { kind: 'type', type };
  return isNamespace(name) ? { kind: 'namespace', name } : { kind: 'missing', path: name };
}

function denoteName(expression: NameExpression, scope: Scope): Denotation {
  const local = scope.locals.get(expression.name.toLowerCase());
  if (local !== undefined) return { kind: 'value', type: local.type, local };
  return findOwnField(expression.name, scope) ?? typeOrNamespace(expression.name, scope);
}

function tokenOf(object: SObjectType, name: string, scope: Scope): Denotation | undefined {
  const key = name.toLowerCase();
  if (key === 'sobjecttype') return { kind: 'value', type: platformType('Schema.SObjectType'), describes: object };
  if (key === 'fields') return { kind: 'fieldTokens', object, gives: platformType('Schema.SObjectField') };
  const field = findSObjectField(object, name, scope.context.program.schema);
  if (field === undefined) return undefined;
  // `Case__Share.RowCause.Reason__c`: custom sharing reasons are metadata the compiler is not given.
  return value(key === 'rowcause' ? unknownType : platformType('Schema.SObjectField'));
}

function staticMember(type: ApexType, expression: FieldExpression, scope: Scope): Denotation | undefined {
  const { text } = expression.name;
  if (type.kind === 'unknown') return value(unknownType);
  if (type.kind === 'sobject') return tokenOf(type, text, scope);
  if (type.kind !== 'class') return undefined;
  const found = findField(type, text);
  if (found?.field.isStatic === true) {
    const contextual = triggerVariableType(found.field, scope.context.triggerObject);
    return { kind: 'value', type: contextual ?? found.type, field: found.field };
  }
  if (type.symbol.name === 'Schema.SObjectType') return describeByName(text, scope);
  // Custom labels live in the org's metadata, which the compiler is not given: any name passes for one.
  if (type.symbol.name === 'System.Label') return value(primitives.String);
  return undefined;
}

function describeByName(name: string, scope: Scope): Denotation | undefined {
  const object = findSObjectType(name, scope.context.program);
  if (object?.kind !== 'sobject') return undefined;
  return { kind: 'value', type: platformType('Schema.DescribeSObjectResult'), describes: object };
}

/** `A.B` where `A` is a type or a namespace: an inner type, or a class of the namespace. */
function nestedType(expression: FieldExpression, scope: Scope): Denotation | undefined {
  const names = pathOf(expression);
  if (names === undefined) return undefined;
  const last = names.at(-1)?.toLowerCase();
  if (names.join('.').toLowerCase() === 'system.page') return { kind: 'namespace', name: 'Page' };
  if (names.length === 2 && names[0]?.toLowerCase() === 'schema' && last === 'sobjecttype')
    return { kind: 'objectTokens' };
  const type = findType(names, scope.type, scope.context.program);
  return type === undefined ? undefined : { kind: 'type', type };
}

/** The names of a purely dotted path; undefined behind a call, an index or `this`. */
export function pathOf(expression: Expression): string[] | undefined {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind !== 'field') return undefined;
  const target = pathOf(expression.target);
  return target === undefined ? undefined : [...target, expression.name.text];
}

function fieldOfClass(type: ClassType, expression: FieldExpression, scope: Scope): Denotation | undefined {
  const found = findField(type, expression.name.text);
  if (found === undefined) return undefined;
  if (found.field.isStatic && found.field.owner.origin === 'user') {
    scope.context.report(
      expression.name.at,
      `Static field cannot be referenced from a non static context: ${found.field.name} from the type ${found.field.owner.name}`,
    );
  }
  return { kind: 'value', type: found.type, field: found.field };
}

function memberOfValue(
  target: Extract<Denotation, { kind: 'value' }>,
  expression: FieldExpression,
  scope: Scope,
): Denotation {
  const { type } = target;
  const { text, at } = expression.name;
  if (type.kind === 'unknown') return value(unknownType);
  // Label.namespace.name
  if (/^(system\.)?label\./i.test((pathOf(expression) ?? []).join('.')) && target.local === undefined)
    return value(primitives.String);
  if (target.describes !== undefined && text.toLowerCase() === 'fields') {
    const isToken = type.name === 'Schema.SObjectType';
    const gives = platformType(isToken ? 'Schema.SObjectField' : 'Schema.DescribeFieldResult');
    return { kind: 'fieldTokens', object: target.describes, gives };
  }
  const record = type.kind === 'rows' ? type.element : type;
  if (record.kind === 'sobject') {
    const field = findSObjectField(record, text, scope.context.program.schema);
    if (field !== undefined) return { kind: 'value', type: field.type, sobjectField: field };
  } else {
    const owner = memberClass(type);
    const found =
      owner === undefined || isPrimitive(type, 'Object') ? undefined : fieldOfClass(owner, expression, scope);
    if (found !== undefined) return found;
  }
  if (target.sobjectField?.kind === 'scalar' && expression.target.kind === 'field') {
    const { name } = expression.target;
    scope.context.report(
      name.at,
      `A non foreign key field cannot be referenced in a path expression: ${target.sobjectField.name}`,
    );
  } else scope.context.report(at, `Variable does not exist: ${text}`);
  return value(unknownType);
}

function denoteField(expression: FieldExpression, scope: Scope): Denotation {
  const target = denote(expression.target, scope);
  const { text } = expression.name;
  switch (target.kind) {
    case 'value':
      return memberOfValue(target, expression, scope);
    case 'type': {
      const member = staticMember(target.type, expression, scope) ?? nestedType(expression, scope);
      return member ?? { kind: 'missing', path: (pathOf(expression) ?? [text]).join('.') };
    }
    case 'namespace':
      if (target.name.toLowerCase() === 'page') return value(platformType('System.PageReference'));
      return nestedType(expression, scope) ?? { kind: 'missing', path: (pathOf(expression) ?? [text]).join('.') };
    case 'objectTokens':
      return describeByName(text, scope) ?? { kind: 'missing', path: (pathOf(expression) ?? [text]).join('.') };
    case 'fieldTokens':
      if (findSObjectField(target.object, text, scope.context.program.schema) === undefined) {
        scope.context.report(expression.name.at, `Variable does not exist: ${text}`);
      }
      return value(target.gives);
    case 'missing':
      return { kind: 'missing', path: `${target.path}.${text}` };
  }
}

/** What a name, a dotted path or any other expression stands for; what is missing is left to the caller to report. */
export function denote(expression: Expression, scope: Scope): Denotation {
  if (expression.kind !== 'name' && expression.kind !== 'field') return value(scope.context.check(expression, scope));
  const denotation = expression.kind === 'name' ? denoteName(expression, scope) : denoteField(expression, scope);
  scope.context.resolutions.denotations.set(expression, denotation);
  return denotation;
}

function isMissing(expression: Expression, scope: Scope): boolean {
  return scope.context.resolutions.denotations.get(expression)?.kind === 'missing';
}

/** Reports a name that means nothing: the whole path before the last dot if that is already unknown, else the last name. */
function reportMissing(expression: NameExpression | FieldExpression, path: string, scope: Scope): void {
  if (expression.kind === 'name') scope.context.report(expression.at, `Variable does not exist: ${path}`);
  else if (isMissing(expression.target, scope)) {
    scope.context.report(expression.at, `Variable does not exist: ${(pathOf(expression.target) ?? []).join('.')}`);
  } else {
    const at = pathOf(expression.target)?.join('.').toLowerCase() === 'trigger' ? expression.at : expression.name.at;
    scope.context.report(at, `Variable does not exist: ${expression.name.text}`);
  }
}

function checkReadable(expression: NameExpression | FieldExpression, denotation: Denotation, scope: Scope): void {
  const field = denotation.kind === 'value' ? denotation.field : undefined;
  if (field === undefined || isVisible(field, field.readVisibility, scope.type)) return;
  const at = expression.kind === 'field' ? expression.name.at : expression.at;
  scope.context.report(at, `Variable is not visible: ${field.owner.name}.${field.name}`);
}

/** The type of a name or dotted path used as a value. */
export function checkPath(
  expression: NameExpression | FieldExpression,
  scope: Scope,
  use: 'read' | 'write' = 'read',
): ApexType {
  const denotation = denote(expression, scope);
  switch (denotation.kind) {
    case 'value':
      if (use === 'read') checkReadable(expression, denotation, scope);
      return denotation.type;
    case 'fieldTokens':
      return platformType('Schema.SObjectTypeFields');
    case 'missing':
      reportMissing(expression, denotation.path, scope);
      return unknownType;
    case 'type':
    case 'namespace':
    case 'objectTokens': {
      const path = (pathOf(expression) ?? []).join('.');
      const at = expression.kind === 'field' ? expression.name.at : expression.at;
      if (denotation.kind !== 'type' || denotation.type.kind !== 'unknown') {
        scope.context.report(at, `Variable does not exist: ${path}`);
      }
      return unknownType;
    }
  }
}
