import type { Visibility } from '../parse/ast/ast.ts';
import { isSubclassOf } from '../symbols/hierarchy.ts';
import type { ClassSymbol } from '../symbols/symbol.ts';
import { outermost } from '../symbols/symbol.ts';

interface Member {
  readonly owner: ClassSymbol;
  readonly testVisible: boolean;
}

function isInherited(owner: ClassSymbol, viewer: ClassSymbol): boolean {
  for (let at: ClassSymbol | undefined = viewer; at !== undefined; at = at.outer) {
    if (isSubclassOf(at, owner)) return true;
  }
  return false;
}

/** Whether code of one class sees a member of another; classes of one file see all of each other. */
export function isVisible(member: Member, visibility: Visibility | undefined, viewer: ClassSymbol): boolean {
  if (visibility === undefined) return false;
  if (visibility === 'public' || visibility === 'global' || member.owner.origin === 'platform') return true;
  if (outermost(member.owner) === outermost(viewer)) return true;
  if (member.testVisible && viewer.isTest) return true;
  return visibility === 'protected' && isInherited(member.owner, viewer);
}

export function isTypeVisible(symbol: ClassSymbol, viewer: ClassSymbol): boolean {
  if (symbol.origin === 'platform' || symbol.outer === undefined || symbol.outer.kind === 'trigger') return true;
  return isVisible({ owner: symbol.outer, testVisible: symbol.testVisible }, symbol.visibility, viewer);
}
