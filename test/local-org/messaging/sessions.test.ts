import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOrg } from './messaging-org.ts';
import { V2 } from './scrt-client.ts';
import type { Customer } from './scrt-client.ts';

const rep = 'sessions@example.com';

let org: MessagingOrg;
beforeAll(async () => {
  org = await openMessagingOrg();
  await org.agent(rep, { capacity: 100 });
});
afterEach(async () => {
  await org.settings({ rateLimits: false, sessionStart: 'create', inactivityMinutes: null, autoEndMinutes: null });
});
afterAll(async () => {
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

/** A customer who talks to the representative. */
async function served(): Promise<{ customer: Customer; workId: string }> {
  const customer = await org.customer({ sub: randomUUID() });
  const begun = await customer.begin({ OpencxSessionId: 'first' });
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  return { customer, workId: await org.accept(rep, customer.conversationId) };
}

async function sessions({ conversationId }: Customer): Promise<{ Status: string; [field: string]: unknown }[]> {
  return await org.records(
    `SELECT Name, Status, EndedByType, OpencxSessionId__c FROM MessagingSession WHERE Conversation.ConversationIdentifier = '${conversationId}' ORDER BY Id`,
  );
}

const endSession = ({ call, conversationId }: Customer) =>
  call('DELETE', `${V2}/conversation/${conversationId}/session?esDeveloperName=OpenCX`);

describe('a session that is over', () => {
  it('takes no message but one that asks for another session', async () => {
    const { customer, workId } = await served();
    await org.control('POST', `agent-work/${workId}/end`);
    const refused = await customer.say('One more thing');
    expect([refused.status, refused.body.error]).toEqual([417, 'EXPECTATION_FAILED']);
    const again = await customer.say('One more thing', {
      isNewMessagingSession: true,
      routingAttributes: { OpencxSessionId: 'second' },
    });
    expect(again.status).toBe(202);
    expect(await sessions(customer)).toMatchObject([
      {
        Status: 'Ended',
        EndedByType: 'Agent',
        OpencxSessionId__c: 'first',
        Name: expect.stringMatching(/^\d{8}$/) as string,
      },
      { Status: 'Waiting', OpencxSessionId__c: 'second', Name: expect.stringMatching(/^\d{8}$/) as string },
    ]);
    const entries = await customer.entries('?entryTypeFilter=Message,RoutingResult&direction=FromStart');
    expect(entries.map(({ entryType }) => entryType)).toEqual(['RoutingResult', 'RoutingResult', 'Message']);
    expect(entries[1].relatedRecords).not.toEqual(entries[0].relatedRecords);
  });

  it('was ended by the customer, and the conversation stays open', async () => {
    const { customer, workId } = await served();
    expect((await endSession(customer)).status).toBe(204);
    expect(await sessions(customer)).toMatchObject([{ Status: 'Ended', EndedByType: 'EndUser' }]);
    expect((await endSession(customer)).status).toBe(404);
    const reply = await org.control('POST', `agent-work/${workId}/reply`, { text: 'Are you there?' });
    expect([reply.status, reply.body[0].message]).toEqual([400, 'The work is Closed, not Opened.']);
    const left = await customer.entries('?entryTypeFilter=ParticipantChanged');
    expect(left[0].entryPayload.entries[0]).toMatchObject({ operation: 'remove', displayName: 'sessions' });
    const [row] = await org.records(
      `SELECT Id FROM Conversation WHERE ConversationIdentifier = '${customer.conversationId}'`,
    );
    const participants = await org.records(
      `SELECT LeftTime FROM ConversationParticipant WHERE ConversationId = '${row.Id}' AND ParticipantRole = 'Agent'`,
    );
    expect(participants).toMatchObject([{ LeftTime: expect.stringMatching(/^20/) }]);
  });

  it('may have ended while it waited', async () => {
    const customer = await org.customer({ sub: randomUUID() });
    await org.agent(rep, { online: false });
    const pending = async () => (await org.records('SELECT Id FROM PendingServiceRouting')).length;
    const before = await pending();
    await customer.begin();
    expect(await pending()).toBe(before + 1);
    await endSession(customer);
    expect(await pending()).toBe(before);
    expect(await sessions(customer)).toMatchObject([{ Status: 'Ended' }]);
    await org.agent(rep, { online: true });
  });
});

describe('a session', () => {
  it('goes on where a message asks for another one while it lasts', async () => {
    const { customer } = await served();
    expect((await customer.say('Hello', { isNewMessagingSession: true })).status).toBe(202);
    expect(await sessions(customer)).toHaveLength(1);
  });

  it('begins with the first message that asks for one where the org is switched so', async () => {
    await org.settings({ sessionStart: 'message' });
    const customer = await org.customer({ sub: randomUUID() });
    await customer.begin({ OpencxSessionId: 'lost' });
    expect(await sessions(customer)).toEqual([]);
    expect((await customer.say('Hello')).status).toBe(417);
    const routingAttributes = { OpencxSessionId: 'kept' };
    expect((await customer.say('Hello', { isNewMessagingSession: true, routingAttributes })).status).toBe(202);
    expect(await sessions(customer)).toMatchObject([{ OpencxSessionId__c: 'kept' }]);
  });
});

describe('a quiet customer', () => {
  it('leaves the session Inactive, and speaks again to whoever is free', async () => {
    const { customer, workId } = await served();
    expect((await org.control('POST', `conversations/${customer.conversationId}/inactive`)).status).toBe(204);
    expect(await sessions(customer)).toMatchObject([{ Status: 'Inactive' }]);
    expect((await org.control('POST', `conversations/${customer.conversationId}/inactive`)).status).toBe(400);
    expect((await customer.say('I am back')).status).toBe(202);
    expect(await sessions(customer)).toMatchObject([{ Status: 'Waiting', OpencxSessionId__c: 'first' }]);
    const again = await org.accept(rep, customer.conversationId);
    expect(again).not.toBe(workId);
    expect(await sessions(customer)).toMatchObject([{ Status: 'Active' }]);
    const status = (await customer.entries('?entryTypeFilter=SessionStatusChanged&direction=FromStart')).map(
      ({ entryPayload }) => entryPayload.sessionStatus,
    );
    expect(status).toEqual(['Waiting', 'Active', 'Inactive', 'Waiting', 'Active']);
  });

  it('is noticed by the clock, and in the end the session is over', async () => {
    const { customer } = await served();
    const until = async (status: string): Promise<void> => {
      while ((await sessions(customer))[0]?.Status !== status) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await org.settings({ inactivityMinutes: 10, autoEndMinutes: 5 });
    org.advance(10 * 60_000);
    await until('Inactive');
    org.advance(5 * 60_000);
    await until('Ended');
    expect(await sessions(customer)).toMatchObject([{ EndedByType: 'System' }]);
  });
});

describe('routing', () => {
  it('that finds no queue says so, and the session has an error', async () => {
    const lost = await openMessagingOrg({ withFlow: false });
    for (const { Id } of await lost.records('SELECT Id FROM QueueSobject')) {
      expect((await lost.client.call('DELETE', `/services/data/v68.0/sobjects/QueueSobject/${Id}`)).status).toBe(204);
    }
    const customer = await lost.customer();
    expect((await customer.begin()).status).toBe(201);
    const [result] = await customer.entries('?entryTypeFilter=RoutingResult');
    expect(result.entryPayload).toMatchObject({ failureType: 'RoutingError', errorMessages: [expect.any(String)] });
    expect(await lost.records('SELECT Status FROM MessagingSession')).toMatchObject([{ Status: 'Error' }]);
    await lost.client.close();
  });
});

describe('triggers', () => {
  it('see what becomes of a session', async () => {
    const path = '/services/data/v68.0/tooling/sobjects/ApexTrigger';
    const Body =
      "trigger Follow on MessagingSession (before update) { for (MessagingSession one : Trigger.new) { one.OpencxSessionId__c = Trigger.oldMap.get(one.Id).Status + ' to ' + one.Status; } }";
    const made = await org.client.call('POST', path, { Name: 'Follow', TableEnumOrId: 'MessagingSession', Body });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const { customer } = await served();
    const soql = `SELECT OpencxSessionId__c FROM MessagingSession WHERE Conversation.ConversationIdentifier = '${customer.conversationId}'`;
    expect(await org.records(soql)).toMatchObject([{ OpencxSessionId__c: 'Waiting to Active' }]);
  });
});
