import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOrg } from './messaging-org.ts';
import type { Customer } from './scrt-client.ts';

const anna = 'anna@example.com';
const ben = 'ben@example.com';

let org: MessagingOrg;
beforeEach(async () => {
  org = await openMessagingOrg();
  await org.settings({ rateLimits: false });
});
afterEach(async () => {
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

async function waiting(): Promise<Customer> {
  const customer = await org.customer({ sub: randomUUID() });
  expect((await customer.begin()).status).toBe(201);
  return customer;
}

const act = async (workId: string, action: string, body?: object): Promise<number> =>
  (await org.control('POST', `agent-work/${workId}/${action}`, body)).status;

describe('representatives', () => {
  it('are made users and members of queues, and set online and offline', async () => {
    const made = await org.agent(anna, { name: 'Anna Agent', capacity: 2 });
    expect(made).toMatchObject({ username: anna, name: 'Anna Agent', online: true, capacity: 2, load: 0 });
    expect(made).toMatchObject({ queues: ['OpenCX_Messaging', 'OpenCX_Fallback'] });
    expect(await org.records(`SELECT Name, IsActive FROM User WHERE Username = '${anna}'`)).toMatchObject([
      { Name: 'Anna Agent', IsActive: true },
    ]);
    expect(await org.agent(anna, { online: false })).toMatchObject({ online: false, capacity: 2 });
    expect((await org.control('GET', 'agents')).body.agents).toMatchObject([{ username: anna, online: false }]);
  });

  it('are refused for queues that are not there', async () => {
    const refused = await org.control('POST', 'agents', { username: anna, queues: ['Nowhere'] });
    expect([refused.status, refused.body[0].message]).toEqual([400, 'There is no queue Nowhere.']);
    expect((await org.control('POST', 'agents', { username: 'no address' })).status).toBe(400);
    expect((await org.control('GET', `agent-work?agent=${anna}`)).status).toBe(404);
  });

  it('get nothing while they are offline or in no queue', async () => {
    await org.agent(anna, { online: false });
    await org.agent(ben, { queues: [] });
    await waiting();
    expect(await org.work()).toEqual([]);
    await org.agent(anna, { online: true });
    expect(await org.work(anna)).toMatchObject([{ status: 'Assigned' }]);
  });
});

describe('work', () => {
  it('goes to who has the least, up to their capacity, the oldest first', async () => {
    await org.agent(anna, { capacity: 2 });
    await org.agent(ben, { capacity: 1 });
    const customers = [];
    for (let number = 0; number < 4; number++) customers.push(await waiting());
    expect(await org.work(anna)).toHaveLength(2);
    expect(await org.work(ben)).toHaveLength(1);
    const offered = new Set((await org.work()).map(({ conversationId }) => conversationId));
    const last = customers.find(({ conversationId }) => !offered.has(conversationId));
    expect(last).toBe(customers[3]);
    const workId = await org.accept(ben);
    expect(await act(workId, 'end')).toBe(200);
    expect(await org.work(ben)).toMatchObject([{ conversationId: customers[3]?.conversationId, status: 'Assigned' }]);
  });

  it('is declined, and goes to somebody else', async () => {
    await org.agent(anna);
    await waiting();
    await org.agent(ben);
    const [offered] = await org.work(anna);
    expect(await act(offered.id, 'decline', { reason: 'Lunch' })).toBe(200);
    expect(await org.work(anna)).toEqual([]);
    expect(await org.work(ben)).toHaveLength(1);
    expect(await org.records('SELECT Status, DeclineReason FROM AgentWork ORDER BY Id')).toMatchObject([
      { Status: 'Declined', DeclineReason: 'Lunch' },
      { Status: 'Assigned', DeclineReason: null },
    ]);
    expect(await act(offered.id, 'accept')).toBe(400);
    expect(await act('0Bz000000000000AAA', 'accept')).toBe(404);
  });

  it('declined by all waits until somebody comes online anew', async () => {
    await org.agent(anna);
    await waiting();
    const [offered] = await org.work(anna);
    await act(offered.id, 'decline');
    expect(await org.work()).toEqual([]);
    org.advance(2000);
    await org.agent(anna, { online: false });
    await org.agent(anna, { online: true });
    expect(await org.work(anna)).toHaveLength(1);
  });

  it('offered to somebody who goes offline is taken back', async () => {
    await org.agent(anna);
    await waiting();
    await org.agent(ben);
    await org.agent(anna, { online: false });
    expect(await org.work(ben)).toMatchObject([{ status: 'Assigned' }]);
    expect(await org.records('SELECT Status FROM AgentWork ORDER BY Id')).toMatchObject([
      { Status: 'Unavailable' },
      { Status: 'Assigned' },
    ]);
  });

  it('of a session whose row somebody has deleted is offered to nobody, and is done with', async () => {
    const [lost, kept] = [await waiting(), await waiting()];
    const [first] = await org.records('SELECT Id FROM MessagingSession ORDER BY Id');
    expect((await org.client.call('DELETE', `/services/data/v68.0/sobjects/MessagingSession/${first.Id}`)).status).toBe(
      204,
    );
    await org.agent(anna);
    expect(await org.work(anna)).toMatchObject([{ conversationId: kept.conversationId }]);
    expect((await lost.say('Hello?')).status).toBe(417);
    expect((await lost.say('Hello?', { isNewMessagingSession: true })).status).toBe(202);
  });

  it('is accepted of itself where the org is switched so', async () => {
    await org.settings({ autoAccept: true });
    await org.agent(anna);
    await waiting();
    expect(await org.work(anna)).toMatchObject([{ status: 'Opened' }]);
    expect(await org.records('SELECT Status FROM MessagingSession')).toMatchObject([{ Status: 'Active' }]);
  });

  it('is passed on to another queue, and the first one is out before the second is in', async () => {
    await org.agent(anna, { queues: ['OpenCX_Messaging'] });
    const customer = await waiting();
    const first = await org.accept(anna);
    await org.agent(ben, { queues: ['OpenCX_Fallback'] });
    expect(await act(first, 'transfer', { queue: 'Nowhere' })).toBe(400);
    expect(await act(first, 'transfer', { queue: 'OpenCX_Fallback' })).toBe(200);
    expect(await org.records('SELECT Status FROM MessagingSession')).toMatchObject([{ Status: 'Waiting' }]);
    await org.accept(ben);
    const changes = await customer.entries('?entryTypeFilter=ParticipantChanged,RoutingResult&direction=FromStart');
    expect(changes.map(({ entryPayload }) => entryPayload.entries?.[0].operation ?? entryPayload.routingType)).toEqual([
      'Initial',
      'add',
      'remove',
      'Transfer',
      'add',
    ]);
    expect(await org.records('SELECT Status, UserId, IsTransfer FROM AgentWork ORDER BY Id')).toMatchObject([
      { Status: 'Transferred', IsTransfer: false },
      { Status: 'Opened', IsTransfer: true },
    ]);
    expect(await org.records('SELECT Status FROM MessagingSession')).toMatchObject([{ Status: 'Active' }]);
  });

  it('is left, and the session is Inactive until the customer speaks', async () => {
    await org.agent(anna);
    const customer = await waiting();
    const workId = await org.accept(anna);
    expect(await act(workId, 'leave')).toBe(200);
    expect(await org.records('SELECT Status FROM MessagingSession')).toMatchObject([{ Status: 'Inactive' }]);
    await customer.say('Hello?');
    expect(await org.work(anna)).toMatchObject([{ status: 'Assigned' }]);
  });
});

describe('in a conversation a representative', () => {
  it('answers, sends files, reads and types, and sees all of it', async () => {
    await org.agent(anna, { name: 'Anna Agent' });
    const customer = await waiting();
    await customer.say('[Contact] Hello');
    const workId = await org.accept(anna);
    expect(await act(workId, 'reply', { text: 'Hi' })).toBe(201);
    expect(await act(workId, 'reply', { text: '' })).toBe(400);
    const base64 = Buffer.from('a file').toString('base64');
    expect(await act(workId, 'file', { name: 'a.txt', mimeType: 'text/plain', base64, text: 'Read this' })).toBe(201);
    expect((await org.control('POST', `agent-work/${workId}/read`)).body).toEqual({ read: 1 });
    expect((await org.control('POST', `agent-work/${workId}/read`)).body).toEqual({ read: 0 });
    expect(await act(workId, 'typing', { isTyping: false })).toBe(204);

    const view = (await org.control('GET', `conversations/${customer.conversationId}`)).body;
    expect(view).toMatchObject({ subject: customer.subject, status: 'Active', deployment: 'OpenCX', closedAt: null });
    const messages = view.entries.filter(({ type }: { type: string }) => type === 'Message');
    expect(messages).toMatchObject([
      { role: 'EndUser', text: '[Contact] Hello', files: [] },
      { role: 'Agent', name: 'Anna Agent', text: 'Hi', files: [] },
      { role: 'Agent', text: 'Read this', files: [{ name: 'a.txt', mimeType: 'text/plain', bytes: 6 }] },
    ]);
    const receipts = await customer.entries('?entryTypeFilter=ReadAcknowledgement,DeliveryAcknowledgement');
    expect(receipts.map(({ entryType }) => entryType)).toEqual(['ReadAcknowledgement', 'DeliveryAcknowledgement']);
    expect((await org.control('GET', 'conversations')).body.conversations).toMatchObject([
      { id: customer.conversationId },
    ]);
    expect((await org.control('GET', `conversations/${randomUUID()}`)).status).toBe(404);
  });

  it('needs the header of the control API', async () => {
    expect((await org.client.call('GET', '/_local/messaging/agents')).status).toBe(403);
    expect((await org.control('GET', 'nothing')).status).toBe(404);
  });
});
