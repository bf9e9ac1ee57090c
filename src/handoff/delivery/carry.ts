import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import { maskedTarget } from '../export/masked.ts';
import type { ServeListener } from '../serve-event.ts';
import type { StoreHealth } from '../store-health.ts';
import type { AttemptOutcome, Delivery, HandoffStore, NewAttempt, StoredEvent } from '../store/handoff-store.ts';
import { outcomeInOutage, outcomeOf, type Judged } from './attempt-outcome.ts';
import type { DeliveryPace } from './delivery-pace.ts';
import type { FarSides } from './far-sides.ts';
import { forwardKinds } from './forward-routes.ts';
import type { Forwarded, Forwarder } from './forward.ts';
import { shownBy } from './reachability.ts';

export interface CarryPorts {
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly forwarder: Forwarder;
  readonly farSides: FarSides;
  readonly clock: Clock;
  readonly pace: DeliveryPace;
  readonly listener: ServeListener;
  /** Names this process to the store. */
  readonly owner: string;
}

/** Before what happened is written down again, in milliseconds. */
const writeAgainMs = 1000;

/**
 * Makes one attempt at a delivery that this process holds, and writes down what came of it.
 * @param stop ends the attempt: its reason is an Error, and is told. What was cut off is due again at once.
 */
export async function carry(delivery: Delivery, stop: AbortSignal, ports: CarryPorts): Promise<void> {
  const { store, health, listener } = ports;
  const event = await health.tried('read', () => store.event(delivery.eventId));
  // The store failed, or has forgotten the event: the lease runs out, and it is tried again if it is still there.
  if (event === undefined) return;
  const forwarded = await attemptAt(delivery, event, stop, ports);
  const judged = judgedOf(delivery, event, forwarded, stop, ports);
  const isWritten = await writeDown(delivery, forwarded.attempt, judged, stop, ports);
  tell(delivery, event, forwarded, isWritten ? judged : undefined, listener);
}

function judgedOf(
  delivery: Delivery,
  event: StoredEvent,
  forwarded: Forwarded,
  stop: AbortSignal,
  { clock, pace, farSides }: CarryPorts,
): Judged {
  const cutOff = stop.aborted && forwarded.farSide === 'silent';
  if (cutOff) return { state: 'pending', nextAttemptAt: clock.now(), counted: true };
  const until = forwarded.farSide === 'refused' ? undefined : farSides.note(delivery, shownBy(forwarded));
  if (until === undefined) return outcomeOf(forwarded, delivery.attempts + 1, clock, pace);
  const judged = outcomeInOutage(forwarded, until, event.receivedAt, pace);
  if (judged.state === 'dead') farSides.noteGivenUp(delivery.target);
  return judged;
}

async function attemptAt(
  delivery: Delivery,
  event: StoredEvent,
  stop: AbortSignal,
  { forwarder, clock }: CarryPorts,
): Promise<Forwarded> {
  if (forwardKinds.some((kind) => kind === delivery.kind)) return forwarder.forward(event, delivery, stop);
  const now = clock.now();
  const request = { method: 'POST', url: delivery.target, headers: [] };
  const failure = `this version of opencx-sf does not know deliveries of the kind ${delivery.kind}`;
  return { attempt: { startedAt: now, endedAt: now, request, failure }, farSide: 'refused' };
}

/**
 * What is not written down would be done a second time, so it is tried for as long as this process runs.
 * @returns whether the store took it: not if another process had taken over
 */
async function writeDown(
  delivery: Delivery,
  attempt: NewAttempt,
  judged: Judged,
  stop: AbortSignal,
  { store, health, clock, owner }: CarryPorts,
): Promise<boolean> {
  const outcome: AttemptOutcome = judged.state === 'dead' ? { state: 'dead' } : judged;
  for (;;) {
    const written = await health.tried('finish', () => store.finish(delivery.id, owner, attempt, outcome));
    if (written !== undefined) return written;
    if (stop.aborted) return false;
    await sleepUnlessAborted(clock, writeAgainMs, stop);
  }
}

/** @param judged undefined if this process no longer decides */
function tell(
  delivery: Delivery,
  event: StoredEvent,
  { attempt }: Forwarded,
  judged: Judged | undefined,
  listener: ServeListener,
): void {
  const facts = {
    at: attempt.endedAt,
    eventId: event.id,
    deliveryId: delivery.id,
    name: event.name,
    orderKey: event.orderKey,
    replayOf: event.replayOf,
    target: maskedTarget(delivery.target),
    attempt: delivery.attempts + 1,
  };
  const status = attempt.response?.status;
  listener({
    type: 'attempt',
    ...facts,
    tookMs: attempt.endedAt - attempt.startedAt,
    status,
    failure: attempt.failure,
    nextAttemptAt: judged?.state === 'pending' ? judged.nextAttemptAt : undefined,
    counted: judged?.state !== 'pending' || judged.counted,
  });
  if (judged?.state === 'delivered' && status !== undefined) {
    listener({ type: 'delivered', ...facts, status, afterMs: attempt.endedAt - event.receivedAt });
  }
  if (judged?.state === 'dead') listener({ type: 'dead', ...facts, reason: judged.reason });
}
