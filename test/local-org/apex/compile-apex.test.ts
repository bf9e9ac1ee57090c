import { describe, expect, test } from 'vitest';
import { compileApex, compileProgram } from '../../../src/local-org/apex/compile-apex.ts';
import { parseApex } from '../../../src/local-org/apex/parse/parse-apex.ts';
import { apexClass, apexTrigger, orgSchema } from './apex-units.ts';

const schema = orgSchema();

const handler = apexClass(
  'CaseHandler',
  'public class CaseHandler {\n  public static void handle(List<Case> cases) {\n    System.debug(cases);\n  }\n}',
);
const trigger = apexTrigger(
  'CaseTrigger',
  'trigger CaseTrigger on Case (after insert) {\n  CaseHandler.handle(Trigger.new);\n}',
);

describe('a deploy', () => {
  test('compiles a class and the trigger that uses it together, in any order', async () => {
    for (const units of [
      [handler, trigger],
      [trigger, handler],
    ]) {
      expect(await compileApex({ units, existing: [], schema })).toEqual({ problems: [], dependentProblems: [] });
    }
  });

  test('refuses the trigger without its class', async () => {
    const { problems } = await compileApex({ units: [trigger], existing: [], schema });
    expect(problems).toEqual([{ unit: trigger, message: 'Variable does not exist: CaseHandler', line: 2, column: 3 }]);
  });

  test('may use classes the org already has', async () => {
    expect((await compileApex({ units: [trigger], existing: [handler], schema })).problems).toEqual([]);
  });

  test('reports one problem a unit, the first in its text, in the order of the units', async () => {
    const first = apexClass('First', 'public class First {\n  Missing a;\n  Missing b;\n}');
    const second = apexClass('Second', 'public class Second {\n  Integer a = missing;\n}');
    const { problems } = await compileApex({ units: [first, handler, second], existing: [], schema });
    expect(problems.map((one) => [one.unit.name, one.line, one.message])).toEqual([
      ['First', 2, 'Invalid type: Missing'],
      ['Second', 2, 'Variable does not exist: missing'],
    ]);
  });

  test('refuses a class whose name is not that of its file', async () => {
    const { problems } = await compileApex({ units: [apexClass('Other', handler.source)], existing: [], schema });
    expect(problems.map((one) => one.message)).toEqual(['Class name must match the file name: CaseHandler, Other']);
  });

  test('refuses the same class twice', async () => {
    const again = apexClass('casehandler', handler.source);
    const { problems } = await compileApex({ units: [handler, again], existing: [], schema });
    expect(problems).toEqual([{ unit: again, message: 'Duplicate name: casehandler', line: 1, column: 1 }]);
  });

  test('knows custom fields only when the schema has them', async () => {
    const unit = apexClass(
      'UsesField',
      "public class UsesField {\n  String s = new Case(Case_From__c = 'x').Case_From__c;\n}",
    );
    const without = await compileApex({ units: [unit], existing: [], schema });
    expect(without.problems.map((one) => one.message)).toEqual(['Field does not exist: Case_From__c on Case']);
    const custom = orgSchema({ Case: { Case_From__c: 'string' } });
    expect((await compileApex({ units: [unit], existing: [], schema: custom })).problems).toEqual([]);
  });
});

describe('what the org already has', () => {
  const caller = apexClass(
    'Caller',
    'public class Caller {\n  public static CaseHandler get() {\n    return null;\n  }\n}',
  );
  const distant = apexClass('Distant', 'public class Distant {\n  void run() {\n    Caller.get().tidy();\n  }\n}');
  const withTidy = apexClass('CaseHandler', 'public class CaseHandler {\n  public void tidy() {\n  }\n}');

  test('is compiled again when a deploy takes away what it calls', async () => {
    const changed = apexClass('CaseHandler', 'public class CaseHandler {\n}');
    const { problems, dependentProblems } = await compileApex({
      units: [changed],
      existing: [handler, trigger],
      schema,
    });
    expect(problems).toEqual([]);
    expect(dependentProblems).toEqual([
      {
        unit: trigger,
        message: 'Method does not exist or incorrect signature: void handle(List<Case>) from the type CaseHandler',
        line: 2,
        column: 15,
      },
    ]);
  });

  test('is found through classes in between', async () => {
    const existing = [withTidy, caller, distant];
    expect((await compileApex({ units: [withTidy], existing, schema })).dependentProblems).toEqual([]);
    const changed = apexClass('CaseHandler', 'public class CaseHandler {\n}');
    const { dependentProblems } = await compileApex({ units: [changed], existing, schema });
    expect(dependentProblems.map((one) => [one.unit.name, one.message])).toEqual([
      ['Distant', 'Method does not exist or incorrect signature: void tidy() from the type CaseHandler'],
    ]);
  });

  test('is left alone when it has nothing to do with the deploy', async () => {
    const broken = apexClass('Broken', 'public class Broken {\n  Missing a;\n}');
    const { dependentProblems } = await compileApex({ units: [handler], existing: [broken], schema });
    expect(dependentProblems).toEqual([]);
  });
});

describe('for an interpreter', () => {
  test('a program gives the type and the method of each expression', async () => {
    const { units } = await compileProgram({ units: [handler, trigger], existing: [], schema });
    const compiled = units.find((one) => one.unit === trigger);
    const [statement] = compiled?.parsed.kind === 'trigger' ? compiled.parsed.body.statements : [];
    const call = statement?.kind === 'expression' ? statement.expression : undefined;
    if (call?.kind !== 'call') throw new Error('The trigger begins with a call.');
    expect(compiled?.resolutions.methods.get(call)?.owner.name).toBe('CaseHandler');
    const [argument] = call.arguments;
    expect(argument === undefined ? undefined : compiled?.resolutions.types.get(argument)?.name).toBe('List<Case>');
  });

  test('a parse keeps places, and comes from the cache the second time', async () => {
    const result = await parseApex('class', handler.source);
    expect(result).toMatchObject({
      ok: true,
      unit: { kind: 'class', name: { text: 'CaseHandler', at: { line: 1, column: 14 } } },
    });
    expect(await parseApex('class', handler.source)).toBe(result);
    expect(await parseApex('trigger', handler.source)).toMatchObject({ ok: false });
  });
});

test('a class of a thousand lines compiles in well under a second', async () => {
  const methods = Array.from({ length: 200 }, (_, index) =>
    [
      `  public static Integer method${index}(List<Account> accounts, String name) {`,
      `    Map<Id, Account> byId = new Map<Id, Account>([SELECT Id, Name FROM Account WHERE Name = :name AND Id IN :accounts]);`,
      `    for (Account one : accounts) { if (byId.containsKey(one.Id) && one.Name != name) { one.Name = name + ${index}; } }`,
      `    return accounts.size() + byId.values().size() * ${index};`,
      '  }',
    ].join('\n'),
  );
  const source = (name: string): string => `public class ${name} {\n${methods.join('\n')}\n}`;
  await compileApex({ units: [apexClass('Warm', source('Warm'))], existing: [], schema });
  const started = performance.now();
  const { problems } = await compileApex({ units: [apexClass('Timed', source('Timed'))], existing: [], schema });
  expect(problems).toEqual([]);
  expect(performance.now() - started).toBeLessThan(1000);
});
