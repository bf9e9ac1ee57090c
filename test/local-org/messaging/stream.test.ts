import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openMessagingOrg } from './messaging-org.ts';
import type { MessagingOrg } from './messaging-org.ts';
import { openEventStream, scrt, V2 } from './scrt-client.ts';
import type { Customer, EventStream } from './scrt-client.ts';

let org: MessagingOrg;
beforeAll(async () => {
  org = await openMessagingOrg();
  await org.settings({ rateLimits: false });
});
afterAll(async () => {
  expect(org.client.bugs).toEqual([]);
  await org.client.close();
});

const someone = (): Promise<Customer> => org.customer({ sub: randomUUID() });

const textsOf = (events: EventStream['events']): string[] =>
  events
    .filter(({ event }) => event === 'CONVERSATION_MESSAGE')
    .map(({ data }) => JSON.parse(JSON.parse(data).conversationEntry.entryPayload).abstractMessage.staticContent.text);

const says = (text: string) => (event: { data: string }) => event.data.includes(text);

describe('opening a stream', () => {
  const open = async (headers: Record<string, string | undefined>): Promise<string> => {
    const customer = await someone();
    const sent = Object.entries({
      'x-org-id': org.client.org.organizationId.slice(0, 15),
      'last-event-id': '0',
      ...headers,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const call = { token: customer.token, headers: Object.fromEntries(sent) };
    const { body, status } = await scrt(org.client.org, 'GET', '/eventrouter/v1/sse', call);
    return `${status} ${body.message}`;
  };

  it('asks for the org and for where to begin', async () => {
    expect(await open({ 'x-org-id': undefined })).toBe('400 The header X-Org-Id is required.');
    expect(await open({ 'last-event-id': undefined })).toBe('400 The header Last-Event-Id is required.');
    expect(await open({ 'last-event-id': 'abc' })).toContain('400');
    expect(await open({ 'x-org-id': '00D000000000000' })).toBe('400 OrgId in the header and token must match');
  });

  it('takes an org id of 18 characters only where the org is switched so', async () => {
    const long = { 'x-org-id': org.client.org.organizationId };
    expect(await open(long)).toBe('400 OrgId in the header and token must match');
    await org.settings({ acceptLongOrgId: true });
    const customer = await someone();
    const stream = await customer.stream(long);
    stream.close();
    await org.settings({ acceptLongOrgId: false });
  });

  it('is refused once the token has expired', async () => {
    const customer = await someone();
    await org.control('POST', 'tokens/expire');
    await expect(customer.stream()).rejects.toThrow('401 Jwt is expired');
  });
});

describe('a stream', () => {
  it('is kept alive by pings', async () => {
    await org.settings({ pingSeconds: 0.05 });
    const stream = await (await someone()).stream();
    expect(await stream.next(({ event }) => event === 'ping')).toMatchObject({ data: '0', id: undefined });
    stream.close();
    await org.settings({ pingSeconds: 20 });
  });

  it('carries all conversations of its customer and of nobody else', async () => {
    const [jane, john] = [await someone(), await someone()];
    const stream = await jane.stream();
    await jane.begin();
    await john.begin();
    await john.say('I am John');
    const second = randomUUID();
    await jane.call('POST', `${V2}/conversation`, { conversationId: second, esDeveloperName: 'OpenCX' });
    await jane.say('I am Jane');
    await stream.next(says('I am Jane'));
    const conversations = new Set(
      stream.events.filter(({ event }) => event !== 'ping').map(({ data }) => JSON.parse(data).conversationId),
    );
    expect(conversations).toEqual(new Set([jane.conversationId, second]));
    stream.close();
  });

  it('numbers its events upwards', async () => {
    const customer = await someone();
    const stream = await customer.stream();
    await customer.begin();
    for (const text of ['a1', 'b2', 'c3']) await customer.say(text);
    await stream.next(says('c3'));
    const ids = stream.events.map(({ id }) => Number(id));
    expect(ids.toSorted((one, other) => one - other)).toEqual(ids);
    expect(ids.at(0)).toBeGreaterThan(Number(customer.lastEventId));
    stream.close();
  });

  it('brings what was missed, from the event that the client has seen last', async () => {
    const customer = await someone();
    await customer.begin();
    await customer.say('before');
    const stream = await customer.stream();
    await stream.next(says('before'));
    const { id = '' } = stream.events.at(-1) ?? {};
    stream.close();
    await customer.say('while away 1');
    await customer.say('while away 2');
    const again = await customer.stream({ 'last-event-id': id });
    await again.next(says('while away 2'));
    expect(textsOf(again.events)).toEqual(['while away 1', 'while away 2']);
    again.close();

    await org.settings({ replay: 'off' });
    const deaf = await customer.stream({ 'last-event-id': id });
    await customer.say('back');
    await deaf.next(says('back'));
    expect(textsOf(deaf.events)).toEqual(['back']);
    deaf.close();
    await org.settings({ replay: 'on' });
  });

  it('is cut at once, or after the very byte', async () => {
    const customer = await someone();
    await customer.begin();
    const stream = await customer.stream({ 'last-event-id': String(Number.MAX_SAFE_INTEGER) });
    expect((await org.control('POST', 'streams/cut', { afterBytes: 40 })).body.open).toBe(1);
    await customer.say('Hello');
    await stream.ended;
    expect([stream.bytes(), stream.events.length]).toEqual([40, 0]);

    const next = await customer.stream({ 'last-event-id': String(Number.MAX_SAFE_INTEGER) });
    await org.control('POST', 'streams/cut');
    await next.ended;
    expect(next.bytes()).toBe(0);

    // Where none is open, the next one is meant.
    expect((await org.control('POST', 'streams/cut', { afterBytes: 7 })).body.open).toBe(0);
    const third = await customer.stream();
    await third.ended;
    expect(third.bytes()).toBe(7);
    const healthy = await customer.stream();
    await healthy.next(says('Hello'));
    healthy.close();
  });

  it('repeats and disorders events where it is told to, and loses none', async () => {
    const customer = await someone();
    await customer.begin();
    const stream = await customer.stream({ 'last-event-id': String(Number.MAX_SAFE_INTEGER) });
    await org.settings({ streamDuplicates: true });
    await customer.say('twice');
    await stream.next(says('twice'));
    await stream.next(says('twice'));
    await org.settings({ streamDuplicates: false, streamReorder: true });
    await Promise.all([customer.say('x1'), customer.say('x2'), customer.say('x3')]);
    const isThere = (text: string) => textsOf(stream.events).includes(text);
    while (!(isThere('x1') && isThere('x2') && isThere('x3'))) await stream.next(() => true);
    const ids = stream.events.map(({ id }) => Number(id));
    expect(ids.toSorted((one, other) => one - other)).not.toEqual(ids);
    await org.settings({ streamReorder: false });
    stream.close();
  });

  it('tells nothing of what was rolled back', async () => {
    const customer = await someone();
    const stream = await customer.stream();
    const trigger =
      "trigger NoSessions on MessagingSession (before insert) { Trigger.new[0].addError('closed today'); }";
    const path = '/services/data/v68.0/tooling/sobjects/ApexTrigger';
    const made = await org.client.call('POST', path, {
      Name: 'NoSessions',
      TableEnumOrId: 'MessagingSession',
      Body: trigger,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const refused = await customer.begin();
    expect([refused.status, refused.body.message]).toEqual([500, expect.stringContaining('closed today')]);
    expect((await org.client.call('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
    expect((await customer.begin()).status).toBe(201);
    const [first] = [await stream.next(() => true)];
    expect(JSON.parse(first?.data ?? '').conversationEntry.entryType).toBe('SessionStatusChanged');
    stream.close();
  });
});

describe('the stream of all conversations', () => {
  it('tells representatives what happens, typing included', async () => {
    const events = await openEventStream(`${org.client.org.url}/_local/messaging/events`, {
      'x-local-org-control': 'test',
    });
    const customer = await someone();
    await customer.begin();
    await customer.call('POST', `${V2}/conversation/${customer.conversationId}/entry`, {
      entryType: 'TypingStartedIndicator',
      id: randomUUID(),
    });
    const typing = await events.next(says('TypingStartedIndicator'));
    expect(JSON.parse(typing.data)).toMatchObject({
      conversationId: customer.conversationId,
      entry: { role: 'EndUser' },
    });
    events.close();
  });
});
