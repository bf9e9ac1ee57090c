import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOrg } from './messaging-org.ts';
import { payloadOf } from './scrt-client.ts';

let org: MessagingOrg;
beforeEach(async () => {
  org = await openMessagingOrg();
});
afterEach(async () => {
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

describe('a conversation', () => {
  it('goes from the customer through the flow to a representative and back', async () => {
    const customer = await org.customer();
    expect(customer.subject).toBe('v2/iamessage/AUTH/OpenCX_Keyset/uid:jane@customer.test');
    const stream = await customer.stream();
    const sessionUuid = '0b0e2ed8-3f0f-4a0e-9b52-000000000001';
    const begun = await customer.begin({ OpencxSessionId: sessionUuid, Priority: 'High', nobodyKnows: 'x' });
    expect([begun.status, begun.body]).toEqual([201, '']);

    const routed = payloadOf(await stream.next(({ event }) => event === 'CONVERSATION_ROUTING_RESULT'));
    expect(routed).toMatchObject({ routingType: 'Initial', failureType: 'None' });
    expect(routed.routingConfigurationDetails).toEqual({ queueId: org.deployed.queueId });
    const place = await stream.next(({ event }) => event === 'CONVERSATION_QUEUE_POSITION');
    expect(payloadOf(place)).toMatchObject({ position: 1 });
    const [waiting] = await org.records(
      'SELECT Id, Status, Origin, ChannelType, OpencxSessionId__c, Owner.Name FROM MessagingSession',
    );
    expect(waiting).toMatchObject({
      Status: 'Waiting',
      OpencxSessionId__c: sessionUuid,
      Owner: { Name: 'OpenCX Messaging' },
    });
    expect(await org.records('SELECT WorkItemId, GroupId FROM PendingServiceRouting')).toMatchObject([
      { WorkItemId: waiting.Id, GroupId: org.deployed.queueId },
    ]);

    const said = await customer.say('My printer burns');
    expect(said.status).toBe(202);
    const { userId, username } = await org.agent('rep@example.com', { name: 'Rita Rep' });
    const workId = await org.accept(username);
    const joined = await stream.next(({ event }) => event === 'CONVERSATION_PARTICIPANT_CHANGED');
    expect(payloadOf(joined).entries).toEqual([
      { operation: 'add', participant: { role: 'Agent', appType: 'agent', subject: userId }, displayName: 'Rita Rep' },
    ]);
    const [active] = await org.records('SELECT Status, OwnerId, AcceptTime FROM MessagingSession');
    expect(active).toMatchObject({ Status: 'Active', OwnerId: userId });
    expect(await org.records('SELECT Id FROM PendingServiceRouting')).toEqual([]);

    await org.control('POST', `agent-work/${workId}/typing`);
    await stream.next(({ event }) => event === 'CONVERSATION_TYPING_STARTED_INDICATOR');
    expect(
      (await org.control('POST', `agent-work/${workId}/reply`, { text: 'Throw it out of the window' })).status,
    ).toBe(201);
    const reply = await stream.next((event) => event.event === 'CONVERSATION_MESSAGE' && event.data.includes('window'));
    expect(JSON.parse(reply.data)).toMatchObject({
      channelType: 'embedded_messaging',
      conversationId: customer.conversationId,
      conversationEntry: {
        entryType: 'Message',
        sender: { role: 'Agent' },
        senderDisplayName: 'Rita Rep',
        relatedRecords: [waiting.Id],
      },
    });
    expect(payloadOf(reply).abstractMessage.staticContent).toEqual({
      formatType: 'Text',
      text: 'Throw it out of the window',
    });

    await org.control('POST', `agent-work/${workId}/end`);
    const ended = await stream.next((event) => event.data.includes('Ended'));
    expect(payloadOf(ended)).toMatchObject({ sessionStatus: 'Ended', sessionEndedByRole: 'Agent' });
    const [over] = await org.records(
      'SELECT Status, EndedByType, EndTime, AgentMessageCount, EndUserMessageCount FROM MessagingSession',
    );
    expect(over).toMatchObject({ Status: 'Ended', EndedByType: 'Agent', AgentMessageCount: 1, EndUserMessageCount: 1 });
    expect(await org.records('SELECT Status, UserId FROM AgentWork')).toMatchObject([
      { Status: 'Closed', UserId: userId },
    ]);

    const texts = (await customer.entries('?entryTypeFilter=Message&direction=FromStart')).map(
      ({ entryPayload }) => entryPayload.abstractMessage.staticContent.text,
    );
    expect(texts).toEqual(['My printer burns', 'Throw it out of the window']);
    stream.close();
  });
});
