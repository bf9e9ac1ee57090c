import { sleepUnlessAborted, type Clock } from '../../../clock.ts';

/** How long after the last key a person is still said to type, in milliseconds. */
const pauseMs = 5000;

/** Tells the other side that the person types, and that it has stopped; each once, not at every key. */
export interface TypingNotice {
  readonly edited: (line: string) => void;
  /** The line was sent or is gone: there is nothing left to be typed. */
  readonly stopped: () => void;
}

/** @param tell is given each change; it must not throw */
export function typingNotice(clock: Clock, tell: (active: boolean) => void): TypingNotice {
  let active = false;
  let pause = new AbortController();
  const change = (now: boolean) => {
    pause.abort();
    if (active === now) return;
    active = now;
    tell(now);
  };
  const stopAfterPause = async (signal: AbortSignal) => {
    await sleepUnlessAborted(clock, pauseMs, signal);
    // Aborted by another key, or as the line is gone.
    if (!signal.aborted) change(false);
  };
  return {
    edited(line) {
      // A command is nothing that the other side will read.
      if (line === '' || /^\/(?!\/)/.test(line)) return change(false);
      change(true);
      pause = new AbortController();
      void stopAfterPause(pause.signal);
    },
    stopped: () => change(false),
  };
}
