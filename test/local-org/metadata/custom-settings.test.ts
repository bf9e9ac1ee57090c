import { afterEach, beforeEach, expect, test } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { apexClass, emptyManifest, manifest, metadataFile, zipOf } from './package-zip.ts';

const options = { singlePackage: true, rollbackOnError: true };

const field = (name: string, type: string): string =>
  `<fields><fullName>${name}</fullName><label>${name}</label>${type}<required>false</required></fields>`;

function settingFile(lines: readonly string[], kind = 'Hierarchy'): string {
  return metadataFile('CustomObject', [
    `<customSettingsType>${kind}</customSettingsType>`,
    '<enableFeeds>false</enableFeeds>',
    ...lines,
    '<label>Signing</label>',
    '<visibility>Public</visibility>',
  ]);
}

const signing = settingFile([
  field('Secret__c', '<length>255</length><type>Text</type>'),
  field('On__c', '<defaultValue>false</defaultValue><type>Checkbox</type>'),
]);

const reader = `public class Reader {
  public static String secret() { return Signing__c.getOrgDefaults().Secret__c; }
}`;

const files = {
  'package.xml': manifest({ ApexClass: ['Reader'], CustomObject: ['Signing__c'] }),
  'objects/Signing__c.object': signing,
  ...apexClass('Reader', reader),
};

let org: MetadataOrg;
beforeEach(async () => {
  org = await startMetadataOrg();
});
afterEach(async () => {
  await org.close();
});

async function deployed(content: Record<string, string> = files) {
  return await org.connection.metadata.deploy(zipOf(content), options).complete(true);
}

/** What anonymous Apex puts into the message of its exception. */
async function told(expression: string): Promise<string | null> {
  const apex = encodeURIComponent(`throw new IllegalArgumentException('' + (${expression}));`);
  const { body } = await org.rest('GET', `/tooling/executeAnonymous/?anonymousBody=${apex}`);
  const { compileProblem, exceptionMessage } = body as Record<string, string | null>;
  return compileProblem ?? exceptionMessage?.replace('System.IllegalArgumentException: ', '') ?? null;
}

async function set(values: Record<string, unknown>) {
  return await org.rest('POST', '/sobjects/Signing__c', values);
}

test('a custom setting comes with its fields and the Apex that reads it, and is read back as it came', async () => {
  expect(await deployed()).toMatchObject({ success: true, numberComponentErrors: 0 });
  expect((await org.rest('GET', '/sobjects/Signing__c/describe')).body).toMatchObject({
    customSetting: true,
    custom: true,
    fields: expect.arrayContaining([
      expect.objectContaining({ name: 'SetupOwnerId', referenceTo: ['Organization', 'Profile', 'User'] }),
      // Settings have no field-level security: whoever may use them sees all of it.
      expect.objectContaining({ name: 'Secret__c', type: 'string', length: 255, permissionable: false }),
    ]) as unknown,
  });
  const read = await org.connection.metadata.read('CustomObject', 'Signing__c');
  expect(read).toMatchObject({ fullName: 'Signing__c', label: 'Signing', customSettingsType: 'Hierarchy' });
  expect([read.fields].flat().map(({ fullName }) => fullName)).toEqual(['On__c', 'Secret__c']);
  expect(await deployed()).toMatchObject({ success: true, numberComponentsDeployed: 4 });
});

test('the org has one, and users and profiles have their own before it', async () => {
  await deployed();
  expect(await told('Reader.secret()')).toBe('null');
  const { body } = await set({ Secret__c: 'of the org' });
  expect(body).toMatchObject({ success: true });
  expect(await told('Reader.secret()')).toBe('of the org');
  expect((await set({ Secret__c: 'again' })).body).toMatchObject([{ errorCode: 'DUPLICATE_VALUE' }]);

  const { body: me } = await org.rest(
    'GET',
    `/query?q=${encodeURIComponent('SELECT Id, ProfileId FROM User LIMIT 1')}`,
  );
  const admin = org.state.settings.adminUserId;
  expect(me).toMatchObject({ done: true });
  await set({ SetupOwnerId: admin, On__c: true });
  expect(await told('Signing__c.getInstance().Secret__c')).toBe('of the org');
  expect(await told('Signing__c.getInstance().On__c')).toBe('true');
  expect(await told('Signing__c.getOrgDefaults().On__c')).toBe('false');
  expect(await told(`Signing__c.getValues('${admin}').Secret__c`)).toBe('null');
  expect(await told('Signing__c.getValues(UserInfo.getProfileId())')).toBe('null');
});

test('objects that are no settings have no such methods', async () => {
  expect(await told('Account.getOrgDefaults()')).toMatch(/Method does not exist or incorrect signature/);
});

test('what the local org has not, and what Salesforce refuses, is refused', async () => {
  const only = (text: string) => ({
    'package.xml': manifest({ CustomObject: ['Signing__c'] }),
    'objects/Signing__c.object': text,
  });
  const problem = async (text: string): Promise<unknown> => {
    const { details } = await deployed(only(text));
    return [details?.componentFailures ?? []].flat().map((failure) => failure.problem);
  };
  expect(await problem(settingFile([], 'List'))).toEqual([expect.stringContaining('does not implement list custom')]);
  expect(await problem(metadataFile('CustomObject', ['<label>Signing</label>']))).toEqual([
    expect.stringContaining('does not implement custom objects'),
  ]);
  const long = field('Long__c', '<length>1000</length><type>LongTextArea</type><visibleLines>3</visibleLines>');
  expect(await problem(settingFile([long]))).toEqual([
    'Can not specify type LongTextArea for a field of a custom setting',
  ]);
});

test('it goes with its fields and records, once no Apex names it', async () => {
  await deployed();
  await set({ Secret__c: 'of the org' });
  const removing = (members: Record<string, string[]>) =>
    deployed({ 'package.xml': emptyManifest, 'destructiveChanges.xml': manifest(members) });
  const refused = await removing({ CustomObject: ['Signing__c'] });
  expect(refused.success).toBe(false);
  expect(await removing({ ApexClass: ['Reader'], CustomObject: ['Signing__c'] })).toMatchObject({ success: true });
  expect((await org.rest('GET', '/sobjects/Signing__c/describe')).status).toBe(404);
  await deployed();
  expect(await told('Reader.secret()')).toBe('null');
});
