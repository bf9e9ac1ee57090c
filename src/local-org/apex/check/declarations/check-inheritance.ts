import type { ClassDeclaration, InterfaceDeclaration, MethodDeclaration } from '../../parse/ast/ast.ts';
import type { TypeReference } from '../../parse/ast/ast-expressions.ts';
import { findPlatformClass, rootClass } from '../../platform/platform.ts';
import { candidateOf, findMethods, hasSameParameters } from '../../symbols/find-member.ts';
import type { MethodCandidate } from '../../symbols/find-member.ts';
import { classChain, isSubclassOf, superTypes } from '../../symbols/hierarchy.ts';
import { hasKeyword } from '../../symbols/modifiers.ts';
import type { ClassSymbol, MethodSymbol } from '../../symbols/symbol.ts';
import { isAssignable } from '../../types/conversion.ts';
import { classType, isSameType } from '../../types/type.ts';
import type { ClassType } from '../../types/type.ts';
import { signatureOf } from '../expressions/check-calls.ts';
import type { UnitContext } from '../scope.ts';
import { typeIn } from '../scope.ts';

const visibilityOrder = ['private', 'protected', 'public', 'global'] as const;

function writtenName(reference: TypeReference): string {
  return reference.names.map((name) => name.text).join('.');
}

function checkSuperclass(declaration: ClassDeclaration, owner: ClassSymbol, context: UnitContext): void {
  const reference = declaration.superclass;
  if (reference === undefined) return;
  const type = typeIn(reference, { context, type: owner });
  if (type.kind === 'unknown') return;
  if (type.kind !== 'class' || type.symbol.kind !== 'class') {
    context.report(reference.at, `Invalid class: ${writtenName(reference)}`);
  } else if (isSubclassOf(type.symbol, owner)) {
    context.report(declaration.name.at, `Circular definition: ${owner.name}`);
  } else if (!type.symbol.isVirtual && !type.symbol.isAbstract) {
    context.report(declaration.name.at, `Non-virtual and non-abstract type cannot be extended: ${type.name}`);
  }
}

/** Interfaces by which Salesforce starts code by the name of its class; an inner class cannot be named there. */
const topLevelOnly: ReadonlySet<string> = new Set(['Database.Batchable', 'Messaging.InboundEmailHandler']);

function checkInterfaces(
  declaration: ClassDeclaration | InterfaceDeclaration,
  owner: ClassSymbol,
  context: UnitContext,
): void {
  const seen = new Set<string>();
  for (const reference of declaration.interfaces) {
    const type = typeIn(reference, { context, type: owner });
    if (type.kind === 'unknown') continue;
    if (type.kind !== 'class' || type.symbol.kind !== 'interface') {
      context.report(reference.at, `Invalid interface: ${writtenName(reference)}`);
      continue;
    }
    if (seen.has(type.key)) context.report(reference.at, `Interface already implemented: ${writtenName(reference)}`);
    seen.add(type.key);
    if (owner.outer !== undefined && topLevelOnly.has(type.symbol.name)) {
      context.report(declaration.name.at, `Only top-level classes can implement ${type.name}`);
    }
    if (isSubclassOf(type.symbol, owner)) context.report(declaration.name.at, `Circular definition: ${owner.name}`);
  }
}

function checkExceptionName(declaration: ClassDeclaration, owner: ClassSymbol, context: UnitContext): void {
  const exception = findPlatformClass('Exception');
  const extendsException = exception !== undefined && isSubclassOf(owner, exception);
  const named = /exception$/i.test(owner.simpleName);
  if (extendsException && !named) {
    context.report(
      declaration.name.at,
      `Classes extending Exception must have a name ending in Exception: ${owner.name}`,
    );
  } else if (named && !extendsException && declaration.superclass === undefined) {
    context.report(declaration.name.at, `Exception class must extend another Exception class: ${owner.name}`);
  }
}

/** Methods the class itself or a superclass gives a body. */
function implementationsOf(owner: ClassSymbol, name: string): MethodCandidate[] {
  return classChain(classType(owner)).flatMap((one) =>
    (one.symbol.members().methods.get(name.toLowerCase()) ?? []).map((method) => candidateOf(method, one)),
  );
}

function isBatchExecute(method: MethodSymbol): boolean {
  return method.owner.name === 'Database.Batchable';
}

/** Platform interfaces are looser than their signatures: a batch's scope may be a list of any object, `start` may be iterable. */
function fits(implementation: MethodCandidate, wanted: MethodCandidate): boolean {
  if (implementation.parameters.length !== wanted.parameters.length) return false;
  const loose = isBatchExecute(wanted.method);
  return wanted.parameters.every((type, index) => {
    const own = implementation.parameters[index];
    if (own === undefined) return false;
    if (isSameType(own, type) || type.kind === 'unknown' || own.kind === 'unknown') return true;
    return loose && own.kind === 'class' && type.kind === 'class' && own.symbol === type.symbol;
  });
}

function sameReturn(implementation: MethodCandidate, wanted: MethodCandidate): boolean {
  const [own, type] = [implementation.returnType, wanted.returnType];
  if (isBatchExecute(wanted.method)) return (own.kind === 'void') === (type.kind === 'void');
  if (own.kind === 'void' || type.kind === 'void') return own.kind === type.kind;
  // A method may return something more special than the interface asks for, or a String for an Id.
  return isAssignable(own, type);
}

function describeWanted(wanted: MethodCandidate, type: ClassType): string {
  const parameters = wanted.parameters.map((one) => one.name).join(', ');
  return `${wanted.returnType.name} ${type.name}.${wanted.method.name}(${parameters})`;
}

function checkImplemented(
  wanted: MethodCandidate,
  type: ClassType,
  declaration: ClassDeclaration,
  owner: ClassSymbol,
  context: UnitContext,
): void {
  const { method } = wanted;
  const own = implementationsOf(owner, method.name).filter((one) => !one.method.isAbstract && fits(one, wanted));
  const isInterface = type.symbol.kind === 'interface';
  const found = own.find((one) => !isInterface || sameReturn(one, wanted));
  if (found === undefined) {
    // The message of an abstract method is placed at the abstract method when both are in one file.
    const at =
      isInterface || method.declaration === undefined ? declaration.name.at : abstractPlace(method, declaration, owner);
    const what = isInterface ? 'the method' : 'the abstract method';
    context.report(at, `Class ${owner.name} must implement ${what}: ${describeWanted(wanted, type)}`);
  } else if (isInterface && visibilityOrder.indexOf(found.method.visibility) < 2) {
    context.report(
      declaration.name.at,
      `${owner.name}: Overriding implementations of global or public interface methods must be global or public: ${describeWanted(wanted, type)}`,
    );
  }
}

function abstractPlace(
  method: MethodSymbol,
  declaration: ClassDeclaration,
  owner: ClassSymbol,
): ClassDeclaration['name']['at'] {
  const sameFile = method.owner.outer !== undefined && method.owner.outer === owner.outer;
  return sameFile && method.declaration !== undefined ? method.declaration.name.at : declaration.name.at;
}

function checkObligations(declaration: ClassDeclaration, owner: ClassSymbol, context: UnitContext): void {
  if (owner.isAbstract) return;
  for (const type of superTypes(classType(owner))) {
    // Only interfaces of the platform oblige: its abstract classes are not marked in the data.
    for (const methods of type.symbol.members().methods.values()) {
      for (const method of methods) {
        if (method.isAbstract) checkImplemented(candidateOf(method, type), type, declaration, owner, context);
      }
    }
  }
}

function checkOverride(
  method: MethodDeclaration,
  symbol: MethodSymbol,
  owner: ClassSymbol,
  context: UnitContext,
): void {
  const superclass = owner.header().superclass;
  const inherited = findMethods(superclass ?? classType(rootClass('user')), method.name.text).filter(
    (one) => one.method.owner.kind !== 'interface' || superclass?.symbol.isAbstract === true,
  );
  const overridden = inherited.find((one) => hasSameParameters(one.parameters, symbol.parameters));
  const isOverride = hasKeyword(method.modifiers, 'override');
  const { at } = method.name;
  const shown = signatureOf(symbol);
  if (overridden === undefined) {
    if (isOverride && !isKnownInherited(owner)) {
      context.report(at, `@Override specified for non-overriding method: ${shown}`);
    }
    return;
  }
  if (overridden.method.owner.origin === 'platform' || overridden.method.owner.kind === 'interface') return;
  if (overridden.method.visibility === 'private' && overridden.method.owner.outer !== owner.outer) return;
  if (overridden.method.isStatic || symbol.isStatic) return;
  if (!overridden.method.isVirtual) {
    context.report(at, `Non-virtual, non-abstract methods cannot be overridden: ${shown}`);
  } else if (!isOverride) context.report(at, `Method must use the override keyword: ${shown}`);
  else if (!isSameType(overridden.returnType, symbol.returnType)) {
    context.report(
      at,
      `Method return types clash: ${symbol.returnType.name} vs ${overridden.returnType.name} from the type ${owner.name}`,
    );
  } else if (isLessVisible(symbol, overridden.method)) {
    context.report(at, `Cannot reduce the visibility of method: ${shown}`);
  }
}

/** A public method may override a global one: a class that is not global has no global methods. */
function isLessVisible(method: MethodSymbol, overridden: MethodSymbol): boolean {
  const rank = (one: MethodSymbol): number => Math.min(visibilityOrder.indexOf(one.visibility), 2);
  return rank(method) < rank(overridden);
}

/** A class below one of the platform may override what the data does not list. */
function isKnownInherited(owner: ClassSymbol): boolean {
  const superclass = owner.header().superclass;
  const declared = owner.declaration?.kind === 'class' ? owner.declaration.superclass : undefined;
  if (superclass === undefined) return declared !== undefined;
  return superTypes(classType(owner)).some((one) => one.symbol.origin === 'platform' && one.symbol.kind === 'class');
}

/** What a class extends and implements, and that it does what these ask for. */
export function checkInheritance(declaration: ClassDeclaration, owner: ClassSymbol, context: UnitContext): void {
  checkSuperclass(declaration, owner, context);
  checkInterfaces(declaration, owner, context);
  checkExceptionName(declaration, owner, context);
  checkObligations(declaration, owner, context);
  const symbols = [...owner.members().methods.values()].flat();
  for (const member of declaration.members) {
    const symbol = member.kind === 'method' ? symbols.find((one) => one.declaration === member) : undefined;
    if (member.kind === 'method' && symbol !== undefined) checkOverride(member, symbol, owner, context);
  }
}

export function checkInterfaceInheritance(
  declaration: InterfaceDeclaration,
  owner: ClassSymbol,
  context: UnitContext,
): void {
  checkInterfaces(declaration, owner, context);
}
