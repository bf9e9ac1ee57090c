import type { Clock } from '../../clock.ts';
import type { MessagingSettings } from '../../config/messaging-settings.ts';
import type { AccessFacts } from '../access/access.ts';
import type { MessagingApi } from '../api/messaging-api.ts';
import type { Conversation, ConversationOptions } from '../conversation/conversation.ts';
import { openConversation } from '../conversation/open-conversation.ts';
import { signIdentityToken, type IdentityTokenRequest } from '../identity/identity-token.ts';
import type { HandoffEvent, HandoffStepDone } from './handoff-event.ts';
import { openingMessages } from './opening-messages.ts';
import { routingAttributes, subjectOf } from './routing-attributes.ts';
import { sendOpening } from './send-opening.ts';
import { conversationIdOf } from './session-ids.ts';
import type { HandoffChannel, Transcript } from './transcript.ts';

export interface HandoffRequest {
  readonly transcript: Transcript;
  /** UUID of the OpenCX session. One session has one conversation, however often it is handed off. */
  readonly sessionId: string;
  readonly channel: HandoffChannel | undefined;
  /** How the conversation is held. */
  readonly conversation: Pick<ConversationOptions, 'transport' | 'firstMessageStartsSession' | 'pace'>;
  /** Names of the routing attributes. */
  readonly names: MessagingSettings['parameters'];
  /** Routing attributes beside those of the session. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What identity tokens are signed with. */
  readonly signer: Omit<IdentityTokenRequest, 'subject' | 'claims'>;
  /** `sub` of the identity token. Absent: who the contact is; a conversation that is gone on with wants the one that made it. */
  readonly subject?: string;
}

export interface HandoffPorts {
  readonly api: MessagingApi;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Hands one session off as OpenCX does: seven steps, of which the last, replies, is the conversation that comes with the last
 * event. Each request is tried three times, ever later, while Salesforce does not answer, as OpenCX does it. Nothing is made or
 * sent twice, in this run or another: conversation and messages have ids that follow from the session.
 * @throws OpencxError of the step that failed: what identity token, API and conversation throw
 */
export async function* handOff(request: HandoffRequest, ports: HandoffPorts): AsyncGenerator<HandoffEvent> {
  const { transcript, sessionId, names, signer, subject = subjectOf(transcript, sessionId) } = request;
  const { api, clock, signal } = ports;
  const done = (step: HandoffStepDone): HandoffEvent => ({ kind: 'done', at: clock.now(), ...step });

  yield { kind: 'begin', step: 'identity-token' };
  const sign = () => signIdentityToken({ ...signer, subject }, clock);
  const first = await sign();
  yield done({ step: 'identity-token', ...(await readToken(first)) });

  yield { kind: 'begin', step: 'access-token' };
  const conversationId = conversationIdOf(sessionId);
  const attributes = routingAttributes(names, transcript, sessionId, request.attributes);
  const accessed = Promise.withResolvers<AccessFacts>();
  const left = new AbortController();
  const opening = openConversation(
    {
      identity: { kind: 'verified', sign: firstOf(first, sign) },
      ...request.conversation,
      conversationId,
      routingAttributes: attributes,
    },
    { api, clock, onAccess: accessed.resolve },
    AbortSignal.any([signal, left.signal]),
  );
  const state = { handedOff: false };
  try {
    // What is told next takes no time, so that the conversation is made meanwhile.
    const access = await Promise.race([accessed.promise, opening.then((opened) => opened.access())]);
    yield done({ step: 'access-token', endpoint: api.endpoint, access });
    yield { kind: 'begin', step: 'transcript' };
    const texts = openingMessages(transcript, request);
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    yield done({ step: 'transcript', messages: texts.length, characters });
    yield { kind: 'begin', step: 'routing-attributes' };
    yield done({ step: 'routing-attributes', attributes });
    yield { kind: 'begin', step: 'conversation' };
    const conversation = await opening;
    yield done({ step: 'conversation', conversationId, created: conversation.created });
    yield { kind: 'begin', step: 'opening-message' };
    yield done({ step: 'opening-message', messages: yield* sendOpening(conversation, texts, { sessionId, signal }) });
    yield { kind: 'begin', step: 'replies' };
    state.handedOff = true;
    yield { kind: 'handed-off', conversation };
  } finally {
    if (!state.handedOff) await leave(opening, left);
  }
}

/** Stops the opening, or all that runs for the conversation if it is open. */
async function leave(opening: Promise<Conversation>, left: AbortController): Promise<void> {
  left.abort();
  const [opened] = await Promise.allSettled([opening]);
  if (opened.status === 'fulfilled') await opened.value.dispose();
}

/** The token that was shown is the one that is sent; those after it are new. */
function firstOf(first: string, sign: () => Promise<string>): () => Promise<string> {
  let next: string | undefined = first;
  return async () => {
    const token = next ?? (await sign());
    next = undefined;
    return token;
  };
}

async function readToken(token: string) {
  const { decodeJwt, decodeProtectedHeader } = await import('jose');
  const { alg = '', kid = '' } = decodeProtectedHeader(token);
  return { header: { alg, kid }, claims: { ...decodeJwt(token) } };
}
