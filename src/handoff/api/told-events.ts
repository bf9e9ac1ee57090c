import type { HandoffStore, StoredEvent } from '../store/handoff-store.ts';
import { sessionEventNames } from '../session/session-event.ts';
import type { ToldItem, ToldPage } from './schema/told-event.ts';

export interface ToldWish {
  /** Of one session alone. */
  readonly orderKey: string | undefined;
  readonly after: number;
  /** So many events at most. */
  readonly limit: number;
}

/**
 * What was told after a sequence, the oldest first. A replay is left out: it goes to one target once more, may have been edited into
 * anything, and tells nothing new.
 */
export async function readTold(store: HandoffStore, { orderKey, after, limit }: ToldWish): Promise<ToldPage> {
  // Asked first: up to there nothing is missed of what is read then, and it need not be looked at again.
  const newest = await store.newestSequence();
  // One more than is told shows whether there are more.
  const found = await store.events({
    after,
    names: sessionEventNames,
    ...(orderKey === undefined ? {} : { orderKey }),
    limit: limit + 1,
  });
  const read = found.slice(0, limit);
  const events = read.filter(({ replayOf }) => replayOf === undefined).map(itemOf);
  const last = read.at(-1)?.sequence ?? after;
  return found.length > limit
    ? { events, after: last, more: true }
    : { events, after: Math.max(last, newest), more: false };
}

function itemOf({ sequence, id, body }: StoredEvent): ToldItem {
  return { sequence, eventId: id, data: JSON.parse(new TextDecoder().decode(body)) as ToldItem['data'] };
}
