import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import type { Conversation } from '../../messaging/conversation/conversation.ts';

type Open = () => Promise<Conversation>;

/** The conversations that this process has open, one for a session: whoever follows it and whoever writes in it share it. */
export interface Openings {
  /**
   * Runs what writes in a conversation. One that fails it is not used again, unless it is followed: then its follower decides.
   * @throws what `open` and `work` throw
   */
  use<T>(sessionId: string, open: Open, work: (conversation: Conversation) => Promise<T>): Promise<T>;
  /** Takes over one that was opened elsewhere. If there is one for the session already, that stays, and this one is left. */
  adopt(sessionId: string, conversation: Conversation): Promise<void>;
  /** Has one for its follower: only he reads its events. @throws what `open` throws */
  follow(sessionId: string, open: Open): Promise<Conversation>;
  /** The follower leaves it. */
  leave(sessionId: string): Promise<void>;
  /** Leaves all of them; what comes after that is left at once. */
  close(): Promise<void>;
}

interface Opening {
  readonly conversation: Promise<Conversation>;
  users: number;
  isFollowed: boolean;
  /** So often somebody was done with it. A time would not do: clocks are set back. */
  uses: number;
}

/** @param idleMs how long one that nobody follows stays open after its last use */
export function openings(clock: Clock, idleMs: number): Openings {
  const open = new Map<string, Opening>();
  const closing = new AbortController();

  function put(sessionId: string, conversation: Promise<Conversation>): Opening {
    const opening = { conversation, users: 0, isFollowed: false, uses: 0 };
    open.set(sessionId, opening);
    return opening;
  }

  async function drop(sessionId: string, opening: Opening): Promise<void> {
    if (open.get(sessionId) === opening) open.delete(sessionId);
    const [opened] = await Promise.allSettled([opening.conversation]);
    if (opened.status === 'fulfilled') await opened.value.dispose();
  }

  async function dropWhenIdle(sessionId: string, opening: Opening): Promise<void> {
    opening.uses += 1;
    const { uses } = opening;
    await sleepUnlessAborted(clock, idleMs, closing.signal);
    const isIdle = opening.users === 0 && !opening.isFollowed && opening.uses === uses;
    if (isIdle || closing.signal.aborted) await drop(sessionId, opening);
  }

  return {
    use: async (sessionId, opens, work) => {
      const opening = open.get(sessionId) ?? put(sessionId, opens());
      opening.users += 1;
      let failed = true;
      try {
        const result = await work(await opening.conversation);
        failed = false;
        return result;
      } finally {
        opening.users -= 1;
        if (failed && !opening.isFollowed) await drop(sessionId, opening);
        else void dropWhenIdle(sessionId, opening);
      }
    },
    adopt: async (sessionId, conversation) => {
      if (open.has(sessionId) || closing.signal.aborted) await conversation.dispose();
      else void dropWhenIdle(sessionId, put(sessionId, Promise.resolve(conversation)));
    },
    follow: async (sessionId, opens) => {
      const opening = open.get(sessionId) ?? put(sessionId, opens());
      opening.isFollowed = true;
      return opening.conversation;
    },
    leave: async (sessionId) => {
      const opening = open.get(sessionId);
      // One who goes before he has it must not take it from those who write in it.
      if (opening?.isFollowed === true) await drop(sessionId, opening);
    },
    close: async () => {
      closing.abort();
      await Promise.all([...open].map(([sessionId, opening]) => drop(sessionId, opening)));
    },
  };
}
