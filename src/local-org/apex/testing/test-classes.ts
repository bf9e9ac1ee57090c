import type { OrgState } from '../../state/org-state.ts';
import type { RunnableProgram } from '../run/code.ts';
import { findAnnotation, isTestMethod } from '../symbols/modifiers.ts';
import type { ClassSymbol, MethodSymbol } from '../symbols/symbol.ts';

/** One test method of a class. */
export interface TestMethod {
  readonly method: MethodSymbol;
  /** Whether it sees the org's records: `@IsTest(SeeAllData=true)` on it or on its class. */
  readonly seesAllData: boolean;
}

/** A class with test methods. */
export interface TestClass {
  readonly symbol: ClassSymbol;
  /** Of its ApexClass row. */
  readonly id: string;
  readonly setup: TestMethod | undefined;
  /** In the order of the text. */
  readonly methods: readonly TestMethod[];
}

type Declaration = MethodSymbol['declaration'];

function seesAllData(declaration: Declaration | ClassSymbol['declaration']): boolean | undefined {
  if (declaration === undefined || !('modifiers' in declaration)) return undefined;
  const value = findAnnotation(declaration.modifiers, 'isTest')?.properties.find(
    (one) => one.name?.text.toLowerCase() === 'seealldata',
  )?.value;
  return typeof value === 'boolean' ? value : undefined;
}

function line(method: MethodSymbol): number {
  return method.declaration?.name.at.line ?? 0;
}

function testClassOf(symbol: ClassSymbol, id: string): TestClass | undefined {
  const methods = [...symbol.members().methods.values()].flat().filter((one) => one.declaration?.kind === 'method');
  const setup = methods.find(
    (one) => one.declaration !== undefined && findAnnotation(one.declaration.modifiers, 'testSetup') !== undefined,
  );
  const tests = methods
    .filter((one) => one !== setup && one.declaration !== undefined && isTestMethod(one.declaration.modifiers))
    .toSorted((a, b) => line(a) - line(b))
    .map((method) => ({
      method,
      seesAllData: seesAllData(method.declaration) ?? seesAllData(symbol.declaration) ?? false,
    }));
  if (tests.length === 0) return undefined;
  return { symbol, id, setup: setup && { method: setup, seesAllData: false }, methods: tests };
}

/** The test classes of a program, in the order of their names. */
export function testClassesOf(org: OrgState, program: RunnableProgram): TestClass[] {
  return Array.from(program.program.classes.values())
    .filter((symbol) => symbol.isTest)
    .toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
    .flatMap((symbol) => {
      const id = org.records.find('ApexClass', { Name: symbol.simpleName })[0]?.Id;
      return id === undefined ? [] : (testClassOf(symbol, id) ?? []);
    });
}
