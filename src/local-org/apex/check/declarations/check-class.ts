import type {
  ClassDeclaration,
  EnumDeclaration,
  InterfaceDeclaration,
  MemberDeclaration,
  TypeDeclaration,
} from '../../parse/ast/ast.ts';
import { findAnnotation, writtenVisibility } from '../../symbols/modifiers.ts';
import type { ClassSymbol } from '../../symbols/symbol.ts';
import { checkIdentifier } from '../check-identifiers.ts';
import { checkInheritance, checkInterfaceInheritance } from './check-inheritance.ts';
import { checkDuplicateFields, checkMember } from './check-members.ts';
import { checkDefaultSuper, checkDuplicateSignatures, checkMethod } from './check-methods.ts';
import { checkModifiers } from './check-modifiers.ts';
import type { UnitContext } from '../scope.ts';

function isType(member: MemberDeclaration): member is TypeDeclaration {
  return member.kind === 'class' || member.kind === 'interface' || member.kind === 'enum';
}

function checkTopLevel(declaration: TypeDeclaration, symbol: ClassSymbol, context: UnitContext): void {
  if (symbol.outer !== undefined) return;
  const visibility = writtenVisibility(declaration.modifiers);
  // A test class may be private; everything else at the top is public or global.
  if (visibility !== 'public' && visibility !== 'global' && !symbol.isTest) {
    context.report(declaration.name.at, 'Top-level type must have public or global visibility');
  }
}

function checkRestResource(declaration: ClassDeclaration, context: UnitContext): void {
  const mapping = findAnnotation(declaration.modifiers, 'RestResource')?.properties.find(
    (one) => one.name?.text.toLowerCase() === 'urlmapping',
  );
  if (typeof mapping?.value === 'string' && !mapping.value.startsWith('/')) {
    context.report(declaration.name.at, "Rest Resource url must begin with a forward slash, '/'");
  }
}

function checkTestSetups(declaration: ClassDeclaration, context: UnitContext): void {
  const setups = declaration.members.filter(
    (member) => member.kind === 'method' && findAnnotation(member.modifiers, 'TestSetup') !== undefined,
  );
  const seesAllData = declaration.members.some(
    (member) =>
      member.kind === 'method' &&
      findAnnotation(member.modifiers, 'isTest')?.properties.some(
        (one) => one.name?.text.toLowerCase() === 'seealldata' && one.value === true,
      ) === true,
  );
  if (setups.length > 0 && seesAllData) {
    context.report(
      declaration.name.at,
      'Test class containing a test setup method cannot have any methods annotated with @isTest(SeeAllData=true)',
    );
  }
  if (setups.length > 1) {
    context.report(declaration.name.at, 'Only one method per type can be defined with: TestSetup');
  }
}

function checkInnerTypes(declaration: ClassDeclaration, symbol: ClassSymbol, context: UnitContext): void {
  const seen = new Set<string>();
  for (const member of declaration.members.filter(isType)) {
    const key = member.name.text.toLowerCase();
    const inner = symbol.inner.get(key);
    if (symbol.outer !== undefined) {
      context.report(member.at, 'Inner types are not allowed to have inner types');
    } else if (seen.has(key) || key === symbol.simpleName.toLowerCase()) {
      context.report(member.name.at, `Type name already in use: ${symbol.name}.${member.name.text}`);
    } else if (inner !== undefined) checkType(member, inner, context);
    seen.add(key);
  }
}

function checkClass(declaration: ClassDeclaration, symbol: ClassSymbol, context: UnitContext): void {
  checkInheritance(declaration, symbol, context);
  checkRestResource(declaration, context);
  checkTestSetups(declaration, context);
  checkDuplicateFields(declaration.members, context);
  const callables = declaration.members.filter((one) => one.kind === 'method' || one.kind === 'constructor');
  checkDuplicateSignatures(callables, symbol, context);
  if (!callables.some((one) => one.kind === 'constructor')) checkDefaultSuper(symbol, declaration.name.at, context);
  for (const member of declaration.members) checkMember(member, symbol, context);
  checkInnerTypes(declaration, symbol, context);
}

function checkInterface(declaration: InterfaceDeclaration, symbol: ClassSymbol, context: UnitContext): void {
  checkInterfaceInheritance(declaration, symbol, context);
  checkDuplicateSignatures(declaration.members, symbol, context);
  for (const method of declaration.members) {
    // To Salesforce's parser an access modifier here is no part of an interface.
    const [modifier] = method.modifiers.keywords;
    if (modifier !== undefined) context.report(modifier.at, `Expecting '}' but was: '${modifier.keyword}'`);
    checkMethod(method, symbol, context);
  }
}

function checkEnum(declaration: EnumDeclaration, context: UnitContext): void {
  const seen = new Set<string>();
  for (const constant of declaration.constants) {
    const key = constant.text.toLowerCase();
    if (seen.has(key)) context.report(constant.at, `Duplicate field: ${constant.text}`);
    seen.add(key);
  }
}

/** A class, interface or enum with everything in it. */
export function checkType(declaration: TypeDeclaration, symbol: ClassSymbol, context: UnitContext): void {
  checkIdentifier(declaration.name, context);
  checkModifiers(declaration.modifiers, declaration.name, declaration.kind, context);
  checkTopLevel(declaration, symbol, context);
  switch (declaration.kind) {
    case 'class':
      checkClass(declaration, symbol, context);
      break;
    case 'interface':
      checkInterface(declaration, symbol, context);
      break;
    case 'enum':
      checkEnum(declaration, context);
      break;
  }
}
