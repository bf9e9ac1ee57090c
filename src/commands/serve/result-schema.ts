import { z } from 'zod';

import { sessionEventNames } from '../../handoff/session/session-event.ts';
import { sessionChannels, sessionStates } from '../../handoff/session/session.ts';

const at = z.string().describe('ISO 8601, UTC, by the clock of this machine.');
const eventId = z.string().describe('Id of the event in the store: events show takes it.');
const name = z.string().describe('Contract name, e.g. customerEmail.');
const caseId = z.string();
const count = z.int();

const sessionId = z.string();
const channel = z.enum(sessionChannels);

const target = z
  .string()
  .describe('URL of the far side, its secret parts masked; serve:session is what serve does with a webhook itself.');
const farSide = z.string().describe('Scheme and host of the far side.');

const ofDelivery = {
  at,
  eventId,
  deliveryId: z.string().describe('Id of the delivery in the store.'),
  name,
  caseId,
  replayOf: z.string().optional().describe('Event that this one repeats.'),
  target,
  attempt: z.int().describe('1 for the first.'),
};

const stopped = z.strictObject({
  event: z.literal('stopped'),
  accepted: count.describe('Webhooks, handoffs and messages that were taken, in this run.'),
  delivered: count.describe('Deliveries that arrived elsewhere, in this run.'),
  waiting: count.describe('Deliveries left in the store; the next serve carries them on.'),
  dead: count.describe('Deliveries in the store that wait for a person.'),
});

const restored = z.strictObject({
  event: z.literal('restored').describe('Of --restore, the only line.'),
  organizationId: z.string(),
  restored: z.boolean().describe('false: nothing was left, or somebody has changed or deleted it meanwhile.'),
  url: z
    .string()
    .optional()
    .describe('Where the Named Credential points now, masked; absent if nothing was left, or it was deleted.'),
});

/** `result` of each line of `serve --json`. */
export const serveResultSchema = z.discriminatedUnion('event', [
  restored,
  z.strictObject({
    event: z.literal('started'),
    origins: z.array(z.string()),
    webhookUrlFile: z.string().describe('Private file with the URL for the Named Credential; its path is a secret.'),
    inspectorUrlFile: z
      .string()
      .optional()
      .describe("Private file with the inspector's URL and its token; absent where there is none."),
    store: z.string(),
    forward: z
      .array(z.strictObject({ name: name.optional().describe('Absent: all that no other route names.'), target }))
      .describe('Empty: webhooks are not forwarded.'),
    mode: z.enum(['everything', 'read-only', 'forward', 'record']),
    api: z.strictObject({ url: z.string(), tokenFile: z.string().describe('Private file with its bearer token.') }),
    callback: target.optional(),
    org: z
      .strictObject({
        name: z.string(),
        channels: z.enum(['all', 'email']).describe('email: Live Messaging was not set up.'),
        namedCredential: z.string().optional().describe('Points here while serve runs; absent: it was left alone.'),
      })
      .optional()
      .describe('Absent: none is meant. Sessions are handed off to it in the mode everything alone.'),
    waiting: count.describe('Deliveries left by an earlier run, carried on now.'),
    dead: count,
  }),
  z.strictObject({
    event: z.literal('accepted'),
    at,
    eventId,
    name,
    caseId,
    deliveryId: z.string().describe('delivery_id of the body.'),
    bytes: z.int(),
    tookMs: z.number(),
    traceId: z.string().optional(),
    targets: z.array(target),
  }),
  z.strictObject({
    event: z.literal('duplicate'),
    at,
    eventId,
    name,
    caseId,
    deliveryId: z.string().describe('delivery_id of the body.'),
    times: count.describe('So often it came again; it is delivered once.'),
  }),
  ...(['handoff-accepted', 'message-accepted'] as const).map((event) =>
    z.strictObject({
      event: z.literal(event),
      at,
      sessionId,
      eventId,
      channel,
      bytes: z.int(),
      tookMs: z.number(),
      duplicate: z.boolean().describe('It was there before, and is not carried twice.'),
    }),
  ),
  z
    .strictObject({
      event: z.literal('told'),
      at,
      eventId,
      sessionId,
      name: z.enum(sessionEventNames),
      channel,
      state: z.enum(sessionStates),
    })
    .describe('What happened to a session; its body is in the store, and goes to the callback.'),
  z.strictObject({ event: z.literal('connection-test'), at }).describe('The org asked whether anybody is there.'),
  z.strictObject({
    event: z.literal('rejected'),
    at,
    status: z.int(),
    reason: z.string(),
    rejectionId: z.string().optional().describe('Under which it is kept.'),
  }),
  z.strictObject({
    event: z.literal('attempt'),
    ...ofDelivery,
    tookMs: z.number(),
    status: z.int().optional().describe('Absent if no response came.'),
    failure: z.string().optional(),
    nextAttemptAt: z.string().optional().describe('When it is tried again; absent if it is not.'),
    counted: z.boolean().describe('false: the far side is down, and the next attempt has the same number.'),
  }),
  z.strictObject({ event: z.literal('delivered'), ...ofDelivery, status: z.int(), afterMs: z.number() }),
  z.strictObject({ event: z.literal('dead'), ...ofDelivery, reason: z.string() }),
  z.strictObject({ event: z.literal('far-side-down'), target: farSide, since: at, reason: z.string() }),
  z.strictObject({ event: z.literal('far-side-up'), target: farSide, since: at, at }),
  z.strictObject({ event: z.literal('stream-lost'), at, sessionId, reason: z.string() }),
  z.strictObject({ event: z.literal('stream-resumed'), at, sessionId, since: at }),
  z.strictObject({ event: z.literal('messaging-lost'), since: at, conversations: count, reason: z.string() }),
  z.strictObject({ event: z.literal('messaging-resumed'), since: at, at }),
  z
    .strictObject({ event: z.literal('routing-failed'), at, sessionId, reason: z.string() })
    .describe('Salesforce could not route a conversation; the session goes on.'),
  z.strictObject({ event: z.literal('store-failing'), since: at, reason: z.string() }),
  z.strictObject({ event: z.literal('store-working'), since: at, at }),
  z.strictObject({ event: z.literal('pruned'), at, events: count, rejections: count }),
  stopped,
]);

export type ServeResult = z.infer<typeof serveResultSchema>;
export type ServeStopped = z.infer<typeof stopped>;
export type ServeRestored = z.infer<typeof restored>;
