import { afterAll, beforeAll, expect, it } from 'vitest';

import { API, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';

let client: OrgClient;
beforeAll(async () => {
  client = await openOrgClient();
});
afterAll(async () => {
  await client.close();
  expect(client.bugs).toEqual([]);
});

const post = (sobject: string, values: object): Promise<Answer> =>
  client.call('POST', `${API}/sobjects/${sobject}`, values);

it('a queue of cases is a group and a row that says so', async () => {
  const queue = await client.create('Group', { Name: 'Tier 1 Support', Type: 'Queue' });
  await client.create('QueueSobject', { QueueId: queue, SobjectType: 'Case' });
  const soql = "SELECT Queue.DeveloperName, SobjectType FROM QueueSobject WHERE SobjectType = 'Case'";
  expect((await client.query(soql)).body.records).toMatchObject([
    { Queue: { DeveloperName: 'Tier_1_Support' }, SobjectType: 'Case' },
  ]);
  const twin = await post('Group', { Name: 'Other', DeveloperName: 'tier_1_support', Type: 'Queue' });
  expect(twin).toMatchObject({ status: 400, body: [{ errorCode: 'DUPLICATE_DEVELOPER_NAME' }] });
  const again = await post('QueueSobject', { QueueId: queue, SobjectType: 'Case' });
  expect(again).toMatchObject({ status: 400, body: [{ errorCode: 'DUPLICATE_VALUE' }] });
  const group = await client.create('Group', { Name: 'Friends', Type: 'Regular' });
  expect(await post('QueueSobject', { QueueId: group, SobjectType: 'Case' })).toMatchObject({
    status: 400,
    body: [{ errorCode: 'INVALID_CROSS_REFERENCE_KEY' }],
  });
  expect(await post('QueueSobject', { QueueId: queue, SobjectType: 'CaseStatus' })).toMatchObject({
    status: 400,
    body: [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }],
  });
});

it('an organization-wide address is not verified by saying so', async () => {
  const values = { Address: 'care@example.com', DisplayName: 'Care', Purpose: 'UserSelection' };
  const id = await client.create('OrgWideEmailAddress', { ...values, IsVerified: true });
  await client.call('PATCH', `${API}/sobjects/OrgWideEmailAddress/${id}`, { IsVerified: true });
  const { body } = await client.query('SELECT IsVerified FROM OrgWideEmailAddress');
  expect(body.records).toMatchObject([{ IsVerified: false }]);
});

it('a profile is not made by the data API', async () => {
  expect(await post('Profile', { Name: 'OpenCX Integration' })).toMatchObject({
    status: 400,
    body: [{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }],
  });
});

it('what an administrator may not do of himself is told by the permissions', async () => {
  const soql =
    'SELECT PermissionsViewSetup, PermissionsViewClientSecret, PermissionsExternalClientAppDeveloper FROM UserPermissionAccess';
  expect((await client.query(soql)).body.records).toMatchObject([
    { PermissionsViewSetup: true, PermissionsViewClientSecret: false, PermissionsExternalClientAppDeveloper: false },
  ]);
});

it('storage is among the limits', async () => {
  await client.create('ContentVersion', {
    PathOnClient: 'a.bin',
    VersionData: Buffer.alloc(1_500_000).toString('base64'),
  });
  await client.create('Case', { Subject: 'One' });
  expect((await client.call('GET', `${API}/limits`)).body).toMatchObject({
    DataStorageMB: { Max: 5, Remaining: 4 },
    FileStorageMB: { Max: 20, Remaining: 18 },
  });
});
