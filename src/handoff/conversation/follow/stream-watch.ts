import { sleepUnlessAborted, type Clock } from '../../../clock.ts';
import type { ServeListener } from '../../serve-event.ts';

/** Tells which event streams are lost, and whether Live Messaging as a whole is. */
export interface StreamWatch {
  /** @param isAway it is Salesforce, or the way there, that failed; not a refusal of this one conversation */
  isLost(sessionId: string, reason: string, isAway: boolean): void;
  isBack(sessionId: string): void;
  /** It is not followed here any more. */
  isLeft(sessionId: string): void;
  close(): void;
}

interface Lost {
  /** Milliseconds since 1970. */
  readonly since: number;
  isTold: boolean;
}

/**
 * A stream that comes back within a short while is not told: networks do that. Once none is left, that is told at once, and once,
 * as it is Salesforce's side or the way there, and not a conversation.
 * @param graceMs that short while, in milliseconds
 */
export function watchStreams(listener: ServeListener, clock: Clock, graceMs: number): StreamWatch {
  const lost = new Map<string, Lost>();
  const good = new Set<string>();
  const closing = new AbortController();
  let awaySince: number | undefined;

  async function tellUnlessBack(sessionId: string, one: Lost, reason: string): Promise<void> {
    await sleepUnlessAborted(clock, graceMs, closing.signal);
    if (closing.signal.aborted || lost.get(sessionId) !== one || awaySince !== undefined) return;
    one.isTold = true;
    listener({ type: 'stream-lost', at: one.since, sessionId, reason });
  }

  return {
    isLost: (sessionId, reason, isAway) => {
      good.delete(sessionId);
      if (!lost.has(sessionId)) {
        const one: Lost = { since: clock.now(), isTold: false };
        lost.set(sessionId, one);
        void tellUnlessBack(sessionId, one, reason);
      }
      if (!isAway || good.size > 0 || awaySince !== undefined) return;
      awaySince = Math.min(...[...lost.values()].map(({ since }) => since));
      listener({ type: 'messaging-lost', since: awaySince, conversations: lost.size, reason });
    },
    isBack: (sessionId) => {
      const one = lost.get(sessionId);
      lost.delete(sessionId);
      good.add(sessionId);
      const at = clock.now();
      if (one?.isTold === true) listener({ type: 'stream-resumed', at, sessionId, since: one.since });
      if (awaySince === undefined) return;
      listener({ type: 'messaging-resumed', at, since: awaySince });
      awaySince = undefined;
    },
    isLeft: (sessionId) => {
      lost.delete(sessionId);
      good.delete(sessionId);
    },
    close: () => closing.abort(),
  };
}
