import type { ApexType, ClassType } from '../types/type.ts';
import { classType, substitute, typeParameter } from '../types/type.ts';
import type { ClassSymbol } from './symbol.ts';

/** Type parameters of a class bound to the arguments of one of its types. */
export function bindings(type: ClassType): ReadonlyMap<string, ApexType> {
  return new Map(
    type.symbol.typeParameters.flatMap((name, index) => {
      const argument = type.arguments[index];
      return argument === undefined ? [] : [[typeParameter(name).key, argument] as const];
    }),
  );
}

function directSuperTypes(type: ClassType): ClassType[] {
  const { superclass, interfaces } = type.symbol.header();
  const values = bindings(type);
  return [...(superclass === undefined ? [] : [superclass]), ...interfaces].map((one) =>
    classType(
      one.symbol,
      one.arguments.map((argument) => substitute(argument, values)),
    ),
  );
}

/** Superclasses and interfaces of a type, nearest first; a circular definition is cut where it closes. */
export function superTypes(type: ClassType): ClassType[] {
  const found: ClassType[] = [];
  const seen = new Set<ClassSymbol>([type.symbol]);
  let level = directSuperTypes(type);
  while (level.length > 0) {
    const fresh = level.filter((one) => !seen.has(one.symbol));
    for (const one of fresh) seen.add(one.symbol);
    found.push(...fresh);
    level = fresh.flatMap(directSuperTypes);
  }
  return found;
}

/** The class and its superclasses, nearest first. */
export function classChain(type: ClassType): ClassType[] {
  return [type, ...superTypes(type).filter((one) => one.symbol.kind !== 'interface')];
}

export function isSubclassOf(symbol: ClassSymbol, ancestor: ClassSymbol): boolean {
  return symbol === ancestor || superTypes(classType(symbol)).some((one) => one.symbol === ancestor);
}
