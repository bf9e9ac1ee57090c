import { z } from 'zod';

import { webhookEvents, type WebhookEventName } from '../../blueprint/webhook-contract.ts';
import { deliveryStates } from '../store/handoff-store.ts';

// What the inspector's page asks and is told. It is for this page of this version alone, and published nowhere. Times are
// milliseconds since 1970.

const headers = z.array(z.tuple([z.string(), z.string()])).readonly();

/** Bytes: as text, or in base64 where they are none. */
const bytes = z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.string() })]);

const failing = z.strictObject({ since: z.number(), reason: z.string() });

const delivery = z.strictObject({
  id: z.string(),
  target: z.string(),
  state: z.string(),
  attempts: z.int(),
  nextAttemptAt: z.number().optional(),
  /** Id of the replay that arrived in its place. */
  replacedBy: z.string().optional(),
});

const summary = z.strictObject({
  id: z.string(),
  sequence: z.int(),
  receivedAt: z.number(),
  event: z.string(),
  caseId: z.string(),
  caseNumber: z.string().optional(),
  caseSubject: z.string().optional(),
  deliveryId: z.string(),
  duplicates: z.int(),
  bytes: z.int(),
  replayOf: z.string().optional(),
  state: z.string(),
  deliveries: z.array(delivery),
});

const attempt = z.strictObject({
  startedAt: z.number(),
  endedAt: z.number(),
  request: z.strictObject({ method: z.string(), url: z.string(), headers }),
  response: z.strictObject({ status: z.int(), headers, body: bytes }).optional(),
  failure: z.string().optional(),
});

export const eventsShownSchema = z.strictObject({ events: z.array(summary), more: z.boolean() });

export const eventShownSchema = z.strictObject({
  ...summary.shape,
  headers,
  body: bytes,
  deliveries: z.array(z.strictObject({ ...delivery.shape, history: z.array(attempt) })),
});

export const rejectionsShownSchema = z.strictObject({
  rejections: z.array(
    z.strictObject({
      id: z.string(),
      receivedAt: z.number(),
      status: z.int(),
      reason: z.string(),
      headers,
      body: bytes,
    }),
  ),
});

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
export type EventShown = z.infer<typeof eventShownSchema>;
export type SummaryShown = z.infer<typeof summary>;
export type RejectionsShown = z.infer<typeof rejectionsShownSchema>;
export type StatusShown = z.infer<typeof statusShownSchema>;
export type ListWish = z.infer<typeof listWishSchema>;
export type ReplayWish = z.infer<typeof replayWishSchema>;
