import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deployRules } from '../assignment/deploy-rules.ts';
import { API, errorOf, openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';

let client: OrgClient;
beforeEach(async () => {
  client = await openOrgClient();
});
afterEach(async () => {
  await client.close();
  expect(client.bugs).toEqual([]);
});

const post = (sobject: string, values: object): Promise<Answer> =>
  client.call('POST', `${API}/sobjects/${sobject}`, values);
const remove = (sobject: string, id: string): Promise<Answer> =>
  client.call('DELETE', `${API}/sobjects/${sobject}/${id}`);

/** A queue for cases. */
async function caseQueue(): Promise<string> {
  const values = { Name: 'OpenCX', DeveloperName: 'OpenCX', Type: 'Queue', Email: 'q@example.com' };
  const id = await client.create('Group', { ...values, DoesSendEmailToMembers: true });
  await client.create('QueueSobject', { QueueId: id, SobjectType: 'Case' });
  return id;
}

it('a queue with its members is made, found and deleted by records', async () => {
  const id = await caseQueue();
  const userId = client.org.state.settings.adminUserId;
  await client.create('GroupMember', { GroupId: id, UserOrGroupId: userId });
  expect((await client.query('SELECT QueueId, Queue.DeveloperName FROM QueueSobject')).body.records).toMatchObject([
    { QueueId: id, Queue: { DeveloperName: 'OpenCX' } },
  ]);
  const members = "SELECT GroupId, UserOrGroupId, Group.DeveloperName FROM GroupMember WHERE Group.Type = 'Queue'";
  expect((await client.query(members)).body.records).toMatchObject([{ GroupId: id, UserOrGroupId: userId }]);
  const queue = "SELECT Name, Email, DoesSendEmailToMembers FROM Group WHERE Type = 'Queue'";
  expect((await client.query(queue)).body.records).toMatchObject([
    { Name: 'OpenCX', Email: 'q@example.com', DoesSendEmailToMembers: true },
  ]);
  expect(errorOf(await post('GroupMember', { GroupId: id, UserOrGroupId: userId })).errorCode).toBe('DUPLICATE_VALUE');
  expect((await remove('Group', id)).status).toBe(204);
  for (const sobject of ['QueueSobject', 'GroupMember']) {
    expect((await client.query(`SELECT Id FROM ${sobject}`)).body.totalSize).toBe(0);
  }
});

it.each([
  [{ Name: 'Other', DeveloperName: 'opencx', Type: 'Queue' }, 'DUPLICATE_DEVELOPER_NAME'],
  [{ Name: 'Other', DeveloperName: 'Open CX', Type: 'Queue' }, 'FIELD_INTEGRITY_EXCEPTION'],
  [{ DeveloperName: 'Other', Type: 'Queue' }, 'REQUIRED_FIELD_MISSING'],
  [{ Name: 'Other', Type: 'Stack' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
  [{ Name: 'Other', Type: 'Queue', Email: 'nobody' }, 'INVALID_EMAIL_ADDRESS'],
])('a queue %o is refused', async (values, errorCode) => {
  await caseQueue();
  expect(errorOf(await post('Group', values))).toMatchObject({ status: 400, errorCode });
});

describe('a queue stays', () => {
  const settings = async (Metadata: object): Promise<void> => {
    const { body } = await client.tooling('SELECT Id FROM CaseSettings');
    const path = `${API}/tooling/sobjects/CaseSettings/${body.records[0].Id}`;
    expect((await client.call('PATCH', path, { Metadata })).status).toBe(204);
  };

  it('as long as it owns cases', async () => {
    const id = await caseQueue();
    const caseId = await client.create('Case', { Subject: 'One', OwnerId: id });
    expect(errorOf(await remove('Group', id))).toMatchObject({ status: 400, errorCode: 'DELETE_FAILED' });
    await client.call('PATCH', `${API}/sobjects/Case/${caseId}`, { OwnerId: client.org.state.settings.adminUserId });
    expect((await remove('Group', id)).status).toBe(204);
  });

  it('as long as it is the default case owner or that of a routing address', async () => {
    const id = await caseQueue();
    const admin = client.org.username;
    await settings({
      defaultCaseOwner: 'OpenCX',
      defaultCaseOwnerType: 'Queue',
      useSystemUserAsDefaultCaseUser: true,
      systemUserEmail: 'system@example.com',
      emailToCase: { enableEmailToCase: true, enableOnDemandEmailToCase: true },
    });
    expect(errorOf(await remove('Group', id)).message).toContain('default case owner');
    const { body, status } = await client.control('POST', 'mail/routing-addresses', {
      emailAddress: 'care@example.com',
      caseOwner: 'OpenCX',
      caseOwnerType: 'Queue',
      caseOrigin: 'Email',
      casePriority: 'Medium',
    });
    expect(status).toBe(201);
    await settings({ defaultCaseOwner: admin, defaultCaseOwnerType: 'User' });
    expect(errorOf(await remove('Group', id)).message).toContain('routing address');
    await client.control('DELETE', `mail/routing-addresses/${body.id}`);
    expect((await remove('Group', id)).status).toBe(204);
  });

  it('as long as an assignment rule gives it cases', async () => {
    const id = await caseQueue();
    await deployRules(client.org.state, { name: 'Standard', active: false, entries: [{ to: '#OpenCX' }] });
    expect(errorOf(await remove('Group', id)).message).toContain('assignment rule');
  });
});
