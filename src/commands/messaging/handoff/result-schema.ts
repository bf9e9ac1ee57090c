import { z } from 'zod';

import { conversationEventSchema } from '../conversation/event-schema.ts';

const at = z.string().describe('ISO 8601, by the clock of this machine.');
const step = <Id extends string, Sent extends z.ZodType>(number: number, id: Id, sent: Sent) =>
  z.strictObject({ event: z.literal('step'), number: z.literal(number), step: z.literal(id), at, sent });

const steps = z.discriminatedUnion('step', [
  step(
    1,
    'identity-token',
    z.strictObject({
      header: z.strictObject({ alg: z.string(), kid: z.string() }),
      claims: z.record(z.string(), z.unknown()),
    }),
  ),
  step(
    2,
    'access-token',
    z.strictObject({
      scrtUrl: z.string(),
      organizationId: z.string(),
      deployment: z.string(),
      subject: z.string().optional().describe('Whom Salesforce takes the contact for.'),
      expiresAt: z.string().optional(),
    }),
  ),
  step(3, 'transcript', z.strictObject({ messages: z.int(), characters: z.int() })),
  step(4, 'routing-attributes', z.strictObject({ attributes: z.record(z.string(), z.string()) })),
  step(
    5,
    'conversation',
    z.strictObject({
      conversationId: z.string(),
      created: z.boolean().describe('False: the session was handed off before, and its conversation goes on.'),
    }),
  ),
  step(
    6,
    'opening-message',
    z.strictObject({
      messages: z.array(
        z.strictObject({
          id: z.string(),
          text: z.string(),
          wasThere: z.boolean().describe('It was in the conversation already, and was not sent again.'),
        }),
      ),
    }),
  ),
]);

const ended = z.strictObject({
  event: z.literal('ended'),
  sessionId: z.string(),
  conversationId: z.string(),
  messagingSessionId: z.string().optional().describe('Id of the MessagingSession (0Mw…), as far as it was told.'),
  why: z.enum(['not-followed', 'wait-over', 'interrupted', 'session-ended', 'closed']),
  replies: z.int().describe('Messages of the other side that came.'),
});

/** `result` of each line of `messaging handoff --json`. */
export const messagingHandoffResultSchema = z.union([steps, conversationEventSchema, ended]);

export type MessagingHandoffResult = z.infer<typeof messagingHandoffResultSchema>;
export type HandoffStepJson = z.infer<typeof steps>;
export type HandoffEndJson = z.infer<typeof ended>;
