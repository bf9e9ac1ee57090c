import { z } from 'zod';

import { webhookEvents, type WebhookEventName } from '../../blueprint/webhook-contract.ts';
import { eventSummarySchema, rejectionSchema } from '../export/event-schema.ts';
import { deliveryStates } from '../store/handoff-store.ts';

// What the inspector's page asks and is told, beside the events themselves. It is for this page of this version alone, and
// published nowhere.

const failing = z.strictObject({ since: z.number(), reason: z.string() });

export const eventsShownSchema = z.strictObject({ events: z.array(eventSummarySchema), more: z.boolean() });

export const rejectionsShownSchema = z.strictObject({ rejections: z.array(rejectionSchema) });

export const statusShownSchema = z.strictObject({
  version: z.string(),
  /** Names on the wire by contract name. */
  events: z.record(z.string(), z.string()),
  /** Deliveries by state; absent if the store cannot say. */
  counts: z.record(z.string(), z.int()).optional(),
  store: z.strictObject({ failing: failing.optional() }),
  farSides: z.array(z.strictObject({ name: z.string(), failing: failing.optional() })),
});

const eventNames = Object.keys(webhookEvents) as [WebhookEventName, ...WebhookEventName[]];

/** Which events are listed: the query of a URL. */
export const listWishSchema = z.strictObject({
  event: z.enum(eventNames).optional(),
  case: z.string().trim().min(1).max(100).optional(),
  state: z.enum(deliveryStates).optional(),
  text: z.string().min(1).max(1000).optional(),
  before: z.coerce.number().pipe(z.int().positive()).optional(),
});

/** How an event is repeated; empty: as it was, to where it went. */
export const replayWishSchema = z.strictObject({
  /** Goes out byte for byte. */
  body: z.string().optional(),
  to: z.string().trim().min(1).max(4000).optional(),
});

export type EventsShown = z.infer<typeof eventsShownSchema>;
export type RejectionsShown = z.infer<typeof rejectionsShownSchema>;
export type StatusShown = z.infer<typeof statusShownSchema>;
export type ListWish = z.infer<typeof listWishSchema>;
export type ReplayWish = z.infer<typeof replayWishSchema>;
