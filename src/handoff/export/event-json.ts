import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { Attempt, Delivery, StoredEvent, StoredRejection } from '../store/handoff-store.ts';
import { caseFacts } from './case-facts.ts';
import { directionOf } from './direction.ts';
import type { DeliveryHistory, EventHistory } from './event-history.ts';
import type { EventHistoryJson, EventSummaryJson, RejectionJson } from './event-schema.ts';
import { maskedHeaders, maskedTarget } from './masked.ts';
import { sessionOfEvent } from './session-of-event.ts';

/** An event as lists have it. Secrets are masked; texts are as they came: whoever shows them makes them safe. */
export function summaryJson(contract: WebhookContract, { event, deliveries }: EventHistory): EventSummaryJson {
  const state = worstState(deliveries.map(({ delivery }) => delivery.state));
  return { ...facts(contract, event), state, deliveries: deliveries.map(({ delivery }) => deliveryJson(delivery)) };
}

/** An event with all that became of it, likewise. */
export function historyJson(contract: WebhookContract, history: EventHistory): EventHistoryJson {
  const { event, deliveries } = history;
  return {
    ...summaryJson(contract, history),
    headers: maskedHeaders(event.headers),
    ...bodyJson(event.body),
    deliveries: deliveries.map(deliveryHistoryJson),
  };
}

export function rejectionJson({ id, receivedAt, status, reason, headers, body }: StoredRejection): RejectionJson {
  return {
    id,
    receivedAt: iso(receivedAt),
    status,
    reason,
    headers: maskedHeaders(headers),
    ...bodyJson(body),
  };
}

/** Bytes as text where they are some. */
export function bodyJson(bytes: Uint8Array): { body: string } | { bodyBase64: string } {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text).equals(bytes) ? { body: text } : { bodyBase64: Buffer.from(bytes).toString('base64') };
}

/** The worst first. */
const states = ['dead', 'delivering', 'pending', 'replaced', 'delivered'] as const;

function worstState(present: readonly Delivery['state'][]): EventSummaryJson['state'] {
  return states.find((state) => present.includes(state)) ?? 'recorded';
}

function facts(contract: WebhookContract, event: StoredEvent) {
  const { id, sequence, receivedAt, name, orderKey, deliveryId, duplicates, body, replayOf } = event;
  return {
    id,
    sequence,
    receivedAt: iso(receivedAt),
    name,
    direction: directionOf(name),
    event: Object.entries(contract.events).find(([known]) => known === name)?.[1] ?? name,
    ...(sessionOfEvent(event) ?? { caseId: orderKey, ...caseFacts(contract, body) }),
    deliveryId,
    duplicates,
    bytes: body.length,
    ...(replayOf === undefined ? {} : { replayOf }),
  };
}

function deliveryJson({ id, kind, target, state, attempts, nextAttemptAt, replacedBy }: Delivery) {
  return {
    id,
    kind,
    target: maskedTarget(target),
    state,
    attempts,
    ...(state === 'pending' ? { nextAttemptAt: iso(nextAttemptAt) } : {}),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
}

function deliveryHistoryJson({ delivery, attempts }: DeliveryHistory) {
  return { ...deliveryJson(delivery), history: attempts.map(attemptJson) };
}

function attemptJson({ startedAt, endedAt, request, response, failure }: Attempt) {
  return {
    startedAt: iso(startedAt),
    endedAt: iso(endedAt),
    request: { method: request.method, url: maskedTarget(request.url), headers: maskedHeaders(request.headers) },
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            headers: maskedHeaders(response.headers),
            ...bodyJson(response.body),
          },
        }),
    ...(failure === undefined ? {} : { failure }),
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
