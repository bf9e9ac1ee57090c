import { hasKeyword } from './modifiers.ts';
import type { FieldSymbol } from './symbol.ts';

/** Whether a field is declared `transient`: it is left out where its object is stored. */
export function isTransient(field: FieldSymbol): boolean {
  const { declaration, owner } = field;
  if (declaration === undefined) return false;
  if ('modifiers' in declaration) return hasKeyword(declaration.modifiers, 'transient');
  const members = owner.declaration !== undefined && 'members' in owner.declaration ? owner.declaration.members : [];
  return members.some(
    (member) =>
      member.kind === 'field' &&
      member.variables.some((variable) => variable === declaration) &&
      hasKeyword(member.modifiers, 'transient'),
  );
}
