import { sleepUnlessAborted } from '../../../clock.ts';
import { followSession, type FollowPorts } from './follow-session.ts';
import { turnstile } from './turnstile.ts';

export interface Followers {
  start(): void;
  /** Sessions followed here. */
  following(): number;
  /** Ends all, and gives them back. */
  close(): Promise<void>;
}

interface Follower {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/**
 * Holds conversations by leases and follows them. Only so many are taken as can be opened soon, so that several processes share
 * them; what one can follow no longer, the others take once its leases have run out.
 * @param owner names this process to the store
 */
export function openFollowers(owner: string, ports: Omit<FollowPorts, 'gate'>): Followers {
  const { store, health, clock, pace, watch } = ports;
  const followed = new Map<string, Follower>();
  const ended = new AbortController();
  const gate = turnstile(pace.openings);

  function begin(sessionId: string): void {
    const stop = new AbortController();
    followed.set(sessionId, { stop, done: follow(sessionId, stop.signal) });
  }

  async function follow(sessionId: string, signal: AbortSignal): Promise<void> {
    try {
      await followSession(sessionId, { ...ports, gate }, signal);
    } finally {
      followed.delete(sessionId);
      watch.isLeft(sessionId);
      // What was lost to another process is not given back: the store leaves that alone. At the end all are given back at once.
      if (!ended.signal.aborted) await health.tried('release', () => store.releaseConversations(owner, [sessionId]));
    }
  }

  async function hold(): Promise<void> {
    while (!ended.signal.aborted) {
      const room = Math.min(gate.free(), pace.most - followed.size);
      const held =
        room <= 0
          ? []
          : await health.tried('claim', () => store.holdConversations(owner, clock.now(), pace.leaseMs, room));
      if (ended.signal.aborted) return;
      for (const { id } of held ?? []) if (!followed.has(id)) begin(id);
      await sleepUnlessAborted(clock, held?.length === room ? pace.openMs : pace.pollMs, ended.signal);
    }
  }

  async function renew(): Promise<void> {
    for (;;) {
      await sleepUnlessAborted(clock, pace.renewMs, ended.signal);
      if (ended.signal.aborted) return;
      const held = [...followed];
      if (held.length === 0) continue;
      const ids = held.map(([id]) => id);
      const kept = await health.tried('renew', () => store.renewConversations(owner, ids, clock.now() + pace.leaseMs));
      if (kept === undefined) continue;
      const isKept = new Set(kept);
      for (const [id, { stop }] of held) if (!isKept.has(id)) stop.abort();
    }
  }

  let loops: Promise<unknown> | undefined;
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    ended.abort();
    await loops;
    for (const { stop } of followed.values()) stop.abort();
    await Promise.all([...followed.values()].map(({ done }) => done));
    // If that fails, the leases run out by themselves.
    await health.tried('release', () => store.releaseConversations(owner));
  }

  return {
    start: () => {
      loops = Promise.all([hold(), renew()]);
    },
    following: () => followed.size,
    close: async () => {
      closing ??= close();
      await closing;
    },
  };
}
