import type { ConstructorDeclaration, MethodDeclaration } from '../parse/ast/ast.ts';
import type { TypeReference } from '../parse/ast/ast-expressions.ts';
import { listOf } from '../platform/platform.ts';
import type { ApexType } from '../types/type.ts';
import { classType, primitives, voidType } from '../types/type.ts';
import { findAnnotation, hasKeyword, isTestMethod, visibilityOf } from './modifiers.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from './symbol.ts';

type TypeOf = (reference: TypeReference | undefined) => ApexType;

export function declareConstant(name: string, owner: ClassSymbol): FieldSymbol {
  return {
    kind: 'constant',
    name,
    type: classType(owner),
    owner,
    isStatic: true,
    isFinal: true,
    visibility: 'global',
    testVisible: false,
    readVisibility: 'global',
    writeVisibility: undefined,
    declaration: undefined,
  };
}

export function declareMethod(declaration: MethodDeclaration, owner: ClassSymbol, typeOf: TypeOf): MethodSymbol {
  const { modifiers } = declaration;
  const isInterface = owner.kind === 'interface';
  return {
    name: declaration.name.text,
    owner,
    parameters: declaration.parameters.map((one) => typeOf(one.type)),
    returnType: typeOf(declaration.returnType),
    // testMethod implies nothing, but a method declared in a trigger is called without an instance.
    isStatic: owner.kind === 'trigger' || hasKeyword(modifiers, 'static'),
    isAbstract: isInterface || hasKeyword(modifiers, 'abstract'),
    isVirtual: isInterface || ['virtual', 'abstract'].some((one) => hasKeyword(modifiers, one)),
    isOverride: hasKeyword(modifiers, 'override'),
    isConstructor: false,
    visibility: isInterface ? 'global' : visibilityOf(modifiers),
    testVisible: findAnnotation(modifiers, 'TestVisible') !== undefined || isTestMethod(modifiers),
    declaration,
  };
}

export function declareConstructor(
  declaration: ConstructorDeclaration,
  owner: ClassSymbol,
  typeOf: TypeOf,
): MethodSymbol {
  return {
    name: '<init>',
    owner,
    parameters: declaration.parameters.map((one) => typeOf(one.type)),
    returnType: voidType,
    isStatic: false,
    isAbstract: false,
    isVirtual: false,
    isOverride: false,
    isConstructor: true,
    visibility: visibilityOf(declaration.modifiers),
    testVisible: findAnnotation(declaration.modifiers, 'TestVisible') !== undefined,
    declaration,
  };
}

/** What every enum has. */
export function enumMethods(owner: ClassSymbol): MethodSymbol[] {
  const own = classType(owner);
  const build = (
    name: string,
    parameters: readonly ApexType[],
    returnType: ApexType,
    isStatic: boolean,
  ): MethodSymbol => ({
    name,
    owner,
    parameters,
    returnType,
    isStatic,
    isAbstract: false,
    isVirtual: false,
    isOverride: false,
    isConstructor: false,
    visibility: 'global',
    testVisible: false,
    declaration: undefined,
  });
  return [
    build('name', [], primitives.String, false),
    build('ordinal', [], primitives.Integer, false),
    build('values', [], listOf(own), true),
    build('valueOf', [primitives.String], own, true),
  ];
}
