import type { Conversation, ConversationOptions } from '../../messaging/conversation/conversation.ts';
import { openConversation } from '../../messaging/conversation/open-conversation.ts';
import { routingAttributes, subjectOf } from '../../messaging/handoff/routing-attributes.ts';
import { conversationIdOf } from '../../messaging/handoff/session-ids.ts';
import type { Transcript } from '../../messaging/handoff/transcript.ts';
import { signIdentityToken } from '../../messaging/identity/identity-token.ts';
import { parseHandoff, type HandoffInput } from '../api/schema/handoff-input.ts';
import type { Session } from '../session/session.ts';
import type { HandoffStore } from '../store/handoff-store.ts';
import type { DeskPorts } from './desk-ports.ts';

/** The worker makes the attempts, and waits for an org that is down: the client makes one. */
const singleAttempt = { attempts: 1, longestWaitMs: 0 };

/** How every conversation of the desk is held. */
export function heldAs({
  messaging,
  pace,
}: Pick<DeskPorts, 'messaging' | 'pace'>): Pick<
  ConversationOptions,
  'transport' | 'firstMessageStartsSession' | 'pace'
> {
  return { ...messaging.conversation, pace: { ...singleAttempt, ...pace.conversation } };
}

/** A handoff as the messaging client knows it. */
export function transcriptOf({ contact, summary, language, priority, channel, transcript }: HandoffInput): Transcript {
  return {
    contact,
    messages: transcript,
    ...(channel === 'email' ? {} : { channel }),
    ...(summary === undefined ? {} : { summary }),
    ...(language === undefined ? {} : { language }),
    ...(priority === undefined ? {} : { priority }),
  };
}

/** The handoff that a session was begun by; undefined if there is none in the store. @throws what the store throws */
export async function beginningOf(
  { handoffEventId }: Pick<Session, 'handoffEventId'>,
  store: Pick<HandoffStore, 'event'>,
): Promise<HandoffInput | undefined> {
  const event = handoffEventId === undefined ? undefined : await store.event(handoffEventId);
  return event === undefined ? undefined : parseHandoff(event.body);
}

/**
 * Opens the conversation of a session that was handed off, as the contact that it was begun with: no other one finds it. A message
 * that has to begin another messaging session repeats the attributes of that handoff; should that be forgotten, those that follow
 * from the session.
 * @throws OpencxError as the messaging client does · what the store throws
 */
export async function continueSession(session: Session, ports: DeskPorts, signal: AbortSignal): Promise<Conversation> {
  const { messaging, store, clock } = ports;
  const { api, signer, names } = messaging;
  const handoff = await beginningOf(session, store);
  const { contact, language } = session;
  const transcript =
    handoff === undefined
      ? { contact, messages: [], ...(language === undefined ? {} : { language }) }
      : transcriptOf(handoff);
  const subject = subjectOf(transcript, session.id);
  return openConversation(
    {
      ...heldAs(ports),
      identity: { kind: 'verified', sign: () => signIdentityToken({ ...signer, subject }, clock) },
      conversationId: session.conversationId ?? conversationIdOf(session.id),
      begin: 'continue',
      routingAttributes: routingAttributes(names, transcript, session.id, handoff?.attributes ?? {}),
    },
    { api, clock },
    signal,
  );
}
