import type { Clock } from '../../clock.ts';
import type { ServeListener } from '../serve-event.ts';
import type { ClaimScope, Delivery } from '../store/handoff-store.ts';
import type { DeliveryPace } from './delivery-pace.ts';

/**
 * What an attempt shows of the far side: `up`: it takes calls, whatever it answered this one · `unreachable`: it never had this one ·
 * `busy`: it says that it takes none now · `broken`: it may have had it, and gave no answer of its own · `unclear`: none of these.
 */
export type Sign = 'up' | 'unreachable' | 'busy' | 'broken' | 'unclear';

export interface Shown {
  readonly sign: Sign;
  /** When the attempt began, and when it ended; milliseconds since 1970. */
  readonly startedAt: number;
  readonly at: number;
  readonly reason: string;
  /** What `Retry-After` asked for, in milliseconds; undefined if it did not. */
  readonly askedMs: number | undefined;
}

/** Which far sides are down, since when, and who tries whether they still are. */
export interface FarSides {
  /** @returns until when the delivery waits for its far side; undefined: what came of the attempt is about the delivery */
  note(delivery: Pick<Delivery, 'id' | 'target'>, shown: Shown): number | undefined;
  /** One of a target that is down was given up: the next one tries at once, which may have waited for long enough too. */
  noteGivenUp(target: string): void;
  /**
   * What may be claimed: everything that goes elsewhere than to far sides that are down, and of each of these that is to be tried
   * one delivery, as long as none is under way.
   */
  scopes(underWay: readonly string[]): { readonly rest: ClaimScope; readonly probes: readonly ClaimScope[] };
  /** Origin to whether it takes calls. */
  all(): ReadonlyMap<string, boolean>;
}

/** A far side is down. Times are milliseconds since 1970. */
interface Outage {
  readonly since: number;
  /** When one delivery tries whether it still is. */
  readonly probeAt: number;
  /** So many times it was tried. */
  readonly step: number;
  /** Deliveries that failed by it. */
  readonly failed: ReadonlySet<string>;
}

interface FarSide {
  outage: Outage | undefined;
  /** Deliveries that failed in the last outage, which another one has ended. */
  suspects: ReadonlySet<string>;
}

/**
 * Tells once that a far side is down, and once that it is up again. Should a delivery that failed in an outage fail again while
 * others get through, it holds nobody else up, and is itself what the far side cannot take (a proxy answers 502 for what makes it
 * crash): that counts, unless the far side only says that it is too busy.
 */
export function watchFarSides(
  listener: ServeListener,
  clock: Clock,
  pace: Pick<DeliveryPace, 'outageDelaysMs' | 'longestRetryAfterMs'>,
): FarSides {
  const known = new Map<string, FarSide>();

  function farSideOf(target: string): [origin: string, farSide: FarSide] {
    const origin = originOf(target);
    const farSide = known.get(origin) ?? { outage: undefined, suspects: new Set() };
    known.set(origin, farSide);
    return [origin, farSide];
  }

  function isUp(origin: string, farSide: FarSide, id: string, { startedAt, at }: Shown): void {
    const { outage } = farSide;
    // What was under way when others found it down says nothing of what it is now.
    if (outage === undefined || startedAt < outage.since) return;
    farSide.outage = undefined;
    farSide.suspects = new Set([...outage.failed].filter((failed) => failed !== id));
    listener({ type: 'far-side-up', target: origin, since: outage.since, at });
  }

  /** @returns when it is tried again */
  function isDown(origin: string, farSide: FarSide, id: string, shown: Shown): number {
    const { at, reason, askedMs } = shown;
    const before = farSide.outage;
    // Those that were under way together find the same: that is no further step.
    const step = before === undefined ? 0 : before.step + (at >= before.probeAt ? 1 : 0);
    const isSameStep = before !== undefined && before.step === step && askedMs === undefined;
    const outage = {
      since: before?.since ?? at,
      probeAt: isSameStep ? before.probeAt : nextTry(shown, step),
      step,
      failed: new Set(before?.failed).add(id),
    };
    farSide.outage = outage;
    if (before === undefined) listener({ type: 'far-side-down', target: origin, since: at, reason });
    return outage.probeAt;
  }

  function nextTry({ at, askedMs }: Shown, step: number): number {
    if (askedMs !== undefined) return at + Math.min(askedMs, pace.longestRetryAfterMs);
    const delayMs = pace.outageDelaysMs[step] ?? pace.outageDelaysMs.at(-1) ?? 0;
    return at + Math.ceil(delayMs * (0.75 + clock.random() / 2));
  }

  return {
    note: ({ id, target }, shown) => {
      // A place in here, which is never down.
      if (target.startsWith('serve:')) return undefined;
      const [origin, farSide] = farSideOf(target);
      const { outage, suspects } = farSide;
      if (shown.sign === 'up') {
        isUp(origin, farSide, id, shown);
        return undefined;
      }
      if (shown.sign === 'unclear') {
        // Nothing new of a far side that is down: it is left alone for as long as before.
        if (outage !== undefined) farSide.outage = { ...outage, probeAt: nextTry(shown, outage.step) };
        return undefined;
      }
      const isSuspect = outage === undefined && suspects.has(id);
      if (!isSuspect || shown.sign === 'unreachable') return isDown(origin, farSide, id, shown);
      return shown.sign === 'busy' ? nextTry(shown, pace.outageDelaysMs.length) : undefined;
    },
    noteGivenUp: (target) => {
      const [, farSide] = farSideOf(target);
      if (farSide.outage !== undefined) farSide.outage = { ...farSide.outage, probeAt: clock.now() };
    },
    scopes: (underWay) => {
      const down = [...known].flatMap(([origin, { outage }]) => (outage === undefined ? [] : [{ origin, outage }]));
      const busy = new Set(underWay.map(originOf));
      const due = down.filter(({ origin, outage }) => outage.probeAt <= clock.now() && !busy.has(origin));
      return {
        rest: { except: down.map(({ origin }) => `${origin}/`) },
        probes: due.map(({ origin }) => ({ only: `${origin}/` })),
      };
    },
    all: () => new Map([...known].map(([origin, { outage }]) => [origin, outage === undefined])),
  };
}

/** Targets are written as `URL.href` writes them, so that each begins with its origin and a slash. */
function originOf(target: string): string {
  return URL.parse(target)?.origin ?? target;
}
