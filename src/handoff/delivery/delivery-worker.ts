import { sleepUnlessAborted } from '../../clock.ts';
import type { Delivery } from '../store/handoff-store.ts';
import { carry, type CarryPorts } from './carry.ts';

export interface DeliveryWorker {
  /** Begins; nothing is claimed before. To be called once. */
  start(): void;
  /** Says that there may be something to deliver. */
  wake(): void;
  /** Deliveries under way. */
  underWay(): number;
  /** Takes nothing more, lets what runs end within `pace.drainMs`, cuts off the rest, and gives back what it holds. */
  close(): Promise<void>;
}

interface Running {
  readonly target: string;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/**
 * Carries what is due in the store, for as long as it runs: several at a time, of a Case and target one after the other. What it
 * holds it keeps by renewing its leases; should another process have taken something over, its own attempt at it is cut off.
 * @param isBusy whether those who call wait for this process: then it delivers less, so that they are answered first
 */
export function openDeliveryWorker(ports: CarryPorts, isBusy: () => boolean = () => false): DeliveryWorker {
  const { store, health, clock, pace, owner, farSides, carriers } = ports;
  const kinds = carriers.flatMap((carrier) => carrier.kinds);
  const running = new Map<string, Running>();
  const stopping = new AbortController();
  let nap = new AbortController();

  function begin(delivery: Delivery): void {
    // A process that stood still longer than its lease gets back what it is still at; the claim has made it its own again.
    if (running.has(delivery.id)) return;
    const stop = new AbortController();
    const done = carry(delivery, stop.signal, ports).finally(() => {
      running.delete(delivery.id);
      nap.abort();
    });
    running.set(delivery.id, { target: delivery.target, stop, done });
  }

  /** How many more may be begun. */
  function room(): number {
    return (isBusy() ? pace.parallelWhileBusy : pace.parallel) - running.size;
  }

  /** As many as there is room for; to a far side that is down no more than the one that tries whether it still is. */
  async function claim(): Promise<readonly Delivery[]> {
    const { rest, probes } = farSides.scopes([...running.values()].map(({ target }) => target));
    const free = room();
    const claims = [...probes.map((scope) => ({ scope, most: 1 })), { scope: rest, most: pace.parallel }];
    const claimed: Delivery[] = [];
    for (const { scope, most } of claims) {
      const limit = Math.min(most, free - claimed.length);
      if (limit <= 0) continue;
      const found = await health.tried('claim', () =>
        store.claim(owner, clock.now(), pace.leaseMs, limit, { ...scope, kinds }),
      );
      claimed.push(...(found ?? []));
    }
    return claimed;
  }

  async function deliver(): Promise<void> {
    while (!stopping.signal.aborted) {
      nap = new AbortController();
      const claimed = await claim();
      // What came while it was being ended is given back.
      if (stopping.signal.aborted) return;
      for (const delivery of claimed) begin(delivery);
      // Another process may have put something there, or a retry be due: so it is asked again without being woken, too.
      if (claimed.length === 0) {
        await sleepUnlessAborted(clock, pace.pollMs, AbortSignal.any([nap.signal, stopping.signal]));
      }
    }
  }

  /** Goes on while the last deliveries end. */
  async function keepLeases(ended: AbortSignal): Promise<void> {
    for (;;) {
      await sleepUnlessAborted(clock, pace.leaseMs / 3, ended);
      if (ended.aborted) return;
      const held = [...running];
      if (held.length === 0) continue;
      const ids = held.map(([id]) => id);
      const kept = await health.tried('renew', () => store.renew(owner, ids, clock.now() + pace.leaseMs));
      if (kept === undefined) continue;
      for (const [id, { stop }] of held) {
        // What has ended meanwhile is not held either; its own signal does no harm any more.
        if (!kept.includes(id)) stop.abort(new Error('another process has taken this delivery over'));
      }
    }
  }

  const ended = new AbortController();
  let loops: Promise<unknown> | undefined;

  async function cutOffLate(drained: AbortSignal): Promise<void> {
    await sleepUnlessAborted(clock, pace.drainMs, drained);
    for (const { stop } of running.values()) stop.abort(new Error('cut off: this process was ended'));
  }

  async function close(): Promise<void> {
    stopping.abort();
    const drained = new AbortController();
    const late = cutOffLate(drained.signal);
    while (running.size > 0) await Promise.all([...running.values()].map(({ done }) => done));
    drained.abort();
    ended.abort();
    await Promise.all([late, loops]);
    // If that fails, the leases run out by themselves.
    await health.tried('release', () => store.release(owner));
  }

  let closing: Promise<void> | undefined;
  return {
    start: () => {
      loops = Promise.all([deliver(), keepLeases(ended.signal)]);
    },
    wake: () => {
      // Without room it is woken by the next one that ends.
      if (room() > 0) nap.abort();
    },
    underWay: () => running.size,
    close: async () => {
      closing ??= close();
      await closing;
    },
  };
}
