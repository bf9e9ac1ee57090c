import { sleepUnlessAborted, type Clock } from '../clock.ts';
import type { ServeListener } from './serve-event.ts';
import type { StoreHealth } from './store-health.ts';
import type { HandoffStore } from './store/handoff-store.ts';

export interface Retention {
  /** Milliseconds since an event was received. */
  readonly maxAgeMs: number;
  readonly maxBytes: number;
}

export interface RetentionPorts {
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly clock: Clock;
  readonly listener: ServeListener;
}

const everyMs = 60_000;

/** Forgets what was delivered and is too old or too much: at once, then every minute, until `ended` aborts. */
export async function keepWithin(retention: Retention, ports: RetentionPorts, ended: AbortSignal): Promise<void> {
  const { store, health, clock, listener } = ports;
  while (!ended.aborted) {
    const before = clock.now() - retention.maxAgeMs;
    const pruned = await health.tried('prune', () => store.prune(before, retention.maxBytes));
    if (pruned !== undefined && pruned.events + pruned.rejections > 0) {
      listener({ type: 'pruned', at: clock.now(), ...pruned });
    }
    await sleepUnlessAborted(clock, everyMs, ended);
  }
}
