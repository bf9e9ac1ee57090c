import type { Clock } from '../../clock.ts';
import type { Carrier } from '../delivery/carrier.ts';
import type { ServeListener } from '../serve-event.ts';
import type { StoreHealth } from '../store-health.ts';
import type { HandoffStore, NewDelivery } from '../store/handoff-store.ts';
import { conversationCarrier, conversationKind } from './carry/conversation-carrier.ts';
import { defaultDeskPace, type DeskPace } from './desk-pace.ts';
import type { DeskMessaging } from './desk-ports.ts';
import { openFollowers } from './follow/followers.ts';
import { openings } from './openings.ts';
import { pacedApi } from './paced-api.ts';
import { watchStreams } from './follow/stream-watch.ts';

export interface ConversationDeskOptions {
  readonly messaging: DeskMessaging;
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly clock: Clock;
  readonly listener: ServeListener;
  /** Names this process to the store. */
  readonly owner: string;
  /** Where session events go whose session names no callback of its own. */
  readonly callbackUrl: URL | undefined;
  readonly pace?: Partial<DeskPace>;
}

export interface ConversationDesk {
  /** Of the kind `conversation`. Its conversations are closed with the desk, and not by it. */
  readonly carrier: Carrier;
  /** How handoffs and messages of all channels but email are delivered. */
  readonly delivery: NewDelivery;
  /** Begins to follow conversations; nothing is held before. To be called once. */
  start(): void;
  /** Conversations that this process follows. */
  following(): number;
  /** Ends it, after the deliveries have ended: conversations stay as they are in the org, and others may follow them at once. */
  close(): Promise<void>;
}

/**
 * Live Messaging, as `serve` works with it: handoffs and messages are carried into conversations, and what is said there is told.
 * Each conversation is followed by one process at a time; any of them may write in it.
 */
export function openConversationDesk(options: ConversationDeskOptions): ConversationDesk {
  const { store, health, clock, listener, owner, callbackUrl } = options;
  const pace: DeskPace = { ...defaultDeskPace, ...options.pace };
  const messaging = { ...options.messaging, api: pacedApi(options.messaging.api, clock, pace.tokensPerMinute) };
  const held = openings(clock, pace.idleMs);
  const watch = watchStreams(listener, clock, pace.graceMs);
  const ports = { messaging, store, health, clock, listener, pace, openings: held, callbackUrl };
  const followers = openFollowers(owner, { ...ports, watch });
  return {
    carrier: { ...conversationCarrier(ports), close: () => Promise.resolve() },
    delivery: { kind: conversationKind, target: new URL(messaging.api.endpoint.scrtUrl).href },
    start: () => followers.start(),
    following: () => followers.following(),
    close: async () => {
      await followers.close();
      watch.close();
      await held.close();
    },
  };
}
