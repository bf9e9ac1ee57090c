import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createSession } from '../../../src/local-org/oauth/sessions.ts';
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

// What a deployment leaves is read by the same queries a client makes of Salesforce.

let org: MetadataOrg;
let deployId: string;
beforeAll(async () => {
  org = await startMetadataOrg();
  const files = {
    'package.xml': manifest({
      ApexClass: ['Greeter'],
      ApexTrigger: ['T'],
      CustomField: ['Case.From__c'],
      NamedCredential: ['Hook'],
      PermissionSet: ['P'],
    }),
    ...apexClass('Greeter', 'public class Greeter {\n}\n'),
    ...apexTrigger('T', 'trigger T on Case (after insert) {\n}\n'),
    'namedCredentials/Hook.namedCredential': namedCredential('https://hooks.example.com'),
    'objects/Case.object': objectFile(['From__c']),
    'permissionsets/P.permissionset': permissionSet(
      ['Case.From__c'],
      [objectPermission('Case', ['allowRead', 'allowEdit'])],
    ),
  };
  const result = await org.connection.metadata
    .deploy(zipOf(files), { singlePackage: true, rollbackOnError: true })
    .complete(true);
  expect(result.details.componentFailures).toEqual([]);
  deployId = result.id;
});
afterAll(async () => {
  await org.close();
});

async function toolingQuery(soql: string): Promise<object[]> {
  return (await org.connection.tooling.query(soql)).records;
}

describe('queries after a deployment', () => {
  test('Apex by the data and by the Tooling API', async () => {
    const soql = "SELECT Id, Name, Body, Status, IsValid, ApiVersion FROM ApexClass WHERE Name = 'Greeter'";
    const expected = {
      Name: 'Greeter',
      Body: 'public class Greeter {\n}\n',
      Status: 'Active',
      IsValid: true,
      ApiVersion: 66,
    };
    expect((await org.connection.query(soql)).records).toMatchObject([expected]);
    expect(await toolingQuery(soql)).toMatchObject([expected]);
    expect(
      await toolingQuery(
        "SELECT Name, Status, UsageAfterInsert, TableEnumOrId FROM ApexTrigger WHERE TableEnumOrId = 'Case'",
      ),
    ).toMatchObject([{ Name: 'T', Status: 'Active', UsageAfterInsert: true, TableEnumOrId: 'Case' }]);
  });

  test('a named credential with its Metadata', async () => {
    const rows = await toolingQuery("SELECT Id, FullName, Metadata FROM NamedCredential WHERE DeveloperName = 'Hook'");
    expect(rows).toMatchObject([
      {
        FullName: 'Hook',
        Metadata: { endpoint: 'https://hooks.example.com', protocol: 'NoAuthentication', password: null },
      },
    ]);
    const data = await org.connection.query(
      "SELECT Endpoint, PrincipalType FROM NamedCredential WHERE DeveloperName = 'Hook'",
    );
    expect(data.records).toMatchObject([{ Endpoint: 'https://hooks.example.com', PrincipalType: 'Anonymous' }]);
  });

  test('a field, which nobody sees until the permission set is assigned', async () => {
    expect(
      await toolingQuery("SELECT DeveloperName, TableEnumOrId FROM CustomField WHERE DeveloperName = 'From'"),
    ).toMatchObject([{ TableEnumOrId: 'Case' }]);
    await expect(org.connection.query('SELECT From__c FROM Case')).rejects.toMatchObject({ name: 'INVALID_FIELD' });
    const set = (await org.connection.query("SELECT Id FROM PermissionSet WHERE Name = 'P'")).records[0];
    await org.connection.create('PermissionSetAssignment', {
      AssigneeId: org.state.settings.adminUserId,
      PermissionSetId: set?.Id ?? '',
    });
    expect((await org.connection.query('SELECT From__c FROM Case')).totalSize).toBe(0);
  });

  test('an assigned permission set is not deleted', async () => {
    const result = await org.connection.metadata
      .deploy(zipOf({ 'package.xml': manifest({}), 'destructiveChanges.xml': manifest({ PermissionSet: ['P'] }) }), {
        singlePackage: true,
      })
      .complete(true);
    expect(result.status).toBe('Failed');
    expect(result.details.componentFailures).toMatchObject([{ componentType: 'PermissionSet', fullName: 'P' }]);
  });

  test('the deployment itself', async () => {
    expect(
      await toolingQuery(
        `SELECT Id, Status, NumberComponentsDeployed, CheckOnly FROM DeployRequest WHERE Id = '${deployId}'`,
      ),
    ).toMatchObject([{ Status: 'Succeeded', NumberComponentsDeployed: 5, CheckOnly: false }]);
  });
});

describe('a user who may not change metadata', () => {
  test('is refused by SOAP, REST and the Tooling API', async () => {
    const { records } = org.state;
    const profile = records.find('Profile', { Name: 'Standard User' })[0];
    const user = await org.connection.create('User', {
      Username: 'rep@example.com',
      LastName: 'Rep',
      Email: 'rep@example.com',
      Alias: 'rep',
      ProfileId: profile?.Id,
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'de_DE_EURO',
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
    });
    const { token } = createSession(org.state, { userId: user.id ?? '' });
    const message = 'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';
    const soap = await org.soap('<describeMetadata/>', token);
    expect(soap.status).toBe(500);
    expect(soap.text).toContain('<faultcode>sf:INSUFFICIENT_ACCESS</faultcode>');
    expect(soap.text).toContain(message);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const rest = await fetch(`${org.url}/services/data/v68.0/metadata/deployRequest/${deployId}`, { headers });
    expect([rest.status, await rest.json()]).toEqual([403, [{ errorCode: 'INSUFFICIENT_ACCESS', message }]]);
    const tooling = await fetch(`${org.url}/services/data/v68.0/tooling/sobjects/ApexClass`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ Body: 'public class X {\n}\n' }),
    });
    expect(tooling.status).toBe(403);
    expect(records.find('ApexClass', { Name: 'X' })).toEqual([]);
  });
});
