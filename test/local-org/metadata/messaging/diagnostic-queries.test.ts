import { beforeAll, afterAll, expect, test } from 'vitest';

import { deployMessaging } from '../../messaging/messaging-package.ts';
import { startMetadataOrg } from '../metadata-org.ts';
import type { MetadataOrg } from '../metadata-org.ts';

let org: MetadataOrg;
beforeAll(async () => {
  org = await startMetadataOrg();
  await deployMessaging(org);
});
afterAll(async () => {
  await org.close();
});

/** Read-only queries by which people look at Live Messaging in an org. */
test.each([
  "SELECT Id, ConversationIdentifier FROM Conversation WHERE ConversationIdentifier='c7f3b0c2-6f0a-4a52-8a0b-2f4c4f0d1e11'",
  "SELECT Id, Name, Status, Origin, ChannelType, StartTime, AcceptTime, EndTime, EndedByType, OwnerId, CaseId, MessagingEndUserId, MessagingChannelId, ConversationId, OpencxSessionId__c FROM MessagingSession WHERE ConversationId='0dwLo0000000001'",
  "SELECT Id, MessagingPlatformKey, Name, ContactId, IsOptedOut FROM MessagingEndUser WHERE Id='0PALo0000000001'",
  "SELECT Id, WorkItemId, GroupId, Group.DeveloperName, RoutingType, IsReadyForRouting, IsPushed, CreatedDate FROM PendingServiceRouting WHERE WorkItemId='0MwLo0000000001'",
  "SELECT Id, Status, UserId, RequestDateTime, AcceptDateTime, OriginalGroupId, PendingServiceRoutingId FROM AgentWork WHERE WorkItemId='0MwLo0000000001'",
  'SELECT ParticipantRole, AppType, JoinedTime, LeftTime FROM ConversationParticipant',
])('%s', async (soql) => {
  expect((await org.connection.query(soql)).records).toEqual([]);
});

test('queues of messaging sessions are found by their objects', async () => {
  const { records } = await org.connection.query(
    "SELECT QueueId, Queue.DeveloperName FROM QueueSobject WHERE SobjectType='MessagingSession' ORDER BY Queue.DeveloperName",
  );
  expect(records).toMatchObject([
    { Queue: { DeveloperName: 'OpenCX_Fallback' } },
    { Queue: { DeveloperName: 'OpenCX_Messaging' } },
  ]);
});

test('the field of the session is not there for who is not granted it', async () => {
  await org.connection.query('SELECT OpencxSessionId__c FROM MessagingSession');
  const { records } = await org.connection.query<{ Id: string }>(
    "SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'OpenCX_Messaging_Fields'",
  );
  await org.connection.sobject('PermissionSetAssignment').destroy(records[0]?.Id ?? '');
  await expect(org.connection.query('SELECT OpencxSessionId__c FROM MessagingSession')).rejects.toThrow(
    /No such column 'OpencxSessionId__c'/,
  );
});

test('keysets have no records', async () => {
  for (const api of ['', '/tooling']) {
    expect(await org.rest('GET', `${api}/sobjects/PublicKeyCertificateSet/describe`)).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND' }],
    });
  }
});
