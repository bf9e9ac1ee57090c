import { z } from 'zod';

import { sessionChannels, sessionStates } from '../../session/session.ts';
import { sessionEventNames, type SessionEvent } from '../../session/session-event.ts';

const file = z.strictObject({
  id: z.string().exactOptional().describe('ContentVersion, Attachment, or file id of a conversation.'),
  name: z.string().exactOptional(),
  size: z.number().exactOptional().describe('Bytes.'),
  contentType: z.string().exactOptional(),
});

const message = z.strictObject({
  id: z.string().describe('EmailMessage, entry of the conversation, or the id it was given with.'),
  from: z.strictObject({ name: z.string().exactOptional(), address: z.string().exactOptional() }).exactOptional(),
  subject: z.string().exactOptional(),
  text: z.string(),
  html: z.string().exactOptional().describe('As it was written: hostile until it is cleaned.'),
  files: z.array(file).exactOptional(),
});

/** What is told of a session: the body of a callback, and `data` of an event stream. */
export const toldEvent = z
  .strictObject({
    event: z.enum(sessionEventNames),
    sessionId: z.string(),
    channel: z.enum(sessionChannels),
    state: z.enum(sessionStates).describe('Of the session, after this.'),
    at: z.string().describe('ISO 8601, UTC.'),
    caseId: z.string().exactOptional(),
    conversationId: z.string().exactOptional(),
    message: message.exactOptional(),
    reason: z.string().exactOptional().describe('Why it failed, was handed off or resolved.'),
    appended: z.boolean().exactOptional().describe('It went to a Case or conversation that was there before.'),
    agent: z.strictObject({ name: z.string().exactOptional() }).exactOptional(),
  })
  .describe('What is told of a session, to its callback and to those who follow it.') satisfies z.ZodType<SessionEvent>;

/** An event with its place among all. */
export const toldItem = z.strictObject({
  sequence: z.int().describe('The id of the event in an event stream; grows.'),
  eventId: z.string().describe('OpenCX-Sf-Event-Id of a callback: tells one that comes again.'),
  data: toldEvent,
});

export const toldPage = z
  .strictObject({
    events: z.array(toldItem).describe('The oldest first.'),
    after: z.int().describe('What to ask after next.'),
    more: z.boolean().describe('Whether there are more already.'),
  })
  .describe('Events of one session or of all.');

export type ToldItem = z.output<typeof toldItem>;
export type ToldPage = z.output<typeof toldPage>;
