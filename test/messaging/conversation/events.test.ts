import { describe, expect, onTestFinished, test } from 'vitest';

import type { Identity } from '../../../src/messaging/access/access.ts';
import { openMessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import { apiOf, apiOfOrg, contact, open, said } from '../live-messaging.ts';
import { eventText, messageEntry, startScrt, type WireEntry } from '../scripted-scrt.ts';

const jane: Identity = { kind: 'verified', sign: async () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' };

async function aConversation() {
  const scrt = await startScrt();
  const api = await apiOf(scrt.url);
  const watched = await open({ identity: jane }, { api });
  const { id } = watched.conversation;
  const tell = (
    name: string,
    entry: Partial<WireEntry> & { entryType: string; entryPayload: object; relatedRecords?: string[] },
  ) =>
    scrt.write(
      eventText(
        id,
        { identifier: name, transcriptedTimestamp: 5000, sender: { role: 'System' }, ...entry },
        undefined,
        name,
      ),
    );
  return { scrt, id, tell, ...watched };
}

describe('events', () => {
  test('of every kind are told in words of their own', async () => {
    const { tell, next, events } = await aConversation();
    tell('CONVERSATION_ROUTING_RESULT', {
      entryType: 'RoutingResult',
      entryPayload: {
        routingType: 'Transfer',
        failureType: 'RoutingError',
        failureReason: 'no flow',
        errorMessages: ['a', { b: 1 }],
      },
    });
    expect(await next('transfer')).toMatchObject({
      ok: false,
      failureReason: 'no flow',
      errorMessages: ['a', '{"b":1}'],
    });
    tell('CONVERSATION_ROUTING_RESULT', {
      entryType: 'RoutingResult',
      entryPayload: { routingType: 'Initial' },
      identifier: 'a second one',
    });
    expect(await next('routing-result')).toMatchObject({ ok: false, failureType: 'Unknown' });
    tell('CONVERSATION_ROUTING_WORK_RESULT', {
      entryType: 'RoutingWorkResult',
      entryPayload: { workType: 'Assigned' },
    });
    expect(await next('work')).toMatchObject({ workType: 'Assigned' });
    tell('CONVERSATION_QUEUE_POSITION', { entryType: 'SomethingElse', entryPayload: { position: 3 } });
    expect(await next('queue-position')).toMatchObject({ position: 3 });
    tell('CONVERSATION_DELIVERY_ACKNOWLEDGEMENT', {
      entryType: 'DeliveryAcknowledgement',
      entryPayload: {},
      relatedRecords: ['m-1'],
    });
    expect(await next('delivered')).toMatchObject({ messageId: 'm-1' });
    tell('CONVERSATION_READ_ACKNOWLEDGEMENT', {
      entryType: 'ReadAcknowledgement',
      entryPayload: { acknowledgedConversationEntryIdentifier: 'm-2' },
    });
    expect(await next('read')).toMatchObject({ messageId: 'm-2' });
    tell('CONVERSATION_SESSION_STATUS_CHANGED', {
      entryType: 'SessionStatusChanged',
      entryPayload: { sessionStatus: 'Inactive' },
      relatedRecords: ['0MwXX0000004C92'],
    });
    expect(await next('session-status')).toMatchObject({ status: 'Inactive', messagingSessionId: '0MwXX0000004C92' });
    tell('CONVERSATION_PARTICIPANT_CHANGED', {
      entryType: 'ParticipantChanged',
      entryPayload: {
        entries: [
          { operation: 'remove', participant: { role: 'Chatbot' }, displayName: 'Bot' },
          { operation: 'add', participant: { role: 'Agent', subject: '005' }, displayName: 'Rita Rep' },
        ],
      },
    });
    expect(await next('participant-left')).toMatchObject({ participant: { role: 'Chatbot', name: 'Bot' } });
    expect(await next('participant-joined')).toMatchObject({
      participant: { role: 'Agent', name: 'Rita Rep', subject: '005' },
    });
    expect(events.some(({ type }) => type === 'unknown')).toBe(false);
  });

  test('with choices, answers to choices and files are messages', async () => {
    const { scrt, next } = await aConversation();
    const message = (identifier: string, abstractMessage: object): WireEntry => ({
      ...messageEntry(identifier, 1000, ''),
      entryPayload: { abstractMessage },
    });
    scrt.add(
      message('a', {
        messageType: 'ChoicesMessage',
        choices: {
          formatType: 'QuickReplies',
          text: 'Which printer?',
          optionItems: [{ titleItem: { title: 'The red one' } }, { titleItem: { title: 'The blue one' } }],
        },
      }),
    );
    expect(await next('message')).toMatchObject({
      text: 'Which printer?',
      choices: ['The red one', 'The blue one'],
      format: 'ChoicesMessage/QuickReplies',
      messageId: 'a',
    });
    scrt.add(
      message('b', {
        messageType: 'ChoicesResponseMessage',
        choicesResponse: { formatType: 'Selections', selectedOptions: [{ titleItem: { title: 'The red one' } }] },
      }),
    );
    expect(await next('message')).toMatchObject({ text: 'The red one' });
    const attachments = [{ id: '069', name: 'a.pdf', mimeType: 'application/pdf', url: 'https://files.test/a?sig=1' }];
    scrt.add(
      message('c', { messageType: 'StaticContentMessage', staticContent: { formatType: 'Attachments', attachments } }),
    );
    expect(await next('message')).toMatchObject({ text: '', files: attachments });
  });

  test('that are new to this version are kept, and end nothing', async () => {
    const { scrt, id, tell, next } = await aConversation();
    tell('CONVERSATION_CLIENT_ACTION', { entryType: 'ClientAction', entryPayload: { doThis: true } });
    expect(await next('unknown')).toMatchObject({ name: 'CONVERSATION_CLIENT_ACTION' });
    scrt.write('event: HELLO\ndata: not json\n\nevent: toString\ndata: {}\n\n');
    expect([await next('unknown'), await next('unknown')]).toEqual([
      { type: 'unknown', name: 'HELLO', data: 'not json' },
      { type: 'unknown', name: 'toString', data: '{}' },
    ]);
    tell('constructor', { entryType: 'constructor', entryPayload: {} });
    expect(await next('unknown')).toMatchObject({ name: 'constructor' });
    scrt.write(
      eventText(id, { ...messageEntry('x', 1, ''), entryPayload: { abstractMessage: { messageType: 'New' } } }),
    );
    expect(await next('unknown')).toMatchObject({ name: 'CONVERSATION_MESSAGE' });
    const odd = { ...messageEntry('odd', 1, ''), entryPayload: 'neither an object nor JSON' as unknown as object };
    scrt.entries.push(odd);
    scrt.cut();
    expect(await next('unknown')).toMatchObject({ name: 'Message' });
    scrt.add(messageEntry('y', 2, 'still here'));
    expect(await next('message')).toMatchObject({ text: 'still here' });
  });

  test('of other conversations of the same contact are left out', async () => {
    const { scrt, conversation, next } = await aConversation();
    scrt.write(eventText('00000000-0000-4000-8000-000000000000', messageEntry('other', 1, 'not for this one')));
    scrt.add(messageEntry('own', 2, 'for this one'));
    await next('message');
    expect(said(conversation)).toEqual(['Agent: for this one']);
  });

  test('about what this side did itself are not told back', async () => {
    const { scrt, tell, next, events } = await aConversation();
    const sender = { role: 'EndUser' };
    tell('CONVERSATION_TYPING_STARTED_INDICATOR', { entryType: 'TypingStartedIndicator', entryPayload: {}, sender });
    tell('CONVERSATION_READ_ACKNOWLEDGEMENT', { entryType: 'ReadAcknowledgement', entryPayload: {}, sender });
    scrt.add(messageEntry('m', 1, 'next'));
    await next('message');
    expect(events.map(({ type }) => type)).toEqual(['message']);
  });

  test('that come late or twice stand once and in their place', async () => {
    const { scrt, id, conversation, next, events } = await aConversation();
    for (const [identifier, at] of [
      ['c', 3],
      ['a', 1],
      ['c', 3],
      ['b', 2],
      ['a', 1],
    ] as const) {
      scrt.write(eventText(id, messageEntry(identifier, at, identifier)));
    }
    scrt.write(eventText(id, messageEntry('d', 4, 'd')));
    await next('message', ({ text }) => text === 'd');
    expect(said(conversation)).toEqual(['Agent: a', 'Agent: b', 'Agent: c', 'Agent: d']);
    const told = events.flatMap((event) => (event.type === 'message' ? [[event.text, event.late]] : []));
    expect(told).toEqual([
      ['c', false],
      ['a', true],
      ['b', true],
      ['d', false],
    ]);
  });
});

describe('the order of the org', () => {
  test('decides about entries of one millisecond, which the stream brought the other way round', async () => {
    const { scrt, id, conversation, next } = await aConversation();
    scrt.entries.push(messageEntry('x', 1000, 'first'), messageEntry('y', 1000, 'second'));
    for (const entry of scrt.entries.toReversed()) scrt.write(eventText(id, entry));
    await next('message', ({ text }) => text === 'first');
    expect(said(conversation)).toEqual(['Agent: second', 'Agent: first']);
    expect(await conversation.sync()).toBe(0);
    expect(said(conversation)).toEqual(['Agent: first', 'Agent: second']);
  });

  test('holds for an entry that was listed later than one after it', async () => {
    const { scrt, conversation, next } = await aConversation();
    scrt.entries.push(messageEntry('b', 50_000, 'after'));
    expect(await conversation.sync()).toBe(1);
    scrt.entries.unshift(messageEntry('a', 49_000, 'before'));
    expect(await conversation.sync()).toBe(1);
    expect(await next('message', ({ text }) => text === 'before')).toMatchObject({ late: true, source: 'entries' });
    expect(said(conversation)).toEqual(['Agent: before', 'Agent: after']);
  });
});

describe('a lost connection', () => {
  test('is told, and so is what was missed, before it is told that all is well', async () => {
    const { scrt, next, events, conversation } = await aConversation();
    scrt.add(messageEntry('a', 1000, 'before'));
    await next('message');
    scrt.cut();
    await next('connection-lost');
    scrt.entries.push(messageEntry('b', 2000, 'meanwhile'));
    expect(await next('connection-resumed')).toMatchObject({ missed: 1 });
    expect(events.map(({ type }) => type)).toEqual(['message', 'connection-lost', 'message', 'connection-resumed']);
    expect(said(conversation)).toEqual(['Agent: before', 'Agent: meanwhile']);
  });

  test('for good ends the events with an error, and sending too', async () => {
    const { scrt, ended, conversation } = await aConversation();
    scrt.otherwise(({ path }) =>
      path === '/eventrouter/v1/sse' ? { status: 403, body: { message: 'No.' } } : undefined,
    );
    scrt.cut();
    expect(await ended).toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(conversation.send('hello?')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});

describe('without a stream', () => {
  test('a conversation is followed by asking', async () => {
    const scrt = await startScrt();
    scrt.otherwise(({ path }) => (path === '/eventrouter/v1/sse' ? { status: 400 } : undefined));
    const { conversation, next } = await open(
      { identity: jane, transport: 'poll', pace: { pollMs: 10 } },
      { api: await apiOf(scrt.url) },
    );
    await conversation.send('one');
    expect(await next('message')).toMatchObject({ own: true, source: 'entries' });
    scrt.entries.push(messageEntry('r', Date.now(), 'two'));
    expect(await next('message')).toMatchObject({ own: false, text: 'two' });
    scrt.otherwise(({ path }) => (path.endsWith('/entries') ? { status: 503 } : undefined));
    await next('connection-lost');
    scrt.otherwise(() => undefined);
    await next('connection-resumed');
  });
});

describe('the end', () => {
  test('of a session leaves the conversation open; of a conversation nothing', async () => {
    const org = await openMessagingOrg();
    onTestFinished(() => org.client.close());
    const { conversation, next, ended, events } = await open({ identity: contact(org) }, { api: await apiOfOrg(org) });
    await conversation.send('one');
    expect(await conversation.end()).toBe('session');
    expect(await conversation.end()).toBe('nothing');
    expect(await next('session-ended')).toMatchObject({ byRole: 'EndUser' });
    await conversation.send('two');
    await next('session-restarted');
    expect(await conversation.close()).toBe(true);
    expect(await ended).toBeUndefined();
    expect(events.at(-1)).toMatchObject({ type: 'closed' });
    expect(said(conversation)).toEqual(['EndUser: one', 'EndUser: two']);
    expect(await conversation.close()).toBe(false);
    await expect(conversation.send('three')).rejects.toMatchObject({ code: 'MESSAGING_CLOSED' });
    expect(events.filter(({ type }) => type === 'closed')).toHaveLength(1);
  });

  test('of a conversation without user verification is its close', async () => {
    const org = await openMessagingOrg({ authMode: 'UnAuth' });
    onTestFinished(() => org.client.close());
    const { conversation, ended } = await open({ identity: { kind: 'anonymous' } }, { api: await apiOfOrg(org) });
    await conversation.send('one');
    expect(await conversation.end()).toBe('conversation');
    expect(await ended).toBeUndefined();
  });

  test('is known even if the org does not tell it', async () => {
    const { conversation, ended, events } = await aConversation();
    expect(await conversation.close()).toBe(true);
    expect(await ended).toBeUndefined();
    expect(events.map(({ type }) => type)).toEqual(['closed']);
    await expect(conversation.send('too late')).rejects.toMatchObject({ code: 'MESSAGING_CLOSED' });
  });

  test('before this side came is told after the history', async () => {
    const { scrt, conversation, tell, ended } = await aConversation();
    scrt.entries.push(messageEntry('last', 4000, 'bye'), {
      ...messageEntry('end', 5000, ''),
      entryType: 'CloseConversation',
    });
    tell('CONVERSATION_CLOSE_CONVERSATION', { entryType: 'CloseConversation', entryPayload: {} });
    await ended;
    const again = await open({ identity: jane, conversationId: conversation.id }, { api: await apiOf(scrt.url) });
    expect(await again.ended).toBeUndefined();
    expect(again.events.map(({ type }) => type)).toEqual(['message', 'closed']);
    await expect(again.conversation.send('hello?')).rejects.toMatchObject({ code: 'MESSAGING_CLOSED' });
  });

  test('by another client of the contact is noticed, with what was said last', async () => {
    const { scrt, next, ended, conversation, tell } = await aConversation();
    scrt.entries.push(messageEntry('last', 4000, 'bye'));
    tell('CONVERSATION_CLOSE_CONVERSATION', { entryType: 'CloseConversation', entryPayload: {} });
    await next('closed');
    expect(await ended).toBeUndefined();
    expect(said(conversation)).toEqual(['Agent: bye']);
  });

  test('by another client of the contact ends what is being sent, and says why', async () => {
    const { scrt, conversation, tell } = await aConversation();
    scrt.otherwise(({ path }) => (path.endsWith('/message') ? { hang: true } : undefined));
    const sending = Promise.allSettled([conversation.send('one'), conversation.send('two')]);
    await expect.poll(() => scrt.received(/\/message$/).length).toBe(1);
    tell('CONVERSATION_CLOSE_CONVERSATION', { entryType: 'CloseConversation', entryPayload: {} });
    expect(await sending).toMatchObject([
      { reason: { code: 'MESSAGING_CLOSED' } },
      { reason: { code: 'MESSAGING_CLOSED' } },
    ]);
  });

  test('by dispose leaves the conversation in the org, and gives the token back if asked', async () => {
    const { scrt, conversation, ended } = await aConversation();
    await conversation.dispose({ revoke: true });
    expect(await ended).toBeUndefined();
    expect(scrt.received(/DELETE/).map(({ path }) => path)).toEqual([
      '/iamessage/api/v2/authorization/authenticated/access-token',
    ]);
    await expect.poll(scrt.openStreams).toBe(0);
    await expect(conversation.send('too late')).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
