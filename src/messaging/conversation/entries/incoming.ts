import type { Clock } from '../../../clock.ts';
import type { EntriesQuery } from '../../api/messaging-api.ts';
import { streamDataSchema, type Entry } from '../../api/schemas.ts';
import { backFill } from './back-fill.ts';
import type { ConversationEvent, EntryFacts, TranscriptEntry } from '../conversation-event.ts';
import { inTurn } from '../in-turn.ts';
import { readEntry } from './read-entry.ts';
import { emptyTranscript } from './transcript.ts';

/** What comes in of one conversation, by whatever way, told once. */
export interface Incoming {
  /** Takes an event of the stream; those of other conversations of the same token are left out. */
  fromStream(name: string, data: string): Promise<void>;
  /**
   * Reads the entries that the org has since the last reading, and tells those that are new.
   * @param history whether they were there before this side came
   * @returns how many were new
   */
  sync(history?: boolean): Promise<number>;
  entries(): readonly TranscriptEntry[];
  hasMessage(messageId: string): boolean;
  /** When the conversation was closed, in milliseconds since 1970. */
  closedAt(): number | undefined;
  /** The org has closed it, whether or not it tells so. */
  closed(at: number): void;
}

interface IncomingPorts {
  readonly conversationId: string;
  readonly list: (query: EntriesQuery) => Promise<readonly Entry[]>;
  readonly emit: (event: ConversationEvent) => void;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * So far before the last known entry a reading begins: an entry may get its time before another and be listed after it.
 * Milliseconds.
 */
const overlapMs = 60_000;
/** Passing entries are remembered for as long as a stream might send them again. */
const rememberedEntries = 500;

export function incoming({ conversationId, list, emit, clock }: IncomingPorts): Incoming {
  const transcript = emptyTranscript();
  const passed = new Set<string>();
  const turn = inTurn();
  /** Up to this time no entry is missing. What the stream brought later says nothing of what it did not bring. */
  let completeUntil: number | undefined;
  let closedAt: number | undefined;

  const passesFirst = (entryId: string): boolean => {
    if (passed.has(entryId)) return false;
    passed.add(entryId);
    if (passed.size > rememberedEntries) passed.delete(passed.values().next().value ?? entryId);
    return true;
  };

  const take = (entry: Entry, source: EntryFacts['source'], history: boolean, eventName?: string): boolean => {
    const at = entry.transcriptedTimestamp ?? entry.clientTimestamp ?? clock.now();
    const read = readEntry(
      entry,
      { ...factsOf(entry, at), source, history, late: at < (transcript.latest() ?? at) },
      eventName,
    );
    switch (read.kind) {
      case 'lasting':
        if (!transcript.add(entry.identifier, read.events)) return false;
        read.events.forEach(emit);
        return true;
      case 'passing':
        if (!history && passesFirst(entry.identifier)) emit(read.event);
        return false;
      case 'momentary':
        // Entries tell who was typing back then; an event alone tells who is.
        if (source === 'stream' && passesFirst(entry.identifier)) emit(read.event);
        return false;
      case 'unknown':
        if (passesFirst(entry.identifier)) emit(read.event);
        return false;
      case 'closed':
        closedAt ??= at;
        return false;
      case 'nothing':
        return false;
    }
  };

  return {
    fromStream: (name, data) =>
      turn(async () => {
        const read = streamDataSchema.safeParse(jsonOf(data));
        if (!read.success) emit({ type: 'unknown', name, data });
        else if (read.data.conversationId.toLowerCase() === conversationId) {
          take(read.data.conversationEntry, 'stream', false, name);
        }
      }),
    sync: (history = false) =>
      turn(async () => {
        let found = 0;
        const from = completeUntil === undefined ? undefined : completeUntil - overlapMs;
        completeUntil = await backFill(list, from, (page) => {
          for (const entry of page) if (take(entry, 'entries', history)) found += 1;
          transcript.order(page.map(({ identifier }) => identifier));
        });
        return found;
      }),
    entries: () => transcript.entries(),
    hasMessage: (messageId) => transcript.hasMessage(messageId),
    closedAt: () => closedAt,
    closed: (at) => {
      closedAt ??= at;
    },
  };
}

function factsOf(entry: Entry, at: number): Pick<EntryFacts, 'entryId' | 'at' | 'messagingSessionId'> {
  const messagingSessionId = entry.relatedRecords?.find((id) => id.startsWith('0Mw'));
  return { entryId: entry.identifier, at, messagingSessionId };
}

function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
