import type { TranscriptEntry } from '../conversation-event.ts';

/** The entries of a conversation, each once, in the order of the org. */
export interface Transcript {
  /** @returns false if the entry was there */
  add(entryId: string, events: readonly TranscriptEntry[]): boolean;
  /**
   * The org has listed these entries one after another. It is the truth about entries of the same millisecond, which events
   * may bring in another order.
   */
  order(entryIds: readonly string[]): void;
  hasMessage(messageId: string): boolean;
  /** Time of the latest entry, in milliseconds since 1970. */
  latest(): number | undefined;
  entries(): readonly TranscriptEntry[];
}

interface Place {
  readonly at: number;
  rank: number;
  readonly events: readonly TranscriptEntry[];
}

export function emptyTranscript(): Transcript {
  const places = new Map<string, Place>();
  const messages = new Set<string>();
  let sorted: readonly TranscriptEntry[] | undefined;
  let latest: number | undefined;
  let nextRank = 0;

  return {
    add: (entryId, events) => {
      const [first] = events;
      if (first === undefined || places.has(entryId)) return false;
      places.set(entryId, { at: first.at, rank: (nextRank += 1), events });
      for (const event of events) if (event.type === 'message') messages.add(event.messageId).add(event.entryId);
      latest = Math.max(latest ?? first.at, first.at);
      sorted = undefined;
      return true;
    },
    order: (entryIds) => {
      for (const entryId of entryIds) {
        const place = places.get(entryId);
        if (place !== undefined) place.rank = nextRank += 1;
      }
      sorted = undefined;
    },
    hasMessage: (messageId) => messages.has(messageId),
    latest: () => latest,
    entries: () => {
      sorted ??= [...places.values()].sort((a, b) => a.at - b.at || a.rank - b.rank).flatMap(({ events }) => events);
      return sorted;
    },
  };
}
