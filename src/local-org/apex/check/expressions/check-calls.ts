import type { CallExpression, ConstructorCall, Expression } from '../../parse/ast/ast-expressions.ts';
import { findPlatformClass, platformType } from '../../platform/platform.ts';
import { candidateOf, findMethods, memberClass } from '../../symbols/find-member.ts';
import type { MethodCandidate } from '../../symbols/find-member.ts';
import { chooseOverload } from '../../symbols/overload.ts';
import type { ClassSymbol, MethodSymbol } from '../../symbols/symbol.ts';
import type { ApexType, ClassType } from '../../types/type.ts';
import { classType, unknownType } from '../../types/type.ts';
import { adjustedReturnType, isSettingMethod } from './call-results.ts';
import { denote, pathOf } from './check-names.ts';
import type { Denotation, Scope } from '../scope.ts';
import { isVisible } from '../visibility.ts';

export function typeList(types: readonly ApexType[]): string {
  return types.map((one) => one.name).join(', ');
}

/** A method as messages print it: `void Owner.name(String, Integer)`. */
export function signatureOf(method: MethodSymbol): string {
  return `${method.returnType.name} ${method.owner.name}.${method.name}(${typeList(method.parameters)})`;
}

/** Which methods a call looks at, and what it may reach there. */
interface Reach {
  readonly candidates: readonly MethodCandidate[];
  /** The type a miss is reported from. */
  readonly type: ApexType;
  readonly through: 'instance' | 'class' | 'own';
  /** For a call by bare name: whether instance methods are out of reach there. */
  readonly staticOnly: boolean;
}

function reachOwn(name: string, scope: Scope): Reach {
  const own: Reach = {
    candidates: findMethods(classType(scope.type), name),
    type: classType(scope.type),
    through: 'own',
    staticOnly: scope.isStatic,
  };
  if (own.candidates.some((one) => one.method.owner.name !== 'Object' || one.method.owner.origin === 'user'))
    return own;
  for (let outer: ClassSymbol | undefined = scope.type.outer; outer !== undefined; outer = outer.outer) {
    const candidates = findMethods(classType(outer), name).filter((one) => one.method.isStatic);
    if (candidates.length > 0) return { ...own, candidates };
  }
  return own;
}

function reachOfValue(type: ApexType, name: string): Reach | undefined {
  // A query's rows are a list; on a single record they are reached through its fields.
  const actual = type.kind === 'rows' ? platformListOf(type) : type;
  const owner = memberClass(actual);
  if (owner === undefined) return undefined;
  return { candidates: findMethods(owner, name), type: actual, through: 'instance', staticOnly: false };
}

function platformListOf(type: Extract<ApexType, { kind: 'rows' }>): ApexType {
  return classType(platformType('List').symbol, [type.element]);
}

function reachOfType(type: ApexType, name: string): Reach | undefined {
  const owner = memberClass(type);
  if (owner === undefined) return undefined;
  return { candidates: findMethods(owner, name), type, through: 'class', staticOnly: true };
}

/** `getOrgDefaults()` and the like of an object that is no custom setting: it has no such method. */
function isSettingOfOther(type: ApexType, name: string): boolean {
  return type.kind === 'sobject' && isSettingMethod(name) && type.schema?.customSetting !== true;
}

/** `Network` is an object and a class: a static method the object lacks is the class's. */
function reachOfNamedType(type: ApexType, target: Expression, name: string): Reach | undefined {
  const reach = reachOfType(type, name);
  if (isSettingOfOther(type, name)) return reach === undefined ? undefined : { ...reach, candidates: [] };
  if (type.kind !== 'sobject' || reach === undefined || reach.candidates.length > 0) return reach;
  const platform = findPlatformClass((pathOf(target) ?? []).join('.'));
  return platform === undefined ? reach : reachOfType(classType(platform), name);
}

function reachOfSuper(scope: Scope, name: string): Reach {
  const superclass = scope.type.header().superclass;
  const type: ApexType = superclass ?? classType(scope.type);
  return {
    candidates: findMethods(superclass ?? classType(scope.type), name),
    type,
    through: 'own',
    staticOnly: false,
  };
}

function reachOf(call: CallExpression, target: Expression, scope: Scope): Reach | undefined {
  const name = call.name.text;
  if (target.kind === 'super') {
    if (scope.isStatic) {
      scope.context.report(target.at, 'Super cannot be referenced in a static context');
      return undefined;
    }
    return reachOfSuper(scope, name);
  }
  const denotation: Denotation = denote(target, scope);
  switch (denotation.kind) {
    case 'value':
      checkTargetReadable(target, denotation, scope);
      return reachOfValue(denotation.type, name);
    case 'type':
      return reachOfNamedType(denotation.type, target, name);
    case 'fieldTokens':
      return reachOfValue(platformType('Schema.SObjectTypeFields'), name);
    case 'objectTokens':
      return reachOfType(platformType('Schema.SObjectType'), name);
    case 'namespace':
    case 'missing':
      scope.context.report(target.at, `Variable does not exist: ${(pathOf(target) ?? []).join('.')}`);
      return undefined;
  }
}

function checkTargetReadable(
  target: Expression,
  denotation: Extract<Denotation, { kind: 'value' }>,
  scope: Scope,
): void {
  const { field } = denotation;
  if (field === undefined || isVisible(field, field.readVisibility, scope.type)) return;
  const at = target.kind === 'field' ? target.name.at : target.at;
  scope.context.report(at, `Variable is not visible: ${field.owner.name}.${field.name}`);
}

function checkReach(call: CallExpression, method: MethodSymbol, reach: Reach, scope: Scope): void {
  const { context } = scope;
  if (!isVisible(method, method.visibility, scope.type)) {
    context.report(call.at, `Method is not visible: ${signatureOf(method)}`);
  } else if (reach.through === 'instance' && method.isStatic) {
    context.report(call.at, `Static method cannot be referenced from a non static context: ${signatureOf(method)}`);
  } else if (reach.staticOnly && !method.isStatic && !isCalledOnToken(reach)) {
    context.report(call.at, `Non static method cannot be referenced from a static context: ${signatureOf(method)}`);
  }
}

/** `Account.getSObjectType()` and `Setting__c.getInstance()` are called on the object's name. */
function isCalledOnToken(reach: Reach): boolean {
  return reach.type.kind === 'sobject';
}

function argumentTypes(args: readonly Expression[], scope: Scope): ApexType[] {
  return args.map((argument) => scope.context.check(argument, scope));
}

export function checkCall(call: CallExpression, scope: Scope): ApexType {
  const reach = call.target === undefined ? reachOwn(call.name.text, scope) : reachOf(call, call.target, scope);
  const args = argumentTypes(call.arguments, scope);
  if (reach === undefined) return unknownType;
  // A superclass or interface nobody could resolve may well have the method.
  const overload = chooseOverload(reach.candidates, args);
  switch (overload.kind) {
    case 'none':
      scope.context.report(
        call.at,
        `Method does not exist or incorrect signature: void ${call.name.text}(${typeList(args)}) from the type ${reach.type.name}`,
      );
      return unknownType;
    case 'ambiguous':
      scope.context.report(call.at, `Ambiguous method signature: void ${call.name.text}(${typeList(args)})`);
      return unknownType;
    case 'found': {
      const { method, returnType } = overload.candidate;
      checkReach(call, method, reach, scope);
      if (call.target?.kind === 'super' && method.isAbstract && method.owner.origin === 'user') {
        scope.context.report(call.at, `Abstract method cannot be called directly: ${signatureOf(method)}`);
      }
      scope.context.resolutions.methods.set(call, method);
      return adjustedReturnType(method, returnType, reach.type);
    }
  }
}

/** Chooses a constructor for `new X(…)`, `this(…)` or `super(…)`; undefined where none fits. */
export function findConstructor(type: ClassType, args: readonly ApexType[]): MethodSymbol | 'ambiguous' | undefined {
  const candidates = type.symbol.members().constructors.map((one) => candidateOf(one, type));
  const overload = chooseOverload(candidates, args);
  if (overload.kind === 'ambiguous') return 'ambiguous';
  return overload.kind === 'found' ? overload.candidate.method : undefined;
}

/** `this(…)` and `super(…)`. */
export function checkConstructorCall(call: ConstructorCall, scope: Scope): ApexType {
  const args = argumentTypes(call.arguments, scope);
  if (!scope.constructorCalls.has(call)) {
    scope.context.report(call.at, `Call to '${call.which}()' must be the first statement in a constructor method`);
    return unknownType;
  }
  const superclass = scope.type.header().superclass;
  const type = call.which === 'this' ? classType(scope.type) : superclass;
  if (type === undefined || type.symbol.origin === 'platform') return unknownType;
  const constructor = findConstructor(type, args);
  if (constructor === undefined) {
    scope.context.report(call.at, `No constructor defined: void <init>(${typeList(args)})`);
  } else if (constructor !== 'ambiguous') scope.context.resolutions.methods.set(call, constructor);
  return unknownType;
}
