import { sessionOf } from '../oauth/sessions.ts';
import type { OrgState } from '../state/org-state.ts';
import type { Advice, BayeuxMessage, BayeuxReply, Delivery } from './bayeux.ts';
import type { StreamingClient } from './streaming-client.ts';
import { streamingHubOf } from './streaming-hub.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';

/** Streaming API Developer Guide, "Clients and Timeouts". */
const connectTimeoutMs = 110_000;
const reconnectTimeoutMs = 40_000;
const retry: Advice = { reconnect: 'retry', interval: 0, timeout: connectTimeoutMs };
const connectionTypes = ['long-polling'] as const;

/** One request, as its messages are answered. */
export interface StreamingCall {
  readonly org: OrgState;
  /** Of the `Authorization` header; undefined where there is none. */
  readonly token: string | undefined;
  /** Aborted when the client's connection ends. */
  readonly gone: AbortSignal;
  /** True if the message is the only one of its request: others must not wait for it. */
  readonly mayWait: boolean;
}

/** Answers one message; deliveries come before the reply that brings them. */
export async function answerMessage(call: StreamingCall, message: BayeuxMessage): Promise<(BayeuxReply | Delivery)[]> {
  if (message.channel === '/meta/handshake') return [handshake(call, message)];
  if (!isLive(call)) return [refused(message, authenticationError(call), { reconnect: 'none', interval: 0 })];
  const client = streamingHubOf(call.org).find(message.clientId, call.token ?? '');
  if (client === undefined) {
    return [refused(message, '403::Unknown client', { reconnect: 'handshake', interval: 0 })];
  }
  client.expireAfter(reconnectTimeoutMs);
  switch (message.channel) {
    case '/meta/connect':
      return await connect(call, client, message);
    case '/meta/subscribe':
      return [subscribe(client, message)];
    case '/meta/unsubscribe':
      return [unsubscribe(client, message)];
    case '/meta/disconnect':
      streamingHubOf(call.org).close(client.id);
      return [accepted(message)];
    default:
      return [refused(message, `403:${message.channel}:Publish denied`)];
  }
}

function handshake(call: StreamingCall, message: BayeuxMessage): BayeuxReply {
  const denied = (failureReason: string): BayeuxReply => ({
    ...refused(message, '403::Handshake denied', { reconnect: 'none' }),
    ext: { sfdc: { failureReason } },
  });
  if (!isLive(call)) return denied(authenticationError(call));
  const offered = message.supportedConnectionTypes ?? [];
  if (!offered.includes(connectionTypes[0])) {
    return refused(message, `400::Invalid connection type ${offered.join(',')}`, { reconnect: 'none' });
  }
  const client = streamingHubOf(call.org).open(call.token ?? '');
  if (client === undefined) return denied('403::Organization concurrent user limit exceeded');
  client.expireAfter(reconnectTimeoutMs);
  return {
    ...accepted(message),
    clientId: client.id,
    version: '1.0',
    minimumVersion: '1.0',
    supportedConnectionTypes: connectionTypes,
  };
}

async function connect(
  call: StreamingCall,
  client: StreamingClient,
  message: BayeuxMessage,
): Promise<(BayeuxReply | Delivery)[]> {
  if (message.connectionType !== connectionTypes[0]) {
    return [refused(message, `400::Invalid connection type ${message.connectionType ?? ''}`)];
  }
  const isFirst = !client.isConnected;
  client.isConnected = true;
  const asked = message.advice?.timeout ?? connectTimeoutMs;
  client.hold();
  await client.wait(isFirst || !call.mayWait ? 0 : Math.min(asked, connectTimeoutMs), call.gone);
  // Nobody is there to be answered; what waits for the client is kept for its next connection.
  client.expireAfter(reconnectTimeoutMs);
  if (call.gone.aborted) return [];
  if (!isLive(call)) return [refused(message, authenticationError(call), { reconnect: 'none', interval: 0 })];
  return [...client.take(), { ...accepted(message), ...(isFirst ? { advice: retry } : {}) }];
}

function isLive({ org, token }: StreamingCall): boolean {
  return token !== undefined && sessionOf(org, token) !== undefined;
}

function authenticationError({ token }: StreamingCall): string {
  return token === undefined ? '401::Request requires authentication' : '401::Authentication invalid';
}

function accepted({ channel, id, clientId }: BayeuxMessage): BayeuxReply {
  return { channel, id, clientId, successful: true };
}

/** The reply to a message that is refused. */
function refused({ channel, id, clientId }: BayeuxMessage, error: string, advice?: Advice): BayeuxReply {
  return { channel, id, clientId, successful: false, error, ...(advice === undefined ? {} : { advice }) };
}
