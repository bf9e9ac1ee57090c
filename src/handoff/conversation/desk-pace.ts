import type { ConversationPace } from '../../messaging/conversation/conversation.ts';

/** How conversations are held. Times in milliseconds. */
export interface DeskPace {
  /** How long a conversation stays this process's own without a sign of life. */
  readonly leaseMs: number;
  readonly renewMs: number;
  /** How often the store is asked for conversations that nobody follows. */
  readonly pollMs: number;
  /** How often, while there are more of them than are opened at a time. */
  readonly openMs: number;
  /** Conversations that are being opened at a time: the others are left to other processes meanwhile. */
  readonly openings: number;
  /** The most that one process follows. */
  readonly most: number;
  /** Access tokens asked for in a minute; Salesforce gives 200 to an org (rate limits of Enhanced Chat). */
  readonly tokensPerMinute: number;
  /** How long a conversation that a message was sent in stays open, if nobody follows it here. */
  readonly idleMs: number;
  /** Before a conversation that broke is opened again; the last one goes on. */
  readonly reopenDelaysMs: readonly number[];
  /** How long a conversation is followed on after its end: entries may be late, and contacts write once more. */
  readonly lingerMs: number;
  /** How long a single stream may be lost before that is told. */
  readonly graceMs: number;
  readonly conversation: Partial<ConversationPace>;
}

export const defaultDeskPace: DeskPace = {
  leaseMs: 30_000,
  renewMs: 10_000,
  pollMs: 1000,
  openMs: 50,
  openings: 8,
  most: 5000,
  tokensPerMinute: 180,
  idleMs: 15_000,
  reopenDelaysMs: [1000, 5000, 15_000, 60_000, 300_000],
  lingerMs: 5000,
  graceMs: 5000,
  conversation: {},
};
