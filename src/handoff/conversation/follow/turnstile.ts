/** Lets so many through at a time; the others wait in the order in which they came. */
export interface Turnstile {
  /** Waits for a place. @returns what gives it back; to be called once. Undefined if `signal` aborted before */
  enter(signal: AbortSignal): Promise<(() => void) | undefined>;
  /** Places that nobody has or waits for; never below 0. */
  free(): number;
}

export function turnstile(places: number): Turnstile {
  const waiting = new Set<() => void>();
  let taken = 0;

  /** The place goes on to the one who waits the longest. */
  function leave(): void {
    const [next] = waiting;
    if (next === undefined) taken -= 1;
    else next();
  }

  function wait(signal: AbortSignal): Promise<(() => void) | undefined> {
    return new Promise((resolve) => {
      const goAway = (): void => {
        waiting.delete(take);
        resolve(undefined);
      };
      const take = (): void => {
        waiting.delete(take);
        signal.removeEventListener('abort', goAway);
        resolve(leave);
      };
      waiting.add(take);
      signal.addEventListener('abort', goAway, { once: true });
    });
  }

  return {
    enter: async (signal) => {
      if (signal.aborted) return undefined;
      if (taken >= places) return wait(signal);
      taken += 1;
      return leave;
    },
    free: () => Math.max(0, places - taken - waiting.size),
  };
}
