import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import {
  emptyManifest,
  manifest,
  metadataFile,
  namedCredential,
  objectFile,
  objectPermission,
  permissionSet,
  zipOf,
} from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

let org: MetadataOrg;
beforeAll(async () => {
  org = await startMetadataOrg();
});
afterAll(async () => {
  await org.close();
});

interface Failure {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly problem: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
}

async function failuresOf(files: PackageFiles, options: object = {}): Promise<Failure[]> {
  const result = await org.connection.metadata
    .deploy(zipOf(files), { singlePackage: true, rollbackOnError: true, checkOnly: true, ...options })
    .complete(true);
  expect(result.status).toBe('Failed');
  return result.details.componentFailures as unknown as Failure[];
}

const credentialPath = 'namedCredentials/X.namedCredential';
const credentialManifest = manifest({ NamedCredential: ['X'] });

function credential(lines: readonly string[]): PackageFiles {
  return { 'package.xml': credentialManifest, [credentialPath]: metadataFile('NamedCredential', lines) };
}

describe('elements of a file', () => {
  test.each([
    [
      'an unknown element',
      ['<label>X</label>', '<calloutOptions>1</calloutOptions>'],
      'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}calloutOptions invalid at this location in type NamedCredential',
      [4, 21],
    ],
    [
      'an unknown nested element',
      ['<label>X</label>', '<namedCredentialParameters><foo>1</foo></namedCredentialParameters>'],
      'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}foo invalid at this location in type NamedCredentialParameter',
      [4, 37],
    ],
    [
      'a second label',
      ['<label>X</label>', '<label>Y</label>'],
      'Error parsing file: Element label is duplicated at this location in type NamedCredential',
      [4, 12],
    ],
    [
      'a bad enum',
      ['<label>X</label>', '<protocol>Telepathy</protocol>'],
      "Error parsing file: 'Telepathy' is not a valid value for the enum 'AuthenticationProtocol'",
      [4, 15],
    ],
    [
      'a bad boolean',
      ['<allowMergeFieldsInBody>yes</allowMergeFieldsInBody>', '<label>X</label>'],
      "Error parsing file: 'yes' is not a valid value for the type xsd:boolean",
      [3, 29],
    ],
    ['a missing label', ['<endpoint>https://x.example.com</endpoint>'], 'Required field is missing: label', [2, 66]],
    [
      'markup in a text',
      ['<label>X<b>!</b></label>'],
      'Error parsing file: Unexpected element {http://soap.sforce.com/2006/04/metadata}b during simple type deserialization',
      [3, 16],
    ],
  ])('%s', async (_what, lines, problem, place) => {
    const [failure] = await failuresOf(credential(lines));
    expect(failure).toMatchObject({
      componentType: 'NamedCredential',
      fullName: 'X',
      fileName: credentialPath,
      problem,
    });
    expect([failure?.lineNumber, failure?.columnNumber]).toEqual(place);
  });

  test('repeated elements must stand together', async () => {
    const permissions = (object: string): string => objectPermission(object, ['allowRead']);
    const [failure] = await failuresOf({
      'package.xml': manifest({ PermissionSet: ['P'] }),
      'permissionsets/P.permissionset': metadataFile('PermissionSet', [
        permissions('Case'),
        '<label>P</label>',
        permissions('Contact'),
      ]),
    });
    expect(failure?.problem).toBe(
      'Error parsing file: Element objectPermissions is duplicated at this location in type PermissionSet',
    );
  });

  test('a file that is no XML, and one with another root', async () => {
    const [broken] = await failuresOf({ 'package.xml': credentialManifest, [credentialPath]: '<NamedCredential>' });
    expect(broken?.problem).toMatch(/^Error parsing file: /);
    const [other] = await failuresOf({
      'package.xml': credentialManifest,
      [credentialPath]: metadataFile('Profile', []),
    });
    expect(other?.problem).toContain('Unexpected element {http://soap.sforce.com/2006/04/metadata}Profile');
  });
});

describe('a manifest and its files', () => {
  test.each<[string, PackageFiles, Partial<Failure>]>([
    [
      'a member without a file',
      { 'package.xml': credentialManifest },
      {
        componentType: '',
        fullName: 'X',
        fileName: 'package.xml',
        problem:
          "An object 'X' of type NamedCredential was named in package.xml, but was not found in zipped directory",
      },
    ],
    [
      'a file that is not named',
      { 'package.xml': emptyManifest, [credentialPath]: namedCredential('https://x.example.com') },
      { componentType: 'NamedCredential', fullName: 'X', fileName: credentialPath, problem: 'Not in package.xml' },
    ],
    [
      'no manifest',
      { [credentialPath]: namedCredential('https://x.example.com') },
      { componentType: '', fullName: 'package.xml', fileName: 'package.xml', problem: 'No package.xml found' },
    ],
    [
      'an unknown type',
      { 'package.xml': manifest({ ApexKlass: ['X'] }) },
      { problem: "Unknown type name 'ApexKlass' specified in package.xml" },
    ],
    [
      'a type Salesforce has and this org has not',
      { 'package.xml': manifest({ Layout: ['Case-My Layout'] }) },
      {
        componentType: 'Layout',
        fullName: 'Case-My Layout',
        problem: 'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement the metadata type Layout.',
      },
    ],
    [
      'a folder of such a type',
      { 'package.xml': emptyManifest, 'layouts/Case-My Layout.layout': '<Layout/>' },
      {
        fileName: 'layouts/Case-My Layout.layout',
        problem: 'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement metadata in the folder layouts.',
      },
    ],
    [
      'a version this org does not have',
      { 'package.xml': manifest({}, '99.0') },
      { fileName: 'package.xml', problem: 'Invalid version specified: 99.0' },
    ],
    [
      'a manifest that is no XML',
      { 'package.xml': '<Package>' },
      { fileName: 'package.xml', problem: "Error parsing file: Unclosed tag 'Package'." },
    ],
    [
      'a class without its -meta.xml',
      { 'package.xml': manifest({ ApexClass: ['A'] }), 'classes/A.cls': 'public class A {}' },
      { componentType: 'ApexClass', problem: 'Expected metadata file for component: classes/A.cls-meta.xml' },
    ],
  ])('%s', async (_what, files, failure) => {
    expect((await failuresOf(files))[0]).toMatchObject(failure);
  });

  test('without singlePackage every top folder needs a manifest of its own', async () => {
    const files = { 'package.xml': credentialManifest, [credentialPath]: namedCredential('https://x.example.com') };
    const failures = await failuresOf(files, { singlePackage: false });
    expect(failures).toMatchObject([{ fileName: 'namedCredentials/package.xml', problem: 'No package.xml found' }]);
  });

  test('a package one folder down is found, and named so', async () => {
    const files = {
      'zip/package.xml': credentialManifest,
      [`zip/${credentialPath}`]: namedCredential('https://x.example.com'),
    };
    for (const singlePackage of [true, false]) {
      const result = await org.connection.metadata
        .deploy(zipOf(files), { singlePackage, checkOnly: true })
        .complete(true);
      expect(result.status).toBe('Succeeded');
      expect(result.details.componentSuccesses.map(({ fileName }) => fileName)).toEqual([
        'zip/package.xml',
        `zip/${credentialPath}`,
      ]);
    }
  });

  test('missing files are a warning with allowMissingFiles', async () => {
    const result = await org.connection.metadata
      .deploy(zipOf({ 'package.xml': credentialManifest }), { singlePackage: true, allowMissingFiles: true })
      .complete(true);
    expect(result.status).toBe('Succeeded');
    expect(result.details.componentSuccesses).toContainEqual(
      expect.objectContaining({ problemType: 'Warning', fullName: 'X' }),
    );
  });
});

describe('rules of named credentials', () => {
  const url = '<endpoint>https://x.example.com</endpoint>';
  const label = '<label>X</label>';
  const secured = '<namedCredentialType>SecuredEndpoint</namedCredentialType>';
  const parameter = (type: string, more: string): string =>
    `<namedCredentialParameters>${more}<parameterName>${type}</parameterName><parameterType>${type}</parameterType></namedCredentialParameters>`;
  test.each([
    ['no protocol', [url, label, '<principalType>Anonymous</principalType>'], 'Required field is missing: protocol'],
    [
      'a principal that does not fit',
      [url, label, '<principalType>NamedUser</principalType>', '<protocol>NoAuthentication</protocol>'],
      'Protocol NoAuthentication cannot be used with principal type NamedUser',
    ],
    [
      'an endpoint that is no URL',
      [
        '<endpoint>x.example.com</endpoint>',
        label,
        '<principalType>Anonymous</principalType>',
        '<protocol>NoAuthentication</protocol>',
      ],
      'Invalid URL: x.example.com. The URL must begin with http:// or https://.',
    ],
    [
      'a protocol that is not implemented',
      [url, label, '<principalType>NamedUser</principalType>', '<protocol>Oauth</protocol>'],
      'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement named credentials with protocol Oauth.',
    ],
    [
      'a secured endpoint without its external credential',
      [label, parameter('Url', ''), secured],
      'Invalid URL: . The URL must begin with http:// or https://.',
    ],
  ])('%s', async (_what, lines, problem) => {
    expect((await failuresOf(credential(lines)))[0]?.problem).toBe(problem);
  });

  test('a secured endpoint needs an external credential that exists, here or in the same package', async () => {
    const named = metadataFile('NamedCredential', [
      label,
      '<namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType><parameterValue>https://x.example.com</parameterValue></namedCredentialParameters>',
      '<namedCredentialParameters><externalCredential>Ext</externalCredential><parameterName>Auth</parameterName><parameterType>Authentication</parameterType></namedCredentialParameters>',
      secured,
    ]);
    const [alone] = await failuresOf({ 'package.xml': credentialManifest, [credentialPath]: named });
    expect(alone?.problem).toBe('In field: externalCredential - no ExternalCredential named Ext found');

    const both = {
      'package.xml': manifest({ NamedCredential: ['X'], ExternalCredential: ['Ext'], PermissionSet: ['P'] }),
      [credentialPath]: named,
      'externalCredentials/Ext.externalCredential': metadataFile('ExternalCredential', [
        '<authenticationProtocol>Custom</authenticationProtocol>',
        '<externalCredentialParameters><parameterName>Principal</parameterName><parameterType>NamedPrincipal</parameterType><sequenceNumber>1</sequenceNumber></externalCredentialParameters>',
        label,
      ]),
      'permissionsets/P.permissionset': metadataFile('PermissionSet', [
        '<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>Ext-Principal</externalCredentialPrincipal></externalCredentialPrincipalAccesses>',
        '<label>P</label>',
      ]),
    };
    const result = await org.connection.metadata
      .deploy(zipOf(both), { singlePackage: true, checkOnly: true })
      .complete(true);
    expect(result.details.componentFailures).toEqual([]);
    expect(result.status).toBe('Succeeded');
  });
});

describe('rules of fields and permission sets', () => {
  const field = (lines: string): PackageFiles => ({
    'package.xml': manifest({ CustomField: ['Case.F__c'] }),
    'objects/Case.object': metadataFile('CustomObject', [`<fields><fullName>F__c</fullName>${lines}</fields>`]),
  });
  test.each([
    ['no type', '<label>F</label>', 'Required field is missing: type'],
    ['no label', '<length>5</length><type>Text</type>', 'Must specify a non-empty label for the CustomField'],
    ['no length', '<label>F</label><type>Text</type>', "Must specify 'length' for a CustomField of type Text"],
    [
      'a length that is too long',
      '<label>F</label><length>256</length><type>Text</type>',
      'Length: The length of a field of type Text must be between 1 and 255',
    ],
    [
      'a length for a checkbox',
      '<defaultValue>false</defaultValue><label>F</label><length>5</length><type>Checkbox</type>',
      "Can not specify 'length' for a CustomField of type Checkbox",
    ],
    [
      'a checkbox without a default',
      '<label>F</label><type>Checkbox</type>',
      "Must specify 'defaultValue' for a CustomField of type Checkbox",
    ],
    [
      'a lookup to nothing',
      '<label>F</label><referenceTo>Nothing__c</referenceTo><type>Lookup</type>',
      'In field: referenceTo - no CustomObject named Nothing__c found',
    ],
    [
      'a formula',
      '<formula>1</formula><label>F</label><precision>3</precision><scale>0</scale><type>Number</type>',
      'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement formula fields.',
    ],
  ])('a field with %s', async (_what, lines, problem) => {
    expect((await failuresOf(field(lines)))[0]).toMatchObject({
      componentType: 'CustomField',
      fullName: 'Case.F__c',
      problem,
    });
  });

  test('a field of an object that is not there', async () => {
    const [failure] = await failuresOf({
      'package.xml': manifest({ CustomField: ['Nowhere__c.F__c'] }),
      'objects/Nowhere__c.object': objectFile(['F__c']),
    });
    expect(failure?.problem).toBe('Entity Enumeration Or ID: bad value for restricted picklist field: Nowhere__c');
  });

  const grant = (lines: readonly string[]): PackageFiles => ({
    'package.xml': manifest({ PermissionSet: ['P'] }),
    'permissionsets/P.permissionset': permissionSet([], lines),
  });
  test.each([
    [
      'of an object that is not there',
      [objectPermission('Nowhere__c', ['allowRead'])],
      'In field: object - no CustomObject named Nowhere__c found',
    ],
    [
      'to edit without reading',
      [objectPermission('Case', ['allowEdit'])],
      'Permission Edit Case depends on permission(s): Read Case',
    ],
    [
      'that is unknown',
      ['<userPermissions><enabled>true</enabled><name>ReadMinds</name></userPermissions>'],
      'Unknown user permission: ReadMinds',
    ],
    [
      'of a tab',
      ['<tabSettings><tab>standard-Case</tab><visibility>Visible</visibility></tabSettings>'],
      'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement the element tabSettings of PermissionSet.',
    ],
  ])('a permission %s', async (_what, lines, problem) => {
    expect((await failuresOf(grant(lines)))[0]?.problem).toBe(problem);
  });

  test('a permission of a class that is not there, and of a required field', async () => {
    const noClass = metadataFile('PermissionSet', [
      '<classAccesses><apexClass>Nobody</apexClass><enabled>true</enabled></classAccesses>',
      '<label>P</label>',
    ]);
    const [missing] = await failuresOf({
      'package.xml': manifest({ PermissionSet: ['P'] }),
      'permissionsets/P.permissionset': noClass,
    });
    expect(missing?.problem).toBe('In field: apexClass - no ApexClass named Nobody found');

    const [required] = await failuresOf({
      'package.xml': manifest({ CustomField: ['Case.F__c'], PermissionSet: ['P'] }),
      'objects/Case.object': metadataFile('CustomObject', [
        '<fields><fullName>F__c</fullName><label>F</label><length>5</length><required>true</required><type>Text</type></fields>',
      ]),
      'permissionsets/P.permissionset': permissionSet(['Case.F__c']),
    });
    expect(required?.problem).toBe('You cannot deploy to a required field: Case.F__c');
  });
});
