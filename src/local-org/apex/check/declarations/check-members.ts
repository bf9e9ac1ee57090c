import type { Accessor, FieldDeclaration, MemberDeclaration, PropertyDeclaration } from '../../parse/ast/ast.ts';
import { hasKeyword } from '../../symbols/modifiers.ts';
import type { ClassSymbol } from '../../symbols/symbol.ts';
import type { ApexType } from '../../types/type.ts';
import { voidType } from '../../types/type.ts';
import { checkFits } from '../expressions/check-assignment.ts';
import { checkIdentifier } from '../check-identifiers.ts';
import { checkConstructor, checkMethod } from './check-methods.ts';
import { checkMemberModifiers } from './check-modifiers.ts';
import { checkBlock } from '../statements/check-statements.ts';
import type { Scope, UnitContext } from '../scope.ts';
import { BlockScope, typeIn } from '../scope.ts';

function memberScope(
  owner: ClassSymbol,
  context: UnitContext,
  isStatic: boolean,
  body: Scope['body'],
  returnType?: ApexType,
): BlockScope {
  return new BlockScope({
    context,
    type: owner,
    isStatic,
    body,
    returnType,
    locals: new Map(),
    inLoop: false,
    constructorCalls: new Set(),
  });
}

function checkField(member: FieldDeclaration, owner: ClassSymbol, context: UnitContext): void {
  const isStatic = hasKeyword(member.modifiers, 'static') || owner.kind === 'trigger';
  const type = typeIn(member.type, { context, type: owner });
  const scope = memberScope(owner, context, isStatic, 'field');
  for (const { name, initializer } of member.variables) {
    checkIdentifier(name, context);
    checkMemberModifiers(member.modifiers, name, 'field', owner, context);
    if (initializer !== undefined) checkFits(context.check(initializer, scope), type, name.at, scope);
  }
}

function checkAccessor(
  accessor: Accessor,
  property: PropertyDeclaration,
  type: ApexType,
  owner: ClassSymbol,
  context: UnitContext,
): void {
  if (accessor.body === undefined) return;
  const isStatic = hasKeyword(property.modifiers, 'static');
  const isGetter = accessor.kind === 'get';
  const scope = memberScope(owner, context, isStatic, 'method', isGetter ? type : voidType);
  if (!isGetter) scope.declare({ text: 'value', at: accessor.at }, type);
  const flow = checkBlock(accessor.body, scope);
  if (isGetter && flow === 'continues' && type.kind !== 'unknown') {
    context.report(property.name.at, `Missing return statement required return type: ${type.name}`);
  }
}

function checkProperty(member: PropertyDeclaration, owner: ClassSymbol, context: UnitContext): void {
  const type = typeIn(member.type, { context, type: owner });
  checkIdentifier(member.name, context);
  checkMemberModifiers(member.modifiers, member.name, 'property', owner, context);
  for (const [index, accessor] of member.accessors.entries()) {
    if (member.accessors.slice(0, index).some((one) => one.kind === accessor.kind)) {
      context.report(accessor.at, `Missing '}' at '${accessor.kind}'`);
    }
    checkAccessor(accessor, member, type, owner, context);
  }
}

/** One member of a class or a trigger; inner types are checked by the caller, as they have members of their own. */
export function checkMember(member: MemberDeclaration, owner: ClassSymbol, context: UnitContext): void {
  switch (member.kind) {
    case 'method':
      checkMethod(member, owner, context);
      break;
    case 'constructor':
      checkConstructor(member, owner, context);
      break;
    case 'field':
      checkField(member, owner, context);
      break;
    case 'property':
      checkProperty(member, owner, context);
      break;
    case 'initializer':
      if (member.isStatic && owner.outer !== undefined) {
        context.report(member.body.at, 'Inner types are not allowed to have static blocks');
      }
      checkBlock(member.body, memberScope(owner, context, member.isStatic, 'initializer'));
      break;
    case 'class':
    case 'interface':
    case 'enum':
      break;
  }
}

/** Fields and properties of one name; names of members do not depend on case. */
export function checkDuplicateFields(members: readonly MemberDeclaration[], context: UnitContext): void {
  const seen = new Set<string>();
  for (const member of members) {
    const names =
      member.kind === 'field'
        ? member.variables.map((one) => one.name)
        : member.kind === 'property'
          ? [member.name]
          : [];
    for (const name of names) {
      const key = name.text.toLowerCase();
      if (seen.has(key)) context.report(name.at, `Duplicate field: ${name.text}`);
      seen.add(key);
    }
  }
}
