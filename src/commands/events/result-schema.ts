import { z } from 'zod';

import { deliveryStates } from '../../handoff/store/handoff-store.ts';

const at = z.string().describe('ISO 8601, UTC.');
const field = z.tuple([z.string(), z.string()]).describe('Name and value; secrets are masked.');
const headers = z.array(field).describe('In the order in which they came.');
const body = {
  body: z.string().optional().describe('As text; absent where it is none.'),
  bodyBase64: z.string().optional().describe('Instead of body, where it is no UTF-8.'),
};

const delivery = {
  id: z.string(),
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
  event: z.string().describe('Name on the wire, e.g. case_email_received.'),
  caseId: z.string(),
  caseNumber: z.string().optional(),
  caseSubject: z.string().optional(),
  deliveryId: z
    .string()
    .describe('What it was de-duplicated by: delivery_id of the body; of a replay, one of its own.'),
  duplicates: z.int().describe('So often it came again.'),
  bytes: z.int(),
  replayOf: z.string().optional().describe('Event that this one repeats.'),
};

const eventSummary = z.strictObject({
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

const rejection = z.strictObject({
  id: z.string(),
  receivedAt: at,
  status: z.int().describe('HTTP status it was answered with.'),
  reason: z.string(),
  headers,
  ...body,
});

/** `result` of `events list --json`. */
export const eventsListResultSchema = z.union([
  z.strictObject({ events: z.array(eventSummary), more: z.boolean().describe('Whether there are older ones.') }),
  z.strictObject({ rejections: z.array(rejection) }),
]);

/** `result` of `events show --json`, and a line that `events export` writes. */
export const eventsShowResultSchema = z.strictObject({
  ...summary,
  headers,
  ...body,
  deliveries: z.array(z.strictObject({ ...delivery, history: z.array(attempt) })),
});

/** `result` of `events export --json`. */
export const eventsExportResultSchema = z.strictObject({
  file: z.string(),
  format: z.enum(['ndjson', 'har']),
  events: z.int(),
});

/** `result` of `events replay --json`. */
export const eventsReplayResultSchema = z.strictObject({
  deliveredBy: z.enum(['serve', 'this command', 'nobody yet']),
  replays: z.array(eventsShowResultSchema),
});

/** `result` of `events trigger --json`. */
export const eventsTriggerResultSchema = z.strictObject({
  id: z.string().describe('Of the event in the store.'),
  event: z.string().describe('Name on the wire.'),
  deliveryId: z.string(),
  status: z.int().describe('What serve answered.'),
});

export type EventsListResult = z.infer<typeof eventsListResultSchema>;
export type EventSummaryJson = z.infer<typeof eventSummary>;
export type EventsShowResult = z.infer<typeof eventsShowResultSchema>;
export type RejectionJson = z.infer<typeof rejection>;
export type EventsExportResult = z.infer<typeof eventsExportResultSchema>;
export type EventsReplayResult = z.infer<typeof eventsReplayResultSchema>;
export type EventsTriggerResult = z.infer<typeof eventsTriggerResultSchema>;
