import type { JsonObject } from '../../http/json-body.ts';

/** Kinds of entries that a conversation keeps. */
export const KEPT_ENTRY_TYPES = [
  'Message',
  'ParticipantChanged',
  'RoutingResult',
  'RoutingWorkResult',
  'SessionStatusChanged',
  'DeliveryAcknowledgement',
  'ReadAcknowledgement',
  'CloseConversation',
] as const;

/** Kinds that are told to who listens at that moment and to nobody later. */
type PassingEntryType = 'TypingStartedIndicator' | 'TypingStoppedIndicator' | 'QueuePosition';

export type EntryType = (typeof KEPT_ENTRY_TYPES)[number] | PassingEntryType;

/** The event of a stream that brings an entry (reference of the Enhanced Chat API, "Server-Sent Events"). */
export const EVENT_NAMES = {
  Message: 'CONVERSATION_MESSAGE',
  ParticipantChanged: 'CONVERSATION_PARTICIPANT_CHANGED',
  RoutingResult: 'CONVERSATION_ROUTING_RESULT',
  RoutingWorkResult: 'CONVERSATION_ROUTING_WORK_RESULT',
  SessionStatusChanged: 'CONVERSATION_SESSION_STATUS_CHANGED',
  DeliveryAcknowledgement: 'CONVERSATION_DELIVERY_ACKNOWLEDGEMENT',
  ReadAcknowledgement: 'CONVERSATION_READ_ACKNOWLEDGEMENT',
  CloseConversation: 'CONVERSATION_CLOSE_CONVERSATION',
  TypingStartedIndicator: 'CONVERSATION_TYPING_STARTED_INDICATOR',
  TypingStoppedIndicator: 'CONVERSATION_TYPING_STOPPED_INDICATOR',
  QueuePosition: 'CONVERSATION_QUEUE_POSITION',
} as const satisfies Record<EntryType, string>;

export interface Sender {
  readonly role: 'EndUser' | 'Agent' | 'System' | 'Router';
  readonly appType: string;
  /** Of the customer: the token's subject; of a representative: the user's id. */
  readonly subject: string;
  readonly clientIdentifier?: string;
}

/** Something that happened in a conversation. Times are milliseconds since 1970. */
export interface ConversationEntry {
  /** Counts through the whole org: the `id` of the event that brings it. */
  readonly serial: number;
  /** UUID; of a customer's message the one that the client made. */
  readonly identifier: string;
  readonly entryType: EntryType;
  readonly payload: JsonObject;
  readonly sender: Sender;
  readonly senderDisplayName: string;
  readonly clientTimestamp: number;
  readonly transcriptedTimestamp: number;
  /** The first is the MessagingSession it belongs to, `0Mw…`. */
  readonly relatedRecords: readonly string[];
}

export function isKept({ entryType }: Pick<ConversationEntry, 'entryType'>): boolean {
  return (KEPT_ENTRY_TYPES as readonly EntryType[]).includes(entryType);
}
