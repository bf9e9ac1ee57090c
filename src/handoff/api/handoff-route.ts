import type { IncomingMessage } from 'node:http';

import { OpencxError } from '../../errors/opencx-error.ts';
import { checkTargetUrl, TargetRefused } from '../security/target-guard.ts';
import { changeBy } from '../session/session-change.ts';
import { orderKeyOf, type Session, type SessionChannel } from '../session/session.ts';
import type { SessionChange } from '../store/session-book.ts';
import type { ApiPorts } from './api-ports.ts';
import { handoffDeliveryId, idempotencyKeyOf } from './idempotency.ts';
import { ApiProblem } from './problem.ts';
import { readInput } from './read-input.ts';
import type { HandoffTaken } from './schema/answers.ts';
import { handoffInput, type HandoffInput } from './schema/handoff-input.ts';
import { keptHeaders, readStore, refuseIfReadOnly, routeOf, takeInput } from './take-input.ts';

/** Takes an OpenCX session for Salesforce. @returns once it is committed @throws ApiProblem */
export async function takeHandoff(incoming: IncomingMessage, ports: ApiPorts): Promise<HandoffTaken> {
  const { clock, limits, listener } = ports;
  const receivedAt = clock.now();
  refuseIfReadOnly(ports);
  const headers = keptHeaders(incoming);
  const key = idempotencyKeyOf(headers);
  const { input, value, bytes } = await readInput(incoming, handoffInput, limits);
  const sessionId = input.sessionId.toLowerCase();
  const change = handoffChange(sessionId, input, receivedAt, ports);
  const delivery = routeOf(ports, input.channel);
  const before = await readStore(ports, (store) => store.session(sessionId));
  const failedBy = before?.state === 'failed' ? before.handoffEventId : undefined;
  const newEvent = {
    receivedAt,
    name: 'handoff',
    deliveryId: handoffDeliveryId(key, sessionId, value, failedBy),
    orderKey: orderKeyOf(sessionId),
    headers,
    body: bytes,
  };
  const { event, duplicate } = await takeInput(ports, newEvent, delivery, change, value);
  const session = await readStore(ports, (store) => store.session(sessionId));
  if (session === undefined) throw new Error(`the session of ${event.id} is not in the store`);
  const at = clock.now();
  listener({
    type: 'handoff-accepted',
    at,
    sessionId,
    eventId: event.id,
    channel: input.channel,
    bytes: bytes.length,
    tookMs: at - receivedAt,
    duplicate,
  });
  if (!duplicate) ports.onDeliverable();
  return { sessionId, eventId: event.id, state: session.state };
}

/** @returns its `decide` throws ApiProblem 409 @throws ApiProblem 400 */
function handoffChange(sessionId: string, input: HandoffInput, at: number, ports: ApiPorts): SessionChange {
  const { channel, contact, subject, language } = input;
  const callbackUrl = input.callbackUrl === undefined ? undefined : callbackOf(input.callbackUrl, ports).href;
  const change = changeBy(
    sessionId,
    { type: 'handoff-accepted', channel, contact, subject, language, callbackUrl },
    { at, callbackUrl: ports.callbackUrl },
  );
  return {
    sessionId,
    decide: (session, eventId) => {
      refuseHandoff(session, channel);
      return change.decide(session, eventId);
    },
  };
}

/** @throws ApiProblem 409 */
function refuseHandoff(session: Session | undefined, channel: SessionChannel): void {
  if (session?.state === 'resolved') {
    throw new ApiProblem('session-resolved', 'A session that was resolved is over: hand off another one.');
  }
  if (session !== undefined && session.channel !== channel) {
    throw new ApiProblem('other-channel', 'A session stays with the channel that it was handed off with.');
  }
}

/** @throws ApiProblem 400 if nothing may be posted there */
function callbackOf(text: string, { checkCallback }: ApiPorts): URL {
  try {
    const url = checkTargetUrl(text, 'the callback');
    checkCallback(url);
    return url;
  } catch (error) {
    if (!(error instanceof TargetRefused || error instanceof OpencxError)) throw error;
    // A refused target's message goes on after a host, which is a value of the body.
    const message = error instanceof TargetRefused ? 'names an address that serve posts nothing to' : error.message;
    throw new ApiProblem('invalid-request', 'The callback cannot be used.', {
      errors: [{ pointer: '/callbackUrl', message }],
    });
  }
}
