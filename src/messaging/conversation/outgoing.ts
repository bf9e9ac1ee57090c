import { randomUUID } from 'node:crypto';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { AccessKeeper } from '../access/keep-access.ts';
import { httpStatusOf } from '../api/api-error.ts';
import { pause, withAttempts, type Attempts } from '../api/attempts.ts';
import type { MessagingApi, OutgoingMessage } from '../api/messaging-api.ts';
import type { SendOptions, SentMessage } from './conversation.ts';
import type { ConversationEvent } from './conversation-event.ts';
import { inTurn } from './in-turn.ts';
import type { Incoming } from './entries/incoming.ts';
import type { RateLimit } from './rate-limit.ts';

/** What a message is, beside its id and its session. */
export type MessageContent = Pick<OutgoingMessage, 'text' | 'file'>;

export interface Outgoing {
  /** @throws OpencxError as {@link Conversation.send} says */
  send(content: MessageContent, options?: SendOptions): Promise<SentMessage>;
}

interface OutgoingPorts {
  readonly api: MessagingApi;
  readonly access: AccessKeeper;
  readonly conversationId: string;
  readonly incoming: Incoming;
  readonly attempts: Attempts & { readonly signal: AbortSignal };
  readonly limit: RateLimit;
  readonly emit: (event: ConversationEvent) => void;
  /** What a message that opens a session carries. */
  readonly session: NonNullable<OutgoingMessage['session']>;
  /** Whether the first message opens one. */
  readonly firstStartsSession: boolean;
}

/** Sends messages one after another, so that they arrive in the order in which they were handed in. */
export function outgoing(ports: OutgoingPorts): Outgoing {
  const { clock } = ports.attempts;
  const turn = inTurn();
  let startsSession = ports.firstStartsSession;

  const delayed = (by: 'limit' | 'org', waitMs: number): void =>
    ports.emit({ type: 'send-delayed', at: clock.now(), by, waitMs });

  return {
    send: (content, { id = randomUUID(), inReplyTo, signal } = {}) =>
      turn(async () => {
        const either = signal === undefined ? ports.attempts.signal : AbortSignal.any([ports.attempts.signal, signal]);
        const waitMs = ports.limit.reserve();
        if (waitMs > 0) {
          delayed('limit', waitMs);
          await pause(clock, waitMs, either);
        }
        const message = { id, ...content, ...(inReplyTo === undefined ? {} : { inReplyTo }) };
        const sent = await deliver(ports, message, startsSession, either, (ms) => delayed('org', ms));
        startsSession = false;
        return sent;
      }),
  };
}

/**
 * One message, with the same id in each attempt. A message whose answer was lost is looked for first; whether the org itself takes
 * the same id only once is not confirmed, and a message it takes after that look would be there twice if it does not.
 */
async function deliver(
  ports: OutgoingPorts,
  message: OutgoingMessage,
  startsSession: boolean,
  signal: AbortSignal,
  onLimited: (waitMs: number) => void,
): Promise<SentMessage> {
  const { api, access, conversationId, incoming, session, emit, attempts } = ports;
  const post = (one: OutgoingMessage) => access.use((bearer) => api.sendMessage(bearer, conversationId, one, signal));
  let newSession = startsSession;

  return withAttempts(
    async (lost) => {
      if (lost && (await isThere(incoming, message.id))) return { id: message.id, newSession, foundAgain: true };
      try {
        await post(newSession ? { ...message, session } : message);
      } catch (error) {
        if (lost && httpStatusOf(error) === 409) return { id: message.id, newSession, foundAgain: true };
        if (httpStatusOf(error) !== 417) throw error;
        if (newSession) throw noSession(error);
        // The last session has ended, and nothing of the message was kept (417, sample app of Salesforce).
        newSession = true;
        await post({ ...message, session });
      }
      if (newSession && !startsSession) {
        emit({ type: 'session-restarted', at: attempts.clock.now(), messageId: message.id });
      }
      return { id: message.id, newSession, foundAgain: false };
    },
    { ...attempts, signal, onLimited },
  );
}

async function isThere(incoming: Incoming, messageId: string): Promise<boolean> {
  if (!incoming.hasMessage(messageId)) await incoming.sync();
  return incoming.hasMessage(messageId);
}

function noSession(cause: unknown): OpencxError {
  return new OpencxError('ORG_REFUSED', {
    message: 'The org opens no messaging session (HTTP 417), although the message asked for one.',
    details: { httpStatus: 417 },
    nextSteps: [
      'Check the pre-chat form of the deployment: its required fields have to be among the routing attributes.',
      'Check that the messaging channel is active.',
    ],
    cause,
  });
}
