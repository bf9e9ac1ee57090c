import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import type { Conversation } from '../../messaging/conversation/conversation.ts';
import type { ConversationEvent } from '../../messaging/conversation/conversation-event.ts';

/** All that has happened in a conversation so far, and what is still to come. */
export interface EventLog {
  readonly events: readonly ConversationEvent[];
  /**
   * The first event that fits, also if it came before.
   * @param withinMs how long to wait for it
   * @returns undefined when the time is over
   * @throws what ended the conversation; AbortError once the signal aborts
   */
  first<E extends ConversationEvent>(
    fits: (event: ConversationEvent) => event is E,
    withinMs: number,
    signal?: AbortSignal,
  ): Promise<E | undefined>;
}

/** Begins to read a conversation, which has one reader alone. It ends with the conversation. */
export function readConversation(conversation: Conversation, clock: Clock): EventLog {
  const events: ConversationEvent[] = [];
  let ended: { error: unknown } | undefined;
  let changed = Promise.withResolvers<void>();
  const tell = (): void => {
    const { resolve } = changed;
    changed = Promise.withResolvers();
    resolve();
  };
  const read = async (): Promise<void> => {
    try {
      for await (const event of conversation) {
        events.push(event);
        tell();
      }
    } catch (error) {
      ended = { error };
    }
    tell();
  };
  void read();

  return {
    events,
    first: async (fits, withinMs, signal) => {
      const over = new AbortController();
      const until = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
      let timeIsUp = false;
      const wait = async (): Promise<void> => {
        await sleepUnlessAborted(clock, withinMs, until);
        timeIsUp = true;
      };
      const timer = wait();
      try {
        for (;;) {
          const event = events.find(fits);
          if (event !== undefined) return event;
          if (ended !== undefined) throw ended.error;
          signal?.throwIfAborted();
          if (timeIsUp) return undefined;
          await Promise.race([changed.promise, timer]);
        }
      } finally {
        over.abort();
      }
    },
  };
}
