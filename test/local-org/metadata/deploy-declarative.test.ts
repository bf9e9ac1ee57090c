import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startMetadataOrg } from './metadata-org.ts';
import type { MetadataOrg } from './metadata-org.ts';
import {
  manifest,
  metadataFile,
  namedCredential,
  objectFile,
  objectPermission,
  permissionSet,
  zipOf,
} from './package-zip.ts';

const options = { singlePackage: true, rollbackOnError: true };

const blueprint = {
  'package.xml': manifest({
    CustomField: ['Case.Case_From__c'],
    NamedCredential: ['OpenCX_Integration'],
    PermissionSet: ['OpenCX_Integration'],
  }),
  'namedCredentials/OpenCX_Integration.namedCredential': namedCredential('https://hooks.example.com/a'),
  'objects/Case.object': objectFile(['Case_From__c']),
  'permissionsets/OpenCX_Integration.permissionset': permissionSet(
    ['Case.Case_From__c'],
    [objectPermission('Case', ['allowEdit', 'allowRead'])],
  ),
};

let org: MetadataOrg;
beforeEach(async () => {
  org = await startMetadataOrg();
});
afterEach(async () => {
  await org.close();
});

describe('a field, a credential and a permission set, deployed by SOAP', () => {
  test('all become records, each reported with its id', async () => {
    const result = await org.connection.metadata.deploy(zipOf(blueprint), options).complete(true);
    expect(result).toMatchObject({
      status: 'Succeeded',
      success: true,
      numberComponentsDeployed: 3,
      numberComponentErrors: 0,
    });
    const rows = result.details.componentSuccesses.map(({ componentType, fullName, created, id }) => [
      componentType,
      fullName,
      created,
      id?.slice(0, 3),
    ]);
    expect(rows).toEqual(
      expect.arrayContaining([
        ['', 'package.xml', false, undefined],
        ['CustomField', 'Case.Case_From__c', true, '00N'],
        ['NamedCredential', 'OpenCX_Integration', true, '0XA'],
        ['PermissionSet', 'OpenCX_Integration', true, '0PS'],
      ]),
    );

    const { records, components } = org.state;
    expect(org.state.schema().data.object('Case')?.field('case_from__c')).toMatchObject({
      type: 'string',
      length: 255,
    });
    expect(records.find('NamedCredential', { DeveloperName: 'OpenCX_Integration' })).toMatchObject([
      {
        Endpoint: 'https://hooks.example.com/a',
        MasterLabel: 'OpenCX Integration',
        PrincipalType: 'Anonymous',
        NamedCredentialType: 'Legacy',
        CalloutOptionsGenerateAuthorizationHeader: true,
      },
    ]);
    const permissionSetId = components.get('PermissionSet', 'opencx_integration')?.recordId ?? '';
    expect(records.find('FieldPermissions', { ParentId: permissionSetId })).toMatchObject([
      { SobjectType: 'Case', Field: 'Case.Case_From__c', PermissionsRead: true, PermissionsEdit: true },
    ]);
    expect(records.find('ObjectPermissions', { ParentId: permissionSetId })).toMatchObject([
      { SobjectType: 'Case', PermissionsRead: true, PermissionsEdit: true, PermissionsCreate: false },
    ]);
  });

  test('a second time nothing is changed, by REST as well', async () => {
    await org.connection.metadata.deploy(zipOf(blueprint), options).complete(true);
    const before = org.state.components.get('NamedCredential', 'OpenCX_Integration');
    const { id } = (await org.connection.metadata.deployRest(zipOf(blueprint), options)) as { id: string };
    const result = await restResult(org, id);
    expect(result).toMatchObject({ status: 'Succeeded' });
    const states = result.details.componentSuccesses.filter(({ componentType }) => componentType !== '');
    expect(states.map(({ changed, created }) => [changed, created])).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ]);
    expect(org.state.components.get('NamedCredential', 'OpenCX_Integration')).toEqual(before);
  });

  test('a new endpoint changes the record, and keeps its id', async () => {
    await org.connection.metadata.deploy(zipOf(blueprint), options).complete(true);
    const id = org.state.components.get('NamedCredential', 'OpenCX_Integration')?.recordId;
    const changed = {
      ...blueprint,
      'namedCredentials/OpenCX_Integration.namedCredential': namedCredential('https://b.example.com'),
    };
    const result = await org.connection.metadata.deploy(zipOf(changed), options).complete(true);
    const message = result.details.componentSuccesses.find(({ componentType }) => componentType === 'NamedCredential');
    expect(message).toMatchObject({ changed: true, created: false, id });
    expect(org.state.records.get('NamedCredential', id ?? '')?.['Endpoint']).toBe('https://b.example.com');
  });

  test('a permission set that lists less takes permissions away', async () => {
    await org.connection.metadata.deploy(zipOf(blueprint), options).complete(true);
    const less = {
      ...blueprint,
      'permissionsets/OpenCX_Integration.permissionset': permissionSet(['Case.Case_From__c']),
    };
    await org.connection.metadata.deploy(zipOf(less), options).complete(true);
    const parent = org.state.components.get('PermissionSet', 'OpenCX_Integration')?.recordId ?? '';
    expect(org.state.records.find('ObjectPermissions', { ParentId: parent })).toEqual([]);
    expect(org.state.records.find('FieldPermissions', { ParentId: parent })).toHaveLength(1);
  });
});

describe('what is easily forgotten', () => {
  test('a password goes in and never comes out', async () => {
    const secret = 'planted-secret-42';
    const lines = [
      '<password>' + secret + '</password>',
      '<principalType>NamedUser</principalType>',
      '<protocol>Password</protocol>',
      '<username>u</username>',
    ];
    const files = {
      'package.xml': manifest({ NamedCredential: ['Basic'] }),
      'namedCredentials/Basic.namedCredential': metadataFile('NamedCredential', [
        '<endpoint>https://b.example.com</endpoint>',
        '<label>Basic</label>',
        ...lines,
      ]),
    };
    expect((await org.connection.metadata.deploy(zipOf(files), options).complete(true)).status).toBe('Succeeded');
    const read = await org.connection.metadata.read('NamedCredential', 'Basic');
    const shown = JSON.stringify([
      read,
      org.state.records.all('NamedCredential'),
      org.state.components.list('NamedCredential'),
    ]);
    expect(shown).toContain('"username":"u"');
    expect(shown).not.toContain(secret);
  });

  test('a permission set made as a record is changed by a deployment of its name, not doubled', async () => {
    const { id } = await org.connection.create('PermissionSet', { Name: 'OpenCX_Integration', Label: 'By hand' });
    const result = await org.connection.metadata.deploy(zipOf(blueprint), options).complete(true);
    expect(result.details.componentSuccesses).toContainEqual(
      expect.objectContaining({ componentType: 'PermissionSet', id, created: false, changed: true }),
    );
    const rows = org.state.records.find('PermissionSet', { Name: 'OpenCX_Integration' });
    expect(rows).toMatchObject([{ Id: id, Label: 'OpenCX' }]);
  });

  test('deployments and Tooling writes at the same time do not disturb each other', async () => {
    const writes = ['A', 'B', 'C'].map((name) =>
      org.rest('POST', '/tooling/sobjects/NamedCredential', {
        FullName: name,
        Metadata: {
          label: name,
          endpoint: 'https://x.example.com',
          principalType: 'Anonymous',
          protocol: 'NoAuthentication',
        },
      }),
    );
    const deployment = org.connection.metadata.deploy(zipOf(blueprint), options).complete();
    expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await deployment).status).toBe('Succeeded');
    expect(org.state.components.list('NamedCredential')).toHaveLength(4);
  });
});

describe('a package with a fault', () => {
  const faulty = {
    ...blueprint,
    'permissionsets/OpenCX_Integration.permissionset': permissionSet(['Case.Case_From__c', 'Case.Nowhere__c']),
  };

  test('keeps nothing with rollbackOnError, and tells what would have gone well', async () => {
    const result = await org.connection.metadata.deploy(zipOf(faulty), options).complete(true);
    expect(result).toMatchObject({
      status: 'Failed',
      success: false,
      done: true,
      numberComponentErrors: 1,
      numberComponentsTotal: 3,
    });
    expect(result.details.componentFailures).toMatchObject([
      {
        componentType: 'PermissionSet',
        problem: 'In field: field - no CustomField named Case.Nowhere__c found',
        problemType: 'Error',
        success: false,
        created: false,
        changed: false,
      },
    ]);
    expect(org.state.components.list('CustomField')).toEqual([]);
    expect(org.state.records.find('NamedCredential', {})).toEqual([]);
    expect(org.state.schema().data.object('Case')?.field('Case_From__c')).toBeUndefined();
  });

  test('keeps the rest without rollbackOnError', async () => {
    const result = await org.connection.metadata
      .deploy(zipOf(faulty), { singlePackage: true, rollbackOnError: false })
      .complete(true);
    expect(result.status).toBe('SucceededPartial');
    expect(org.state.components.list('CustomField')).toHaveLength(1);
    expect(org.state.components.list('PermissionSet')).toEqual([]);
  });
});

interface RestDeployResult {
  readonly status: string;
  readonly done: boolean;
  readonly details: {
    readonly componentSuccesses: readonly { componentType: string; changed: boolean; created: boolean }[];
  };
}

async function restResult(target: MetadataOrg, id: string): Promise<RestDeployResult> {
  for (;;) {
    const { status, body } = await target.rest('GET', `/metadata/deployRequest/${id}?includeDetails=true`);
    expect(status).toBe(200);
    const { deployResult } = body as { deployResult: RestDeployResult };
    if (deployResult.done) return deployResult;
  }
}
