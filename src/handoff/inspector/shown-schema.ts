import { z } from 'zod';

import { webhookEvents, type WebhookEventName } from '../../blueprint/webhook-contract.ts';
import { eventDirections } from '../export/direction.ts';
import { eventHistorySchema, eventSummarySchema, rejectionSchema } from '../export/event-schema.ts';
import { sessionEventNames, sessionInputs } from '../session/session-event.ts';
import { deliveryStates } from '../store/handoff-store.ts';

// What the inspector's page asks and is told, beside the events themselves. It is for this page of this version alone, and
// published nowhere.

const failing = z.strictObject({ since: z.number(), reason: z.string() });

export const eventsShownSchema = z.strictObject({ events: z.array(eventSummarySchema), more: z.boolean() });

export const eventShownSchema = eventHistorySchema.extend({
  /** Ids of the sessions whose Case it is. */
  sessions: z.array(z.string()),
  /** Page of the Case in the org. */
  caseLink: z.string().optional(),
});

export const rejectionsShownSchema = z.strictObject({ rejections: z.array(rejectionSchema) });

/** How something is doing that `serve` depends on. */
const linkSchema = z.strictObject({
  role: z.enum(['store', 'salesforce', 'messaging', 'streams', 'far-side']),
  /** Of what is elsewhere its origin. */
  name: z.string(),
  /** Nothing was carried to it yet, if not. */
  isTried: z.boolean(),
  failing: failing.optional(),
});

export const statusShownSchema = z.strictObject({
  version: z.string(),
  /** Every kind of event there is. */
  names: z.array(z.strictObject({ name: z.string(), wire: z.string(), direction: z.enum(eventDirections) })),
  /** Deliveries by state; absent if the store cannot say. */
  counts: z.record(z.string(), z.int()).optional(),
  links: z.array(linkSchema),
  /** What this page can do here beyond looking. */
  can: z.strictObject({ fire: z.boolean(), save: z.boolean(), opencx: z.boolean() }),
});

const eventNames = [...(Object.keys(webhookEvents) as WebhookEventName[]), ...sessionInputs, ...sessionEventNames];

/** Which events are listed: the query of a URL. */
export const listWishSchema = z.strictObject({
  event: z.enum(eventNames).optional(),
  case: z.string().trim().min(1).max(100).optional(),
  session: z.string().trim().min(1).max(100).optional(),
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

export type EventShown = z.infer<typeof eventShownSchema>;
export type EventsShown = z.infer<typeof eventsShownSchema>;
export type RejectionsShown = z.infer<typeof rejectionsShownSchema>;
export type LinkShown = z.infer<typeof linkSchema>;
export type StatusShown = z.infer<typeof statusShownSchema>;
export type ListWish = z.infer<typeof listWishSchema>;
export type ReplayWish = z.infer<typeof replayWishSchema>;
