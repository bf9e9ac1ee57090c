import { z } from 'zod';

import { sessionPlace } from '../../api/schema/session-place.ts';
import { eventSummarySchema } from '../../export/event-schema.ts';
import { sessionChannels, sessionStates } from '../../session/session.ts';

// Sessions as the inspector's page is told of them.

const at = z.string();

export const sessionShownSchema = z.strictObject({
  id: z.string(),
  channel: z.enum(sessionChannels),
  origin: z.enum(['handoff', 'case']),
  state: z.enum(sessionStates),
  contact: z.strictObject({ id: z.string().optional(), name: z.string().optional(), email: z.string().optional() }),
  subject: z.string().optional(),
  language: z.string().optional(),
  handoffEventId: z.string().optional(),
  /** Its secret parts masked. */
  callback: z.string().optional(),
  caseId: z.string().optional(),
  caseNumber: z.string().optional(),
  contactId: z.string().optional(),
  conversationId: z.string().optional(),
  messagingSessionId: z.string().optional(),
  createdAt: at,
  updatedAt: at,
});

export const sessionsShownSchema = z.strictObject({
  sessions: z.array(sessionShownSchema),
  /** Where the page that follows begins; absent of the last. */
  next: z.string().optional(),
});

/** What happened with a session: an event came or was told, or an attempt was made to carry one on. */
export const timelineEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('event'), at, event: eventSummarySchema }),
  z.strictObject({
    kind: z.literal('attempt'),
    at,
    eventId: z.string(),
    /** Of the event, on the wire. */
    event: z.string(),
    target: z.string(),
    /** 1 for the first at this delivery, those that do not count among them. */
    nth: z.int(),
    tookMs: z.number(),
    /** Absent if no answer came. */
    status: z.int().optional(),
    failure: z.string().optional(),
  }),
]);

export const sessionDetailSchema = z.strictObject({
  session: sessionShownSchema,
  /** Pages in the org, where it is known. */
  links: z.strictObject({
    case: z.string().optional(),
    contact: z.string().optional(),
    messagingSession: z.string().optional(),
  }),
  /** The oldest first. */
  timeline: z.array(timelineEntrySchema),
  /** Whether older ones are left out. */
  more: z.boolean(),
});

/** What OpenCX keeps of a session. */
export const opencxShownSchema = z.strictObject({
  /** Whether OpenCX has such a session. */
  isKnown: z.boolean(),
  /** The oldest first. */
  items: z.array(
    z.strictObject({
      at: at.optional(),
      /** As OpenCX calls it, e.g. `message`, `handoff_to_salesforce_miaw`. */
      type: z.string(),
      sender: z.string().optional(),
      text: z.string().optional(),
    }),
  ),
  /** There is more than was read. */
  truncated: z.boolean(),
});

/** Which sessions are listed: the query of a URL. */
export const sessionWishSchema = z.strictObject({
  state: z.enum(sessionStates).optional(),
  channel: z.enum(['email', 'messaging']).optional(),
  text: z.string().min(1).max(1000).optional(),
  /** `next` of the page before. */
  before: z.string().regex(sessionPlace).optional(),
});

export const timelineWishSchema = z.strictObject({
  /** Events of it. */
  most: z.coerce.number().pipe(z.int().min(1).max(1000)).default(200),
});

export type SessionShown = z.infer<typeof sessionShownSchema>;
export type SessionsShown = z.infer<typeof sessionsShownSchema>;
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
export type SessionDetail = z.infer<typeof sessionDetailSchema>;
export type OpencxShown = z.infer<typeof opencxShownSchema>;
