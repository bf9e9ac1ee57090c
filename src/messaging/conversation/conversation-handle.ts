import { randomUUID } from 'node:crypto';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { AccessKeeper } from '../access/keep-access.ts';
import { revokeAccess } from '../access/obtain-access.ts';
import { httpStatusOf } from '../api/api-error.ts';
import { withAttempts, type Attempts } from '../api/attempts.ts';
import type { Bearer, MessagingApi } from '../api/messaging-api.ts';
import type { Conversation, OutgoingFile, SendOptions, SentMessage } from './conversation.ts';
import type { ConversationEvent } from './conversation-event.ts';
import type { EventQueue } from './event-queue.ts';
import type { Following } from './follow.ts';
import type { Incoming } from './entries/incoming.ts';
import type { Life } from './life.ts';
import type { MessageContent, Outgoing } from './outgoing.ts';

export interface ConversationParts {
  readonly id: string;
  readonly created: boolean;
  readonly api: MessagingApi;
  readonly access: AccessKeeper;
  readonly attempts: Attempts;
  readonly incoming: Incoming;
  readonly outgoing: Outgoing;
  readonly following: Following;
  readonly queue: EventQueue<ConversationEvent>;
  readonly life: Life;
}

/** The API takes files of 5 MB at most. */
const largestFile = 5 * 1024 * 1024;

/** What the holder of an open conversation can do with it. */
export function conversationHandle(parts: ConversationParts): Conversation {
  const { id, api, access, attempts, incoming, outgoing, following, queue, life } = parts;
  const checkOpen = (): void => {
    if (incoming.closedAt() !== undefined) throw closed(id);
    life.check();
  };
  const sending = async (content: MessageContent, options: SendOptions | undefined): Promise<SentMessage> => {
    try {
      return await life.during(() => outgoing.send(content, options));
    } catch (error) {
      // What the close interrupted was not sent because of it.
      const isInterrupted = error instanceof OpencxError && error.code === 'INTERRUPTED';
      if (!isInterrupted || incoming.closedAt() === undefined || options?.signal?.aborted === true) throw error;
      throw closed(id, error);
    }
  };
  const unlessNoSession = async (
    request: Promise<void>,
    saysSo = (error: unknown): boolean => httpStatusOf(error) === 417,
  ): Promise<boolean> => {
    try {
      await request;
      return true;
    } catch (error) {
      if (saysSo(error)) return false;
      throw error;
    }
  };
  const tell = async (request: (bearer: Bearer) => Promise<void>): Promise<boolean> => {
    checkOpen();
    return life.during(() => unlessNoSession(access.use(request)));
  };
  const endOnce = (request: (bearer: Bearer) => Promise<void>): Promise<void> =>
    withAttempts(async (lost) => {
      try {
        await access.use(request);
      } catch (error) {
        // What the lost attempt has ended cannot be ended again.
        if (!lost || !isGone(error)) throw error;
      }
    }, attempts);

  const endSession = async (): Promise<boolean> => {
    checkOpen();
    const request = endOnce((bearer) => api.endSession(bearer, id, life.signal));
    // The conversation is ours and open, so that what is gone is its session; which status says so is not confirmed.
    return life.during(() => unlessNoSession(request, isGone));
  };
  const close = async (): Promise<boolean> => {
    if (incoming.closedAt() !== undefined) return false;
    life.check();
    await life.during(() => endOnce((bearer) => api.closeConversation(bearer, id, life.signal)));
    await following.finish(attempts.clock.now());
    return true;
  };

  return {
    id,
    created: parts.created,
    access: () => access.current().facts,
    transcript: () => incoming.entries(),
    sync: async (signal) => {
      life.check();
      const either = signal === undefined ? life.signal : AbortSignal.any([life.signal, signal]);
      return life.during(() => withAttempts(() => incoming.sync(), { ...attempts, signal: either }));
    },
    send: async (text, options) => {
      checkOpen();
      return sending({ text }, options);
    },
    sendFile: async (file, options) => {
      checkOpen();
      checkSize(file);
      const { name, mimeType, bytes, text = '' } = file;
      const content = { text, file: { id: randomUUID(), name, mimeType, bytes } };
      return sending(content, options);
    },
    typing: (active) => tell((bearer) => api.sendTyping(bearer, id, randomUUID(), active, life.signal)),
    acknowledge: async (kind, entryIds) => {
      if (entryIds.length === 0) return true;
      const acks = entryIds.map((entryId) => ({ id: randomUUID(), kind, entryId }));
      return tell((bearer) => api.acknowledge(bearer, id, acks, life.signal));
    },
    endSession,
    close,
    end: async () => {
      if (!access.current().facts.verified) return (await close()) ? 'conversation' : 'nothing';
      return (await endSession()) ? 'session' : 'nothing';
    },
    dispose: async ({ revoke = false } = {}) => {
      life.end();
      await following.ended;
      if (revoke && access.current().facts.verified) await revokeAccess(access.current(), { api });
    },
    [Symbol.asyncIterator]: () => queue[Symbol.asyncIterator](),
  };
}

function isGone(error: unknown): boolean {
  const status = httpStatusOf(error);
  return status === 404 || status === 409 || status === 410 || status === 417;
}

function checkSize({ name, bytes }: OutgoingFile): void {
  if (bytes.byteLength <= largestFile) return;
  throw new OpencxError('USAGE', { message: `The file ${name} has ${bytes.byteLength} bytes; 5 MB is the most.` });
}

function closed(id: string, cause?: OpencxError): OpencxError {
  return new OpencxError('MESSAGING_CLOSED', {
    message: `The conversation ${id} is closed.`,
    nextSteps: ['Open another conversation, with another id.'],
    cause,
  });
}
