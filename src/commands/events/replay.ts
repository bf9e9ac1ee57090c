import { randomUUID } from 'node:crypto';

import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { forwardKinds, type ForwardKind } from '../../handoff/delivery/forward-routes.ts';
import { readHistories, type EventHistory } from '../../handoff/export/event-history.ts';
import { isOwnPlace } from '../../handoff/export/own-place.ts';
import { selectEvents, type EventSelection } from '../../handoff/export/select-events.ts';
import { awaitOutcome } from '../../handoff/replay/await-outcome.ts';
import { readBodyEdit } from '../../handoff/replay/edit-body.ts';
import { replayEvent, sameTargets } from '../../handoff/replay/replay-event.ts';
import { withoutRepeated } from '../../handoff/replay/without-repeated.ts';
import { checkTargetUrl } from '../../handoff/security/target-guard.ts';
import type { HandoffStore, NewDelivery, NewEvent, StoredEvent } from '../../handoff/store/handoff-store.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { parseDuration } from '../duration.ts';
import { findRunningServe } from '../serve/running-serve.ts';
import { openExistingStore, storePlace } from '../serve/store-place.ts';
import { eventContract } from './event-contract.ts';
import { eventFilter, wholeSession } from './event-filter.ts';
import { historyJson } from '../../handoff/export/event-json.ts';
import { findEvent } from './find-event.ts';
import type { EventsReplayFlags } from './flags.ts';
import { replaysText } from './present-replays.ts';
import type { EventsReplayResult } from './result-schema.ts';

/** Replays of one command, at most: more are a slip of the filter. */
const mostReplays = 1000;

/** `events replay`: events once more, edited or not; waits for the outcome. */
export async function eventsReplayHandler(
  context: CommandContext,
  flags: EventsReplayFlags,
): Promise<CommandResult<EventsReplayResult>> {
  const { clock } = context;
  const waitMs = parseDuration(flags.wait, '--wait', 's');
  const edits = (flags.set ?? []).map(readBodyEdit);
  const named = [...new Set((flags.to ?? []).map((url) => checkTargetUrl(url, '--to').href))];
  const contract = await eventContract(context, flags);
  const selection = eventFilter(context, contract, flags);
  refuseUnclearChoice(flags.ids, selection);
  const place = storePlace(context, flags);
  const store = await openExistingStore(context, place);
  const events =
    flags.ids.length > 0
      ? await Promise.all([...new Set(flags.ids)].map((id) => findEvent(store, id)))
      : await selected(selectEvents(store, contract, await wholeSession(store, selection)), store, selection);
  // All are made before any is put into the store: an edit that does not fit the last of them is a mistake of all.
  const replays: [NewEvent, NewDelivery[]][] = [];
  for (const event of events) {
    const replay = replayEvent(event, edits, `replay-${randomUUID()}`, clock.now());
    replays.push([replay, await targetsOf(store, event, named)]);
  }
  const accepted: StoredEvent[] = [];
  for (const [event, deliveries] of replays) accepted.push((await store.accept(event, deliveries)).event);

  const running = await findRunningServe(place);
  const ids = accepted.map(({ id }) => id);
  const ended = await delivered(context, store, ids, { waitMs, here: running === undefined });
  const histories = await readHistories(store, accepted);
  const result: EventsReplayResult = {
    deliveredBy: running !== undefined ? 'serve' : waitMs > 0 ? 'this command' : 'nobody yet',
    replays: histories.map((history) => historyJson(contract, history)),
  };
  const dead = histories.filter(({ deliveries }) =>
    deliveries.some(({ delivery }) => delivery.state === 'dead'),
  ).length;
  const text = replaysText(context, result.replays);
  if (dead > 0) {
    const error = notDelivered(dead, accepted.length);
    return { status: 'error', exitCode: error.exitCode, result, warnings: [], text, error };
  }
  if (ended || waitMs === 0) return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
  const error = stillWaiting(running !== undefined, histories.some(waitsForSalesforce));
  return { status: 'pending', exitCode: error.exitCode, result, warnings: [], text, error };
}

/** @throws OpencxError USAGE */
function refuseUnclearChoice(ids: readonly string[], selection: EventSelection): void {
  const filtered = Object.keys(selection).length > 0;
  if (ids.length > 0 !== filtered) return;
  throw new OpencxError('USAGE', {
    message: filtered
      ? 'Ids and filters exclude each other: ids are events already.'
      : 'Nothing says which events: give ids, or a filter such as --state dead.',
  });
}

/** In the order in which they came in. */
async function selected(
  found: AsyncIterable<StoredEvent>,
  store: HandoffStore,
  { state }: EventSelection,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of found) {
    if (events.length === mostReplays) {
      throw new OpencxError('USAGE', {
        message: `More than ${mostReplays} events fit; nothing was replayed.`,
        nextSteps: ['Narrow the filter, e.g. by --since; opencx-sf events list shows what fits.'],
      });
    }
    events.push(event);
  }
  events.reverse();
  if (events.length > 0) return state === 'dead' ? await withoutRepeated(store, events) : events;
  throw new OpencxError('EVENT_NOT_FOUND', { message: 'No event fits; nothing was replayed.' });
}

async function targetsOf(store: HandoffStore, event: StoredEvent, named: readonly string[]): Promise<NewDelivery[]> {
  if (named.length > 0) return named.map((target) => ({ kind: 'forward-once' satisfies ForwardKind, target }));
  const targets = sameTargets(await store.deliveries([event.id]));
  if (targets.length > 0) return targets;
  throw new OpencxError('USAGE', {
    message: `Event ${event.id} was only recorded, so there is no place where it went.`,
    nextSteps: ['Name one: --to http://localhost:3000/webhooks'],
  });
}

interface DeliveryWish {
  readonly waitMs: number;
  /** Nobody else delivers. */
  readonly here: boolean;
}

/** @returns whether all deliveries have ended */
async function delivered(
  { clock, signal, terminal }: CommandContext,
  store: HandoffStore,
  ids: readonly string[],
  { waitMs, here }: DeliveryWish,
): Promise<boolean> {
  if (waitMs === 0) return false;
  if (!here) return await awaitOutcome(store, ids, waitMs, clock, signal);
  const { deliverHere } = await import('../../handoff/delivery/deliver-here.ts');
  const others = new Set<string>();
  const worker = deliverHere(store, clock, (event) => {
    if (event.type === 'delivered' && !ids.includes(event.eventId)) others.add(event.eventId);
  });
  try {
    return await awaitOutcome(store, ids, waitMs, clock, signal, forwardKinds);
  } finally {
    await worker.close();
    const { size } = others;
    if (size > 0) {
      terminal.note(
        `${size} ${size === 1 ? 'event' : 'events'} that waited in the store ${size === 1 ? 'was' : 'were'} delivered as well.`,
      );
    }
  }
}

function notDelivered(dead: number, all: number): OpencxError {
  return new OpencxError('NOT_DELIVERED', {
    message: `${dead} of ${all} ${all === 1 ? 'replay' : 'replays'} did not arrive; the answers are above.`,
    nextSteps: ['Mend the far side, then replay again.'],
  });
}

/** What only a `serve` that is connected to an org can carry. */
function waitsForSalesforce({ deliveries }: EventHistory): boolean {
  return deliveries.some(
    ({ delivery: { kind, target, state } }) =>
      !forwardKinds.some((forward) => forward === kind) && !isOwnPlace(target) && state !== 'delivered',
  );
}

function stillWaiting(serves: boolean, toSalesforce: boolean): OpencxError {
  return new OpencxError('STILL_WAITING', {
    message: toSalesforce
      ? 'What goes to Salesforce has not arrived yet.'
      : 'The wait is over, and not every replay has arrived yet.',
    nextSteps: [
      ...(toSalesforce
        ? ['A serve carries it that is connected to the org: opencx-sf serve --target-org <name>, without --read-only.']
        : []),
      serves
        ? 'The serve that runs goes on with them: opencx-sf events list --state pending'
        : 'They stay in the store: opencx-sf serve goes on with them.',
    ],
  });
}
