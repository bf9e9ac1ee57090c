import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOrg } from './messaging-org.ts';
import { V2 } from './scrt-client.ts';
import type { Customer } from './scrt-client.ts';

let org: MessagingOrg;
beforeAll(async () => {
  org = await openMessagingOrg();
  await org.settings({ rateLimits: false });
});
afterAll(async () => {
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

const CONVERSATION = `${V2}/conversation`;

/** A customer of their own with an open conversation. */
async function talking(): Promise<Customer & { readonly path: string }> {
  const customer = await org.customer({ sub: randomUUID() });
  expect((await customer.begin()).status).toBe(201);
  return { ...customer, path: `${CONVERSATION}/${customer.conversationId}` };
}

const close = (customer: Customer & { readonly path: string }) =>
  customer.call('DELETE', `${customer.path}?esDeveloperName=OpenCX`);

describe('a conversation', () => {
  it('is known by a UUID in lower case', async () => {
    const customer = await org.customer();
    const create = async (conversationId: string) => {
      const { body, status } = await customer.call('POST', CONVERSATION, { conversationId, esDeveloperName: 'OpenCX' });
      return [status, body.message];
    };
    const words = 'Specify the conversationId in UUID format. The UUID must be in lowercase.';
    expect(await create(randomUUID().toUpperCase())).toEqual([400, words]);
    expect(await create('4711')).toEqual([400, words]);
    expect((await create(randomUUID()))[0]).toBe(201);
  });

  it('begins once', async () => {
    const customer = await talking();
    expect(await customer.begin()).toMatchObject({ status: 409, body: { error: 'CONFLICT' } });
    expect(
      await org.records(`SELECT Id FROM Conversation WHERE ConversationIdentifier = '${customer.conversationId}'`),
    ).toHaveLength(1);
  });

  it('is refused with members that the API does not have, and without those it needs', async () => {
    const customer = await org.customer();
    const base = { conversationId: randomUUID(), esDeveloperName: 'OpenCX' };
    const create = async (change: object) => {
      const { body, status } = await customer.call('POST', CONVERSATION, { ...base, ...change });
      return `${status} ${body.message}`;
    };
    expect(await create({ routingAttribute: {} })).toBe('400 Unrecognized key: "routingAttribute".');
    expect(await create({ routingAttributes: { Priority: 1 } })).toContain('400 routingAttributes.Priority');
    expect(await create({ esDeveloperName: undefined })).toContain('400 esDeveloperName');
    expect(await create({ esDeveloperName: 'Other' })).toBe('400 Specify the esDeveloperName of the access token.');
  });

  it('is that of its customer alone, from whichever token', async () => {
    const jane = await talking();
    const again = await org.customer({ sub: jane.subject.split('uid:')[1] ?? '' });
    expect((await again.call('GET', `${jane.path}/entries`)).status).toBe(200);
    const other = await org.customer({ sub: 'somebody else' });
    expect(await other.call('GET', `${jane.path}/entries`)).toMatchObject({
      status: 403,
      body: { error: 'FORBIDDEN' },
    });
    expect((await other.call('DELETE', `${jane.path}/session?esDeveloperName=OpenCX`)).status).toBe(403);
    expect((await other.call('GET', `${CONVERSATION}/${randomUUID()}/entries`)).status).toBe(404);
  });

  it('is listed, and once closed only where closed ones are asked for', async () => {
    const one = await talking();
    const second = randomUUID();
    await one.call('POST', CONVERSATION, { conversationId: second, esDeveloperName: 'OpenCX' });
    expect((await close(one)).status).toBe(204);
    const list = async (query = '') => (await one.call('GET', `${CONVERSATION}/list${query}`)).body;
    expect(await list()).toMatchObject({
      openConversationsFound: 1,
      closedConversationsFound: 0,
      conversations: [{ conversationId: second, endTimestamp: null }],
    });
    const all = await list('?inclClosedConvs=true');
    expect(all).toMatchObject({ openConversationsFound: 1, closedConversationsFound: 1 });
    expect(all.conversations.map((entry: { conversationId: string }) => entry.conversationId)).toEqual([
      second,
      one.conversationId,
    ]);
    expect((await list('?inclClosedConvs=true&limit=1')).conversations).toHaveLength(1);
    expect((await one.call('GET', `${CONVERSATION}/list?limit=51`)).status).toBe(400);
  });

  it('takes nothing any more once it is closed', async () => {
    const customer = await talking();
    await customer.say('Bye');
    expect((await customer.call('DELETE', customer.path)).body.message).toBe('Specify the esDeveloperName.');
    await close(customer);
    expect((await customer.say('Still there?')).body.message).toContain('is closed');
    expect((await close(customer)).status).toBe(404);
    const types = (await customer.entries()).map(({ entryType }) => entryType);
    expect(types.at(-1)).toBe('CloseConversation');
    const soql = `SELECT EndTime FROM Conversation WHERE ConversationIdentifier = '${customer.conversationId}'`;
    expect((await org.records(soql))[0].EndTime).toMatch(/^20/);
  });

  it.each(['', '/routing-status', '/transcript'])('says by name that GET …%s is not here', async (path) => {
    const customer = await talking();
    const { body, status } = await customer.call('GET', customer.path + path);
    expect([status, body.error]).toEqual([501, 'LOCAL_ORG_NOT_IMPLEMENTED']);
  });
});

describe('a message', () => {
  const text = (staticContent: object) => ({ id: randomUUID(), messageType: 'StaticContentMessage', staticContent });
  const send = async (customer: Customer & { readonly path: string }, message: object, more: object = {}) => {
    const { body, status } = await customer.call('POST', `${customer.path}/message`, {
      message,
      esDeveloperName: 'OpenCX',
      ...more,
    });
    return `${status} ${body.message ?? ''}`;
  };

  it('is accepted under the id that the client made', async () => {
    const customer = await talking();
    const id = randomUUID();
    const { body, status } = await customer.say('Hello', { id });
    expect(status).toBe(202);
    expect(body).toEqual({ conversationEntries: [{ id, clientTimestamp: expect.any(Number) }] });
    const [entry] = await customer.entries('?entryTypeFilter=Message');
    expect(entry).toMatchObject({
      identifier: id,
      sender: { role: 'EndUser', subject: customer.subject, clientIdentifier: expect.any(String) },
      entryPayload: { abstractMessage: { id, staticContent: { formatType: 'Text', text: 'Hello' } } },
      relatedRecords: [expect.stringMatching(/^0Mw/)],
    });
  });

  it('that is sent again is the same entry, or another where the org is switched so', async () => {
    const customer = await talking();
    const id = randomUUID();
    const first = await customer.say('Twice', { id });
    const second = await customer.say('Twice', { id });
    expect(second.body).toEqual(first.body);
    expect(await customer.entries('?entryTypeFilter=Message')).toHaveLength(1);
    await org.settings({ duplicateMessageIds: 'new-entry' });
    await customer.say('Twice', { id });
    expect(await customer.entries('?entryTypeFilter=Message')).toHaveLength(2);
    await org.settings({ duplicateMessageIds: 'same-entry' });
  });

  it('is refused for what is wrong with it', async () => {
    const customer = await talking();
    expect(await send(customer, text({ formatType: 'Text', text: '' }))).toContain('400 message.staticContent.text');
    expect(await send(customer, text({ formatType: 'Text', text: 'x', extra: 1 }))).toContain(
      '400 message.staticContent: Unrecognized key',
    );
    expect(await send(customer, { ...text({ formatType: 'Text', text: 'x' }), id: '1' })).toContain('400 message.id');
    expect(await send(customer, text({ formatType: 'Text', text: 'x' }), { isNew: true })).toContain(
      '400 Unrecognized key',
    );
    expect(await send(customer, text({ formatType: 'Buttons', text: 'x' }))).toContain('501');
    expect(await send(customer, { id: randomUUID(), messageType: 'ChoicesResponseMessage' })).toContain('501');
    expect(await send(customer, { id: randomUUID(), messageType: 'StaticContentMessage' })).toContain('400');
  });

  it('keeps its order and its time, whatever the clock does', async () => {
    const customer = await talking();
    for (const words of ['one', 'two', 'three']) await customer.say(words);
    org.advance(-60_000);
    await customer.say('four');
    org.advance(60_000);
    const times = (await customer.entries('?entryTypeFilter=Message&direction=FromStart')).map(
      (entry) => entry.transcriptedTimestamp,
    );
    expect(times).toHaveLength(4);
    expect(times.toSorted((one, other) => one - other)).toEqual(times);
    expect(new Set(times).size).toBe(4);
  });
});

describe('entries', () => {
  it('are read in pages, from either end, between times, by type', async () => {
    const customer = await talking();
    for (let number = 1; number <= 25; number++) await customer.say(`message ${number}`);
    const messages = async (query: string) =>
      (await customer.entries(`?entryTypeFilter=Message${query}`)).map(
        ({ entryPayload }) => entryPayload.abstractMessage.staticContent.text,
      );
    expect(await messages('')).toHaveLength(20);
    expect((await messages('')).at(0)).toBe('message 25');
    expect(await messages('&direction=FromStart&limit=2')).toEqual(['message 1', 'message 2']);
    const [, , third] = await customer.entries('?entryTypeFilter=Message&direction=FromStart&limit=3');
    const time = third.transcriptedTimestamp;
    expect(await messages(`&direction=FromStart&startTimestamp=${time}&limit=1`)).toEqual(['message 3']);
    expect(await messages(`&endTimestamp=${time}`)).toEqual(['message 3', 'message 2', 'message 1']);
    const kinds = new Set((await customer.entries()).map(({ entryType }) => entryType));
    expect(kinds).toEqual(new Set(['RoutingResult', 'SessionStatusChanged', 'Message']));
    const routing = await customer.entries('?entryTypeFilter=RoutingResult,ParticipantChanged');
    expect(routing.map(({ entryType }) => entryType)).toEqual(['RoutingResult']);
  });

  it.each(['limit=0', 'limit=51', 'limit=x', 'direction=Up', 'entryTypeFilter=Nothing', 'startTimestamp=yesterday'])(
    'are refused for %s',
    async (query) => {
      const customer = await talking();
      expect((await customer.call('GET', `${customer.path}/entries?${query}`)).status).toBe(400);
    },
  );
});

describe('receipts and typing', () => {
  it('are noted for entries that are there', async () => {
    const customer = await talking();
    await customer.say('Hello');
    const [message] = await customer.entries('?entryTypeFilter=Message');
    const acknowledge = (conversationEntryId: string, entryType = 'Read') =>
      customer.call('POST', `${customer.path}/acknowledge-entries`, {
        acks: [{ id: randomUUID(), entryType, conversationEntryId }],
      });
    expect((await acknowledge(message.identifier)).status).toBe(202);
    expect((await acknowledge(randomUUID())).status).toBe(400);
    expect((await acknowledge(message.identifier, 'Seen')).status).toBe(400);
    const [read] = await customer.entries('?entryTypeFilter=ReadAcknowledgement');
    expect(read).toMatchObject({
      relatedRecords: [message.identifier],
      entryPayload: { acknowledgedConversationEntryIdentifier: message.identifier },
    });
  });

  it('leave typing out of what is kept', async () => {
    const customer = await talking();
    const type = (entryType: string) =>
      customer.call('POST', `${customer.path}/entry`, { entryType, id: randomUUID() });
    expect((await type('TypingStartedIndicator')).status).toBe(202);
    expect((await type('TypingStoppedIndicator')).status).toBe(202);
    expect((await type('Message')).status).toBe(400);
    expect((await customer.entries()).some(({ entryType }) => entryType.startsWith('Typing'))).toBe(false);
  });
});

describe('a file', () => {
  const form = (bytes: number, change: object = {}) => {
    const data = new FormData();
    const message = { id: randomUUID(), fileId: randomUUID(), text: 'See this' };
    data.set(
      'messageEntry',
      new Blob([JSON.stringify({ message, esDeveloperName: 'OpenCX', ...change })], { type: 'application/json' }),
    );
    data.set('fileData', new File([new Uint8Array(bytes).fill(7)], 'printer.png', { type: 'image/png' }));
    return data;
  };

  it('of up to 5 MB comes to the representative', async () => {
    const customer = await talking();
    expect((await customer.call('POST', `${customer.path}/file`, form(5 * 1024 * 1024))).status).toBe(202);
    const view = (await org.control('GET', `conversations/${customer.conversationId}`)).body;
    const message = view.entries.find(({ type }: { type: string }) => type === 'Message');
    expect(message).toMatchObject({
      text: 'See this',
      files: [{ name: 'printer.png', mimeType: 'image/png', bytes: 5 * 1024 * 1024 }],
    });
    const url = `${org.client.org.url}/_local/messaging/conversations/${customer.conversationId}/files/${message.files[0].id}`;
    const file = await fetch(url, { headers: { 'x-local-org-control': 'test' } });
    expect(file.headers.get('content-type')).toBe('image/png');
    expect((await file.bytes()).length).toBe(5 * 1024 * 1024);
  });

  it('that is larger, or no form, is refused', async () => {
    const customer = await talking();
    expect((await customer.call('POST', `${customer.path}/file`, form(5 * 1024 * 1024 + 1))).status).toBe(400);
    expect((await customer.call('POST', `${customer.path}/file`, form(1, { surprise: true }))).status).toBe(400);
    const empty = new FormData();
    expect((await customer.call('POST', `${customer.path}/file`, empty)).status).toBe(400);
    expect((await customer.call('POST', `${customer.path}/file`, {})).status).toBe(415);
  });
});
