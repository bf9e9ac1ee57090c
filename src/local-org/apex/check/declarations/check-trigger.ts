import type { TriggerDeclaration } from '../../parse/ast/ast.ts';
import { findSObjectType } from '../../symbols/program.ts';
import type { Program } from '../../symbols/program.ts';
import type { ClassSymbol } from '../../symbols/symbol.ts';
import type { SObjectType } from '../../types/type.ts';
import { checkType } from './check-class.ts';
import { checkDuplicateFields, checkMember } from './check-members.ts';
import { checkBlock } from '../statements/check-statements.ts';
import type { UnitContext } from '../scope.ts';

/** The object a trigger is on; undefined where there is no such object. */
export function triggerObjectOf(declaration: TriggerDeclaration, program: Program): SObjectType | undefined {
  const type = declaration.object === undefined ? undefined : findSObjectType(declaration.object.text, program);
  return type?.kind === 'sobject' && type.schema !== undefined ? type : undefined;
}

function checkEvents(declaration: TriggerDeclaration, context: UnitContext): void {
  const seen = new Set<string>();
  for (const event of declaration.events) {
    if (event.text === 'before undelete') {
      context.report(declaration.name.at, 'Trigger Usage Before Undelete is not supported');
    }
    if (seen.has(event.text)) {
      context.report(declaration.name.at, `Duplicate Trigger Usage: ${event.text.toUpperCase()}`);
    }
    seen.add(event.text);
  }
}

export function checkTrigger(declaration: TriggerDeclaration, symbol: ClassSymbol, context: UnitContext): void {
  if (context.triggerObject === undefined && declaration.object !== undefined) {
    context.report(declaration.name.at, `Invalid type: Schema.${declaration.object.text}`);
  }
  checkEvents(declaration, context);
  checkDuplicateFields(declaration.members, context);
  for (const member of declaration.members) {
    checkMember(member, symbol, context);
    const inner = 'name' in member ? symbol.inner.get(member.name.text.toLowerCase()) : undefined;
    if (inner !== undefined && (member.kind === 'class' || member.kind === 'interface' || member.kind === 'enum')) {
      checkType(member, inner, context);
    }
  }
  checkBlock(declaration.body, {
    context,
    type: symbol,
    isStatic: true,
    body: 'trigger',
    returnType: undefined,
    locals: new Map(),
    inLoop: false,
    constructorCalls: new Set(),
  });
}
