import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { PERMISSION_NAMES } from '../../../src/local-org/schema/permission-names.ts';
import { metadataFile, objectFile } from '../metadata/package-zip.ts';
import { deployFiles } from '../metadata/settings-org.ts';
import { startMetadataOrg } from '../metadata/metadata-org.ts';
import type { MetadataOrg } from '../metadata/metadata-org.ts';

let org: MetadataOrg;
beforeEach(async () => {
  org = await startMetadataOrg();
});
afterEach(async () => {
  await org.close();
});

const lent = {
  Name: 'OpenCX_Temporary',
  Label: 'OpenCX temporary access',
  Description: 'Lent while a secret is read',
  PermissionsViewClientSecret: true,
  PermissionsExternalClientAppDeveloper: true,
  PermissionsExternalClientAppAdmin: true,
  PermissionsExternalClientAppViewer: true,
};

async function create(sobject: string, values: object): Promise<string> {
  const { status, body } = await org.rest('POST', `/sobjects/${sobject}`, values);
  expect(body).toMatchObject({ success: true });
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

async function query<T>(soql: string): Promise<T[]> {
  return (await org.connection.query(soql)).records as unknown as T[];
}

const admin = (): string => org.state.settings.adminUserId;
const read = (fullName: string) => org.connection.metadata.read('PermissionSet', fullName);

describe('a permission set made as a record', () => {
  it('grants its permissions to whom it is assigned', async () => {
    const id = await create('PermissionSet', lent);
    expect(
      await query(`SELECT Name, Label, Description, IsCustom, Type FROM PermissionSet WHERE Id = '${id}'`),
    ).toMatchObject([
      { Name: lent.Name, Label: lent.Label, Description: lent.Description, IsCustom: true, Type: 'Regular' },
    ]);
    const may = async (): Promise<unknown> =>
      (await query<Record<string, unknown>>('SELECT PermissionsViewClientSecret FROM UserPermissionAccess'))[0]?.[
        'PermissionsViewClientSecret'
      ];
    expect(await may()).toBe(false);
    await create('PermissionSetAssignment', { AssigneeId: admin(), PermissionSetId: id });
    expect(await may()).toBe(true);
  });

  it('is assigned once, and deleted when nobody has it any more', async () => {
    const id = await create('PermissionSet', lent);
    const values = { AssigneeId: admin(), PermissionSetId: id };
    const assignment = await create('PermissionSetAssignment', values);
    expect(await org.rest('POST', '/sobjects/PermissionSetAssignment', values)).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: 'DUPLICATE_VALUE',
          message: `Duplicate PermissionSetAssignment. Assignee: ${admin().slice(0, 15)}; Permission Set: ${id.slice(0, 15)}`,
        },
      ],
    });
    const remove = () => org.rest('DELETE', `/sobjects/PermissionSet/${id}`);
    expect(await remove()).toMatchObject({ status: 400, body: [{ errorCode: 'DELETE_FAILED' }] });
    expect((await org.rest('DELETE', `/sobjects/PermissionSetAssignment/${assignment}`)).status).toBe(204);
    expect((await remove()).status).toBe(204);
    expect(await query("SELECT Id FROM PermissionSet WHERE Name = 'OpenCX_Temporary'")).toEqual([]);
    expect((await org.connection.metadata.list({ type: 'PermissionSet' })).map(({ fullName }) => fullName)).toEqual([]);
  });

  it('is the same one in the Metadata API, with what is granted later', async () => {
    await deployFiles(org, { CustomField: ['Case.Channel__c'] }, { 'objects/Case.object': objectFile(['Channel__c']) });
    const id = await create('PermissionSet', lent);
    const grant = { ParentId: id, SobjectType: 'Case', Field: 'Case.Channel__c' };
    const fieldId = await create('FieldPermissions', { ...grant, PermissionsRead: true });
    expect(await read('OpenCX_Temporary')).toMatchObject({
      description: lent.Description,
      label: lent.Label,
      fieldPermissions: [{ field: 'Case.Channel__c' }],
    });
    await org.rest('PATCH', `/sobjects/PermissionSet/${id}`, { PermissionsViewClientSecret: false });
    await org.rest('DELETE', `/sobjects/FieldPermissions/${fieldId}`);
    const { userPermissions, fieldPermissions } = await read('OpenCX_Temporary');
    expect(userPermissions).toHaveLength(3);
    expect(fieldPermissions).toEqual([]);
  });

  it('of a profile is neither deleted nor taken from its users', async () => {
    const [own] = await query<{ Id: string; PermissionSetId: string }>(
      `SELECT Id, PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${admin()}'`,
    );
    for (const path of [`PermissionSet/${own?.PermissionSetId}`, `PermissionSetAssignment/${own?.Id}`]) {
      expect(await org.rest('DELETE', `/sobjects/${path}`)).toMatchObject({
        status: 400,
        body: [{ errorCode: 'DELETE_FAILED' }],
      });
    }
  });

  it('lacks nothing that its permissions depend on', async () => {
    expect(await org.rest('POST', '/sobjects/PermissionSet', { ...lent, PermissionsManageUsers: true })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: expect.stringContaining('depends on permission(s)') }],
    });
  });
});

it('a deployed permission set may grant every user permission there is', async () => {
  const entries = PERMISSION_NAMES.map(
    (name) => `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`,
  );
  const file = metadataFile('PermissionSet', [
    '<description>All of it</description>',
    '<label>All</label>',
    ...entries,
  ]);
  const files = { 'permissionsets/All.permissionset': file };
  expect(await deployFiles(org, { PermissionSet: ['All'] }, files)).toMatchObject({ status: 'Succeeded' });
  const fields = PERMISSION_NAMES.map((name) => `Permissions${name}`);
  const [row] = await query<Record<string, unknown>>(
    `SELECT Description, ${fields.join(', ')} FROM PermissionSet WHERE Name = 'All'`,
  );
  expect(row).toMatchObject({ Description: 'All of it', ...Object.fromEntries(fields.map((field) => [field, true])) });
});
