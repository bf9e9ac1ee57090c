import { z } from 'zod';

import { conversationEventSchema } from '../conversation/event-schema.ts';

const at = z.string().describe('ISO 8601, by the clock of this machine.');

const ended = z.strictObject({
  event: z.literal('ended'),
  conversationId: z.string(),
  ended: z.enum(['session', 'conversation', 'nothing']).describe('What was left to be ended, and was.'),
  sent: z.int().describe('Texts and files of this side.'),
  received: z.int().describe('Messages of the other side.'),
});

/** `result` of each line of `messaging chat --json`. */
export const messagingChatResultSchema = z.union([
  z.strictObject({
    event: z.literal('opened'),
    at,
    conversationId: z.string(),
    sessionId: z.string().describe('What stands in for the OpenCX session in the routing attributes.'),
    subject: z.string().optional().describe('Whom Salesforce takes the contact for.'),
    attributes: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    event: z.literal('sent'),
    at,
    messageId: z.string(),
    newSession: z.boolean().describe('Whether it opened a messaging session.'),
  }),
  z.strictObject({ event: z.literal('problem'), at, text: z.string().describe('What was asked for and not done.') }),
  conversationEventSchema,
  ended,
]);

export type MessagingChatResult = z.infer<typeof messagingChatResultSchema>;
export type ChatEndJson = z.infer<typeof ended>;
