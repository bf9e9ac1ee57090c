import type { IncomingMessage } from 'node:http';

import type { WebhookContract, WebhookPayload } from '../../blueprint/webhook-contract.ts';
import { signatureHeader } from '../../blueprint/webhook-signature.ts';
import type { Clock } from '../../clock.ts';
import { deliveriesFor, type ForwardRoute } from '../delivery/forward-routes.ts';
import { maskedTarget } from '../export/masked.ts';
import type { WebhookSignature } from '../security/webhook-signature.ts';
import type { ServeListener } from '../serve-event.ts';
import type { StoreHealth } from '../store-health.ts';
import type { HandoffStore, NewEvent, RawHeaders } from '../store/handoff-store.ts';
import { refusal, type Answer } from './answer.ts';
import type { HttpLimits } from './http-limits.ts';
import type { Gate } from './rate-limit.ts';
import { readBody } from './read-body.ts';
import { bodyRefusal, readWebhook } from './read-webhook.ts';
import { traceIdOf } from './trace-id.ts';

export interface IntakePorts {
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly contract: WebhookContract;
  readonly routes: readonly ForwardRoute[];
  /** Whether webhooks are worked into sessions. */
  readonly sessions: boolean;
  readonly limits: HttpLimits;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly listener: ServeListener;
  /** Undefined: calls need no signature. */
  readonly signature?: WebhookSignature | undefined;
  /** Told after each event that has something to deliver. */
  readonly onDeliverable: () => void;
}

/** What of a rejected body is kept. */
const keptBytes = 64 * 1024;
/** Seconds after which a store that failed is tried again by a well-behaved caller; Apex has its own delays. */
const storeRetrySeconds = '10';

/** Takes one webhook call whose token was right. */
export function webhookIntake(ports: IntakePorts): (incoming: IncomingMessage) => Promise<Answer> {
  const { limits, clock, listener, gate } = ports;
  return async (incoming) => {
    const receivedAt = clock.now();
    const headers = headersOf(incoming);
    const waitSeconds = gate();
    if (waitSeconds > 0) {
      const reason = 'Too many webhook calls at a time.';
      listener({ type: 'rejected', at: receivedAt, status: 429, reason, rejectionId: undefined });
      return refusal(429, reason, { 'retry-after': String(waitSeconds) });
    }
    const refused = bodyRefusal(headers);
    if (refused !== undefined) return reject(ports, { receivedAt, headers, body: new Uint8Array() }, refused);
    const { bytes, tooLarge } = await readBody(incoming, limits.maxBodyBytes);
    const request = { receivedAt, headers, body: bytes };
    if (tooLarge) {
      const answer = refusal(413, `The body is larger than ${limits.maxBodyBytes} bytes.`, { connection: 'close' });
      return reject(ports, request, answer);
    }
    const forged = ports.signature?.problem(headers, bytes);
    if (forged !== undefined) {
      return reject(ports, request, refusal(401, forged, { 'www-authenticate': signatureHeader }));
    }
    return takeRequest(ports, request);
  };
}

/** Takes a call that was read, or that a person made up here. */
export async function takeRequest(ports: IntakePorts, request: WebhookRequest): Promise<Answer> {
  const read = readWebhook(ports.contract, request.body, ports.limits.maxJsonDepth);
  if (read.kind === 'refused') return reject(ports, request, read.answer);
  if (read.kind === 'connection-test') {
    ports.listener({ type: 'connection-test', at: request.receivedAt });
    return { status: 200, body: { connection: 'ok' } };
  }
  return accept(ports, request, read.payload);
}

export interface WebhookRequest {
  readonly receivedAt: number;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

async function accept(ports: IntakePorts, request: WebhookRequest, payload: WebhookPayload): Promise<Answer> {
  const { store, health, clock, listener } = ports;
  const { name, deliveryId, caseId: orderKey } = payload;
  const newEvent: NewEvent = { ...request, name, deliveryId, orderKey };
  const deliveries = deliveriesFor(ports.routes, name, ports.sessions);
  // Any failure is one to come back after: what was not committed must not be taken for taken.
  const taken = await health.tried('accept', () => store.accept(newEvent, deliveries));
  if (taken === undefined) {
    const reason = 'The event could not be stored.';
    listener({ type: 'rejected', at: clock.now(), status: 503, reason, rejectionId: undefined });
    return refusal(503, reason, { 'retry-after': storeRetrySeconds });
  }
  const { event, duplicate } = taken;
  const facts = { at: clock.now(), eventId: event.id, name, orderKey, deliveryId };
  if (duplicate) {
    listener({ type: 'duplicate', ...facts, times: event.duplicates });
    return { status: 202, body: { id: event.id, duplicate: true } };
  }
  listener({
    type: 'accepted',
    ...facts,
    bytes: request.body.length,
    tookMs: facts.at - request.receivedAt,
    traceId: traceIdOf(request.headers),
    targets: deliveries.map(({ target }) => maskedTarget(target)),
  });
  if (deliveries.length > 0) ports.onDeliverable();
  return { status: 202, body: { id: event.id } };
}

/** Keeps a call that was not taken, for people to look at; if even that fails, the answer stays the same. */
async function reject(ports: IntakePorts, request: WebhookRequest, answer: Answer): Promise<Answer> {
  const { store, health, listener } = ports;
  const { status } = answer;
  const reason = String(answer.body['error']);
  const { receivedAt, headers } = request;
  const body = request.body.subarray(0, keptBytes);
  const kept = await health.tried('reject', () => store.reject({ receivedAt, status, reason, headers, body }));
  listener({ type: 'rejected', at: receivedAt, status, reason, rejectionId: kept?.id });
  return answer;
}

/** Header fields of a request, as they came. */
export function headersOf({ rawHeaders }: IncomingMessage): RawHeaders {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return headers;
}
