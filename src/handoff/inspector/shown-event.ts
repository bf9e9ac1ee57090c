import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import { caseFacts } from '../export/case-facts.ts';
import type { EventHistory } from '../export/event-history.ts';
import { maskedHeaders, maskedTarget } from '../export/masked.ts';
import type { Attempt, Delivery, StoredEvent, StoredRejection } from '../store/handoff-store.ts';
import type { EventShown, RejectionsShown, SummaryShown } from './shown-schema.ts';

/** An event as the list has it. Texts are as they came: the page makes nothing but text of them. */
export function shownSummary(contract: WebhookContract, { event, deliveries }: EventHistory): SummaryShown {
  const state = worstState(deliveries.map(({ delivery }) => delivery.state));
  return { ...facts(contract, event), state, deliveries: deliveries.map(({ delivery }) => shownDelivery(delivery)) };
}

/** An event with all that became of it; secrets of header fields and URLs are left out. */
export function shownEvent(contract: WebhookContract, history: EventHistory): EventShown {
  const { event, deliveries } = history;
  return {
    ...shownSummary(contract, history),
    headers: maskedHeaders(event.headers),
    body: shownBytes(event.body),
    deliveries: deliveries.map(({ delivery, attempts }) => ({
      ...shownDelivery(delivery),
      history: attempts.map(shownAttempt),
    })),
  };
}

export function shownRejection(rejection: StoredRejection): RejectionsShown['rejections'][number] {
  const { id, receivedAt, status, reason, headers, body } = rejection;
  return { id, receivedAt, status, reason, headers: maskedHeaders(headers), body: shownBytes(body) };
}

/** What a person has to see first. */
const worstFirst: readonly string[] = ['dead', 'delivering', 'pending', 'replaced'];

function worstState(present: readonly Delivery['state'][]): string {
  return worstFirst.find((state) => present.some((one) => one === state)) ?? present[0] ?? 'recorded';
}

function facts(contract: WebhookContract, event: StoredEvent) {
  const { id, sequence, receivedAt, name, orderKey, deliveryId, duplicates, body, replayOf } = event;
  return {
    id,
    sequence,
    receivedAt,
    event: Object.entries(contract.events).find(([known]) => known === name)?.[1] ?? name,
    caseId: orderKey,
    ...caseFacts(contract, body),
    deliveryId,
    duplicates,
    bytes: body.length,
    ...(replayOf === undefined ? {} : { replayOf }),
  };
}

function shownDelivery({ id, target, state, attempts, nextAttemptAt, replacedBy }: Delivery) {
  return {
    id,
    target: maskedTarget(target),
    state,
    attempts,
    ...(state === 'pending' ? { nextAttemptAt } : {}),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
}

function shownAttempt({ startedAt, endedAt, request, response, failure }: Attempt) {
  return {
    startedAt,
    endedAt,
    request: { method: request.method, url: maskedTarget(request.url), headers: maskedHeaders(request.headers) },
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            headers: maskedHeaders(response.headers),
            body: shownBytes(response.body),
          },
        }),
    ...(failure === undefined ? {} : { failure }),
  };
}

function shownBytes(bytes: Uint8Array): { text: string } | { base64: string } {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text).equals(bytes) ? { text } : { base64: Buffer.from(bytes).toString('base64') };
}
