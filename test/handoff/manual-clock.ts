import type { Clock } from '../../src/clock.ts';

/** A clock that a test moves; what sleeps on it wakes in the order of time. */
export interface ManualClock extends Clock {
  /** Moves by so many milliseconds, step by step, and lets the process do what is due after each. */
  pass(ms: number, stepMs?: number): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  wake(): void;
}

export function manualClock(start = Date.UTC(2026, 10, 29)): ManualClock {
  let time = start;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => time,
    random: () => 0.5,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason as Error);
        const sleeper: Sleeper = {
          until: time + ms,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          if (sleepers.delete(sleeper)) reject(signal.reason as Error);
        });
      }),
    pass: async (ms, stepMs = 500) => {
      const end = time + ms;
      while (time < end) {
        time = Math.min(end, time + stepMs);
        for (const sleeper of [...sleepers].filter(({ until }) => until <= time)) sleeper.wake();
        // Real sockets and files need real turns.
        for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
  };
}
