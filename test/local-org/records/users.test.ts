import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { API, clientFor, errorOf, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';
import { newUser } from './people.ts';

let client: OrgClient;
beforeEach(async () => {
  client = await openOrgClient();
});
afterEach(async () => {
  await client.close();
  expect(client.bugs).toEqual([]);
});

const create = async (more: Record<string, unknown> = {}): Promise<string> =>
  client.create('User', await newUser(client, more));
const refused = async (more: Record<string, unknown>): Promise<ReturnType<typeof errorOf>> =>
  errorOf(await client.call('POST', `${API}/sobjects/User`, await newUser(client, more)));
const patch = (id: string, values: object): Promise<Answer> =>
  client.call('PATCH', `${API}/sobjects/User/${id}`, values);

describe('a new user', () => {
  it('has a nickname, the permissions of the profile, and a place in queries', async () => {
    const roleId = await client.create('UserRole', { Name: 'Tier 1 (EMEA)' });
    const id = await create({ UserRoleId: roleId });
    const soql = `SELECT Id, Username, IsActive, CommunityNickname, Profile.Name, Profile.UserLicense.Name, UserRole.Name, UserRole.DeveloperName FROM User WHERE Id = '${id}'`;
    expect((await client.query(soql)).body.records).toMatchObject([
      {
        Username: 'rep@example.com',
        IsActive: true,
        CommunityNickname: 'rep',
        Profile: { Name: 'Standard User', UserLicense: { Name: 'Salesforce' } },
        UserRole: { Name: 'Tier 1 (EMEA)', DeveloperName: 'Tier_1_EMEA' },
      },
    ]);
    const set = `SELECT PermissionSet.IsOwnedByProfile, PermissionSet.Profile.Name FROM PermissionSetAssignment WHERE AssigneeId = '${id}'`;
    expect((await client.query(set)).body.records).toMatchObject([
      { PermissionSet: { IsOwnedByProfile: true, Profile: { Name: 'Standard User' } } },
    ]);
  });

  it('needs what Salesforce requires', async () => {
    const { body } = await client.call('POST', `${API}/sobjects/User`, { FirstName: 'Nobody' });
    expect(body[0].errorCode).toBe('REQUIRED_FIELD_MISSING');
    expect((body[0].fields as string[]).toSorted()).toEqual([
      'Alias',
      'Email',
      'EmailEncodingKey',
      'LanguageLocaleKey',
      'LastName',
      'LocaleSidKey',
      'ProfileId',
      'TimeZoneSidKey',
      'Username',
    ]);
  });

  it.each([
    [{ Username: 'rep' }, 'INVALID_EMAIL_ADDRESS'],
    [{ Email: 'nobody' }, 'INVALID_EMAIL_ADDRESS'],
    [{ Alias: 'integration' }, 'STRING_TOO_LONG'],
    [{ EmailEncodingKey: 'UTF-7' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    [{ LanguageLocaleKey: 'tlh' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    [{ TimeZoneSidKey: 'Moon/Crater' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    [{ ProfileId: '00eLo0000000009' }, 'INVALID_CROSS_REFERENCE_KEY'],
    [{ Username: 'ADMIN@example.com', CommunityNickname: 'admin' }, 'DUPLICATE_COMM_NICKNAME'],
  ])('is refused with %o', async (values, errorCode) => {
    expect(await refused(values)).toMatchObject({ status: 400, errorCode });
  });

  it('has a username that nobody else has, in any case', async () => {
    await create();
    expect(await refused({ Username: 'REP@example.com' })).toMatchObject({ errorCode: 'DUPLICATE_USERNAME' });
    await create({ Username: 'rep@example.org' });
    const { body } = await client.query("SELECT CommunityNickname FROM User WHERE Username LIKE 'rep@%'");
    expect(body.records).toMatchObject([{ CommunityNickname: 'rep' }, { CommunityNickname: 'rep2' }]);
  });
});

describe('deactivating', () => {
  it('ends what a user may do here', async () => {
    const id = await create();
    const { body } = await client.control('POST', 'sessions', { username: 'rep@example.com' });
    const rep = clientFor(client.org, body.accessToken as string, client.bugs);
    expect((await rep.query('SELECT Id FROM Case')).status).toBe(200);
    expect((await patch(id, { IsActive: false })).status).toBe(204);
    expect((await rep.query('SELECT Id FROM Case')).status).toBe(401);
    expect((await client.query('SELECT IsActive FROM User WHERE IsActive = false')).body.totalSize).toBe(1);
    expect((await patch(id, { IsActive: true })).status).toBe(204);
  });

  it('is not done to oneself', async () => {
    expect(errorOf(await patch(client.org.state.settings.adminUserId, { IsActive: false }))).toMatchObject({
      status: 400,
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
    });
  });

  it('is not done to whoever cases go to', async () => {
    const id = await create();
    const settings = {
      defaultCaseOwner: 'rep@example.com',
      defaultCaseOwnerType: 'User',
      useSystemUserAsDefaultCaseUser: true,
      systemUserEmail: 'system@example.com',
      emailToCase: { enableEmailToCase: true, enableOnDemandEmailToCase: true },
    };
    const { body } = await client.tooling('SELECT Id FROM CaseSettings');
    const path = `${API}/tooling/sobjects/CaseSettings/${body.records[0].Id}`;
    expect((await client.call('PATCH', path, { Metadata: settings })).status).toBe(204);
    expect(errorOf(await patch(id, { IsActive: false })).message).toBe(
      'You cannot deactivate this user. You cannot deactivate a user who is the default owner of cases',
    );
  });

  it('is what there is: users are not deleted', async () => {
    const id = await create();
    expect(errorOf(await client.call('DELETE', `${API}/sobjects/User/${id}`))).toMatchObject({
      status: 400,
      errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      message: 'entity type cannot be deleted: User',
    });
  });

  it('leaves nobody who could be given a permission set or a case', async () => {
    const id = await create({ IsActive: false });
    const setId = await client.create('PermissionSet', { Name: 'OpenCX', Label: 'OpenCX' });
    const values = { AssigneeId: id, PermissionSetId: setId };
    expect(errorOf(await client.call('POST', `${API}/sobjects/PermissionSetAssignment`, values))).toMatchObject({
      errorCode: 'INACTIVE_OWNER_OR_USER',
    });
    expect(errorOf(await client.call('POST', `${API}/sobjects/Case`, { OwnerId: id }))).toMatchObject({
      errorCode: 'INACTIVE_OWNER_OR_USER',
      message: `operation performed with inactive user [${id.slice(0, 15)}] as owner of case`,
    });
  });
});

it('a role has one name, and stays as long as users have it', async () => {
  const roleId = await client.create('UserRole', { Name: 'Support', DeveloperName: 'Support' });
  const twin = await client.call('POST', `${API}/sobjects/UserRole`, { Name: 'support' });
  expect(errorOf(twin).errorCode).toBe('DUPLICATE_DEVELOPER_NAME');
  const userId = await create({ UserRoleId: roleId });
  const remove = () => client.call('DELETE', `${API}/sobjects/UserRole/${roleId}`);
  expect(errorOf(await remove()).errorCode).toBe('DELETE_FAILED');
  await patch(userId, { UserRoleId: null });
  expect((await remove()).status).toBe(204);
});
