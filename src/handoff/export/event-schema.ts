import { z } from 'zod';

import { deliveryStates } from '../store/handoff-store.ts';
import { eventDirections } from './direction.ts';

// Events as programs are told of them: by `events --json` and by the data of the inspector's page.

const at = z.string().describe('ISO 8601, UTC.');
const field = z.tuple([z.string(), z.string()]).describe('Name and value; secrets are masked.');
const headers = z.array(field).describe('In the order in which they came.');
const body = {
  body: z.string().optional().describe('As text; absent where it is none.'),
  bodyBase64: z.string().optional().describe('Instead of body, where it is no UTF-8.'),
};

const delivery = {
  id: z.string(),
  kind: z.string().describe('What carries it: forward and forward-once post it to a URL.'),
  target: z.string().describe('URL, its secret parts masked.'),
  state: z.enum(deliveryStates),
  attempts: z.int().describe('So many count: those that found the far side down do not.'),
  nextAttemptAt: at.optional().describe('Of one that waits.'),
  replacedBy: z.string().optional().describe('Of a replaced one: event that arrived in its place.'),
};

const summary = {
  id: z.string(),
  sequence: z.int(),
  receivedAt: at,
  name: z.string().describe('Contract name, e.g. customerEmail.'),
  direction: z.enum(eventDirections).describe('A webhook, what OpenCX gave for a session, or what was told of one.'),
  event: z.string().describe('Name on the wire, e.g. case_email_received.'),
  caseId: z.string().optional().describe('Absent of an event of a session without a Case.'),
  caseNumber: z.string().optional(),
  caseSubject: z.string().optional(),
  sessionId: z.string().optional().describe('Of what was given or told for a session.'),
  about: z.string().optional().describe('Of such an event: subject, text or reason, cut short.'),
  deliveryId: z
    .string()
    .describe('What it was de-duplicated by: delivery_id of the body; of a replay, one of its own.'),
  duplicates: z.int().describe('So often it came again.'),
  bytes: z.int(),
  replayOf: z.string().optional().describe('Event that this one repeats.'),
};

/** An event as lists have it. */
export const eventSummarySchema = z.strictObject({
  ...summary,
  state: z.enum(['recorded', ...deliveryStates]).describe('The worst of its deliveries; recorded: it has none.'),
  deliveries: z.array(z.strictObject(delivery)),
});

const attempt = z.strictObject({
  startedAt: at,
  endedAt: at,
  request: z.strictObject({ method: z.string(), url: z.string(), headers }),
  response: z
    .strictObject({ status: z.int(), headers, ...body })
    .optional()
    .describe('Absent if none came; of its body, the first 64 KiB.'),
  failure: z.string().optional().describe('Why there was no response.'),
});

/** A call that was refused. */
export const rejectionSchema = z.strictObject({
  id: z.string(),
  receivedAt: at,
  status: z.int().describe('HTTP status it was answered with.'),
  reason: z.string(),
  headers,
  ...body,
});

/** An event with all that became of it. */
export const eventHistorySchema = z.strictObject({
  ...eventSummarySchema.shape,
  headers,
  ...body,
  deliveries: z.array(z.strictObject({ ...delivery, history: z.array(attempt) })),
});

export type EventSummaryJson = z.infer<typeof eventSummarySchema>;
export type EventHistoryJson = z.infer<typeof eventHistorySchema>;
export type RejectionJson = z.infer<typeof rejectionSchema>;
