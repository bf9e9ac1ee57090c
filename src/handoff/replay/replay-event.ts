import { OpencxError } from '../../errors/opencx-error.ts';
import type { ForwardKind } from '../delivery/forward-routes.ts';
import type { Delivery, NewDelivery, NewEvent, StoredEvent } from '../store/handoff-store.ts';
import { editBody, type BodyEdit } from './edit-body.ts';

/**
 * An event that repeats another one.
 * @param edits none: the body goes out byte for byte as it came
 * @param deliveryId a new one for the store, which would take it for a duplicate otherwise; the body keeps its own
 * @param now milliseconds since 1970
 * @throws OpencxError USAGE of an edit
 */
export function replayEvent(event: StoredEvent, edits: readonly BodyEdit[], deliveryId: string, now: number): NewEvent {
  const { name, orderKey, headers, body, id } = event;
  return {
    receivedAt: now,
    name,
    deliveryId,
    orderKey,
    headers,
    body: edits.length === 0 ? body : edited(body, edits),
    replayOf: id,
  };
}

/** Where an event went, each place once. A person names these places by asking for the replay. */
export function sameTargets(deliveries: readonly Delivery[]): NewDelivery[] {
  const kindOf = (kind: string) =>
    kind === ('forward' satisfies ForwardKind) ? ('forward-once' satisfies ForwardKind) : kind;
  const places = new Map(deliveries.map(({ kind, target }) => [target, { kind: kindOf(kind), target }]));
  return [...places.values()];
}

function edited(body: Uint8Array, edits: readonly BodyEdit[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(editBody(parsed(body), edits)));
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new OpencxError('USAGE', { message: 'The body of the event is no JSON; it cannot be edited.', cause: error });
  }
}
