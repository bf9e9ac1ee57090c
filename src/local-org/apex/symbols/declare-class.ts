import type { FieldDeclaration, PropertyDeclaration, TriggerDeclaration, TypeDeclaration } from '../parse/ast/ast.ts';
import type { TypeReference } from '../parse/ast/ast-expressions.ts';
import { exceptionConstructors } from '../platform/platform.ts';
import type { ApexType, ClassType } from '../types/type.ts';
import { unknownType, voidType } from '../types/type.ts';
import { declareConstant, declareConstructor, declareMethod, enumMethods } from './declare-members.ts';
import { findAnnotation, hasKeyword, visibilityOf } from './modifiers.ts';
import type { Program } from './program.ts';
import { resolveType } from './resolve-type.ts';
import type { ClassHeader, ClassMembers, ClassSymbol, FieldSymbol, MethodSymbol } from './symbol.ts';
import { lazy, lazyCut, noHeader } from './symbol.ts';

type TypeOf = (reference: TypeReference | undefined) => ApexType;

function fieldSymbols(member: FieldDeclaration, owner: ClassSymbol, typeOf: TypeOf): FieldSymbol[] {
  const visibility = visibilityOf(member.modifiers);
  const type = typeOf(member.type);
  return member.variables.map((declaration) => ({
    kind: 'field',
    name: declaration.name.text,
    type,
    owner,
    isStatic: owner.kind === 'trigger' || hasKeyword(member.modifiers, 'static'),
    isFinal: hasKeyword(member.modifiers, 'final'),
    visibility,
    testVisible: findAnnotation(member.modifiers, 'TestVisible') !== undefined,
    readVisibility: visibility,
    writeVisibility: visibility,
    declaration,
  }));
}

function propertySymbol(member: PropertyDeclaration, owner: ClassSymbol, typeOf: TypeOf): FieldSymbol {
  const visibility = visibilityOf(member.modifiers);
  const accessor = (kind: 'get' | 'set'): FieldSymbol['visibility'] | undefined => {
    const found = member.accessors.find((one) => one.kind === kind);
    if (found === undefined) return undefined;
    return found.modifiers.keywords.length === 0 ? visibility : visibilityOf(found.modifiers);
  };
  return {
    kind: 'property',
    name: member.name.text,
    type: typeOf(member.type),
    owner,
    isStatic: hasKeyword(member.modifiers, 'static'),
    isFinal: false,
    visibility,
    testVisible: findAnnotation(member.modifiers, 'TestVisible') !== undefined,
    readVisibility: accessor('get'),
    writeVisibility: accessor('set'),
    declaration: member,
  };
}

function isExceptionClass(owner: ClassSymbol): boolean {
  const seen = new Set<ClassSymbol>();
  for (
    let at: ClassSymbol | undefined = owner;
    at !== undefined && !seen.has(at);
    at = at.header().superclass?.symbol
  ) {
    if (at.name === 'Exception' && at.origin === 'platform') return true;
    seen.add(at);
  }
  return false;
}

function implicitConstructors(owner: ClassSymbol, declared: readonly MethodSymbol[]): MethodSymbol[] {
  const build = (parameters: readonly ApexType[]): MethodSymbol => ({
    name: '<init>',
    owner,
    parameters,
    returnType: voidType,
    isStatic: false,
    isAbstract: false,
    isVirtual: false,
    isOverride: false,
    isConstructor: true,
    visibility: 'global',
    testVisible: false,
    declaration: undefined,
  });
  if (isExceptionClass(owner)) return exceptionConstructors.map(build);
  return declared.length === 0 ? [build([])] : [];
}

function membersOf(
  declaration: TypeDeclaration | TriggerDeclaration,
  owner: ClassSymbol,
  typeOf: TypeOf,
): ClassMembers {
  const fields = new Map<string, FieldSymbol>();
  const methods = new Map<string, MethodSymbol[]>();
  const constructors: MethodSymbol[] = [];
  const addField = (field: FieldSymbol): void => {
    const key = field.name.toLowerCase();
    if (!fields.has(key)) fields.set(key, field);
  };
  const addMethod = (method: MethodSymbol): void => {
    const key = method.name.toLowerCase();
    methods.set(key, [...(methods.get(key) ?? []), method]);
  };
  if (declaration.kind === 'enum') {
    for (const constant of declaration.constants) addField(declareConstant(constant.text, owner));
    for (const method of enumMethods(owner)) addMethod(method);
    return { fields, methods, constructors };
  }
  for (const member of declaration.members) {
    if (member.kind === 'field') fieldSymbols(member, owner, typeOf).forEach(addField);
    else if (member.kind === 'property') addField(propertySymbol(member, owner, typeOf));
    else if (member.kind === 'method') addMethod(declareMethod(member, owner, typeOf));
    else if (member.kind === 'constructor') constructors.push(declareConstructor(member, owner, typeOf));
  }
  return { fields, methods, constructors: [...constructors, ...implicitConstructors(owner, constructors)] };
}

function headerOf(declaration: TypeDeclaration | TriggerDeclaration, typeOf: TypeOf): ClassHeader {
  if (declaration.kind === 'enum' || declaration.kind === 'trigger') return noHeader;
  const classes = (references: readonly TypeReference[]): ClassType[] =>
    references.map(typeOf).filter((type): type is ClassType => type.kind === 'class');
  const superclass =
    declaration.kind === 'class' && declaration.superclass !== undefined ? [declaration.superclass] : [];
  return { superclass: classes(superclass)[0], interfaces: classes(declaration.interfaces) };
}

/** The symbol of a declared type and of its inner types; what it refers to is looked up later, in `program()`. */
export function declareClass(
  declaration: TypeDeclaration | TriggerDeclaration,
  outer: ClassSymbol | undefined,
  program: () => Program,
): ClassSymbol {
  const inner = new Map<string, ClassSymbol>();
  const typeOf: TypeOf = (reference) => {
    if (reference === undefined) return voidType;
    const resolved = resolveType(reference, symbol, program());
    return resolved.problem === undefined ? resolved.type : unknownType;
  };
  const modifiers = declaration.kind === 'trigger' ? { keywords: [], annotations: [] } : declaration.modifiers;
  const simpleName = declaration.name.text;
  const symbol: ClassSymbol = {
    name: outer === undefined || outer.kind === 'trigger' ? simpleName : `${outer.name}.${simpleName}`,
    simpleName,
    kind: declaration.kind,
    origin: 'user',
    typeParameters: [],
    outer,
    visibility: visibilityOf(modifiers),
    isAbstract: declaration.kind === 'interface' || hasKeyword(modifiers, 'abstract'),
    isVirtual: hasKeyword(modifiers, 'virtual') || hasKeyword(modifiers, 'abstract'),
    isTest: outer?.isTest === true || findAnnotation(modifiers, 'isTest') !== undefined,
    testVisible: findAnnotation(modifiers, 'TestVisible') !== undefined,
    inner,
    // A name in a header is looked up among inherited types too, and those depend on the header.
    header: lazyCut(() => headerOf(declaration, typeOf), noHeader),
    members: lazy(() => membersOf(declaration, symbol, typeOf)),
    declaration,
  };
  const members = declaration.kind === 'class' || declaration.kind === 'trigger' ? declaration.members : [];
  for (const member of members) {
    if (member.kind !== 'class' && member.kind !== 'interface' && member.kind !== 'enum') continue;
    const key = member.name.text.toLowerCase();
    if (!inner.has(key)) inner.set(key, declareClass(member, symbol, program));
  }
  return symbol;
}
