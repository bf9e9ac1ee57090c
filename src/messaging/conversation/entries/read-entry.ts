import {
  participantPayload,
  queuePositionPayload,
  receiptPayload,
  routingPayload,
  sessionStatusPayload,
  workPayload,
} from '../../api/payload-schemas.ts';
import type { Entry } from '../../api/schemas.ts';
import type {
  ConversationEvent,
  EntryFacts,
  QueuePositionEvent,
  ReceiptEvent,
  RoutingEvent,
  TranscriptEntry,
  TypingEvent,
  WorkEvent,
} from '../conversation-event.ts';
import { readMessage, senderOf } from './read-message.ts';

/** What an entry is, told apart by what becomes of it. */
export type ReadEntry =
  /** It stays. */
  | { readonly kind: 'lasting'; readonly events: readonly TranscriptEntry[] }
  /** It is told once and not kept. */
  | { readonly kind: 'passing'; readonly event: ReceiptEvent | WorkEvent }
  /** It holds at the moment when it is told, and means nothing later. */
  | { readonly kind: 'momentary'; readonly event: TypingEvent | QueuePositionEvent }
  /** The end user has closed the conversation. */
  | { readonly kind: 'closed' }
  /** An echo of what this side did itself. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly event: ConversationEvent };

type Reader = (entry: Entry, facts: EntryFacts) => ReadEntry | undefined;

const readers: Readonly<Record<string, Reader>> = {
  Message: (entry, facts) => lasting(readMessage(entry, facts)),
  ParticipantChanged: (entry, facts) => lasting(participantEvents(entry, facts)),
  RoutingResult: (entry, facts) => lasting(routingEvents(entry, facts)),
  SessionStatusChanged: (entry, facts) => lasting(sessionEvents(entry, facts)),
  RoutingWorkResult: (entry, facts) => {
    const read = workPayload.safeParse(entry.entryPayload);
    if (!read.success) return undefined;
    return { kind: 'passing', event: { ...facts, type: 'work', workType: read.data.workType } };
  },
  QueuePosition: (entry, facts) => {
    const read = queuePositionPayload.safeParse(entry.entryPayload);
    if (!read.success) return undefined;
    const position = read.data.position ?? read.data.queuePosition;
    return { kind: 'momentary', event: { ...facts, type: 'queue-position', position } };
  },
  TypingStartedIndicator: (entry, facts) => typing(entry, facts, true),
  TypingStoppedIndicator: (entry, facts) => typing(entry, facts, false),
  DeliveryAcknowledgement: (entry, facts) => receipt(entry, facts, 'delivered'),
  ReadAcknowledgement: (entry, facts) => receipt(entry, facts, 'read'),
  CloseConversation: () => ({ kind: 'closed' }),
};

/**
 * Reads an entry of `/entries` or of an event. What cannot be read is unknown, never an error: Salesforce asks clients to bear
 * with what is new to them.
 * @param eventName `CONVERSATION_…`, which tells the kind where the type of the entry does not
 */
export function readEntry(entry: Entry, facts: EntryFacts, eventName?: string): ReadEntry {
  const kind = Object.hasOwn(readers, entry.entryType) ? entry.entryType : camelCase(eventName ?? '');
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  return (
    reader?.(entry, facts) ?? {
      kind: 'unknown',
      event: { type: 'unknown', name: eventName ?? entry.entryType, data: entry },
    }
  );
}

/** `CONVERSATION_QUEUE_POSITION` → `QueuePosition` */
function camelCase(eventName: string): string {
  const words = eventName.replace(/^CONVERSATION_/, '').split('_');
  return words.map((word) => word.slice(0, 1) + word.slice(1).toLowerCase()).join('');
}

function lasting(events: readonly TranscriptEntry[] | undefined): ReadEntry | undefined {
  return events === undefined || events.length === 0 ? undefined : { kind: 'lasting', events };
}

function typing(entry: Entry, facts: EntryFacts, active: boolean): ReadEntry {
  const from = senderOf(entry);
  if (from.role === 'EndUser') return { kind: 'nothing' };
  return { kind: 'momentary', event: { ...facts, type: 'typing', from, active } };
}

function receipt(entry: Entry, facts: EntryFacts, type: 'delivered' | 'read'): ReadEntry {
  if (entry.sender?.role === 'EndUser') return { kind: 'nothing' };
  const read = receiptPayload.safeParse(entry.entryPayload);
  const inPayload = read.success ? read.data.acknowledgedConversationEntryIdentifier : undefined;
  return { kind: 'passing', event: { ...facts, type, messageId: inPayload ?? entry.relatedRecords?.[0] } };
}

function participantEvents(entry: Entry, facts: EntryFacts): TranscriptEntry[] | undefined {
  const read = participantPayload.safeParse(entry.entryPayload);
  return read.data?.entries.map(({ operation, participant, displayName }) => ({
    ...facts,
    type: operation === 'add' ? 'participant-joined' : 'participant-left',
    participant: {
      role: participant?.role ?? 'System',
      name: displayName,
      subject: participant?.subject,
    },
  }));
}

function routingEvents(entry: Entry, facts: EntryFacts): RoutingEvent[] | undefined {
  const read = routingPayload.safeParse(entry.entryPayload);
  if (!read.success) return undefined;
  // Salesforce says None where it could route: what says nothing has not said that.
  const { routingType, failureType = 'Unknown', errorMessages = [], routingConfigurationDetails, ...rest } = read.data;
  return [
    {
      ...facts,
      type: routingType === 'Transfer' ? 'transfer' : 'routing-result',
      ok: failureType === 'None',
      failureType,
      failureReason: rest.failureReason,
      errorMessages: errorMessages.map((message) => (typeof message === 'string' ? message : JSON.stringify(message))),
      queueId: routingConfigurationDetails?.queueId,
      estimatedWaitTime: rest.estimatedWaitTime,
      recordId: rest.recordId,
      pendingServiceRoutingId: rest.pendingServiceRoutingId,
    },
  ];
}

function sessionEvents(entry: Entry, facts: EntryFacts): TranscriptEntry[] | undefined {
  const read = sessionStatusPayload.safeParse(entry.entryPayload);
  if (!read.success) return undefined;
  const { sessionStatus: status, sessionEndedByRole: byRole } = read.data;
  return [
    status === 'Ended'
      ? { ...facts, type: 'session-ended', status, byRole }
      : { ...facts, type: 'session-status', status },
  ];
}
