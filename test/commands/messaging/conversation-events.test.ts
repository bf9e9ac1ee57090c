import { Chalk } from 'chalk';
import { expect, test } from 'vitest';

import { eventJson } from '../../../src/commands/messaging/conversation/event-json.ts';
import { eventLine } from '../../../src/commands/messaging/conversation/event-line.ts';
import { conversationEventSchema } from '../../../src/commands/messaging/conversation/event-schema.ts';
import type { ConversationEvent } from '../../../src/messaging/conversation/conversation-event.ts';

const at = Date.parse('2026-11-29T14:05:09Z');
const entry = {
  entryId: 'e-1',
  at,
  source: 'stream',
  late: false,
  history: false,
  messagingSessionId: '0Mw000000000001AAA',
} as const;
const rita = { role: 'Agent', name: 'Rita\n\u001B[31mRep', subject: undefined } as const;
const routing = {
  ...entry,
  ok: false,
  failureType: 'RoutingError',
  failureReason: 'no queue',
  errorMessages: ['x'],
  queueId: undefined,
  estimatedWaitTime: undefined,
  recordId: undefined,
  pendingServiceRoutingId: undefined,
};
const file = { id: 'f', name: 'a.pdf', mimeType: 'application/pdf', url: 'https://example.com/?sig=secret' };

/** One event of every kind; a kind that is new does not compile here. */
const events: { [T in ConversationEvent['type']]: ConversationEvent & { type: T } } = {
  message: {
    type: 'message',
    ...entry,
    from: rita,
    own: false,
    messageId: 'm-1',
    text: 'Hello\nJane',
    files: [file],
    choices: ['Yes'],
    format: 'StaticContentMessage/Text',
  },
  'participant-joined': { type: 'participant-joined', ...entry, participant: rita },
  'participant-left': { type: 'participant-left', ...entry, participant: rita },
  'routing-result': { type: 'routing-result', ...routing },
  transfer: { type: 'transfer', ...routing, ok: true, queueId: '00G1' },
  'session-status': { type: 'session-status', ...entry, status: 'Active' },
  'session-ended': { type: 'session-ended', ...entry, status: 'Ended', byRole: 'Agent' },
  closed: { type: 'closed', at },
  typing: { type: 'typing', ...entry, from: rita, active: true },
  delivered: { type: 'delivered', ...entry, messageId: 'm-0' },
  read: { type: 'read', ...entry, messageId: undefined },
  'queue-position': { type: 'queue-position', ...entry, position: 2 },
  work: { type: 'work', ...entry, workType: 'Assigned' },
  unknown: { type: 'unknown', name: 'CONVERSATION_SOMETHING', data: { at: 5 } },
  'connection-lost': { type: 'connection-lost', at, reason: 'reset', retryInMs: 1500 },
  'connection-resumed': { type: 'connection-resumed', at, lostAt: at - 4200, missed: 2 },
  'token-renewed': { type: 'token-renewed', at, expiresAt: at + 1000 },
  'access-ending': { type: 'access-ending', at, expiresAt: undefined },
  'session-restarted': { type: 'session-restarted', at, messageId: 'm-2' },
  'send-delayed': { type: 'send-delayed', at, by: 'org', waitMs: 3000 },
};

const plain = new Chalk({ level: 0 });
const screen = { outColour: plain, errColour: plain, outColumns: 80, columns: 80 };
const text = (event: ConversationEvent) => eventLine(event, screen, 'told')?.text.replace(/^\d\d:\d\d:\d\d /, '');

test.each(Object.values(events))('$type is one document of the published shape', (event) => {
  const document: unknown = JSON.parse(JSON.stringify(eventJson(event, at)));
  expect(conversationEventSchema.safeParse(document).error?.issues ?? []).toEqual([]);
  expect(JSON.stringify(document)).not.toContain('sig=secret');
});

test('each kind is told in a line of its own, and no name can break out of it', () => {
  expect(Object.values(events).map(text)).toEqual([
    'Rita [31mRep: Hello\n         Jane\n           · Yes\n         [file a.pdf, application/pdf]',
    '→ Rita [31mRep joined',
    '← Rita [31mRep left',
    '✗ could not be routed: RoutingError: no queue: x',
    'transferred to queue 00G1',
    'session: Active',
    'the session has ended, by Agent',
    'the conversation is closed',
    'Rita [31mRep is typing …',
    '✓ delivered',
    '✓✓ read',
    'position 2 in the queue',
    'work: Assigned',
    '         event CONVERSATION_SOMETHING',
    '✗ CONNECTION LOST: reset; next attempt in 1.5 s',
    '✓ connected again after 4.2 s; 2 missed entries were told',
    expect.stringMatching(/^access token renewed until /),
    'anonymous access cannot be renewed; the conversation is followed until\n         it ends and not further',
    'the session had ended; this message opened another one',
    'the message waits 3.0 s: the org asked for it',
  ]);
});

test('what was typed on the screen is not told there again, and what was said before is', () => {
  const own = { ...events.message, own: true };
  expect(eventLine(own, screen, 'history')).toBeUndefined();
  expect(eventLine({ ...own, history: true }, screen, 'history')).toMatchObject({ kind: 'said' });
  expect(eventLine({ ...own, history: true }, screen, 'hidden')).toBeUndefined();
});
