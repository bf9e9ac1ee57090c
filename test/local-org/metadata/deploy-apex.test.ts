import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import {
  apexClass,
  apexMeta,
  apexTrigger,
  emptyManifest,
  manifest,
  metadataFile,
  objectFile,
  permissionSet,
  zipOf,
} from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

const greeter =
  "public class Greeter {\n    // says hello\n    public static String hello(String name) {\n        return 'Hello // ' + name;\n    }\n}\n";
const trigger =
  "trigger GreetCase on Case (before insert, after update) {\n    String greeting = Greeter.hello('Case');\n}\n";

const both: PackageFiles = {
  'package.xml': manifest({ ApexClass: ['Greeter'], ApexTrigger: ['GreetCase'] }),
  ...apexClass('Greeter', greeter),
  ...apexTrigger('GreetCase', trigger),
};

let org: MetadataOrg;
beforeEach(async () => {
  org = await startMetadataOrg();
});
afterEach(async () => {
  await org.close();
});

async function deploy(files: PackageFiles, options: object = {}) {
  return await org.connection.metadata
    .deploy(zipOf(files), { singlePackage: true, rollbackOnError: true, ...options })
    .complete(true);
}

describe('a class and the trigger that uses it', () => {
  test('compile together and become records', async () => {
    expect(await deploy(both)).toMatchObject({ status: 'Succeeded', numberComponentsDeployed: 2 });
    expect(org.state.records.all('ApexClass')).toMatchObject([
      {
        Name: 'Greeter',
        Body: greeter,
        ApiVersion: 66,
        Status: 'Active',
        IsValid: true,
        LengthWithoutComments: greeter.length - '// says hello'.length,
      },
    ]);
    expect(org.state.records.all('ApexTrigger')).toMatchObject([
      {
        Name: 'GreetCase',
        TableEnumOrId: 'Case',
        UsageBeforeInsert: true,
        UsageAfterUpdate: true,
        UsageAfterInsert: false,
        UsageIsBulk: true,
      },
    ]);
    expect(String(org.state.records.all('ApexClass')[0]?.Id)).toMatch(/^01p/);
    expect(String(org.state.records.all('ApexTrigger')[0]?.Id)).toMatch(/^01q/);
  });

  test('an unchanged class is reported so, whatever else is in the package', async () => {
    await deploy(both);
    const result = await deploy({ ...both, ...apexTrigger('GreetCase', trigger.replace("Case')", "X')")) });
    const states = result.details.componentSuccesses.map(({ fullName, changed, created }) => [
      fullName,
      changed,
      created,
    ]);
    expect(states).toEqual(
      expect.arrayContaining([
        ['Greeter', false, false],
        ['GreetCase', true, false],
      ]),
    );
  });

  test('a trigger can use a field of the same package', async () => {
    const files = {
      'package.xml': manifest({ ApexTrigger: ['T'], CustomField: ['Case.From__c'] }),
      'objects/Case.object': objectFile(['From__c']),
      ...apexTrigger(
        'T',
        "trigger T on Case (before insert) {\n    for (Case c : Trigger.new) {\n        c.From__c = 'x';\n    }\n}\n",
      ),
    };
    const result = await deploy(files, { checkOnly: true });
    expect(result.details.componentFailures).toEqual([]);
    expect(result.status).toBe('Succeeded');
    // A check keeps nothing, the field neither.
    expect(org.state.components.list('CustomField')).toEqual([]);
    expect(org.state.schema().data.object('Case')?.field('From__c')).toBeUndefined();
  });

  test('a permission set can grant a class of the same package', async () => {
    const access = [
      '<classAccesses><apexClass>Greeter</apexClass><enabled>true</enabled></classAccesses>',
      '<label>P</label>',
    ];
    const files = {
      'package.xml': manifest({ ApexClass: ['Greeter'], PermissionSet: ['P'] }),
      ...apexClass('Greeter', greeter),
      'permissionsets/P.permissionset': metadataFile('PermissionSet', access),
    };
    expect((await deploy(files)).status).toBe('Succeeded');
    const parent = org.state.components.get('PermissionSet', 'P')?.recordId ?? '';
    expect(org.state.records.find('SetupEntityAccess', { ParentId: parent })).toMatchObject([
      { SetupEntityId: org.state.components.get('ApexClass', 'Greeter')?.recordId, SetupEntityType: 'ApexClass' },
    ]);
  });
});

describe('Apex that is refused', () => {
  test('tells the line and column of what is wrong', async () => {
    const result = await deploy({
      'package.xml': manifest({ ApexClass: ['Broken'] }),
      ...apexClass('Broken', 'public class Broken {\n    public void run() {\n        foo = 1;\n    }\n}\n'),
    });
    expect(result.status).toBe('Failed');
    expect(result.details.componentFailures).toMatchObject([
      {
        componentType: 'ApexClass',
        fullName: 'Broken',
        fileName: 'classes/Broken.cls',
        problem: 'Variable does not exist: foo',
        lineNumber: 3,
        columnNumber: 9,
        success: false,
      },
    ]);
    expect(org.state.records.all('ApexClass')).toEqual([]);
  });

  test.each([
    ['a file that is named otherwise', 'Other', greeter, '66.0', 'File name mismatch with class name: Greeter'],
    ['a version this org does not have', 'Greeter', greeter, '99.0', 'Invalid version specified: 99.0'],
  ])('%s', async (_what, name, body, version, problem) => {
    const result = await deploy({
      'package.xml': manifest({ ApexClass: [name] }),
      [`classes/${name}.cls`]: body,
      [`classes/${name}.cls-meta.xml`]: apexMeta('ApexClass', version),
    });
    expect(result.details.componentFailures).toMatchObject([{ problem }]);
  });

  test('a class whose users would no longer compile', async () => {
    await deploy(both);
    const result = await deploy({
      'package.xml': manifest({ ApexClass: ['Greeter'] }),
      ...apexClass('Greeter', 'public class Greeter {\n}\n'),
    });
    expect(result.status).toBe('Failed');
    const [failure] = result.details.componentFailures;
    expect(failure).toMatchObject({ componentType: 'ApexTrigger', fullName: 'GreetCase' });
    expect(failure?.problem).toMatch(/^Dependent class is invalid and needs recompilation:\n/);
    expect(org.state.components.get('ApexClass', 'Greeter')?.body).toBe(greeter);
  });
});

describe('destructive changes', () => {
  const remove = (members: Record<string, string[]>, suffix = ''): PackageFiles => ({
    'package.xml': emptyManifest,
    [`destructiveChanges${suffix}.xml`]: manifest(members),
  });

  test('a class that a trigger needs stays', async () => {
    await deploy(both);
    const result = await deploy(remove({ ApexClass: ['Greeter'] }));
    expect(result.status).toBe('Failed');
    expect(result.details.componentFailures).toMatchObject([
      {
        componentType: 'ApexClass',
        fullName: 'Greeter',
        problem:
          'This apex class is referenced elsewhere in salesforce.com. Remove the usage and try again. : Apex Trigger - GreetCase',
      },
    ]);
    expect(org.state.records.all('ApexClass')).toHaveLength(1);
  });

  test.each(['', 'Pre', 'Post'])('both go together (destructiveChanges%s.xml)', async (suffix) => {
    await deploy(both);
    const result = await deploy(remove({ ApexClass: ['Greeter'], ApexTrigger: ['GreetCase'] }, suffix));
    expect(result).toMatchObject({ status: 'Succeeded', numberComponentsDeployed: 2 });
    expect(result.details.componentSuccesses).toContainEqual(
      expect.objectContaining({ fullName: 'Greeter', fileName: 'classes/Greeter.cls', deleted: true, changed: false }),
    );
    expect([...org.state.records.all('ApexClass'), ...org.state.records.all('ApexTrigger')]).toEqual([]);
  });

  test('what is not there is a warning', async () => {
    const result = await deploy(remove({ ApexClass: ['Nobody'] }));
    expect(result.status).toBe('Succeeded');
    expect(result.details.componentSuccesses).toContainEqual(
      expect.objectContaining({
        componentType: 'ApexClass',
        fullName: 'destructiveChanges.xml',
        problem: 'No ApexClass named: Nobody found',
        problemType: 'Warning',
      }),
    );
  });

  test('a field that Apex uses stays; without users it goes, and its permissions with it', async () => {
    const useField =
      "trigger T on Case (before insert) {\n    for (Case c : Trigger.new) {\n        c.From__c = 'x';\n    }\n}\n";
    await deploy({
      'package.xml': manifest({ ApexTrigger: ['T'], CustomField: ['Case.From__c'], PermissionSet: ['P'] }),
      'objects/Case.object': objectFile(['From__c']),
      'permissionsets/P.permissionset': permissionSet(['Case.From__c']),
      ...apexTrigger('T', useField),
    });
    const held = await deploy(remove({ CustomField: ['Case.From__c'] }));
    expect(held.details.componentFailures).toMatchObject([
      { problem: expect.stringContaining('This custom field is referenced elsewhere in salesforce.com.') as string },
    ]);
    const gone = await deploy(remove({ CustomField: ['Case.From__c'], ApexTrigger: ['T'] }));
    expect(gone.status).toBe('Succeeded');
    expect(org.state.schema().data.object('Case')?.field('From__c')).toBeUndefined();
    expect(org.state.records.all('FieldPermissions').filter(({ Field }) => Field === 'Case.From__c')).toEqual([]);
    expect(org.state.components.get('PermissionSet', 'P')?.xml).not.toContain('From__c');
  });
});
