import type { ClassHeader, ClassMembers, ClassSymbol, FieldSymbol, MethodSymbol } from '../symbols/symbol.ts';
import { lazy, noHeader } from '../symbols/symbol.ts';
import type { ApexType, ClassType } from '../types/type.ts';
import {
  classType,
  findPrimitive,
  primitives,
  sobjectType,
  typeParameter,
  unknownType,
  voidType,
} from '../types/type.ts';
import { instanceMembers, newClasses, newMembers, objectMembers } from './additions.ts';
import { parseMember, parseSignatureType, splitTypes } from './signature-syntax.ts';
import type { SignatureMember, SignatureType } from './signature-syntax.ts';
import signatures from './signatures.json' with { type: 'json' };

const listed: Readonly<Record<string, string | undefined>> = signatures;
const headerShape = /^(class|interface|enum) ([\w.]+)(?:<(.+?)>)?(?: extends (\S+))?(?: implements (.+))?$/;
const known = new Map<string, ClassSymbol | undefined>();

/** A table's own row: Apex may name `constructor`, which every object would answer to. */
function rowOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function linesOf(key: string): readonly string[] | undefined {
  const lines = rowOf(listed, key)?.split('\n') ?? rowOf(newClasses, key);
  return lines === undefined ? undefined : [...lines, ...(rowOf(newMembers, key) ?? [])];
}

function toType(signature: SignatureType, parameters: readonly string[]): ApexType {
  const parameter = parameters.find((name) => name === signature.name);
  if (parameter !== undefined) return typeParameter(parameter);
  if (signature.name.toLowerCase() === 'void') return voidType;
  if (signature.name.toLowerCase() === 'sobject') return sobjectType;
  const primitive = findPrimitive(signature.name);
  if (primitive !== undefined) return primitive;
  const symbol = findPlatformClass(signature.name);
  if (symbol === undefined) return unknownType;
  return classType(
    symbol,
    signature.arguments.map((one) => toType(one, parameters)),
  );
}

function toClassType(text: string, parameters: readonly string[]): ClassType[] {
  const type = toType(parseSignatureType(text), parameters);
  return type.kind === 'class' ? [type] : [];
}

function toField(member: SignatureMember, owner: ClassSymbol): FieldSymbol {
  const isConstant = owner.kind === 'enum' && member.isStatic;
  return {
    kind: isConstant ? 'constant' : 'field',
    name: member.name,
    type: member.type === undefined ? unknownType : toType(member.type, owner.typeParameters),
    owner,
    isStatic: member.isStatic,
    isFinal: member.isFinal,
    visibility: 'global',
    testVisible: false,
    readVisibility: 'global',
    writeVisibility: member.isFinal ? undefined : 'global',
    declaration: undefined,
  };
}

function toMethod(member: SignatureMember, owner: ClassSymbol): MethodSymbol {
  return {
    name: member.name,
    owner,
    parameters: member.parameters.map((one) => toType(one, owner.typeParameters)),
    returnType: member.type === undefined ? voidType : toType(member.type, owner.typeParameters),
    isStatic: member.isStatic,
    isAbstract: owner.kind === 'interface' || member.isAbstract,
    isVirtual: true,
    isOverride: false,
    isConstructor: member.kind === 'constructor',
    visibility: 'global',
    testVisible: false,
    declaration: undefined,
  };
}

const enumMembers = ['String name()', 'Integer ordinal()'];

function membersFrom(lines: readonly string[], owner: ClassSymbol): ClassMembers {
  const fields = new Map<string, FieldSymbol>();
  const methods = new Map<string, MethodSymbol[]>();
  const constructors: MethodSymbol[] = [];
  for (const member of lines.map(parseMember)) {
    const key = member.name.toLowerCase();
    if (member.kind === 'field') fields.set(key, toField(member, owner));
    else if (member.kind === 'constructor') constructors.push(toMethod(member, owner));
    else methods.set(key, [...(methods.get(key) ?? []), toMethod(member, owner)]);
  }
  return { fields, methods, constructors };
}

function headerFrom(
  superclass: string | undefined,
  interfaces: string | undefined,
  parameters: readonly string[],
): ClassHeader {
  if (superclass === undefined && interfaces === undefined) return noHeader;
  return {
    superclass: superclass === undefined ? undefined : toClassType(superclass, parameters)[0],
    interfaces: interfaces === undefined ? [] : splitTypes(interfaces).flatMap((one) => toClassType(one, parameters)),
  };
}

function buildClass(lines: readonly string[]): ClassSymbol {
  const [header = '', ...members] = lines;
  const [, kind, name = '', generics, superclass, interfaces] = headerShape.exec(header) ?? [];
  if (kind !== 'class' && kind !== 'interface' && kind !== 'enum') throw new Error(`Not a class header: ${header}`);
  const typeParameters = generics === undefined ? [] : splitTypes(generics);
  const symbol: ClassSymbol = {
    name,
    simpleName: name.slice(name.lastIndexOf('.') + 1),
    kind,
    origin: 'platform',
    typeParameters,
    outer: undefined,
    visibility: 'global',
    isAbstract: kind === 'interface',
    // Exceptions are the platform's only classes meant for extension; the few others are rare enough to take on trust.
    isVirtual: kind === 'class',
    isTest: false,
    testVisible: false,
    inner: new Map(),
    header: lazy(() => headerFrom(superclass, interfaces, typeParameters)),
    members: lazy(() => membersFrom(kind === 'enum' ? [...members, ...enumMembers] : members, symbol)),
    declaration: undefined,
  };
  return symbol;
}

function findExactly(key: string): ClassSymbol | undefined {
  if (known.has(key)) return known.get(key);
  const lines = linesOf(key);
  const symbol = lines === undefined ? undefined : buildClass(lines);
  known.set(key, symbol);
  return symbol;
}

/**
 * A class of the platform by its name, in any case. `System` and `Schema` may be left out and `System` may stand before
 * the classes that have no namespace, so `HttpRequest`, `System.HttpRequest` and `System.String` are found.
 */
export function findPlatformClass(name: string): ClassSymbol | undefined {
  const key = name.toLowerCase();
  const bare = key.startsWith('system.') ? key.slice('system.'.length) : undefined;
  return (
    findExactly(key) ??
    findExactly(`system.${key}`) ??
    findExactly(`schema.${key}`) ??
    (bare === undefined || bare.includes('.') ? undefined : findExactly(bare))
  );
}

const objectClass = lazy(() => buildClass(objectMembers));
const instanceClass = lazy(() => buildClass(instanceMembers));

/** The class that holds the methods of a primitive's values, and `Object` with what every value has. */
export function primitiveClass(name: string): ClassSymbol {
  return (name === 'Object' ? undefined : findExactly(name.toLowerCase())) ?? objectClass();
}

/** The class above all others: what every value has, and a little more for instances of the customer's classes. */
export function rootClass(origin: ClassSymbol['origin']): ClassSymbol {
  return origin === 'user' ? instanceClass() : objectClass();
}

function requireClass(name: string): ClassSymbol {
  const symbol = findPlatformClass(name);
  if (symbol === undefined) throw new Error(`The platform data lacks ${name}.`);
  return symbol;
}

export function listOf(element: ApexType): ClassType {
  return classType(requireClass('List'), [element]);
}

export function mapOf(key: ApexType, value: ApexType): ClassType {
  return classType(requireClass('Map'), [key, value]);
}

export function platformType(name: string): ClassType {
  return classType(requireClass(name));
}

/** Namespaces the data knows, e.g. `Database`, `Messaging`, `Schema`. */
export const platformNamespaces: ReadonlySet<string> = new Set(
  Object.keys(listed).flatMap((key) => (key.includes('.') ? [key.slice(0, key.indexOf('.'))] : [])),
);

export const exceptionConstructors: readonly (readonly ApexType[])[] = [
  [],
  [primitives.String],
  [platformType('Exception')],
  [primitives.String, platformType('Exception')],
];
