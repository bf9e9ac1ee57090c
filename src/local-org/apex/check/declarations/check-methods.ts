import type { ConstructorDeclaration, MethodDeclaration, Parameter } from '../../parse/ast/ast.ts';
import type { Expression } from '../../parse/ast/ast-expressions.ts';
import { findAnnotation, hasKeyword, isTestMethod } from '../../symbols/modifiers.ts';
import { resolveType } from '../../symbols/resolve-type.ts';
import type { ClassSymbol } from '../../symbols/symbol.ts';
import type { ApexType } from '../../types/type.ts';
import { classType, isCollection, isPrimitive, voidType } from '../../types/type.ts';
import { findConstructor } from '../expressions/check-calls.ts';
import { checkIdentifier } from '../check-identifiers.ts';
import { checkMemberModifiers } from './check-modifiers.ts';
import { checkBlock } from '../statements/check-statements.ts';
import type { Scope, UnitContext } from '../scope.ts';
import { BlockScope, typeIn } from '../scope.ts';

function isSimple(type: ApexType): boolean {
  return type.kind === 'unknown' || (type.kind === 'primitive' && !isPrimitive(type, 'Object'));
}

/** Future methods run later, on values that do not change: primitives and collections of them. */
function isFutureParameter(type: ApexType): boolean {
  if (isCollection(type, 'List', 'Set', 'Map')) return type.arguments.every(isFutureParameter);
  return isSimple(type);
}

function checkFuture(
  method: MethodDeclaration,
  returnType: ApexType,
  parameters: readonly ApexType[],
  context: UnitContext,
): void {
  if (findAnnotation(method.modifiers, 'Future') === undefined) return;
  if (returnType.kind !== 'void' && returnType.kind !== 'unknown') {
    context.report(method.name.at, `Future methods do not support return type of ${returnType.name}`);
  }
  const wrong = parameters.find((type) => !isFutureParameter(type));
  if (wrong !== undefined)
    context.report(method.name.at, `Future methods do not support parameter type of ${wrong.name}`);
}

function checkTestMethod(
  method: MethodDeclaration,
  owner: ClassSymbol,
  returnType: ApexType,
  context: UnitContext,
): void {
  const { name, modifiers } = method;
  const isSetup = findAnnotation(modifiers, 'TestSetup') !== undefined;
  if (!isSetup && !isTestMethod(modifiers)) return;
  const label = isSetup ? 'TestSetup' : findAnnotation(modifiers, 'isTest') === undefined ? 'testMethod' : 'IsTest';
  if (!owner.isTest) context.report(name.at, `Defining type for ${label} methods must be declared as IsTest`);
  if (!isSetup && !hasKeyword(modifiers, 'static'))
    context.report(name.at, `${label} methods must be declared as static`);
  if (method.parameters.length > 0) context.report(name.at, 'Test methods must have no arguments');
  if (isSetup && returnType.kind !== 'void') context.report(name.at, 'Test setup method must return void');
}

function checkRemoteRules(method: MethodDeclaration, parameters: readonly ApexType[], context: UnitContext): void {
  const { name, modifiers } = method;
  if (findAnnotation(modifiers, 'InvocableMethod') !== undefined) {
    const [first] = parameters;
    if (parameters.length > 1) {
      context.report(name.at, 'Only one parameter is supported on methods with @Invocable annotation');
    } else if (first !== undefined && first.kind !== 'unknown' && !isCollection(first, 'List')) {
      context.report(
        name.at,
        `Unsupported parameter type ${first.name}. Valid invocable parameters must be List types like List<T> where T is a supported type`,
      );
    }
  }
  if (findAnnotation(modifiers, 'AuraEnabled') === undefined || hasKeyword(modifiers, 'static')) return;
  if (!/^get/i.test(name.text)) {
    context.report(name.at, "Non static AuraEnabled methods must be named with a prefix 'get'");
  } else if (parameters.length > 0) context.report(name.at, 'Non static AuraEnabled methods may not have parameters');
}

function checkBodyPresence(method: MethodDeclaration, owner: ClassSymbol, context: UnitContext): void {
  const { name, modifiers, body } = method;
  const isAbstract = hasKeyword(modifiers, 'abstract');
  if (isAbstract && !owner.isAbstract) {
    context.report(name.at, 'Defining type for abstract methods must be declared as abstract');
  } else if (isAbstract && body !== undefined) context.report(name.at, 'Abstract methods cannot have a body');
  else if (!isAbstract && body === undefined && owner.kind !== 'interface') {
    context.report(name.at, 'Method must have a body');
  }
  const overridable = ['virtual', 'abstract', 'override'].find((one) => hasKeyword(modifiers, one));
  if (overridable !== undefined && hasKeyword(modifiers, 'static')) {
    context.report(name.at, `${overridable} methods cannot be static`);
  }
}

function declareParameters(parameters: readonly Parameter[], scope: BlockScope): ApexType[] {
  return parameters.map((parameter) => {
    const type = typeIn(parameter.type, scope, parameter.name.at);
    checkIdentifier(parameter.name, scope.context);
    scope.declare(parameter.name, type);
    return type;
  });
}

function bodyScope(
  owner: ClassSymbol,
  context: UnitContext,
  parts: Pick<Scope, 'isStatic' | 'body' | 'returnType'> & Partial<Pick<Scope, 'constructorCalls'>>,
): BlockScope {
  return new BlockScope({
    context,
    type: owner,
    locals: new Map(),
    inLoop: false,
    constructorCalls: new Set(),
    ...parts,
  });
}

/** The call of another constructor that a constructor begins with. */
function leadingCall(declaration: ConstructorDeclaration): Expression | undefined {
  const [first] = declaration.body.statements;
  return first?.kind === 'expression' && first.expression.kind === 'constructorCall' ? first.expression : undefined;
}

export function checkMethod(method: MethodDeclaration, owner: ClassSymbol, context: UnitContext): void {
  const isStatic = hasKeyword(method.modifiers, 'static') || owner.kind === 'trigger';
  const at = { context, type: owner };
  const returnType = method.returnType === undefined ? voidType : typeIn(method.returnType, at, method.name.at);
  const scope = bodyScope(owner, context, { isStatic, body: 'method', returnType });
  const parameters = declareParameters(method.parameters, scope);
  if (owner.kind !== 'interface') {
    checkMemberModifiers(method.modifiers, method.name, 'method', owner, context);
    checkBodyPresence(method, owner, context);
  }
  checkFuture(method, returnType, parameters, context);
  checkTestMethod(method, owner, returnType, context);
  checkRemoteRules(method, parameters, context);
  if (method.body === undefined) return;
  const flow = checkBlock(method.body, scope);
  if (flow === 'continues' && returnType.kind !== 'void' && returnType.kind !== 'unknown') {
    context.report(method.name.at, `Missing return statement required return type: ${returnType.name}`);
  }
}

/** `super()` is called where a constructor does not call one itself, so the superclass needs one without parameters. */
function checkImplicitSuper(declaration: ConstructorDeclaration, owner: ClassSymbol, context: UnitContext): void {
  if (leadingCall(declaration) === undefined) checkDefaultSuper(owner, declaration.name.at, context);
}

/** Reports a superclass without a constructor that takes nothing. */
export function checkDefaultSuper(
  owner: ClassSymbol,
  at: ConstructorDeclaration['name']['at'],
  context: UnitContext,
): void {
  const superclass = owner.header().superclass;
  if (superclass === undefined || superclass.symbol.origin === 'platform') return;
  if (findConstructor(classType(superclass.symbol), []) !== undefined) return;
  context.report(at, `No default constructor available in super type: ${superclass.name}`);
}

export function checkConstructor(declaration: ConstructorDeclaration, owner: ClassSymbol, context: UnitContext): void {
  const { name } = declaration;
  if (name.text.toLowerCase() !== owner.simpleName.toLowerCase()) {
    context.report(name.at, `Invalid constructor name: ${name.text}`);
  }
  checkMemberModifiers(declaration.modifiers, name, 'constructor', owner, context);
  const call = leadingCall(declaration);
  const scope = bodyScope(owner, context, {
    isStatic: false,
    body: 'constructor',
    returnType: undefined,
    constructorCalls: new Set(call === undefined ? [] : [call]),
  });
  declareParameters(declaration.parameters, scope);
  checkImplicitSuper(declaration, owner, context);
  checkBlock(declaration.body, scope);
}

/** Two methods or constructors of a class with the same parameters, by their declarations. */
export function checkDuplicateSignatures(
  declarations: readonly (MethodDeclaration | ConstructorDeclaration)[],
  owner: ClassSymbol,
  context: UnitContext,
): void {
  const seen = new Set<string>();
  for (const declaration of declarations) {
    const types = declaration.parameters.map((one) => resolveType(one.type, owner, context.program).type);
    const name = declaration.kind === 'constructor' ? '<init>' : declaration.name.text;
    const key = `${name.toLowerCase()}(${types.map((one) => one.key).join()})`;
    if (seen.has(key)) {
      const returnType =
        declaration.kind === 'method' && declaration.returnType !== undefined
          ? resolveType(declaration.returnType, owner, context.program).type.name
          : 'void';
      const shown = `${returnType} ${owner.name}.${name}(${types.map((one) => one.name).join(', ')})`;
      context.report(declaration.name.at, `Method already defined: ${name} ${shown} from the type ${owner.name}`);
    }
    seen.add(key);
  }
}
