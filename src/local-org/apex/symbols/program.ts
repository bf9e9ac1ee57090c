import type { ApiSchema } from '../../schema/schema.ts';
import { findPlatformClass, platformNamespaces } from '../platform/platform.ts';
import { undescribedNamespaces } from '../platform/additions.ts';
import type { ApexType } from '../types/type.ts';
import {
  aggregateResultType,
  classType,
  findPrimitive,
  sobjectType,
  sobjectTypeOf,
  unknownType,
} from '../types/type.ts';
import { superTypes } from './hierarchy.ts';
import type { ClassSymbol } from './symbol.ts';

/** All that the names of one compile can mean. */
export interface Program {
  readonly schema: ApiSchema;
  /** Top-level classes of the customer, by lower-case name. */
  readonly classes: ReadonlyMap<string, ClassSymbol>;
}

function innerOf(symbol: ClassSymbol, key: string): ClassSymbol | undefined {
  const own = symbol.inner.get(key);
  if (own !== undefined) return own;
  for (const ancestor of superTypes(classType(symbol))) {
    const inherited = ancestor.symbol.inner.get(key);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

/** A class of the customer by its simple name, as seen from inside another: inner types first, then the outer's, then top-level ones. */
function findUserClass(key: string, within: ClassSymbol | undefined, program: Program): ClassSymbol | undefined {
  for (let scope = within; scope !== undefined; scope = scope.outer) {
    if (scope.simpleName.toLowerCase() === key && scope.origin === 'user' && scope.kind !== 'trigger') return scope;
    const inner = scope.inner.get(key);
    if (inner !== undefined) return inner;
  }
  const top = program.classes.get(key);
  if (top !== undefined) return top;
  for (let scope = within; scope !== undefined; scope = scope.outer) {
    const inherited = innerOf(scope, key);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

function genericOf(symbol: ClassSymbol): ApexType {
  return classType(
    symbol,
    symbol.typeParameters.map(() => unknownType),
  );
}

export function findSObjectType(name: string, program: Program): ApexType | undefined {
  const key = name.toLowerCase();
  if (key === 'sobject') return sobjectType;
  if (key === 'aggregateresult') return aggregateResultType;
  const object = program.schema.object(name);
  return object === undefined ? undefined : sobjectTypeOf(object);
}

function findSimpleType(name: string, within: ClassSymbol | undefined, program: Program): ApexType | undefined {
  const own = findUserClass(name.toLowerCase(), within, program);
  if (own !== undefined) return classType(own);
  const primitive = findPrimitive(name);
  if (primitive !== undefined) return primitive;
  const object = findSObjectType(name, program);
  if (object !== undefined) return object;
  const platform = findPlatformClass(name);
  return platform === undefined ? undefined : genericOf(platform);
}

function findQualifiedType(
  names: readonly string[],
  within: ClassSymbol | undefined,
  program: Program,
): ApexType | undefined {
  const [first = '', second = '', ...rest] = names;
  const namespace = first.toLowerCase();
  const outer = findUserClass(namespace, within, program);
  if (outer !== undefined) {
    const inner = rest.length === 0 ? innerOf(outer, second.toLowerCase()) : undefined;
    if (inner !== undefined) return classType(inner);
  }
  const platform = findPlatformClass(names.join('.'));
  if (platform !== undefined) return genericOf(platform);
  if (rest.length === 0 && (namespace === 'system' || namespace === 'schema')) {
    return findPrimitive(second) ?? findSObjectType(second, program);
  }
  if (namespace === 'system' && rest.length > 0) return findQualifiedType([second, ...rest], undefined, program);
  return undescribedNamespaces.has(namespace) ? unknownType : undefined;
}

/** What a dotted name means as a type, seen from inside a class; undefined if there is no such type. */
export function findType(
  names: readonly string[],
  within: ClassSymbol | undefined,
  program: Program,
): ApexType | undefined {
  const [first = ''] = names;
  return names.length === 1 ? findSimpleType(first, within, program) : findQualifiedType(names, within, program);
}

export function isNamespace(name: string): boolean {
  const key = name.toLowerCase();
  return key === 'system' || key === 'schema' || platformNamespaces.has(key) || undescribedNamespaces.has(key);
}
