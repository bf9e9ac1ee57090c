import type { ConversationEvent } from '../../../messaging/conversation/conversation-event.ts';
import type { ConversationEventJson } from './event-schema.ts';

/**
 * An event as a line of NDJSON. The address of a file is left out: it opens the file without a login.
 * @param now milliseconds since 1970: when it is told
 */
export function eventJson(event: ConversationEvent, now: number): ConversationEventJson {
  // Raw data has its own members, which are none of ours to rename.
  if (event.type === 'unknown') return { event: 'unknown', name: event.name, data: event.data };
  const { type, ...facts } = event;
  const told = Object.entries(facts).flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
    if (value === undefined || name === 'source') return [];
    if (name === 'files' && event.type === 'message')
      return [[name, event.files.map(({ id, name, mimeType }) => ({ id, name, mimeType }))]];
    return [[name, times.has(name) ? isoTime(value as number) : value]];
  });
  const received = type === 'message' ? { receivedAt: isoTime(now) } : {};
  return { event: type, ...Object.fromEntries(told), ...received } as ConversationEventJson;
}

const times: ReadonlySet<string> = new Set(['at', 'lostAt', 'expiresAt']);

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
