import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { maskedTarget } from '../export/masked.ts';
import type { ServeListener } from '../serve-event.ts';
import type { StoreHealth } from '../store-health.ts';
import type { AttemptOutcome, Delivery, HandoffStore, StoredEvent } from '../store/handoff-store.ts';
import { outcomeInOutage, outcomeOf, type Judged } from './attempt-outcome.ts';
import type { Carried, Carrier } from './carrier.ts';
import type { DeliveryPace } from './delivery-pace.ts';
import type { FarSides } from './far-sides.ts';
import { shownBy } from './reachability.ts';

export interface CarryPorts {
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  /** One for each kind of delivery that this process carries. */
  readonly carriers: readonly Carrier[];
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
 * @param stop ends the attempt: its reason is an Error, and is told. What was cut off is due again at once, unless the far side may
 *   still be doing it.
 */
export async function carry(delivery: Delivery, stop: AbortSignal, ports: CarryPorts): Promise<void> {
  const { store, health, listener } = ports;
  const event = await health.tried('read', () => store.event(delivery.eventId));
  // The store failed, or has forgotten the event: the lease runs out, and it is tried again if it is still there.
  if (event === undefined) return;
  const carried = await attemptAt(delivery, event, stop, ports);
  const judged = judgedOf(delivery, event, carried, stop, ports);
  const isWritten = await writeDown(delivery, carried, judged, stop, ports);
  tell(delivery, event, carried, isWritten ? judged : undefined, listener);
}

function judgedOf(
  delivery: Delivery,
  event: StoredEvent,
  carried: Carried,
  stop: AbortSignal,
  { clock, pace, farSides }: CarryPorts,
): Judged {
  const cutOff = stop.aborted && carried.farSide === 'silent';
  if (cutOff) return { state: 'pending', nextAttemptAt: clock.now() + (carried.settlesMs ?? 0), counted: false };
  // However old it is: nothing could be told of its end to its session, which the attempt after this one can.
  if (carried.farSide === 'unasked')
    return { state: 'pending', nextAttemptAt: untilStoreWorks(event, clock, pace), counted: false };
  const until = carried.farSide === 'refused' ? undefined : farSides.note(delivery, shownBy(carried));
  if (until === undefined) return outcomeOf(carried, delivery.attempts + 1, clock, pace);
  const judged = outcomeInOutage(carried, until, event.receivedAt, pace);
  if (judged.state === 'dead') farSides.noteGivenUp(delivery.target);
  return judged;
}

/** Ever later, the longer it waits. */
function untilStoreWorks({ receivedAt }: StoredEvent, clock: Clock, { outageDelaysMs }: DeliveryPace): number {
  const now = clock.now();
  return now + Math.min(Math.max(writeAgainMs, now - receivedAt), outageDelaysMs.at(-1) ?? writeAgainMs);
}

/**
 * A carrier that throws has a bug, unless the store failed it: it is told as a failure, so that the delivery is tried again and then
 * waits for a person.
 */
async function attemptAt(
  delivery: Delivery,
  event: StoredEvent,
  stop: AbortSignal,
  { carriers, clock }: CarryPorts,
): Promise<Carried> {
  const startedAt = clock.now();
  try {
    const carrier = carriers.find(({ kinds }) => kinds.includes(delivery.kind));
    if (carrier === undefined) throw new Error(`nothing carries deliveries of the kind ${delivery.kind}`);
    return await carrier.carry(event, delivery, stop);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    const request = { method: 'POST', url: delivery.target, headers: [] };
    const isStores = error instanceof OpencxError && error.category === 'store';
    return {
      attempt: { startedAt, endedAt: clock.now(), request, failure },
      farSide: isStores ? 'unasked' : 'silent',
    };
  }
}

/**
 * What is not written down would be done a second time, so it is tried for as long as this process runs.
 * @returns whether the store took it: not if another process had taken over
 */
async function writeDown(
  delivery: Delivery,
  { attempt, change }: Carried,
  judged: Judged,
  stop: AbortSignal,
  { store, health, clock, owner }: CarryPorts,
): Promise<boolean> {
  const outcome: AttemptOutcome = judged.state === 'dead' ? { state: 'dead' } : judged;
  for (;;) {
    const written = await health.tried('finish', () =>
      store.finish(delivery.id, owner, attempt, outcome, change?.(judged)),
    );
    if (written !== undefined) return written;
    if (stop.aborted) return false;
    await sleepUnlessAborted(clock, writeAgainMs, stop);
  }
}

/** @param judged undefined if this process no longer decides */
function tell(
  delivery: Delivery,
  event: StoredEvent,
  { attempt }: Carried,
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
