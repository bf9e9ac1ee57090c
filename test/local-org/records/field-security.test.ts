import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';

let client: OrgClient;
beforeEach(async () => {
  client = await openOrgClient();
  addField(
    'Case.Case_From__c',
    '<fields><fullName>Case_From__c</fullName><label>Case From</label><type>Text</type><length>80</length><required>false</required></fields>',
  );
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

/** What a deployment leaves in the component store. */
function addField(fullName: string, xml: string): void {
  client.org.state.components.put({
    type: 'CustomField',
    fullName,
    fileName: 'objects/Case.object',
    body: undefined,
    xml,
    recordId: undefined,
  });
}

async function grant(permissions: { PermissionsRead: boolean; PermissionsEdit: boolean }): Promise<{ setId: string }> {
  const setId = await client.create('PermissionSet', { Name: 'OpenCX', Label: 'OpenCX' });
  await client.create('FieldPermissions', {
    ParentId: setId,
    SobjectType: 'Case',
    Field: 'Case.Case_From__c',
    ...permissions,
  });
  return { setId };
}

const assign = (setId: string) =>
  client.create('PermissionSetAssignment', {
    AssigneeId: client.org.state.settings.adminUserId,
    PermissionSetId: setId,
  });

describe('a custom field that nobody was granted', () => {
  it('is not there for the API, administrator or not', async () => {
    expect(errorOf(await client.query('SELECT Case_From__c FROM Case'))).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: expect.stringContaining("No such column 'Case_From__c' on entity 'Case'"),
    });
    const answer = await client.call('POST', `${API}/sobjects/Case`, { Case_From__c: 'x' });
    expect(errorOf(answer)).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: "No such column 'Case_From__c' on sobject of type Case",
    });
    const { body } = await client.call('GET', `${API}/sobjects/Case/describe`);
    expect(body.fields.map((field: { name: string }) => field.name)).not.toContain('Case_From__c');
  });

  it('is known to the Tooling API all the same', async () => {
    const soql =
      "SELECT QualifiedApiName, DataType, Length FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Case' AND QualifiedApiName = 'Case_From__c'";
    expect((await client.tooling(soql)).body.records).toMatchObject([
      { QualifiedApiName: 'Case_From__c', DataType: 'Text(80)', Length: 80 },
    ]);
  });
});

describe('a permission set', () => {
  it('shows the field only to those it is assigned to, and only until it is taken away', async () => {
    const { setId } = await grant({ PermissionsRead: true, PermissionsEdit: true });
    expect((await client.query('SELECT Case_From__c FROM Case')).status).toBe(400);
    const assignment = await assign(setId);
    const id = await client.create('Case', { case_from__c: 'Chat' });
    expect(
      (await client.query(`SELECT Case_From__c FROM Case WHERE Case_From__c = 'chat'`)).body.records,
    ).toMatchObject([{ Case_From__c: 'Chat' }]);
    expect((await client.call('GET', `${API}/sobjects/Case/${id}`)).body.Case_From__c).toBe('Chat');
    await client.call('DELETE', `${API}/sobjects/PermissionSetAssignment/${assignment}`);
    expect((await client.call('GET', `${API}/sobjects/Case/${id}`)).body).not.toHaveProperty('Case_From__c');
  });

  it('may let read and not write', async () => {
    const { setId } = await grant({ PermissionsRead: true, PermissionsEdit: false });
    await assign(setId);
    expect((await client.query('SELECT Case_From__c FROM Case')).status).toBe(200);
    expect(errorOf(await client.call('POST', `${API}/sobjects/Case`, { Case_From__c: 'x' }))).toMatchObject({
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    });
  });

  it('is assigned to a user once', async () => {
    const { setId } = await grant({ PermissionsRead: true, PermissionsEdit: true });
    await assign(setId);
    await expect(assign(setId)).rejects.toThrow('DUPLICATE_VALUE');
  });

  it.each(['Case.Nope__c', 'Case.Subject', 'Nope.Field__c'])('cannot grant %s', async (field) => {
    const setId = await client.create('PermissionSet', { Name: 'OpenCX', Label: 'OpenCX' });
    const values = { ParentId: setId, SobjectType: 'Case', Field: field, PermissionsRead: true };
    expect(errorOf(await client.call('POST', `${API}/sobjects/FieldPermissions`, values))).toMatchObject({
      errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    });
  });
});

describe('custom fields', () => {
  it('are visible to all when their definition requires them', async () => {
    addField(
      'Case.Channel__c',
      '<fields><fullName>Channel__c</fullName><label>Channel</label><type>Text</type><length>10</length><required>true</required></fields>',
    );
    expect(errorOf(await client.call('POST', `${API}/sobjects/Case`, {}))).toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [Channel__c]',
    });
    expect(errorOf(await client.call('POST', `${API}/sobjects/Case`, { Channel__c: 'x'.repeat(11) })).errorCode).toBe(
      'STRING_TOO_LONG',
    );
    await client.create('Case', { Channel__c: 'mail' });
    expect((await client.query('SELECT Channel__c FROM Case')).body.records).toMatchObject([{ Channel__c: 'mail' }]);
  });

  it('take their defaults, and hold unique values once', async () => {
    addField(
      'Case.Sent__c',
      '<fields><fullName>Sent__c</fullName><label>Sent</label><type>Checkbox</type><defaultValue>true</defaultValue></fields>',
    );
    addField(
      'Case.Key__c',
      '<fields><fullName>Key__c</fullName><label>Key</label><type>Text</type><length>20</length><unique>true</unique><externalId>true</externalId></fields>',
    );
    const setId = await client.create('PermissionSet', { Name: 'All', Label: 'All' });
    for (const field of ['Case.Sent__c', 'Case.Key__c']) {
      await client.create('FieldPermissions', {
        ParentId: setId,
        SobjectType: 'Case',
        Field: field,
        PermissionsRead: true,
        PermissionsEdit: true,
      });
    }
    await assign(setId);
    const path = `${API}/sobjects/Case/Key__c/abc`;
    const first = await client.call('PATCH', path, { Subject: 'one' });
    expect(first.status).toBe(201);
    expect((await client.call('PATCH', path, { Subject: 'two' })).body).toMatchObject({
      id: first.body.id,
      created: false,
    });
    expect((await client.call('GET', path)).body).toMatchObject({ Id: first.body.id, Sent__c: true, Subject: 'two' });
    expect(errorOf(await client.call('POST', `${API}/sobjects/Case`, { Key__c: 'ABC' })).errorCode).toBe(
      'DUPLICATE_VALUE',
    );
  });
});
