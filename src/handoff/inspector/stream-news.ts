import type { ServeEvent } from '../serve-event.ts';

/** Since when something fails, in milliseconds since 1970, and why. */
export interface Failing {
  readonly since: number;
  readonly reason: string;
}

export interface StreamNews {
  hear(event: ServeEvent): void;
  /** How the event streams of conversations are doing; undefined while nothing was heard of them. */
  health(): { readonly failing: Failing | undefined } | undefined;
}

/** Knows which event streams of Live Messaging are lost: all of them, or those of single conversations. */
export function openStreamNews(): StreamNews {
  const lost = new Map<string, Failing>();
  let allLost: Failing | undefined;
  let isHeardOf = false;

  function hear(event: ServeEvent): void {
    switch (event.type) {
      case 'messaging-lost':
        allLost = { since: event.since, reason: `${event.conversations} not followed: ${event.reason}` };
        break;
      case 'messaging-resumed':
        allLost = undefined;
        break;
      case 'stream-lost':
        lost.set(event.sessionId, { since: event.at, reason: event.reason });
        break;
      case 'stream-resumed':
        lost.delete(event.sessionId);
        break;
      case 'told':
        // Nobody follows a conversation that has ended.
        if (event.state === 'resolved' || event.state === 'failed') lost.delete(event.sessionId);
        return;
      default:
        return;
    }
    isHeardOf = true;
  }

  function longestLost(): Failing | undefined {
    const [first] = [...lost].toSorted(([, a], [, b]) => a.since - b.since);
    if (first === undefined) return undefined;
    const [sessionId, { since, reason }] = first;
    const others = lost.size === 1 ? '' : ` and ${lost.size - 1} more`;
    return { since, reason: `session ${sessionId}${others}: ${reason}` };
  }

  return { hear, health: () => (isHeardOf ? { failing: allLost ?? longestLost() } : undefined) };
}
