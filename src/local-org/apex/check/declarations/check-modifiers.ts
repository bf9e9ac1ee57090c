import type { Identifier, Modifiers } from '../../parse/ast/ast.ts';
import { findAnnotation, hasKeyword, isTestMethod } from '../../symbols/modifiers.ts';
import type { ClassSymbol } from '../../symbols/symbol.ts';
import { findAnnotationRule } from './annotations.ts';
import type { AnnotationTarget } from './annotations.ts';
import type { UnitContext } from '../scope.ts';

const scopes = new Set(['private', 'protected', 'public', 'global']);
const plurals: Readonly<Record<AnnotationTarget, string>> = {
  class: 'classes',
  interface: 'interfaces',
  enum: 'enums',
  method: 'methods',
  field: 'fields',
  property: 'properties',
  constructor: 'constructors',
};

const allowedKeywords: Readonly<Record<AnnotationTarget, ReadonlySet<string>>> = {
  class: new Set([
    'abstract',
    'virtual',
    'final',
    'with sharing',
    'without sharing',
    'inherited sharing',
    'static',
    'transient',
    'testmethod',
    'override',
    'webservice',
  ]),
  interface: new Set(['virtual', 'abstract']),
  enum: new Set([]),
  method: new Set(['static', 'abstract', 'virtual', 'override', 'testmethod', 'webservice', 'final']),
  field: new Set(['static', 'final', 'transient', 'webservice']),
  property: new Set(['static', 'transient', 'final', 'webservice']),
  constructor: new Set([]),
};

function firstDuplicate(words: readonly string[]): string | undefined {
  return words.find((word, index) => words.indexOf(word) < index);
}

function checkKeywords(modifiers: Modifiers, name: Identifier, target: AnnotationTarget, context: UnitContext): void {
  const words = modifiers.keywords.map((one) => one.keyword);
  const duplicate = firstDuplicate(words);
  if (duplicate !== undefined) context.report(name.at, `Duplicate modifier: ${duplicate}`);
  else if (words.filter((word) => scopes.has(word)).length > 1) {
    context.report(name.at, 'Declarations can only have one scope');
  }
  if (target === 'class' && words.includes('final')) context.report(name.at, 'classes are by default final');
  const misplaced = words.find((word) => !scopes.has(word) && !allowedKeywords[target].has(word));
  if (misplaced !== undefined) context.report(name.at, `${misplaced} is not allowed on ${plurals[target]}`);
}

function checkAnnotations(
  modifiers: Modifiers,
  name: Identifier,
  target: AnnotationTarget,
  context: UnitContext,
): void {
  const seen = new Set<string>();
  for (const annotation of modifiers.annotations) {
    const rule = findAnnotationRule(annotation.name);
    if (rule === undefined) {
      context.report(annotation.at, `Annotation does not exist: ${annotation.name}`);
      continue;
    }
    if (seen.has(rule.name)) context.report(name.at, `Duplicate modifier: ${rule.name}`);
    seen.add(rule.name);
    if (!rule.targets.includes(target)) context.report(name.at, `${rule.name} is not allowed on ${plurals[target]}`);
    for (const property of annotation.properties) {
      if (property.name === undefined || rule.properties === undefined) continue;
      if (rule.properties.includes(property.name.text.toLowerCase())) continue;
      context.report(
        property.name.at,
        `No such property, ${property.name.text}, defined on this annotation: ${rule.name}`,
      );
    }
    if (rule.isStatic === true && target === 'method' && !hasKeyword(modifiers, 'static')) {
      context.report(name.at, `${rule.name} methods must be declared as static`);
    }
  }
}

/** Modifiers and annotations of a declaration by themselves: known, single, and allowed where they stand. */
export function checkModifiers(
  modifiers: Modifiers,
  name: Identifier,
  target: AnnotationTarget,
  context: UnitContext,
): void {
  checkKeywords(modifiers, name, target, context);
  checkAnnotations(modifiers, name, target, context);
}

/** Modifiers of a member as its class allows them. */
export function checkMemberModifiers(
  modifiers: Modifiers,
  name: Identifier,
  target: 'method' | 'field' | 'property' | 'constructor',
  owner: ClassSymbol,
  context: UnitContext,
): void {
  checkModifiers(modifiers, name, target, context);
  if (owner.outer !== undefined && owner.outer.kind !== 'trigger') {
    if (isTestMethod(modifiers))
      context.report(name.at, `IsTest can only be used on ${plurals[target]} of a top level type`);
    else if (hasKeyword(modifiers, 'static')) {
      context.report(name.at, `static can only be used on ${plurals[target]} of a top level type`);
    }
  }
  if (hasKeyword(modifiers, 'global') && owner.visibility !== 'global' && owner.kind !== 'trigger') {
    context.report(name.at, `Defining type for global ${plurals[target]} must be declared as global`);
  }
  if (findAnnotation(modifiers, 'TestVisible') !== undefined && hasKeyword(modifiers, 'testmethod')) {
    context.report(name.at, `testMethod ${plurals[target]} cannot be TestVisible`);
  }
}
