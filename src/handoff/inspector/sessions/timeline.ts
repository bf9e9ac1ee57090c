import type { WebhookContract } from '../../../blueprint/webhook-contract.ts';
import { readHistories, type EventHistory } from '../../export/event-history.ts';
import { summaryJson } from '../../export/event-json.ts';
import { maskedTarget } from '../../export/masked.ts';
import { isOwnPlace } from '../../export/own-place.ts';
import { orderKeyOf, type Session } from '../../session/session.ts';
import type { HandoffStore, StoredEvent } from '../../store/handoff-store.ts';
import type { TimelineEntry } from './session-schema.ts';

/** Events that are read at a time, bodies and all. */
const pageSize = 20;

/** What happened with a session on both sides, the oldest first. */
export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  /** Whether older events are left out. */
  readonly more: boolean;
}

/**
 * Puts into one order what OpenCX gave for a session, the webhooks of its Case, what was told of it, and every attempt to carry one
 * of these on.
 * @param most so many events, the newest ones
 */
export async function sessionTimeline(
  store: HandoffStore,
  contract: WebhookContract,
  session: Session,
  most: number,
): Promise<Timeline> {
  const keys = [orderKeyOf(session.id), ...(session.caseId === undefined ? [] : [session.caseId])];
  const found: (EventFound & { readonly sequence: number })[] = [];
  for (const key of keys) for await (const one of newestOf(store, contract, key, most + 1)) found.push(one);
  const newest = found.toSorted((a, b) => b.sequence - a.sequence);
  const entries = newest
    .slice(0, most)
    .toReversed()
    .flatMap((one) => one.entries)
    // Sorting keeps the order of what has the same time: an event before its attempts, and by sequence.
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { entries, more: newest.length > most };
}

interface EventFound {
  readonly entries: readonly TimelineEntry[];
}

async function* newestOf(
  store: HandoffStore,
  contract: WebhookContract,
  orderKey: string,
  most: number,
): AsyncGenerator<EventFound & { sequence: number }> {
  let before: number | undefined;
  for (let left = most; left > 0; left -= pageSize) {
    const limit = Math.min(pageSize, left);
    const page: StoredEvent[] = await store.events({ orderKey, limit, ...(before === undefined ? {} : { before }) });
    for (const history of await readHistories(store, page)) {
      yield { sequence: history.event.sequence, entries: entriesOf(contract, history) };
    }
    before = page.at(-1)?.sequence;
    if (page.length < limit) return;
  }
}

function entriesOf(contract: WebhookContract, history: EventHistory): TimelineEntry[] {
  const event = summaryJson(contract, history);
  return [
    { kind: 'event', at: event.receivedAt, event },
    ...history.deliveries.flatMap((one) => attemptsOf(event, one)),
  ];
}

/** What was worked in here needs no line of its own, unless it went wrong. */
function attemptsOf(
  event: { readonly id: string; readonly event: string },
  { delivery, attempts }: EventHistory['deliveries'][number],
): TimelineEntry[] {
  return attempts.flatMap(({ startedAt, endedAt, response, failure }, index) =>
    isOwnPlace(delivery.target) && failure === undefined
      ? []
      : [
          {
            kind: 'attempt' as const,
            at: new Date(startedAt).toISOString(),
            eventId: event.id,
            event: event.event,
            target: maskedTarget(delivery.target),
            nth: index + 1,
            tookMs: endedAt - startedAt,
            ...(response === undefined ? {} : { status: response.status }),
            ...(failure === undefined ? {} : { failure }),
          },
        ],
  );
}
