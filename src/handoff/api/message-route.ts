import type { IncomingMessage } from 'node:http';

import { orderKeyOf, type Session } from '../session/session.ts';
import type { ApiPorts } from './api-ports.ts';
import { idempotencyKeyOf, messageDeliveryId } from './idempotency.ts';
import { ApiProblem } from './problem.ts';
import { readInput } from './read-input.ts';
import type { MessageTaken } from './schema/answers.ts';
import { messageIdOf, messageInput, type MessageInput } from './schema/message-input.ts';
import { knownSession } from './session-routes.ts';
import { keptHeaders, refuseIfReadOnly, routeOf, takeInput } from './take-input.ts';

/** Takes what the contact or the AI says in a session. @returns once it is committed @throws ApiProblem */
export async function takeMessage(incoming: IncomingMessage, id: string, ports: ApiPorts): Promise<MessageTaken> {
  const { clock, limits, listener } = ports;
  const receivedAt = clock.now();
  refuseIfReadOnly(ports);
  const headers = keptHeaders(incoming);
  const key = idempotencyKeyOf(headers);
  const { input, value, bytes } = await readInput(incoming, messageInput, limits);
  // For its channel, which never changes; whether it may be said is decided in the commit.
  const { id: sessionId, channel } = await knownSession(ports, id);
  const newEvent = {
    receivedAt,
    name: 'message',
    deliveryId: messageDeliveryId(sessionId, input.id, key),
    orderKey: orderKeyOf(sessionId),
    headers,
    body: bytes,
  };
  const change = {
    sessionId,
    decide: (session: Session | undefined) => {
      refuseMessage(session, input);
      return { events: [] };
    },
  };
  const { event, duplicate } = await takeInput(ports, newEvent, routeOf(ports, channel), change, value);
  const at = clock.now();
  listener({
    type: 'message-accepted',
    at,
    sessionId,
    eventId: event.id,
    channel,
    bytes: bytes.length,
    tookMs: at - receivedAt,
    duplicate,
  });
  if (!duplicate) ports.onDeliverable();
  return { messageId: messageIdOf(event.id, input), eventId: event.id };
}

/** @throws ApiProblem 404, 409 if nothing can be said, or not by this speaker */
function refuseMessage(session: Session | undefined, { role }: MessageInput): void {
  if (session === undefined) throw new ApiProblem('unknown-session', 'The session is not there any more.');
  const { state, channel } = session;
  if (state === 'failed') {
    throw new ApiProblem('session-failed', 'Salesforce did not take the session: hand it off again.');
  }
  if (state === 'resolved' && channel === 'email') {
    throw new ApiProblem('session-resolved', 'The Case of the session is closed.');
  }
  if (state === 'handedOff' && role === 'ai') {
    throw new ApiProblem(
      'ai-paused',
      'A representative is at the session: the AI does not answer until it is open again.',
    );
  }
}
