import type { Clock } from '../clock.ts';
import { caseCarrier, caseKind } from './case/case-carrier.ts';
import { openConversationDesk, type ConversationDesk } from './conversation/conversation-desk.ts';
import type { Carrier } from './delivery/carrier.ts';
import type { DeliveryPace } from './delivery/delivery-pace.ts';
import { openForwarder } from './delivery/forward.ts';
import { targetKey } from './security/target-guard.ts';
import type { ServeListener } from './serve-event.ts';
import type { ServeHandoffOptions, ServeSalesforce } from './serve-options.ts';
import type { SessionChannel } from './session/session.ts';
import { sessionCarrier } from './session/webhook-session.ts';
import type { StoreHealth } from './store-health.ts';
import type { HandoffStore, NewDelivery } from './store/handoff-store.ts';

export interface ServeCarriers {
  /** Empty while webhooks are only recorded. */
  readonly carriers: readonly Carrier[];
  /** How what OpenCX gives for a channel is delivered; undefined if Salesforce is not there for it. */
  route(channel: SessionChannel): NewDelivery | undefined;
  /** Begins to follow conversations. */
  start(): void;
  /** Conversations that this process follows. */
  following(): number;
  /** After the deliveries have ended. */
  close(): Promise<void>;
}

export interface ServeCarrierPorts {
  readonly health: StoreHealth;
  readonly clock: Clock;
  readonly pace: DeliveryPace;
  readonly listener: ServeListener;
  readonly owner: string;
  /** Told after a session was changed otherwise than by a delivery. */
  readonly onChanged: () => void;
}

/** One for each kind of delivery that this run carries, as its mode and what it is connected to say. */
export function openServeCarriers(options: ServeHandoffOptions, ports: ServeCarrierPorts): ServeCarriers {
  const { store, contract, routes, callbackUrl, mode = 'everything', caseFromValue = 'opencx' } = options;
  const { health, clock, pace } = ports;
  const targets = [...routes.map(({ url }) => url), ...(callbackUrl === undefined ? [] : [callbackUrl])];
  const named = new Set(targets.map(targetKey));
  const forwarder = openForwarder(clock, (_kind, target) => named.has(targetKey(target)), pace.timeoutMs);
  const sessions = sessionCarrier({ store, health, clock, contract, caseFromValue, callbackUrl });
  const salesforce = mode === 'everything' ? options.salesforce : undefined;
  const cases = salesforce === undefined ? undefined : casesOf(salesforce, options, ports);
  const desk = salesforce?.messaging === undefined ? undefined : deskOf(salesforce.messaging, options, ports);
  const carriers = [forwarder, sessions, cases?.carrier, desk?.carrier].filter((carrier) => carrier !== undefined);
  return {
    carriers: mode === 'record' ? [] : carriers,
    route: (channel) => (channel === 'email' ? cases?.delivery : desk?.delivery),
    start: () => {
      desk?.start();
    },
    following: () => desk?.following() ?? 0,
    close: async () => {
      await desk?.close();
      for (const carrier of carriers) await carrier.close();
    },
  };
}

function casesOf(
  { org, cases: settings }: ServeSalesforce,
  { store, callbackUrl }: ServeHandoffOptions,
  { clock, owner }: ServeCarrierPorts,
): { readonly carrier: Carrier; readonly delivery: NewDelivery } {
  return {
    carrier: caseCarrier({ org: () => org, store, clock, owner, settings, callbackUrl }),
    delivery: { kind: caseKind, target: new URL(org.identity.instanceUrl).href },
  };
}

function deskOf(
  messaging: NonNullable<ServeSalesforce['messaging']>,
  { store, callbackUrl, deskPace = {} }: ServeHandoffOptions,
  { health, clock, listener, owner, onChanged }: ServeCarrierPorts,
): ConversationDesk {
  const telling: HandoffStore = {
    ...store,
    changeSession: async (change) => {
      const session = await store.changeSession(change);
      onChanged();
      return session;
    },
  };
  return openConversationDesk({
    messaging,
    store: telling,
    health,
    clock,
    listener,
    owner,
    callbackUrl,
    pace: deskPace,
  });
}
