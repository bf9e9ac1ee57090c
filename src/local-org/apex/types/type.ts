import type { ApexObject } from './apex-object.ts';
import type { ClassSymbol } from '../symbols/symbol.ts';

const primitiveNames = [
  'Blob',
  'Boolean',
  'Date',
  'Datetime',
  'Decimal',
  'Double',
  'Id',
  'Integer',
  'Long',
  'Object',
  'String',
  'Time',
] as const;

export type PrimitiveName = (typeof primitiveNames)[number];

interface Named {
  /** As compiler messages print it. */
  readonly name: string;
  /** Lower case; two types are the same when their keys are. */
  readonly key: string;
}

export interface PrimitiveType extends Named {
  readonly kind: 'primitive';
  readonly primitive: PrimitiveName;
}

export interface SObjectType extends Named {
  readonly kind: 'sobject';
  /** Undefined for the generic `SObject` and for `AggregateResult`. */
  readonly schema: ApexObject | undefined;
}

export interface ClassType extends Named {
  readonly kind: 'class';
  readonly symbol: ClassSymbol;
  readonly arguments: readonly ApexType[];
}

interface TypeParameter extends Named {
  readonly kind: 'parameter';
}

/** What a query gives: a list of rows that may also be assigned to a single record. */
export interface RowsType extends Named {
  readonly kind: 'rows';
  readonly element: SObjectType;
}

export type ApexType =
  | PrimitiveType
  | SObjectType
  | ClassType
  | TypeParameter
  | RowsType
  | (Named & { readonly kind: 'void' })
  | (Named & { readonly kind: 'null' })
  /** A type the local org has no description of, or an expression that is already reported: everything goes. */
  | (Named & { readonly kind: 'unknown' });

function primitive(name: PrimitiveName): PrimitiveType {
  return { kind: 'primitive', primitive: name, name, key: name.toLowerCase() };
}

export const primitives = {
  Blob: primitive('Blob'),
  Boolean: primitive('Boolean'),
  Date: primitive('Date'),
  Datetime: primitive('Datetime'),
  Decimal: primitive('Decimal'),
  Double: primitive('Double'),
  Id: primitive('Id'),
  Integer: primitive('Integer'),
  Long: primitive('Long'),
  Object: primitive('Object'),
  String: primitive('String'),
  Time: primitive('Time'),
} satisfies Record<PrimitiveName, PrimitiveType>;

const primitivesByKey: ReadonlyMap<string, PrimitiveType> = new Map(
  primitiveNames.map((name) => [name.toLowerCase(), primitives[name]]),
);

export function findPrimitive(name: string): PrimitiveType | undefined {
  return primitivesByKey.get(name.toLowerCase());
}

export const voidType: ApexType = { kind: 'void', name: 'void', key: 'void' };
export const nullType: ApexType = { kind: 'null', name: 'NULL', key: 'null' };
export const unknownType: ApexType = { kind: 'unknown', name: 'ANY', key: '?' };
export const sobjectType: SObjectType = { kind: 'sobject', name: 'SObject', key: 'sobject', schema: undefined };
export const aggregateResultType: SObjectType = {
  kind: 'sobject',
  name: 'AggregateResult',
  key: 'aggregateresult',
  schema: undefined,
};

export function sobjectTypeOf(schema: ApexObject): SObjectType {
  return { kind: 'sobject', name: schema.name, key: schema.name.toLowerCase(), schema };
}

export function typeParameter(name: string): TypeParameter {
  return { kind: 'parameter', name, key: `<${name.toLowerCase()}>` };
}

export function rowsType(element: SObjectType): RowsType {
  return { kind: 'rows', element, name: `List<${element.name}>`, key: `rows<${element.key}>` };
}

export function classType(symbol: ClassSymbol, typeArguments: readonly ApexType[] = []): ClassType {
  const suffix = (names: string[]): string => (names.length === 0 ? '' : `<${names.join(',')}>`);
  return {
    kind: 'class',
    symbol,
    arguments: typeArguments,
    name: symbol.name + suffix(typeArguments.map((one) => one.name)),
    key: symbol.name.toLowerCase() + suffix(typeArguments.map((one) => one.key)),
  };
}

export function isSameType(a: ApexType, b: ApexType): boolean {
  return a.key === b.key;
}

export function isPrimitive(type: ApexType, ...names: readonly PrimitiveName[]): boolean {
  return type.kind === 'primitive' && names.includes(type.primitive);
}

export function isNumeric(type: ApexType): boolean {
  return isPrimitive(type, 'Integer', 'Long', 'Double', 'Decimal');
}

/** Of the platform's classes, so that a type that is none of the asked ones may still be a class. */
type CollectionType = ClassType & { readonly symbol: ClassSymbol & { readonly origin: 'platform' } };

type Collection = 'List' | 'Set' | 'Map' | 'Iterable' | 'Iterator';

/** Whether a type is one of the platform's generic collections, not a user class of that name. */
export function isCollection(type: ApexType, ...names: readonly Collection[]): type is CollectionType {
  return type.kind === 'class' && type.symbol.origin === 'platform' && names.some((name) => name === type.symbol.name);
}

/** A type with its type parameters replaced, e.g. `List<T>` of `T` = `Account`. */
export function substitute(type: ApexType, values: ReadonlyMap<string, ApexType>): ApexType {
  if (values.size === 0) return type;
  if (type.kind === 'parameter') return values.get(type.key) ?? unknownType;
  if (type.kind !== 'class' || type.arguments.length === 0) return type;
  return classType(
    type.symbol,
    type.arguments.map((one) => substitute(one, values)),
  );
}
