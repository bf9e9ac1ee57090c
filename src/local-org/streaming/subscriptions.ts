import { notImplemented } from '../http/rest-error.ts';
import type { BayeuxMessage, BayeuxReply } from './bayeux.ts';
import type { StreamingClient } from './streaming-client.ts';
import { isSystemTopic } from './system-topics.ts';

/** Channels that orgs have and this one does not publish on: push topics, platform events, change data, generic events. */
const unpublished = /^\/(?:systemTopic|topic|event|data|u)\/./;

/** `/meta/subscribe`, for one channel or a list. A replay position is not looked at: system topics have no replay. */
export function subscribe(client: StreamingClient, message: BayeuxMessage): BayeuxReply {
  const channels = channelsOf(message);
  const error = channels.length === 0 ? '400::Channel name not specified' : channels.map(problemOf).find(Boolean);
  if (error !== undefined) return reply(message, { successful: false, error });
  for (const channel of channels) client.subscriptions.add(channel);
  return reply(message, { successful: true });
}

/** `/meta/unsubscribe` */
export function unsubscribe(client: StreamingClient, message: BayeuxMessage): BayeuxReply {
  for (const channel of channelsOf(message)) client.subscriptions.delete(channel);
  return reply(message, { successful: true });
}

function channelsOf({ subscription = [] }: BayeuxMessage): readonly string[] {
  return typeof subscription === 'string' ? [subscription] : subscription;
}

/** Why a channel cannot be subscribed to, in the words of the guide's "Streaming API Error Codes". */
function problemOf(channel: string): string | undefined {
  if (isSystemTopic(channel)) return undefined;
  if (!channel.startsWith('/')) return "400::Channel subscriptions must start with a leading '/'";
  if (unpublished.test(channel)) {
    const { errorCode, message } = notImplemented(`the streaming channel ${channel}`);
    return `501:${channel}:${errorCode}: ${message}`;
  }
  return `400::The channel you requested to subscribe to does not exist {${channel}}`;
}

function reply(
  { channel, id, clientId, subscription }: BayeuxMessage,
  result: Pick<BayeuxReply, 'successful' | 'error'>,
): BayeuxReply {
  return { channel, id, clientId, ...(subscription === undefined ? {} : { subscription }), ...result };
}
