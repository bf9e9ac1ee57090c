import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import { isOwnPlace } from '../export/own-place.ts';
import type { ServeEvent } from '../serve-event.ts';
import { openStreamNews, type Failing } from './stream-news.ts';

/** How something is doing that `serve` depends on. */
export interface LinkHealth {
  /** Of a far side its origin. */
  readonly name: string;
  /** Undefined while it works. */
  readonly failing: Failing | undefined;
}

/** What has changed since the last time, for pages that look. */
export interface Change {
  /** Ids of events; more than are told have changed where `all` is set. */
  readonly events: readonly string[];
  readonly all: boolean;
}

export interface Follower {
  /** Waits for the next change. @returns an empty one if nothing changed for a while, undefined once it is over */
  next(): Promise<Change | undefined>;
  leave(): void;
}

export interface ServeNews {
  hear(event: ServeEvent): void;
  farSides(): readonly LinkHealth[];
  store(): LinkHealth;
  /** The event streams of conversations; undefined while nothing was heard of them. */
  streams(): LinkHealth | undefined;
  /** @returns undefined if as many follow as may */
  follow(): Follower | undefined;
  close(): void;
}

/** Pages that are open at a time. */
const mostFollowers = 32;
/** Events come in bursts, which are told as one change. */
const gatherMs = 60;
/** After so long something is said all the same, so that a connection that is gone is noticed. */
const heartbeatMs = 15_000;
const mostIds = 100;

/** Hears what `serve` tells of itself, knows how its links are doing, and tells those who follow that something has changed. */
export function openServeNews(clock: Clock): ServeNews {
  const followers = new Set<{ tell(eventId: string | undefined): void; end(): void }>();
  const farSides = new Map<string, LinkHealth['failing']>();
  const streams = openStreamNews();
  let storeFailing: LinkHealth['failing'];
  let isOver = false;

  function noteHealth(event: ServeEvent): void {
    if (event.type === 'far-side-down')
      farSides.set(originOf(event.target), { since: event.since, reason: event.reason });
    if (event.type === 'far-side-up') farSides.set(originOf(event.target), undefined);
    // Nothing else says that one works which never failed.
    if (event.type === 'attempt' && !isOwnPlace(event.target) && !farSides.has(originOf(event.target)))
      farSides.set(originOf(event.target), undefined);
    if (event.type === 'store-failing') storeFailing = { since: event.since, reason: event.reason };
    if (event.type === 'store-working') storeFailing = undefined;
  }

  function follow(): Follower | undefined {
    if (isOver || followers.size >= mostFollowers) return undefined;
    const ids = new Set<string>();
    const left = new AbortController();
    let news = new AbortController();
    const me = {
      tell: (eventId: string | undefined) => {
        if (eventId !== undefined && ids.size <= mostIds) ids.add(eventId);
        news.abort();
      },
      end: () => {
        followers.delete(me);
        left.abort();
      },
    };
    followers.add(me);
    return {
      next: async () => {
        await sleepUnlessAborted(clock, heartbeatMs, AbortSignal.any([news.signal, left.signal]));
        if (news.signal.aborted) await sleepUnlessAborted(clock, gatherMs, left.signal);
        if (left.signal.aborted) return undefined;
        news = new AbortController();
        const events = [...ids];
        ids.clear();
        return { events: events.slice(0, mostIds), all: events.length > mostIds };
      },
      leave: me.end,
    };
  }

  return {
    hear: (event) => {
      noteHealth(event);
      streams.hear(event);
      for (const follower of followers) follower.tell('eventId' in event ? event.eventId : undefined);
    },
    farSides: () => [...farSides].map(([name, failing]) => ({ name, failing })),
    store: () => ({ name: 'store', failing: storeFailing }),
    streams: () => {
      const health = streams.health();
      return health === undefined ? undefined : { name: 'event streams', ...health };
    },
    follow,
    close: () => {
      isOver = true;
      for (const follower of followers) follower.end();
    },
  };
}

function originOf(target: string): string {
  return URL.parse(target)?.origin ?? target;
}
