import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import { readTold } from '../api/told-events.ts';
import type { ToldItem } from '../api/schema/told-event.ts';
import type { ServeListener } from '../serve-event.ts';
import type { StoreHealth } from '../store-health.ts';
import type { HandoffStore } from '../store/handoff-store.ts';

export interface ToldStreamPorts {
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly clock: Clock;
  /** Hears of each event as `told`. */
  readonly listener: ServeListener;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export interface ToldStream {
  /** @param handler is called with each event that is told from now on; must not throw @returns stops that */
  subscribe(handler: (told: ToldItem) => void): () => void;
  /** Says that there may be something new. */
  poke(): void;
  /** Resolves once the signal has ended it. */
  readonly ended: Promise<void>;
}

/** Other processes that share the store say nothing to this one. */
const pollMs = 500;
const mostAtOnce = 100;

/** What is told of sessions from now on, by this process or another one of the same store: in order, and each once. */
export function openToldStream({ store, health, clock, listener, signal }: ToldStreamPorts): ToldStream {
  const handlers = new Set<(told: ToldItem) => void>();
  let nap = new AbortController();

  function tell(told: ToldItem): void {
    const { sessionId, event: name, channel, state, at } = told.data;
    listener({ type: 'told', at: Date.parse(at), eventId: told.eventId, sessionId, name, channel, state });
    for (const handler of handlers) handler(told);
  }

  /** @returns the sequence that was reached, and whether there is more; undefined while the store fails */
  async function read(after: number | undefined): Promise<{ after: number; more: boolean } | undefined> {
    if (after === undefined) {
      const newest = await health.tried('read', () => store.newestSequence());
      return newest === undefined ? undefined : { after: newest, more: false };
    }
    const page = await health.tried('read', () => readTold(store, { orderKey: undefined, after, limit: mostAtOnce }));
    for (const told of page?.events ?? []) tell(told);
    return page;
  }

  async function follow(): Promise<void> {
    let after: number | undefined;
    while (!signal.aborted) {
      nap = new AbortController();
      const reached = await read(after);
      after = reached?.after ?? after;
      if (reached?.more === true) continue;
      await sleepUnlessAborted(clock, pollMs, AbortSignal.any([nap.signal, signal]));
    }
  }

  return {
    subscribe: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    poke: () => {
      nap.abort();
    },
    ended: follow(),
  };
}
