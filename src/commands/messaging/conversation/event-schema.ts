import { z } from 'zod';

const at = z.string().describe('ISO 8601, UTC, by the clock of the org; of connections by that of this machine.');
const optionalText = z.string().optional();

const entry = {
  at,
  entryId: z.string().describe('The same for one entry, however often it is told.'),
  late: z.boolean().describe('It belongs before what was told already.'),
  history: z.boolean().describe('It was there before this run.'),
  messagingSessionId: optionalText,
};
const participant = z.strictObject({ role: z.string(), name: optionalText, subject: optionalText });

const message = z.strictObject({
  event: z.literal('message'),
  ...entry,
  receivedAt: z.string().describe('ISO 8601, when this program told it, by the clock of this machine.'),
  from: participant,
  own: z.boolean(),
  messageId: z.string(),
  text: z.string(),
  files: z.array(z.strictObject({ id: optionalText, name: optionalText, mimeType: optionalText })),
  choices: z.array(z.string()),
  format: z.string(),
});

const routing = {
  ...entry,
  ok: z.boolean(),
  failureType: z.string(),
  failureReason: optionalText,
  errorMessages: z.array(z.string()),
  queueId: optionalText,
  estimatedWaitTime: z.number().optional(),
  recordId: optionalText,
  pendingServiceRoutingId: optionalText,
};

/** One event of a conversation as a line of NDJSON. */
export const conversationEventSchema = z.discriminatedUnion('event', [
  message,
  z.strictObject({ event: z.literal('participant-joined'), ...entry, participant }),
  z.strictObject({ event: z.literal('participant-left'), ...entry, participant }),
  z.strictObject({ event: z.literal('routing-result'), ...routing }),
  z.strictObject({ event: z.literal('transfer'), ...routing }),
  z.strictObject({ event: z.literal('session-status'), ...entry, status: z.string() }),
  z.strictObject({ event: z.literal('session-ended'), ...entry, status: z.string(), byRole: optionalText }),
  z.strictObject({ event: z.literal('closed'), at }),
  z.strictObject({ event: z.literal('typing'), ...entry, from: participant, active: z.boolean() }),
  z.strictObject({ event: z.literal('delivered'), ...entry, messageId: optionalText }),
  z.strictObject({ event: z.literal('read'), ...entry, messageId: optionalText }),
  z.strictObject({ event: z.literal('queue-position'), ...entry, position: z.number().optional() }),
  z.strictObject({ event: z.literal('work'), ...entry, workType: optionalText }),
  z.strictObject({ event: z.literal('unknown'), name: z.string(), data: z.unknown() }),
  z.strictObject({ event: z.literal('connection-lost'), at, reason: z.string(), retryInMs: z.number() }),
  z.strictObject({ event: z.literal('connection-resumed'), at, lostAt: at, missed: z.number() }),
  z.strictObject({ event: z.literal('token-renewed'), at, expiresAt: at.optional() }),
  z.strictObject({ event: z.literal('access-ending'), at, expiresAt: at.optional() }),
  z.strictObject({ event: z.literal('session-restarted'), at, messageId: z.string() }),
  z.strictObject({ event: z.literal('send-delayed'), at, by: z.enum(['limit', 'org']), waitMs: z.number() }),
]);

export type ConversationEventJson = z.infer<typeof conversationEventSchema>;
