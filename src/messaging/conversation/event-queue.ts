/** Events that wait for their one reader. */
export interface EventQueue<T> extends AsyncIterable<T> {
  push(event: T): void;
  /** No more will come. What was pushed is still read. */
  end(): void;
  /** As `end`, but the reader then gets the error. */
  fail(error: unknown): void;
}

export function eventQueue<T>(): EventQueue<T> {
  let events: T[] = [];
  let ended: { error?: unknown } | undefined;
  let wake: (() => void) | undefined;

  const end = (how: { error?: unknown }) => {
    ended ??= how;
    wake?.();
  };
  return {
    push: (event) => {
      if (ended !== undefined) return;
      events.push(event);
      wake?.();
    },
    end: () => end({}),
    fail: (error) => end({ error }),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const ready = events;
        events = [];
        yield* ready;
        if (events.length > 0) continue;
        if (ended !== undefined) {
          if ('error' in ended) throw ended.error;
          return;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    },
  };
}
