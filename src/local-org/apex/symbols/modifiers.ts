import type { Annotation, Modifiers, Visibility } from '../parse/ast/ast.ts';

export function hasKeyword(modifiers: Modifiers, keyword: string): boolean {
  return modifiers.keywords.some((one) => one.keyword === keyword);
}

export function findAnnotation(modifiers: Modifiers, name: string): Annotation | undefined {
  return modifiers.annotations.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** What is written; `webservice` members are global; undefined without a visibility. */
export function writtenVisibility(modifiers: Modifiers): Visibility | undefined {
  if (hasKeyword(modifiers, 'global') || hasKeyword(modifiers, 'webservice')) return 'global';
  if (hasKeyword(modifiers, 'public')) return 'public';
  if (hasKeyword(modifiers, 'protected')) return 'protected';
  return hasKeyword(modifiers, 'private') ? 'private' : undefined;
}

/** Members and inner types are private unless they say otherwise. */
export function visibilityOf(modifiers: Modifiers): Visibility {
  return writtenVisibility(modifiers) ?? 'private';
}

export function isTestMethod(modifiers: Modifiers): boolean {
  return hasKeyword(modifiers, 'testmethod') || findAnnotation(modifiers, 'isTest') !== undefined;
}
