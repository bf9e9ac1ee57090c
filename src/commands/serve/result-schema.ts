import { z } from 'zod';

const at = z.string().describe('ISO 8601, UTC, by the clock of this machine.');
const eventId = z.string().describe('Id of the event in the store: events show takes it.');
const name = z.string().describe('Contract name, e.g. customerEmail.');
const caseId = z.string();
const count = z.int();

const target = z.string().describe('URL of the far side, its secret parts masked.');
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
  accepted: count.describe('Webhooks that were taken, in this run.'),
  delivered: count.describe('Deliveries that arrived, in this run.'),
  waiting: count.describe('Deliveries left in the store; the next serve carries them on.'),
  dead: count.describe('Deliveries in the store that wait for a person.'),
});

/** `result` of each line of `serve --json`. */
export const serveResultSchema = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('started'),
    origins: z.array(z.string()),
    webhookUrlFile: z.string().describe('Private file with the URL for the Named Credential; its path is a secret.'),
    store: z.string(),
    forward: z
      .array(z.strictObject({ name: name.optional().describe('Absent: all that no other route names.'), target }))
      .describe('Empty: events are only recorded.'),
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
  z.strictObject({ event: z.literal('store-failing'), since: at, reason: z.string() }),
  z.strictObject({ event: z.literal('store-working'), since: at, at }),
  z.strictObject({ event: z.literal('pruned'), at, events: count, rejections: count }),
  stopped,
]);

export type ServeResult = z.infer<typeof serveResultSchema>;
export type ServeStopped = z.infer<typeof stopped>;
