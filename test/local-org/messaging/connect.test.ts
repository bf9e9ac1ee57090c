import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOrg } from './messaging-org.ts';

let org: MessagingOrg;
beforeAll(async () => {
  org = await openMessagingOrg();
});
afterAll(async () => {
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

it('tells the messages of a conversation to who is logged in to the org', async () => {
  const customer = await org.customer();
  await customer.begin();
  await org.agent();
  const workId = await org.accept();
  await customer.say('one');
  await org.control('POST', `agent-work/${workId}/reply`, { text: 'two' });
  await customer.say('three');
  const read = (query = '', version = 'v68.0', id = customer.conversationId) =>
    org.client.call('GET', `/services/data/${version}/connect/conversation/${id}/entries${query}`);
  const texts = async (query?: string) =>
    (await read(query)).body.conversationEntries.map(({ messageText }: { messageText: string }) => messageText);
  expect(await texts()).toEqual(['three', 'two', 'one']);
  expect(await texts('?queryDirection=FromStart&recordLimit=2')).toEqual(['one', 'two']);
  const [, second] = (await read()).body.conversationEntries;
  expect(second).toMatchObject({ sender: { role: 'Agent', appType: 'agent' }, identifier: expect.any(String) });
  expect(await texts(`?startTimestamp=${second.serverReceivedTimestamp}`)).toEqual(['three', 'two']);
  expect((await read('?recordLimit=1001')).status).toBe(400);
  expect((await read('?queryDirection=Down')).status).toBe(400);
  expect((await read('', 'v50.0')).status).toBe(404);
  expect((await read('', 'v51.0')).status).toBe(200);
  expect((await read('', 'v68.0', randomUUID())).status).toBe(404);
  const anonymous = await fetch(`${org.client.org.url}/services/data/v68.0/connect/conversation/x/entries`);
  expect(anonymous.status).toBe(401);
});
