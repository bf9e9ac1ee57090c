import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { emptyManifest, manifest, metadataFile, objectFile, objectPermission, zipOf } from './package-zip.ts';
import { deployFiles, metadataOrg } from './settings-org.ts';

const stage = metadataOrg();

interface Profile {
  readonly fullName?: string;
  readonly custom: boolean | string;
  readonly description?: string;
  readonly userLicense: string;
  readonly userPermissions?: { readonly enabled: boolean | string; readonly name: string }[];
  readonly fieldPermissions?: object | object[];
  readonly objectPermissions?: object | object[];
}

interface Saved {
  readonly success: boolean;
  readonly errors: { readonly statusCode: string; readonly message: string }[];
}

async function read(fullName: string): Promise<Profile> {
  return (await stage.org.connection.metadata.read('Profile', fullName)) as unknown as Profile;
}

async function write(call: 'create' | 'update', value: object): Promise<Saved> {
  const { metadata } = stage.org.connection;
  const write = call === 'create' ? metadata.create.bind(metadata) : metadata.update.bind(metadata);
  return (await write('Profile' as never, value as never)) as unknown as Saved;
}

const permission = (name: string, enabled = true) => ({ enabled, name });

async function query<T>(soql: string): Promise<T[]> {
  return (await stage.org.connection.query(soql)).records as unknown as T[];
}

/** A user with a profile, by REST. */
async function userWith(profile: string, Username: string): Promise<string> {
  const [row] = await query<{ Id: string }>(`SELECT Id FROM Profile WHERE Name = '${profile}'`);
  const person = { Username, LastName: 'Integration', Email: 'it@example.com', Alias: 'opencx', ProfileId: row?.Id };
  const places = { TimeZoneSidKey: 'GMT', LocaleSidKey: 'en_US', EmailEncodingKey: 'UTF-8' };
  const values = { ...person, ...places, LanguageLocaleKey: 'en_US' };
  const { status, body } = await stage.org.rest('POST', '/sobjects/User', values);
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

const profileFile = (lines: readonly string[]): string => metadataFile('Profile', lines);

describe('the profiles of a new org', () => {
  it('are read under the names that metadata has for them', async () => {
    const admin = await read('Admin');
    expect(admin).toMatchObject({ fullName: 'Admin', userLicense: 'Salesforce' });
    expect(String(admin.custom)).toBe('false');
    expect(admin.userPermissions?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ApiEnabled', 'ApproveUninstalledConnectedApps', 'ManageUsers', 'ModifyAllData']),
    );
    expect(await read('Standard')).toMatchObject({ fullName: 'Standard' });
    expect(await read('Minimum Access - Salesforce')).toMatchObject({ fullName: 'Minimum Access - Salesforce' });
    const names = await stage.org.connection.metadata.list({ type: 'Profile' });
    expect(names.map(({ fullName, fileName }) => [fullName, fileName])).toEqual([
      ['Admin', 'profiles/Admin.profile'],
      ['Standard', 'profiles/Standard.profile'],
      ['Minimum Access - Salesforce', 'profiles/Minimum Access - Salesforce.profile'],
    ]);
  });

  it('are retrieved as files of their own', async () => {
    const { metadata } = stage.org.connection;
    metadata.pollInterval = 10;
    const { zipFile, fileProperties } = await metadata
      .retrieve({
        apiVersion: '68.0',
        singlePackage: true,
        unpackaged: { types: [{ members: ['Standard'], name: 'Profile' }], version: '68.0' },
      } as never)
      .complete();
    expect(fileProperties.map(({ fileName }) => fileName)).toContain('profiles/Standard.profile');
    const files = unzipSync(Buffer.from(zipFile, 'base64'));
    const text = Buffer.from(files['profiles/Standard.profile'] ?? []).toString();
    expect(text).toContain('<userLicense>Salesforce</userLicense>');
    expect(text).toContain('<name>ApiEnabled</name>');
  });

  it('stand on a licence', async () => {
    expect(await query('SELECT Name, UserLicense.Name FROM Profile ORDER BY Name')).toMatchObject([
      { Name: 'Minimum Access - Salesforce', UserLicense: { Name: 'Salesforce' } },
      { Name: 'Standard User', UserLicense: { Name: 'Salesforce' } },
      { Name: 'System Administrator', UserLicense: { Name: 'Salesforce' } },
    ]);
    const soql = "SELECT Name, Status, TotalLicenses, UsedLicenses FROM UserLicense WHERE Name LIKE 'Salesforce%'";
    expect((await query<{ UsedLicenses: number }>(soql)).map(({ UsedLicenses }) => UsedLicenses)).toEqual([1, 0, 0]);
  });

  it('are neither deleted nor granted anything else by metadata', async () => {
    expect(
      await write('update', { fullName: 'Admin', userPermissions: [permission('ViewClientSecret')] }),
    ).toMatchObject({ success: false, errors: [{ message: expect.stringContaining('LOCAL_ORG_NOT_IMPLEMENTED') }] });
    const deleted = await stage.org.connection.metadata.delete('Profile', ['Standard']);
    expect(deleted).toMatchObject([{ success: false, errors: [{ statusCode: 'DELETE_FAILED' }] }]);
  });
});

describe('a cloned profile', () => {
  /** As a client clones: what it reads it writes under another name. */
  async function clone(): Promise<void> {
    const { fullName: _name, custom: _custom, ...admin } = await read('Admin');
    const userPermissions = admin.userPermissions?.filter(({ name }) => name !== 'ApproveUninstalledConnectedApps');
    const value = { ...admin, fullName: 'OpenCX Integration', custom: true, userPermissions };
    expect(await write('create', value)).toMatchObject({ success: true });
  }

  it('has a row, a permission set of its own, and what was read', async () => {
    await clone();
    expect(await read('opencx integration')).toMatchObject({ fullName: 'OpenCX Integration' });
    const soql =
      "SELECT Name, UserType, PermissionsModifyAllData, PermissionsApproveUninstalledConnectedApps FROM Profile WHERE Name = 'OpenCX Integration'";
    expect(await query(soql)).toMatchObject([
      { UserType: 'Standard', PermissionsModifyAllData: true, PermissionsApproveUninstalledConnectedApps: false },
    ]);
    expect(
      await query(
        "SELECT IsCustom, IsOwnedByProfile, PermissionsEmailSingle FROM PermissionSet WHERE Profile.Name = 'OpenCX Integration'",
      ),
    ).toMatchObject([{ IsCustom: true, IsOwnedByProfile: true, PermissionsEmailSingle: true }]);
    expect(await write('create', { fullName: 'OpenCX Integration', custom: true })).toMatchObject({
      errors: [{ statusCode: 'DUPLICATE_DEVELOPER_NAME' }],
    });
  });

  it('lets its users do what it grants, and what it stops granting no more', async () => {
    await clone();
    const userId = await userWith('OpenCX Integration', 'integration@example.com');
    const soql = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${userId}' AND PermissionSet.PermissionsEmailSingle = true LIMIT 1`;
    expect(await query(soql)).toHaveLength(1);
    const change = { fullName: 'OpenCX Integration', userPermissions: [permission('EmailSingle', false)] };
    expect(await write('update', change)).toMatchObject({ success: true });
    expect(await query(soql)).toEqual([]);
    // An update changes what it mentions: the other permissions stay.
    expect(
      await query(
        `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${userId}' AND PermissionSet.PermissionsModifyAllData = true`,
      ),
    ).toHaveLength(1);
  });

  it('stays as long as somebody has it, also one who is not active', async () => {
    await clone();
    const userId = await userWith('OpenCX Integration', 'integration@example.com');
    await stage.org.rest('PATCH', `/sobjects/User/${userId}`, { IsActive: false });
    const remove = () =>
      stage.org.connection.metadata
        .deploy(
          zipOf({
            'package.xml': emptyManifest,
            'destructiveChanges.xml': manifest({ Profile: ['OpenCX Integration'] }),
          }),
          { singlePackage: true, rollbackOnError: true },
        )
        .complete(true);
    const refused = await remove();
    expect(refused.status).toBe('Failed');
    expect([refused.details.componentFailures].flat()).toMatchObject([{ problem: 'Cannot delete profile in use' }]);
    const [standard] = await query<{ Id: string }>("SELECT Id FROM Profile WHERE Name = 'Standard User'");
    await stage.org.rest('PATCH', `/sobjects/User/${userId}`, { ProfileId: standard?.Id });
    expect((await remove()).status).toBe('Succeeded');
    expect(await query("SELECT Id FROM Profile WHERE Name = 'OpenCX Integration'")).toEqual([]);
    expect(await query("SELECT Id FROM PermissionSet WHERE Profile.Name = 'OpenCX Integration'")).toEqual([]);
  });

  it('is deleted as a record by the same rules', async () => {
    await clone();
    const [row] = await query<{ Id: string }>("SELECT Id FROM Profile WHERE Name = 'OpenCX Integration'");
    await userWith('OpenCX Integration', 'integration@example.com');
    expect(await stage.org.rest('DELETE', `/sobjects/Profile/${row?.Id}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'DELETE_FAILED' }],
    });
  });
});

describe('a deployed profile', () => {
  const members = { CustomField: ['Case.Channel__c'], Profile: ['Support'] };
  const files = {
    'objects/Case.object': objectFile(['Channel__c']),
    'profiles/Support.profile': profileFile([
      '<custom>true</custom>',
      '<description>Those who answer</description>',
      '<fieldPermissions><editable>false</editable><field>Case.Channel__c</field><readable>true</readable></fieldPermissions>',
      objectPermission('Case', ['allowRead', 'allowEdit']),
      '<userLicense>Salesforce</userLicense>',
      '<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>',
    ]),
  };

  it('shows its users the fields that it grants', async () => {
    expect(await deployFiles(stage.org, members, files)).toMatchObject({ status: 'Succeeded', problems: [] });
    const username = 'rep@example.com';
    await userWith('Support', username);
    const session = await fetch(`${stage.org.url}/_local/sessions`, {
      method: 'POST',
      headers: { 'X-Local-Org-Control': 'test', 'content-type': 'application/json' },
      body: JSON.stringify({ username }),
    });
    const { accessToken } = (await session.json()) as { accessToken: string };
    const seenBy = async (token: string): Promise<number> =>
      (
        await fetch(`${stage.org.url}/services/data/v68.0/query?q=SELECT+Channel__c+FROM+Case`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    expect(await seenBy(accessToken)).toBe(200);
    expect(await seenBy(stage.org.token)).toBe(400);
    expect(await read('Support')).toMatchObject({
      description: 'Those who answer',
      fieldPermissions: [{ field: 'Case.Channel__c' }],
      objectPermissions: [{ object: 'Case' }],
    });
  });

  it('is unchanged by the same file, and keeps what a later file does not mention', async () => {
    await deployFiles(stage.org, members, files);
    const again = await deployFiles(stage.org, members, files);
    expect(again.successes.map(({ fullName, changed }) => [fullName, String(changed)])).toEqual([
      ['Case.Channel__c', 'false'],
      ['Support', 'false'],
    ]);
    const later = { 'profiles/Support.profile': profileFile(['<custom>true</custom>']) };
    expect(await deployFiles(stage.org, { Profile: ['Support'] }, later)).toMatchObject({ status: 'Succeeded' });
    expect(await read('Support')).toMatchObject({ userPermissions: [{ name: 'ApiEnabled' }] });
  });

  it.each([
    [
      'an element that does nothing here',
      ['<tabVisibilities><tab>standard-Case</tab><visibility>DefaultOn</visibility></tabVisibilities>'],
      'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement the element tabVisibilities of Profile.',
    ],
    [
      'a permission nobody knows',
      ['<userPermissions><enabled>true</enabled><name>Fly</name></userPermissions>'],
      'Unknown user permission: Fly',
    ],
    [
      'a licence the org has not',
      ['<userLicense>Moon</userLicense>'],
      'In field: userLicense - no UserLicense named Moon found',
    ],
    [
      'a field that is not there',
      [
        '<fieldPermissions><editable>true</editable><field>Case.No__c</field><readable>true</readable></fieldPermissions>',
      ],
      'In field: field - no CustomField named Case.No__c found',
    ],
    [
      'a permission without what it depends on',
      ['<userPermissions><enabled>true</enabled><name>ManageUsers</name></userPermissions>'],
      expect.stringContaining('Permission ManageUsers depends on permission(s): AssignPermissionSets, '),
    ],
    [
      'an element that no profile has',
      ['<colour>red</colour>'],
      expect.stringContaining('colour invalid at this location in type Profile'),
    ],
  ])('is refused with %s', async (_what, lines, problem) => {
    const zip = zipOf({
      'package.xml': manifest({ Profile: ['Support'] }),
      'profiles/Support.profile': profileFile(lines),
    });
    const options = { singlePackage: true, rollbackOnError: true };
    const { status, details } = await stage.org.connection.metadata.deploy(zip, options).complete(true);
    expect(status).toBe('Failed');
    expect([details.componentFailures].flat()).toMatchObject([{ problem }]);
    expect(await query("SELECT Id FROM Profile WHERE Name = 'Support'")).toEqual([]);
  });
});
