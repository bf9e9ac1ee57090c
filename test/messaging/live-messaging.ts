import { createPrivateKey } from 'node:crypto';

import { expect, onTestFinished } from 'vitest';

import { systemClock, type Clock } from '../../src/clock.ts';
import type { Identity } from '../../src/messaging/access/access.ts';
import { createMessagingApi } from '../../src/messaging/api/create-messaging-api.ts';
import type { MessagingApi } from '../../src/messaging/api/messaging-api.ts';
import type {
  Conversation,
  ConversationDeps,
  ConversationOptions,
} from '../../src/messaging/conversation/conversation.ts';
import type { ConversationEvent } from '../../src/messaging/conversation/conversation-event.ts';
import { openConversation } from '../../src/messaging/conversation/open-conversation.ts';
import { signIdentityToken } from '../../src/messaging/identity/identity-token.ts';
import { openWebClient } from '../../src/salesforce/web-client.ts';
import type { MessagingOrg } from '../local-org/messaging/messaging-org.ts';

/** Pauses as short as a test wants them. */
export const quick = { firstPauseMs: 5, firstDelayMs: 5, longestDelayMs: 50 };

/** An API of a host; its connections end with the test. */
export async function apiOf(
  scrtUrl: string,
  more: { orgId?: string; deployment?: string; clock?: Clock; requestTimeoutMs?: number } = {},
): Promise<MessagingApi> {
  const { orgId = '00D5g00000Ab1Cd', deployment = 'OpenCX', clock = systemClock, requestTimeoutMs = 10_000 } = more;
  const web = await openWebClient(new URL(scrtUrl));
  onTestFinished(() => web.close());
  return createMessagingApi({ scrtUrl, orgId, deployment }, { web, clock, clientVersion: '0.0.0', requestTimeoutMs });
}

/** An API of a local org. */
export async function apiOfOrg({ client, deployed }: MessagingOrg, clock = systemClock): Promise<MessagingApi> {
  const { scrtUrl, organizationId } = client.org;
  return apiOf(scrtUrl, { orgId: organizationId.slice(0, 15), deployment: deployed.deployment, clock });
}

/** A contact whose identity tokens the org takes. */
export function contact({ deployed }: MessagingOrg, subject = 'jane@customer.test', clock = systemClock): Identity {
  const privateKey = createPrivateKey(deployed.privateKey);
  const { kid, issuer } = deployed;
  return {
    kind: 'verified',
    sign: () => signIdentityToken({ privateKey, kid, alg: 'RS256', issuer, subject, lifetimeMs: 600_000 }, clock),
  };
}

/** A conversation whose events are kept, and which ends with the test. */
export interface Watched {
  readonly conversation: Conversation;
  /** All events so far. */
  readonly events: readonly ConversationEvent[];
  /** The first event of a type, from now on or before, that nobody has waited for. */
  readonly next: <T extends ConversationEvent['type']>(
    type: T,
    isMeant?: (event: Extract<ConversationEvent, { type: T }>) => boolean,
  ) => Promise<Extract<ConversationEvent, { type: T }>>;
  /** Resolves when the iteration has ended, with the error it ended with. */
  readonly ended: Promise<unknown>;
}

export async function open(options: ConversationOptions, deps: Omit<ConversationDeps, 'clock'> & { clock?: Clock }) {
  const given = { ...options, pace: { ...quick, ...options.pace } };
  return watch(await openConversation(given, { clock: systemClock, ...deps }));
}

export function watch(conversation: Conversation): Watched {
  onTestFinished(() => conversation.dispose());
  const events: ConversationEvent[] = [];
  const waitedFor = new Set<ConversationEvent>();
  let wake = Promise.withResolvers<void>();
  let over = false;
  const read = async (): Promise<unknown> => {
    try {
      for await (const event of conversation) {
        events.push(event);
        wake.resolve();
        wake = Promise.withResolvers();
      }
      return undefined;
    } catch (error) {
      return error;
    } finally {
      over = true;
      wake.resolve();
    }
  };
  return {
    conversation,
    events,
    ended: read(),
    next: async (type, isMeant = () => true) => {
      for (;;) {
        const { promise } = wake;
        const found = events.find((one) => one.type === type && !waitedFor.has(one) && isMeant(one as never));
        if (found !== undefined) {
          waitedFor.add(found);
          return found as never;
        }
        expect(over, `no ${type} came: ${JSON.stringify(events.map((one) => one.type))}`).toBe(false);
        await promise;
      }
    },
  };
}

/** The texts of a transcript, with who said them. */
export function said(conversation: Conversation): string[] {
  return conversation.transcript().flatMap((one) => (one.type === 'message' ? `${one.from.role}: ${one.text}` : []));
}
