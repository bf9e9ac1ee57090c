import { z } from 'zod';

import { eventHistorySchema, eventSummarySchema, rejectionSchema } from '../../handoff/export/event-schema.ts';

/** `result` of `events list --json`. */
export const eventsListResultSchema = z.union([
  z.strictObject({ events: z.array(eventSummarySchema), more: z.boolean().describe('Whether there are older ones.') }),
  z.strictObject({ rejections: z.array(rejectionSchema) }),
]);

/** `result` of `events show --json`, and a line that `events export` writes. */
export const eventsShowResultSchema = eventHistorySchema;

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
export type EventsShowResult = z.infer<typeof eventsShowResultSchema>;
export type EventsExportResult = z.infer<typeof eventsExportResultSchema>;
export type EventsReplayResult = z.infer<typeof eventsReplayResultSchema>;
export type EventsTriggerResult = z.infer<typeof eventsTriggerResultSchema>;
