import { OpencxError } from '../../errors/opencx-error.ts';
import type { ConversationEvent } from './conversation-event.ts';
import type { EventQueue } from './event-queue.ts';

/** Whether a conversation is still followed, and why not. */
export interface Life {
  /** Aborts when it ends; all that waits for the conversation hangs on it. */
  readonly signal: AbortSignal;
  /** Ends it as wanted; the reader's iteration ends too. */
  end(): void;
  /** Ends it with an error, which the reader gets. What fails because it was ended already is no failure. */
  fail(error: unknown): void;
  /** @throws what ended it; OpencxError INTERRUPTED if that was wanted */
  check(): void;
  /** Runs what hangs on it. @throws what ended it in the place of the interruption that this caused · as `work` does */
  during<T>(work: () => Promise<T>): Promise<T>;
}

export function conversationLife(queue: EventQueue<ConversationEvent>): Life {
  const controller = new AbortController();
  let failure: { readonly error: unknown } | undefined;
  return {
    signal: controller.signal,
    end: () => {
      queue.end();
      controller.abort();
    },
    fail: (error) => {
      if (controller.signal.aborted) return;
      failure = { error };
      queue.fail(error);
      controller.abort();
    },
    during: async (work) => {
      try {
        return await work();
      } catch (error) {
        if (failure !== undefined && error instanceof OpencxError && error.code === 'INTERRUPTED') throw failure.error;
        throw error;
      }
    },
    check: () => {
      if (failure !== undefined) throw failure.error;
      if (controller.signal.aborted) {
        throw new OpencxError('INTERRUPTED', { message: 'The conversation is not followed any more.' });
      }
    },
  };
}
