import type { ServeListener } from '../serve-event.ts';

/** Which far sides give no response, and since when. */
export interface FarSides {
  /** @param at when the response came, or the attempt ended without one */
  note(target: string, isThere: boolean, at: number, reason: string): void;
  /** Origin to whether the last attempt got a response. */
  all(): ReadonlyMap<string, boolean>;
}

/** Tells once that a far side is down, and once that it is up again. */
export function watchFarSides(listener: ServeListener): FarSides {
  const downSince = new Map<string, number | undefined>();
  return {
    note: (target, isThere, at, reason) => {
      const origin = URL.parse(target)?.origin ?? target;
      const since = downSince.get(origin);
      downSince.set(origin, isThere ? undefined : (since ?? at));
      if (isThere && since !== undefined) listener({ type: 'far-side-up', target: origin, since, at });
      if (!isThere && since === undefined) listener({ type: 'far-side-down', target: origin, since: at, reason });
    },
    all: () => new Map([...downSince].map(([origin, since]) => [origin, since === undefined])),
  };
}
