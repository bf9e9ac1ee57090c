import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { rulesFile } from '../assignment/assignment-rules-file.ts';
import type { Entry } from '../assignment/assignment-rules-file.ts';
import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { emptyManifest, manifest, objectFile, zipOf } from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

let org: MetadataOrg;
beforeEach(async () => {
  org = await startMetadataOrg();
  const { id } = await org.connection.create('Group', { Name: 'Tier 1', DeveloperName: 'Tier_1', Type: 'Queue' });
  await org.connection.create('QueueSobject', { QueueId: id ?? '', SobjectType: 'Case' });
  await org.connection.create('Group', { Name: 'Leads', DeveloperName: 'Leads', Type: 'Queue' });
});
afterEach(async () => {
  await org.close();
});

const members = { AssignmentRules: ['Case'] };

interface Outcome {
  readonly success: boolean;
  readonly components: string[];
  readonly problems: string[];
}

async function deploy(
  file: string,
  more: PackageFiles = {},
  named: Record<string, readonly string[]> = members,
): Promise<Outcome> {
  const files = { 'package.xml': manifest(named), 'assignmentRules/Case.assignmentRules': file, ...more };
  return await deployed(files);
}

async function deployed(files: PackageFiles): Promise<Outcome> {
  const options = { singlePackage: true, rollbackOnError: true };
  const { success, details } = await org.connection.metadata.deploy(zipOf(files), options).complete(true);
  return {
    success,
    components: details.componentSuccesses.map(({ componentType, fullName }) => `${componentType} ${fullName}`).sort(),
    problems: details.componentFailures.map(({ fullName, problem }) => `${fullName}: ${problem}`),
  };
}

/** What is wrong with an entry of a rule. */
async function problemOf(entry: Entry): Promise<string | undefined> {
  const { success, problems } = await deploy(rulesFile({ name: 'Standard', entries: [entry] }));
  expect(success).toBe(problems.length === 0);
  return problems[0]?.replace('Case.Standard: ', '');
}

async function rules(): Promise<object[]> {
  const soql = 'SELECT Id, Name, SobjectType, Active FROM AssignmentRule ORDER BY Name';
  return (await org.connection.query(soql)).records;
}

const toQueue: Entry = { to: '#Tier_1', when: ['Case.Origin equals Phone,Web'] };

describe('assignment rules are deployed', () => {
  test('as parts of their file, and have rows', async () => {
    const file = rulesFile(
      { name: 'Standard', entries: [toQueue] },
      { name: 'At night', active: false, entries: [{}] },
    );
    expect(await deploy(file)).toEqual({
      success: true,
      problems: [],
      components: [
        ' package.xml',
        'AssignmentRule Case.At night',
        'AssignmentRule Case.Standard',
        'AssignmentRules Case',
      ],
    });
    expect(await rules()).toMatchObject([
      { Name: 'At night', SobjectType: 'Case', Active: false },
      { Id: expect.stringMatching(/^01Q/), Name: 'Standard', SobjectType: 'Case', Active: true },
    ]);
  });

  test('one by one, where the manifest names them so; others stay', async () => {
    await deploy(rulesFile({ name: 'Standard', entries: [toQueue] }));
    const one = await deploy(
      rulesFile({ name: 'Other', active: false, entries: [{}] }),
      {},
      { AssignmentRule: ['Case.Other'] },
    );
    expect(one.components).toEqual([' package.xml', 'AssignmentRule Case.Other']);
    expect(await rules()).toMatchObject([{ Name: 'Other' }, { Name: 'Standard', Active: true }]);
    const stranger = await deploy(rulesFile({ name: 'Third', entries: [{}] }), {}, { AssignmentRule: ['Case.Other'] });
    expect(stranger.problems).toContain('Case.Third: Not in package.xml');
  });

  test('with fields of the same deployment', async () => {
    const when = ['Case.Plan__c equals Gold'];
    const outcome = await deploy(
      rulesFile({ name: 'Standard', entries: [{ to: '#Tier_1', when }] }),
      { 'objects/Case.object': objectFile(['Plan__c']) },
      { ...members, CustomField: ['Case.Plan__c'] },
    );
    expect(outcome).toMatchObject({ success: true, problems: [] });
    const gone = {
      'package.xml': emptyManifest,
      'destructiveChanges.xml': manifest({ CustomField: ['Case.Plan__c'] }),
    };
    expect((await deployed(gone)).problems[0]).toContain('Assignment Rule - Case.Standard');
  });

  test('one active at a time: two in a package are refused, a new one ends the former', async () => {
    const two = rulesFile({ name: 'One', entries: [{}] }, { name: 'Two', entries: [{}] });
    expect((await deploy(two)).problems).toEqual([
      'Case.Two: Only one assignment rule of Case can be active: Case.One is active already',
    ]);
    await deploy(rulesFile({ name: 'One', entries: [toQueue] }));
    await deploy(rulesFile({ name: 'Two', entries: [{}] }));
    expect(await rules()).toMatchObject([
      { Name: 'One', Active: false },
      { Name: 'Two', Active: true },
    ]);
    expect(await org.connection.metadata.read('AssignmentRule', 'Case.One')).toMatchObject({ active: false });
  });

  test('and deleted, with their rows', async () => {
    await deploy(rulesFile({ name: 'Standard', entries: [{}] }));
    const gone = {
      'package.xml': emptyManifest,
      'destructiveChanges.xml': manifest({ AssignmentRule: ['Case.Standard'] }),
    };
    expect((await deployed(gone)).success).toBe(true);
    expect(await rules()).toEqual([]);
  });
});

describe('an assignment rule is refused', () => {
  test('that assigns to nobody who is there', async () => {
    expect(await problemOf({ to: 'nobody@example.com' })).toBe(
      'In field: assignedTo - no User named nobody@example.com found',
    );
    expect(await problemOf({ to: '#Tier_9' })).toBe('In field: assignedTo - no Queue named Tier_9 found');
    expect(await problemOf({ to: '#Leads' })).toBe('In field: assignedTo - no Queue named Leads found');
    expect(await problemOf({ more: '<assignedTo>Tier_1</assignedTo>' })).toBe(
      'Required field is missing: assignedToType',
    );
  });

  test('that looks at what is not there, or in a way the field does not allow', async () => {
    const when = (text: string): Promise<string | undefined> => problemOf({ to: '#Tier_1', when: [text] });
    expect(await when('Case.Nothing__c equals x')).toBe('In field: field - no CustomField named Case.Nothing__c found');
    expect(await when('Task.Subject equals x')).toBe('In field: field - no CustomField named Task.Subject found');
    expect(await when('Case.Origin like x')).toContain("'like' is not a valid value for the enum 'FilterOperation'");
    expect(await when('Case.Priority includes High')).toBe(
      'The operator includes cannot be used with the field Case.Priority',
    );
    expect(await when('Case.CreatedDate lessThan soon')).toBe('Invalid value for the field Case.CreatedDate: soon');
    for (const fine of [
      'Account.Name startsWith A',
      'Contact.Email contains @vip.test',
      'User.Username notEqual x@y.test',
    ]) {
      expect(await when(fine)).toBeUndefined();
    }
  });

  test('whose filter logic does not fit its criteria', async () => {
    const entry = { to: '#Tier_1', when: ['Case.Origin equals Web', 'Case.Priority equals High'] };
    expect(await problemOf({ ...entry, more: '<booleanFilter>1 AND 3</booleanFilter>' })).toContain(
      'undefined filter: 3',
    );
    expect(await problemOf({ ...entry, more: '<booleanFilter>1 OR 2</booleanFilter>' })).toBeUndefined();
  });

  test('that asks for what the local org does not do, by name', async () => {
    expect(await problemOf({ to: '#Tier_1', more: '<formula>true</formula>' })).toBe(
      'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement the element formula of AssignmentRule entries.',
    );
    expect(await problemOf({ to: '#Tier_1', more: '<template>unfiled$public/New</template>' })).toContain('template');
    expect(await problemOf({ to: '#Tier_1', more: '<notifyCcRecipients>false</notifyCcRecipients>' })).toBeUndefined();
  });

  test('of an object that has none', async () => {
    const of = async (object: string): Promise<string | undefined> => {
      const file = { [`assignmentRules/${object}.assignmentRules`]: rulesFile({ name: 'Standard', entries: [{}] }) };
      return (await deployed({ 'package.xml': manifest({ AssignmentRules: [object] }), ...file })).problems[0];
    };
    expect(await of('Lead')).toContain('LOCAL_ORG_NOT_IMPLEMENTED');
    expect(await of('Account')).toContain("Entity of type 'AssignmentRules' named 'Account' cannot be found");
  });
});

describe('assignment rules are read back', () => {
  beforeEach(async () => {
    await deploy(
      rulesFile({ name: 'Standard', entries: [toQueue, {}] }, { name: 'Other', active: false, entries: [] }),
    );
  });

  async function retrieved(types: { name: string; members: string }[]): Promise<string> {
    const result = await org.connection.metadata
      .retrieve({ apiVersion: '68.0', singlePackage: true, unpackaged: { types, version: '68.0' } } as never)
      .complete();
    const files = unzipSync(Buffer.from(result.zipFile, 'base64'));
    return Buffer.from(files['assignmentRules/Case.assignmentRules'] ?? []).toString('utf8');
  }

  test('in a zip: all of an object, or some', async () => {
    const all = await retrieved([{ name: 'AssignmentRules', members: '*' }]);
    expect(all.match(/<fullName>\w+/g)).toEqual(['<fullName>Other', '<fullName>Standard']);
    expect(all).toContain('<AssignmentRules xmlns="http://soap.sforce.com/2006/04/metadata">');
    expect(all).toContain('<value>Phone,Web</value>');
    const one = await retrieved([{ name: 'AssignmentRule', members: 'Case.Other' }]);
    expect(one.match(/<fullName>\w+/g)).toEqual(['<fullName>Other']);
    expect((await deploy(all)).success).toBe(true);
  });

  test('by describe, list and read', async () => {
    const { metadata } = org.connection;
    const described = (await metadata.describe()).metadataObjects.find(({ xmlName }) => xmlName === 'AssignmentRules');
    expect(described).toMatchObject({
      directoryName: 'assignmentRules',
      suffix: 'assignmentRules',
      childXmlNames: ['AssignmentRule'],
    });
    expect(await metadata.list({ type: 'AssignmentRules' })).toMatchObject([
      { fullName: 'Case', fileName: 'assignmentRules/Case.assignmentRules' },
    ]);
    expect((await metadata.list({ type: 'AssignmentRule' })).map(({ fullName }) => fullName).sort()).toEqual([
      'Case.Other',
      'Case.Standard',
    ]);
    expect(await metadata.read('AssignmentRules', 'Case')).toMatchObject({
      fullName: 'Case',
      assignmentRule: [
        { fullName: 'Other' },
        { fullName: 'Standard', active: true, ruleEntry: [{ assignedTo: 'Tier_1' }, {}] },
      ],
    });
  });

  test('and changed one at a time', async () => {
    const { metadata } = org.connection;
    const saved = await metadata.upsert('AssignmentRule', { fullName: 'Case.Other', active: true, ruleEntry: [] });
    expect(saved).toMatchObject({ success: true, created: false });
    expect(await rules()).toMatchObject([
      { Name: 'Other', Active: true },
      { Name: 'Standard', Active: false },
    ]);
    expect(await metadata.delete('AssignmentRule', 'Case.Other')).toMatchObject({ success: true });
    expect(await rules()).toMatchObject([{ Name: 'Standard' }]);
  });
});
