import { EVENT_NAMES } from '../conversations/entry.ts';
import type { ConversationEntry } from '../conversations/entry.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';

/**
 * An entry as an event of the stream. Its payload is text here, where `entries` gives an object (reference of the Enhanced
 * Chat API, "Server-Sent Events Structure").
 */
export function eventText(conversation: StoredConversation, entry: ConversationEntry): string {
  const data = {
    channelPlatformKey: conversation.subject,
    channelType: 'embedded_messaging',
    channelAddressIdentifier: conversation.channelAddress,
    conversationId: conversation.id,
    conversationEntry: { ...entryWire(entry), entryPayload: JSON.stringify(entry.payload) },
  };
  return sse({ id: String(entry.serial), event: EVENT_NAMES[entry.entryType], data: JSON.stringify(data) });
}

export const PING = sse({ event: 'ping', data: '0' });

/** What streams and `entries` tell of an entry, but for its payload. */
export function entryWire(entry: ConversationEntry): Record<string, unknown> {
  const { identifier, entryType, sender, senderDisplayName, transcriptedTimestamp, clientTimestamp } = entry;
  return {
    identifier,
    entryType,
    sender,
    senderDisplayName,
    transcriptedTimestamp,
    clientTimestamp,
    clientDuration: 0,
    relatedRecords: entry.relatedRecords,
  };
}

/** JSON has no raw line ends, so one `data` line is enough. */
function sse({ id, event, data }: { id?: string; event: string; data: string }): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}
