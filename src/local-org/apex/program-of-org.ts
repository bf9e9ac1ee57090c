import type { OrgState } from '../state/org-state.ts';
import type { Component } from '../state/component-store.ts';
import { compileParsed, parseAll } from './compile-apex.ts';
import type { ApexUnit } from './compilation.ts';
import { emitProgram } from './emit/emit-program.ts';
import { natives } from './library/registry.ts';
import { restoreParsed, storeParsed } from './parse/stored-parse.ts';
import type { RunnableProgram } from './run/code.ts';

const kinds = { ApexClass: 'class', ApexTrigger: 'trigger' } as const;

function unitOf(component: Component): ApexUnit {
  const kind = kinds[component.type as keyof typeof kinds];
  const apiVersion = /<apiVersion>([\d.]+)<\/apiVersion>/.exec(component.xml)?.[1] ?? '';
  return { kind, name: component.fullName, source: component.body ?? '', apiVersion };
}

/** All Apex of an org, by name. Of installed packages there is none. */
export function unitsOfOrg(org: OrgState): ApexUnit[] {
  return [...org.components.list('ApexClass'), ...org.components.list('ApexTrigger')].map(unitOf);
}

/** Makes `buildProgram` possible: within a transaction nothing can be waited for. */
export async function prepareProgram(org: OrgState): Promise<void> {
  const units = unitsOfOrg(org);
  if (units.every((unit) => restoreParsed(org, unit))) return;
  await parseAll(units);
  storeParsed(org, units);
}

/** Keeps the syntax trees of the org's Apex for the next process. To be called within the transaction that changes it. */
export function storeTrees(org: OrgState): void {
  storeParsed(org, unitsOfOrg(org));
}

/**
 * Compiles the Apex an org has at this moment.
 * @throws Error where a source was not parsed before, see `prepareProgram`
 */
export function buildProgram(org: OrgState): RunnableProgram {
  const units = unitsOfOrg(org);
  return emitProgram(compileParsed({ units, existing: [], schema: org.schema().data }), natives);
}

/** What a program depends on, as text: the sources and the objects they may name. */
export function fingerprintOf(org: OrgState): string {
  return (['ApexClass', 'ApexTrigger', 'CustomField', 'CustomObject'] as const)
    .map((type) => org.components.version(type))
    .join('.');
}
