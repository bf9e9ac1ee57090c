import { findPlatformClass, primitiveClass, rootClass } from '../platform/platform.ts';
import type { ApexType, ClassType } from '../types/type.ts';
import { classType, isSameType, substitute } from '../types/type.ts';
import { bindings, classChain, superTypes } from './hierarchy.ts';
import type { FieldSymbol, MethodSymbol } from './symbol.ts';

/** A method as it looks on a given type: its type parameters replaced. */
export interface MethodCandidate {
  readonly method: MethodSymbol;
  readonly parameters: readonly ApexType[];
  readonly returnType: ApexType;
}

interface FoundField {
  readonly field: FieldSymbol;
  readonly type: ApexType;
}

/** The class whose members a value of a type has; undefined for void and for what is unknown. */
export function memberClass(type: ApexType): ClassType | undefined {
  switch (type.kind) {
    case 'class':
      return type;
    case 'primitive':
      return classType(primitiveClass(type.primitive));
    case 'sobject': {
      const symbol = findPlatformClass('SObject');
      return symbol === undefined ? undefined : classType(symbol);
    }
    default:
      return undefined;
  }
}

export function findField(type: ClassType, name: string): FoundField | undefined {
  const key = name.toLowerCase();
  for (const one of classChain(type)) {
    const field = one.symbol.members().fields.get(key);
    if (field !== undefined) return { field, type: substitute(field.type, bindings(one)) };
  }
  return undefined;
}

export function candidateOf(method: MethodSymbol, owner: ClassType): MethodCandidate {
  const values = bindings(owner);
  return {
    method,
    parameters: method.parameters.map((one) => substitute(one, values)),
    returnType: substitute(method.returnType, values),
  };
}

export function hasSameParameters(a: readonly ApexType[], b: readonly ApexType[]): boolean {
  return a.length === b.length && a.every((one, index) => isSameType(one, b[index] ?? one));
}

/** Methods of a name that a value of the type has, nearest class first; a method that is overridden is left out. */
export function findMethods(type: ClassType, name: string): MethodCandidate[] {
  const key = name.toLowerCase();
  const found: MethodCandidate[] = [];
  for (const one of [type, ...superTypes(type), classType(rootClass(type.symbol.origin))]) {
    for (const method of one.symbol.members().methods.get(key) ?? []) {
      const candidate = candidateOf(method, one);
      if (!found.some((known) => hasSameParameters(known.parameters, candidate.parameters))) found.push(candidate);
    }
  }
  return found;
}
