import { createPrivateKey, randomUUID } from 'node:crypto';

import { systemClock, type Clock } from '../../../src/clock.ts';
import { configSchema } from '../../../src/config/config-schema.ts';
import { openConversationDesk, type ConversationDesk } from '../../../src/handoff/conversation/conversation-desk.ts';
import type { DeskPace } from '../../../src/handoff/conversation/desk-pace.ts';
import type { DeskMessaging } from '../../../src/handoff/conversation/desk-ports.ts';
import { defaultDeliveryPace } from '../../../src/handoff/delivery/delivery-pace.ts';
import { openDeliveryWorker } from '../../../src/handoff/delivery/delivery-worker.ts';
import { watchFarSides } from '../../../src/handoff/delivery/far-sides.ts';
import type { ServeEvent } from '../../../src/handoff/serve-event.ts';
import { watchStore } from '../../../src/handoff/store-health.ts';
import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { createMessagingApi } from '../../../src/messaging/api/create-messaging-api.ts';
import { openWebClient } from '../../../src/salesforce/web-client.ts';

/** Where the deployment of an org is, and what its identity tokens are signed with. */
export interface Where {
  readonly scrtUrl: string;
  readonly orgId: string;
  readonly deployed: {
    readonly deployment: string;
    readonly privateKey: string;
    readonly kid: string;
    readonly issuer: string;
  };
}

/** How the deployment of an org is spoken to; what was opened for it is closed by `close`. */
async function messagingOf({ scrtUrl, orgId, deployed }: Where): Promise<DeskMessaging & { close(): Promise<void> }> {
  const { deployment, privateKey, kid, issuer } = deployed;
  const web = await openWebClient(new URL(scrtUrl));
  const api = createMessagingApi(
    { scrtUrl, orgId: orgId.slice(0, 15), deployment },
    { web, clock: systemClock, clientVersion: '0.0.0' },
  );
  const { parameters: names, conversation } = configSchema.parse({}).messaging;
  const key = createPrivateKey(privateKey);
  const signer = { privateKey: key, kid, alg: 'RS256' as const, issuer, lifetimeMs: 600_000 };
  return { api, signer, names, conversation, close: () => web.close() };
}

/** Times of a test: nothing waits for longer than it has to. */
const quickDesk: Partial<DeskPace> = {
  pollMs: 20,
  openMs: 5,
  leaseMs: 3000,
  renewMs: 500,
  lingerMs: 300,
  reopenDelaysMs: [20, 100],
  graceMs: 0,
  tokensPerMinute: 100_000,
  conversation: { firstPauseMs: 5, firstDelayMs: 5, longestDelayMs: 50, messagesPerMinute: 10_000 },
};

export interface RunningDesk {
  readonly desk: ConversationDesk;
  readonly owner: string;
  readonly told: readonly ServeEvent[];
  close(): Promise<void>;
}

/** A desk with the worker that carries its deliveries, as `serve` runs them. */
export async function runDesk(
  store: HandoffStore,
  where: Where,
  { pace = {}, clock = systemClock }: { pace?: Partial<DeskPace>; clock?: Clock } = {},
): Promise<RunningDesk> {
  const told: ServeEvent[] = [];
  const listener = (event: ServeEvent): void => void told.push(event);
  const owner = randomUUID();
  const messaging = await messagingOf(where);
  const health = watchStore(clock, listener);
  const desk = openConversationDesk({
    messaging,
    store,
    health,
    clock,
    listener,
    owner,
    callbackUrl: undefined,
    pace: { ...quickDesk, ...pace },
  });
  const deliveryPace = {
    ...defaultDeliveryPace,
    delaysMs: [50, 50],
    outageDelaysMs: [50, 100],
    pollMs: 20,
    leaseMs: 3000,
  };
  const worker = openDeliveryWorker({
    store,
    health,
    carriers: [desk.carrier],
    farSides: watchFarSides(listener, clock, deliveryPace),
    clock,
    pace: deliveryPace,
    listener,
    owner,
  });
  worker.start();
  desk.start();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await worker.close();
    await desk.close();
    await messaging.close();
  };
  return {
    desk,
    owner,
    told,
    close: async () => {
      closing ??= close();
      await closing;
    },
  };
}
