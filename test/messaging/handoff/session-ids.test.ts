import { expect, test } from 'vitest';

import { configSchema } from '../../../src/config/config-schema.ts';
import { routingAttributes, subjectOf } from '../../../src/messaging/handoff/routing-attributes.ts';
import { conversationIdOf, openingMessageId } from '../../../src/messaging/handoff/session-ids.ts';
import { parseTranscript, type Transcript } from '../../../src/messaging/handoff/transcript.ts';

const session = '6F1C2D3E-0000-4000-8000-00000000000A';
const names = configSchema.parse({}).messaging.parameters;
const read = (input: unknown): Transcript => parseTranscript(input).data ?? expect.fail('no transcript');

test('a session has one conversation, a lowercase UUID of version 4 that is not its own', () => {
  const id = conversationIdOf(session);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(conversationIdOf(session.toLowerCase())).toBe(id);
  expect(id).not.toBe(session.toLowerCase());
  const many = Array.from({ length: 500 }, (_, index) => conversationIdOf(`${session}${index}`));
  expect(new Set(many).size).toBe(500);
});

test('the same opening message has the same id, another one another', () => {
  const ids = [
    openingMessageId('c', 0, 'hello'),
    openingMessageId('c', 1, 'hello'),
    openingMessageId('d', 0, 'hello'),
    openingMessageId('c', 0, 'hello there'),
  ];
  expect(new Set(ids).size).toBe(4);
  expect(openingMessageId('c', 0, 'hello')).toBe(ids[0]);
});

test('routing attributes are those of the OpenCX page', () => {
  expect(routingAttributes(names, read([]), session)).toEqual({
    OpencxSessionId: session,
    Chat_Consumer_Type: 'Non-Authenticated',
    Origin: 'MIABOT',
    Priority: 'Low',
  });
  const known = read({ contact: { email: 'jane@example.com' }, language: 'de', priority: 'High', messages: [] });
  expect(routingAttributes({ ...names, language: 'Lang' }, known, session, { Origin: 'X', Plan: 'gold' })).toEqual({
    OpencxSessionId: session,
    Chat_Consumer_Type: 'Authenticated',
    Origin: 'X',
    Priority: 'High',
    Lang: 'de',
    Plan: 'gold',
  });
});

test('the subject is the contact, or the session of an anonymous one', () => {
  expect(subjectOf(read({ contact: { id: 'c-1', email: 'jane@example.com' }, messages: [] }), session)).toBe('c-1');
  expect(subjectOf(read({ contact: { email: 'jane@example.com' }, messages: [] }), session)).toBe('jane@example.com');
  expect(subjectOf(read({ contact: { name: 'Jane' }, messages: [] }), session)).toBe(`session:${session}`);
});
