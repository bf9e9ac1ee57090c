import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import {
  apexClass,
  apexTrigger,
  manifest,
  namedCredential,
  objectFile,
  objectPermission,
  permissionSet,
  zipOf,
} from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

const greeter = 'public class Greeter {\n    public String name;\n}\n';
const files: PackageFiles = {
  'package.xml': manifest({
    ApexClass: ['Greeter'],
    ApexTrigger: ['T'],
    CustomField: ['Case.One__c', 'Case.Two__c'],
    NamedCredential: ['Hook'],
    PermissionSet: ['P'],
  }),
  ...apexClass('Greeter', greeter),
  ...apexTrigger('T', 'trigger T on Case (after insert) {\n}\n'),
  'namedCredentials/Hook.namedCredential': namedCredential('https://hooks.example.com/?a=1&amp;b=2'),
  'objects/Case.object': objectFile(['One__c', 'Two__c']),
  'permissionsets/P.permissionset': permissionSet(['Case.One__c'], [objectPermission('Case', ['allowRead'])]),
};

let org: MetadataOrg;
beforeAll(async () => {
  org = await startMetadataOrg();
  const result = await org.connection.metadata
    .deploy(zipOf(files), { singlePackage: true, rollbackOnError: true })
    .complete(true);
  expect(result.details.componentFailures).toEqual([]);
});
afterAll(async () => {
  await org.close();
});

async function retrieve(types: Record<string, string[]>, singlePackage = false) {
  const request = {
    apiVersion: '68.0',
    ...(singlePackage ? { singlePackage } : {}),
    unpackaged: { types: Object.entries(types).map(([name, members]) => ({ members, name })), version: '68.0' },
  };
  const result = await org.connection.metadata.retrieve(request as never).complete();
  const unpacked = unzipSync(Buffer.from(result.zipFile, 'base64'));
  const texts = Object.entries(unpacked).map(([path, bytes]): [string, string] => [
    path,
    Buffer.from(bytes).toString('utf8'),
  ]);
  return { result, texts: Object.fromEntries(texts) };
}

describe('retrieve', () => {
  test('gives back what was deployed, below unpackaged/', async () => {
    const { result, texts } = await retrieve({ ApexClass: ['*'], ApexTrigger: ['T'], NamedCredential: ['*'] });
    expect(result).toMatchObject({ done: true, success: true, status: 'Succeeded', messages: [] });
    expect(Object.keys(texts).sort()).toEqual([
      'unpackaged/classes/Greeter.cls',
      'unpackaged/classes/Greeter.cls-meta.xml',
      'unpackaged/namedCredentials/Hook.namedCredential',
      'unpackaged/package.xml',
      'unpackaged/triggers/T.trigger',
      'unpackaged/triggers/T.trigger-meta.xml',
    ]);
    expect(texts['unpackaged/classes/Greeter.cls']).toBe(greeter);
    expect(texts['unpackaged/classes/Greeter.cls-meta.xml']).toContain(
      '<apiVersion>66.0</apiVersion>\n    <status>Active</status>',
    );
    expect(texts['unpackaged/namedCredentials/Hook.namedCredential']).toContain(
      '<endpoint>https://hooks.example.com/?a=1&amp;b=2</endpoint>',
    );
    expect(texts['unpackaged/namedCredentials/Hook.namedCredential']).toContain(
      '<generateAuthorizationHeader>true</generateAuthorizationHeader>',
    );
    expect(result.fileProperties).toContainEqual(
      expect.objectContaining({ fullName: 'Greeter', type: 'ApexClass', fileName: 'unpackaged/classes/Greeter.cls' }),
    );
  });

  test('what is retrieved can be deployed again and changes nothing', async () => {
    const types = {
      ApexClass: ['*'],
      ApexTrigger: ['*'],
      CustomObject: ['Case'],
      NamedCredential: ['*'],
      PermissionSet: ['*'],
    };
    const { texts } = await retrieve(types, true);
    const result = await org.connection.metadata
      .deploy(zipOf(texts), { singlePackage: true, rollbackOnError: true })
      .complete(true);
    expect(result.details.componentFailures).toEqual([]);
    const changed = result.details.componentSuccesses.filter(
      (message) => message.componentType !== '' && message.changed,
    );
    expect(changed).toEqual([]);
    expect(result.numberComponentsDeployed).toBe(7);
  });

  test('a field alone brings its object file with that field only', async () => {
    const { texts } = await retrieve({ CustomField: ['Case.Two__c'] });
    expect(texts['unpackaged/objects/Case.object']).toContain('<fullName>Two__c</fullName>');
    expect(texts['unpackaged/objects/Case.object']).not.toContain('One__c');
  });

  test('what is not there is a message in the words clients parse', async () => {
    const { result } = await retrieve({ ApexClass: ['Missing'] });
    expect(result.messages).toEqual([
      { fileName: 'unpackaged/package.xml', problem: "Entity of type 'ApexClass' named 'Missing' cannot be found" },
    ]);
  });

  test('a type that is not implemented is a fault', async () => {
    await expect(retrieve({ Layout: ['*'] })).rejects.toMatchObject({ name: 'sf:LOCAL_ORG_NOT_IMPLEMENTED' });
  });
});

describe('listing, reading and writing by call', () => {
  test('listMetadata and describeMetadata', async () => {
    const listed = await org.connection.metadata.list([{ type: 'ApexClass' }, { type: 'CustomField' }]);
    expect(listed.map(({ fullName, fileName, id }) => [fullName, fileName, id?.slice(0, 3)])).toEqual([
      ['Greeter', 'classes/Greeter.cls', '01p'],
      ['Case.One__c', 'objects/Case.object', '00N'],
      ['Case.Two__c', 'objects/Case.object', '00N'],
    ]);
    const described = await org.connection.metadata.describe();
    expect(described.metadataObjects).toContainEqual(
      expect.objectContaining({ xmlName: 'ApexClass', directoryName: 'classes', suffix: 'cls', metaFile: true }),
    );
    expect(described.partialSaveAllowed).toBe(true);
  });

  test('readMetadata, a missing one nil', async () => {
    const [hook, missing] = await org.connection.metadata.read('NamedCredential', ['Hook', 'Missing']);
    expect(hook).toMatchObject({
      fullName: 'Hook',
      endpoint: 'https://hooks.example.com/?a=1&b=2',
      allowMergeFieldsInBody: false,
    });
    expect(missing?.fullName).toBeUndefined();
  });

  test('createMetadata, updateMetadata, upsertMetadata and deleteMetadata', async () => {
    const { metadata } = org.connection;
    const site = { fullName: 'Site', disableProtocolSecurity: false, isActive: true, url: 'https://s.example.com' };
    expect(
      await metadata.create('RemoteSiteSetting', [site, { ...site, fullName: 'Bad', url: 'ftp://s' }]),
    ).toMatchObject([
      { fullName: 'Site', success: true },
      { fullName: 'Bad', success: false, errors: [{ statusCode: 'FIELD_INTEGRITY_EXCEPTION' }] },
    ]);
    expect(await metadata.create('RemoteSiteSetting', site)).toMatchObject({
      success: false,
      errors: [{ statusCode: 'DUPLICATE_DEVELOPER_NAME' }],
    });
    expect(await metadata.update('RemoteSiteSetting', { ...site, description: 'Ours' })).toMatchObject({
      success: true,
    });
    expect(await metadata.read('RemoteSiteSetting', 'Site')).toMatchObject({
      description: 'Ours',
      url: 'https://s.example.com',
    });
    expect(await metadata.upsert('RemoteSiteSetting', { ...site, fullName: 'New' })).toMatchObject({
      created: true,
      success: true,
    });
    expect(await metadata.delete('RemoteSiteSetting', ['Site', 'Nobody'])).toMatchObject([
      { fullName: 'Site', success: true },
      { fullName: 'Nobody', success: false },
    ]);
    expect(await metadata.update('RemoteSiteSetting', site)).toMatchObject({
      success: false,
      errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }],
    });
  });
});
