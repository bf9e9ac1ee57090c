import { afterEach, beforeEach, expect, it } from 'vitest';

import { automatedProcessUser } from '../../../src/local-org/mail/receive/automated-process.ts';
import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';
import { clientOfUser, grant } from './people.ts';

let client: OrgClient;
beforeEach(async () => {
  client = await openOrgClient();
});
afterEach(async () => {
  expect(client.bugs).toEqual([]);
  await client.close();
});

const soql = 'SELECT UserId, HasUserVerifiedEmailAddress, HasTotp FROM TwoFactorMethodsInfo';

it('an administrator does not have TwoFactorMethodsInfo as long as nobody grants Manage MFA in API', async () => {
  expect(errorOf(await client.query(soql))).toEqual({
    status: 400,
    errorCode: 'INVALID_TYPE',
    message: "sObject type 'TwoFactorMethodsInfo' is not supported.",
  });
  const access = await client.query('SELECT PermissionsManageTwoFactor FROM UserPermissionAccess');
  expect(access.body.records).toMatchObject([{ PermissionsManageTwoFactor: false }]);
});

it('it has a row a user, whose address is verified unless the control API says otherwise', async () => {
  const { adminUserId } = client.org.state.settings;
  await grant(client, adminUserId, 'ManageTwoFactor');
  const { userId } = await clientOfUser(client, 'Standard User');
  expect((await client.query(soql)).body.records).toMatchObject([
    { UserId: adminUserId, HasUserVerifiedEmailAddress: true, HasTotp: false },
    { UserId: userId, HasUserVerifiedEmailAddress: true },
  ]);
  const told = { id: userId, username: 'standard-user@example.com', email: 'rep@example.com' };
  const change = (id: string, isVerified: unknown) => client.control('PATCH', `mail/users/${id}`, { isVerified });
  expect(await change(userId, false)).toMatchObject({ status: 200, body: { ...told, isVerified: false } });
  const filtered = `${soql} WHERE HasUserVerifiedEmailAddress = false`;
  expect((await client.query(filtered)).body.records).toMatchObject([{ UserId: userId }]);
  expect(await change('standard-user@example.com', true)).toMatchObject({ body: { ...told, isVerified: true } });
  automatedProcessUser(client.org.state);
  expect((await client.query(filtered)).body.totalSize).toBe(0);
  expect((await change('nobody@example.com', true)).status).toBe(404);
  expect((await change(userId, 'perhaps')).status).toBe(400);
});

it('it cannot be written', async () => {
  await grant(client, client.org.state.settings.adminUserId, 'ManageTwoFactor');
  const answer = await client.call('POST', `${API}/sobjects/TwoFactorMethodsInfo`, {});
  expect(errorOf(answer).errorCode).toBe('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
});
