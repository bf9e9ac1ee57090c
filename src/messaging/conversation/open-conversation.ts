import { randomUUID } from 'node:crypto';

import { OpencxError } from '../../errors/opencx-error.ts';
import { keepAccess, type AccessKeeper } from '../access/keep-access.ts';
import { obtainAccess } from '../access/obtain-access.ts';
import { defaultAttempts, pause, withAttempts, type Attempts } from '../api/attempts.ts';
import { defaultStreamPace } from '../stream/stream-events.ts';
import { createConversation, findConversation, type Beginning } from './begin-conversation.ts';
import type { Conversation, ConversationDeps, ConversationOptions, ConversationPace } from './conversation.ts';
import type { ConversationEvent } from './conversation-event.ts';
import { conversationHandle } from './conversation-handle.ts';
import { eventQueue, type EventQueue } from './event-queue.ts';
import { follow } from './follow.ts';
import { incoming } from './entries/incoming.ts';
import { conversationLife, type Life } from './life.ts';
import { outgoing } from './outgoing.ts';
import { conversationStarts, messagesPerMinute, rateLimit } from './rate-limit.ts';

const defaultPace: ConversationPace = { ...defaultStreamPace, ...defaultAttempts, messagesPerMinute, pollMs: 2000 };

/**
 * Opens a conversation: gets a token, opens the event stream, and only then creates the conversation, so that no event is missed.
 * @param signal ends the opening; an open conversation is ended by its own methods
 * @throws OpencxError USAGE for an id that is no lowercase UUID v4 · MESSAGING_NOT_VERIFIED · PERMISSION_DENIED and ORG_REFUSED
 *   as the org answers · NETWORK · INTERRUPTED
 */
export async function openConversation(
  options: ConversationOptions,
  deps: ConversationDeps,
  signal?: AbortSignal,
): Promise<Conversation> {
  const id = checkedId(options.conversationId ?? randomUUID());
  const queue = eventQueue<ConversationEvent>();
  const life = conversationLife(queue);
  const abort = (): void => life.end();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  try {
    return await life.during(() => establish(id, options, deps, queue, life));
  } catch (error) {
    life.end();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

async function establish(
  id: string,
  options: ConversationOptions,
  deps: ConversationDeps,
  queue: EventQueue<ConversationEvent>,
  life: Life,
): Promise<Conversation> {
  const { api, clock } = deps;
  const { transport = 'stream', firstMessageStartsSession = true } = options;
  const pace = { ...defaultPace, ...options.pace };
  const emit = (event: ConversationEvent): void => queue.push(event);
  const attempts = { clock, pace, signal: life.signal };
  const access = await keptAccess(options, deps, attempts, emit);
  deps.onAccess?.(access.current().facts);
  const inbox = incoming({
    conversationId: id,
    list: (query) => access.use((bearer) => api.listEntries(bearer, id, query, life.signal)),
    emit,
    clock,
  });

  const following = follow({ api, access, attempts, pace, transport, incoming: inbox, emit, life });
  access.watch().catch((error: unknown) => life.fail(error));
  await following.opened;
  life.check();

  const { created, fresh } = await begin(id, options, { ...deps, access, attempts });
  await following.begin(!created);
  const outbox = outgoing({
    api,
    access,
    conversationId: id,
    incoming: inbox,
    attempts,
    limit: rateLimit(pace.messagesPerMinute, 60_000, clock),
    emit,
    session: attributesOf(options),
    firstStartsSession: fresh && firstMessageStartsSession,
  });
  return conversationHandle({
    id,
    created,
    api,
    access,
    attempts,
    incoming: inbox,
    outgoing: outbox,
    following,
    queue,
    life,
  });
}

async function keptAccess(
  { identity }: ConversationOptions,
  { api, clock }: ConversationDeps,
  attempts: Attempts & { readonly signal: AbortSignal },
  emit: (event: ConversationEvent) => void,
): Promise<AccessKeeper> {
  const first = await withAttempts(() => obtainAccess(identity, { api, clock }, attempts.signal), attempts);
  const told = (type: 'token-renewed' | 'access-ending', expiresAt: number | undefined): void =>
    emit({ type, at: clock.now(), expiresAt });
  return keepAccess({
    identity,
    first,
    api,
    ...attempts,
    onRenewed: ({ expiresAt }) => told('token-renewed', expiresAt),
    onEnding: ({ expiresAt }) => told('access-ending', expiresAt),
  });
}

async function begin(
  id: string,
  options: ConversationOptions,
  deps: ConversationDeps & { readonly access: AccessKeeper; readonly attempts: Attempts },
): Promise<Beginning> {
  if (options.begin === 'continue') {
    await findConversation(id, deps);
    // Who goes on with it has not been asked for a new session, whatever was said in it.
    return { created: false, fresh: false };
  }
  const { clock, attempts, starts = conversationStarts(clock) } = deps;
  const waitMs = starts.reserve();
  if (waitMs > 0) await pause(clock, waitMs, attempts.signal);
  return createConversation({ conversationId: id, ...attributesOf(options) }, deps);
}

function attributesOf({ routingAttributes = {}, language }: ConversationOptions): {
  routingAttributes: Readonly<Record<string, string>>;
  language?: string;
} {
  return { routingAttributes, ...(language === undefined ? {} : { language }) };
}

/** The org takes no other form: "The UUID must be in lowercase." */
function checkedId(id: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)) return id;
  throw new OpencxError('USAGE', { message: `The conversation id ${id} is not a UUID (version 4) in lowercase.` });
}
